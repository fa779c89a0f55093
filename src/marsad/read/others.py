"""What is no event: trends, outlooks, indicators, messages and advice (codebook, section 1)."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.messages import advice, messages
from marsad.read.nonevents import COUNTED, GROUPS, ISO, end, has, made_of, plain, words_of
from marsad.read.parties import named
from marsad.read.phrases import firsts, said_before
from marsad.read.phrases import said as said_at
from marsad.read.phrases import words as toll_words
from marsad.read.where import places
from marsad.records import Bound, Party, Report, Span, Statement, When
from marsad.scales import FAMILY_OF, DateBasis, DatePrecision, Family, Realis
from marsad.text.dates import Found
from marsad.text.dates import words as date_words
from marsad.text.numerals import number_at
from marsad.text.tokens import Remembered


def statements(report: Report, note: Annotated, home: str, reader: str) -> list[Statement]:
    """All statements of `report` that are no events."""
    out: list[Statement] = []
    for sent in note.sents:
        for find in (_trends, _outlooks, _indicators, _conditions, _capabilities, messages, advice):
            out += find(report, note, sent, home, reader)
    return out


def _slot(note: Annotated, sent: Sentence, found: Found | None, basis: DateBasis | None = None) -> When | None:
    if found is None or found.start is None or found.end is None:
        return None
    span = Span(*note.folded.span(sent.toks[found.first].start, sent.toks[found.last - 1].end))
    return When(
        start=found.start,
        end=found.end,
        precision=DatePrecision(found.precision),
        basis=basis or DateBasis(found.basis),
        span=span,
    )


# --- trends ----------------------------------------------------------------------------------------------------------------


def _trends(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    words = words_of(note.lang)["trend"]
    if sent.lacks(words["any"]):
        return
    done, first_unseen, tells = -1, firsts(words["unseen"]), _changes(note.lang)
    for at in [k for k, form in enumerate(sent.forms) if tells[form]]:
        form = sent.forms[at]
        up, down = has(form, words["up"], note.lang), has(form, words["down"], note.lang)
        unseen = said_at(sent, at, words["unseen"]) if form in first_unseen else 0
        if unseen and any(at - 6 <= n.first < at for n in sent.numbers):
            continue  # "attacked the base, and that six of their comrades had not been seen since"
        if not (up or down or unseen) or at <= done or _an_act(sent, at) or _came_down(sent, at):
            continue
        target = _violence(sent, at, words) if not unseen else _violence_near(sent, at)
        if target is None or _toll_of_one(sent, at, note.lang):
            continue
        first, last = min(at, target[0]), max(unseen or at + 1, target[1])
        done = last
        ratio = _ratio(sent, at, last, words, up, note.lang)
        duration, until = _duration(sent, unseen or at, note.lang, words) if unseen else ("", last)
        yield made_of(
            report, note, sent, reader, "trend", first, max(last, until), kind=_kind(sent, target[2], first, end(sent, at)),
            direction="new" if unseen else "up" if up else "down", ratio=ratio, unseen_for=duration,
            realis=Realis.ACTUAL, when=_slot(note, sent, _date_in(sent, 0 if unseen else first, end(sent, last))),
            actors=_actors(note, sent, first - 4, end(sent, last), home), places=places(note, sent, 0, len(sent.toks), home),
        )  # fmt: skip


@cache
def _changes(lang: str) -> Remembered[bool]:
    """Form -> whether it can be a word of change, or the first of some."""
    return Remembered(lambda form: has(form, words_of(lang)["trend"]["any"], lang))


def _an_act(sent: Sentence, at: int) -> bool:
    """Whether a word of change is a verb of attack with its object ("dropped four bombs")."""
    acts = (t.entry.info for t in sent.starts(at, "trigger"))
    return any(i.objects and i.pos == "verb" and FAMILY_OF[i.kind] is Family.ATTACK for i in acts)


def _came_down(sent: Sentence, at: int) -> bool:
    """Whether what "fell" is a shell or a rocket, where it did."""
    return sent.form(at) == "fell" and any(sent.starts(k, "weapon") for k in (at - 1, at - 2, at - 3))


def _toll_of_one(sent: Sentence, at: int, lang: str) -> bool:
    """ "The toll rose to 42", "more dead in the bombing": this revises one event; it is no trend."""
    near = range(at, at + (3 if sent.form(at + 1) not in toll_words(lang)["to"] else 6))  # "rose to 235 the number of dead"
    return any(
        sent.form(k).removeprefix("ال") in ("حصيله", "toll") or sent.form(k) in toll_words(lang)["total_of"] for k in near
    )


def _violence(sent: Sentence, at: int, words: dict[str, frozenset[str]]) -> tuple[int, int, Hit | None] | None:
    """(first, last, trigger) of the violence whose rate changes, told soon after the word of change or just before it."""
    for here in (
        *range(at + 1, min(at + 8, len(sent.toks))),
        *range(at - 1, max(-1, at - (4 if sent.toks[at].kind == "word" else 9)), -1),
    ):
        if sent.form(here) in "،,.؛:" and here > at:
            break
        trigger = next(
            (
                h
                for h in sent.starts(here, "trigger")
                if FAMILY_OF[h.entry.info.kind] in COUNTED and h.entry.info.pos != "verb"
            ),
            None,
        )
        if trigger is not None and trigger.entry.info.role != "result":
            return here, trigger.last, trigger
        if sent.form(here) in words["violence"]:
            return here, here + 1, None
    return None


def _violence_near(sent: Sentence, at: int) -> tuple[int, int, Hit | None] | None:
    hits = [h for h in sent.layer("trigger", max(0, at - 14), at + 8) if FAMILY_OF[h.entry.info.kind] in COUNTED]
    return (hits[-1].first, hits[-1].last, hits[-1]) if hits else None


def _kind(sent: Sentence, hit: Hit | None, first: int, last: int) -> str:
    kind: str = hit.entry.info.kind if hit else ""
    weapons = [w.entry.info for w in sent.layer("weapon", 0, last) if w.first >= first or kind in ("armed_attack", "")]
    if kind in ("armed_attack", "") and "shelling" in weapons:
        return "shelling"
    return (
        "armed_attack"
        if kind == "air_strike" and "air_strike" not in weapons and hit is not None and hit.last - hit.first == 1
        else kind
    )


def _ratio(sent: Sentence, at: int, last: int, words: dict[str, frozenset[str]], up: bool, lang: str) -> float | None:
    if any(has(sent.form(k), words["double"], lang) for k in range(at, last)):
        return 2.0
    if any(sent.form(k) in words["half"] for k in range(at, end(sent, at))):
        return 0.5
    for number in sent.numbers:
        if at <= number.first <= at + 14 and (
            sent.form(number.last) in ("%", "٪", "بالميه", "percent")
            or sent.form(number.last + 1) in ("الميه", "المايه", "cent")
        ):
            return 1 + number.value / 100 if up else max(0.0, 1 - number.value / 100)
    return None


def _duration(sent: Sentence, at: int, lang: str, words: dict[str, frozenset[str]]) -> tuple[str, int]:
    """("P2Y", token after) of "since/for more than two years"; ("", at) if none is told."""
    units = date_words(lang).units
    for here in range(at, min(at + 10, len(sent.toks))):
        if sent.form(here) not in words["since"]:
            continue
        for k in range(here + 1, min(here + 6, len(sent.toks))):
            number = number_at(sent.toks, k, lang)
            unit = units.get(sent.form(number.last if number else k))
            n = int(number.value) if number else unit[1] if unit else 0
            if unit and n and unit[0] in ISO:
                return f"P{n}{ISO[unit[0]]}", (number.last if number else k) + 1
    return "", at


def _date_in(sent: Sentence, first: int, last: int) -> Found | None:
    return next((f for f in sent.dates if first <= f.first <= last and f.start and f.role != "since"), None)


def _actors(note: Annotated, sent: Sentence, first: int, last: int, home: str, *, armed: bool = False) -> tuple[Party, ...]:
    hits = [h for h in sent.layer("actor", max(0, first), last) if not armed or h.entry.info[0] in GROUPS]
    found = [p for h in hits if (p := named(note, sent, h, home))]
    return tuple({p.name: p for p in found[:2]}.values())


# --- outlooks --------------------------------------------------------------------------------------------------------------


def _outlooks(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    words = words_of(note.lang)["outlook"]
    expects = not sent.lacks(words["expect"])
    cue = next((k for k in range(len(sent.toks)) if expects and has(sent.form(k), words["expect"], note.lang)), None)
    condition = next(sent.cues(("condition.words",), 0, len(sent.toks)), None)
    if cue is not None and note.lang == "ar" and _of_what_is(sent, cue):
        return
    if cue is None and condition is None:
        return
    armed = [h for h in sent.layer("actor") if h.entry.info[0] in GROUPS]
    start = cue if cue is not None else condition.first if condition else 0
    futures = [k for k in range(start, len(sent.toks)) if _is_future(sent, k, note.lang)]
    if cue is None and not futures:
        return
    spans = [(a, min(end(sent, a, 40), b)) for a, b in zip(futures, [*futures[1:], len(sent.toks)], strict=False)] or [
        (start, end(sent, start, 40))
    ]
    if not any(_threats(sent, *span) or [h for h in armed if span[0] <= h.first < span[1]] for span in spans):
        return  # what is expected is no violence: the weather, a price
    for first, last in spans:
        said = [h for h in sent.layer("trigger", first, last) if FAMILY_OF[h.entry.info.kind] in COUNTED]
        forms = {plain(sent.form(k), note.lang) for k in range(first, last)}
        direction: Literal["", "up", "down"] = "up" if forms & words["up"] else "down" if forms & words["down"] else ""
        yield made_of(
            report, note, sent, reader, "outlook", first, last, kind=_kind(sent, said[0], first, last) if said else "",
            direction=direction, conditional=condition is not None, realis=Realis.HYPOTHETICAL if condition else Realis.PLANNED,
            actors=_actors(note, sent, 0, len(sent.toks), home), places=places(note, sent, first, last, home),
            when=None,
        )  # fmt: skip


def _of_what_is(sent: Sentence, cue: int) -> bool:
    """ "Most likely it is that the attack was": a guess about what has been, no expectation (المرجح أن يكون)."""
    return any(sent.form(k) == "ان" and sent.form(k + 1) in ("يكون", "تكون", "يكونوا") for k in range(cue + 1, cue + 6))


def _threats(sent: Sentence, first: int, last: int) -> bool:
    """Whether words of violence, of control or of moving forces stand there."""
    told = [
        h for h in sent.layer("trigger", first, last) if h.entry.info.role != "weak" and sent.form(h.first - 1) not in _PAST
    ]
    return any(FAMILY_OF[h.entry.info.kind] in (*COUNTED, Family.CONTROL, Family.POSTURE) for h in told)


_PAST = grammar("others", "past")


def _is_future(sent: Sentence, at: int, lang: str) -> bool:
    if lang == "en":
        return sent.form(at) in ("will", "could", "may", "might", "would")
    form = plain(sent.form(at), lang)
    verbs = sent.starts(at, "verb")
    triggered = bool(verbs) and any(h.entry.info[0] == "present" and h.prefix.endswith("س") for h in verbs)
    return form in ("سوف",) or triggered or (len(form) >= 5 and form.startswith(("سي", "ست", "سن")) and not sent.starting.get(at) and not form.startswith(("سيا", "سيد", "سيط", "ستين", "سنوات", "سنين", "ستا")))  # fmt: skip


# --- indicators ------------------------------------------------------------------------------------------------------------


def _indicators(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    if not sent.numbers:
        return
    rows = words_of(note.lang)["indicator"]
    for number in sent.numbers:
        rows_said = [(after, row) for row in rows if (after := said_at(sent, number.last, row["said"], 3))]
        rows_said += [(number.last, row) for row in rows if _told_before(sent, number.first, row["before"])]
        for after, row in sorted(rows_said, key=lambda r: -r[0]):
            if not _in_context(sent, row["context"]):
                continue
            at_least = said_before(sent, number.first, toll_words(note.lang)["at_least"])
            bound: Bound = (
                "at_least"
                if at_least or number.loose
                else "about"
                if said_before(sent, number.first, toll_words(note.lang)["about"])
                else "exact"
            )
            until = next((f for f in sent.dates if f.role == "until"), None) or _date_in(sent, 0, len(sent.toks))
            yield made_of(
                report, note, sent, reader, "indicator", number.first, after, name=row["name"], value=number.value, bound=bound,
                unit=row["unit"], when=_slot(note, sent, until, DateBasis.BY if until and until.role == "until" else None),
                places=places(note, sent, 0, len(sent.toks), home),
            )  # fmt: skip
            break


def _in_context(sent: Sentence, words: Any) -> bool:
    """Whether the sentence holds one of `words`, where there are any: "cases" are of a disease only beside one."""
    bare = {f.removeprefix("و").removeprefix("ب").removeprefix("ل").removeprefix("ال") for f in sent.forms} if words else set()
    return not words or any(w in sent.forms or w in bare or w.removeprefix("ال") in bare for w in words)


def _told_before(sent: Sentence, at: int, phrases: frozenset[str]) -> bool:
    """Whether one of `phrases` stands up to six tokens before token `at`, in its clause (نزوح نحو خمسة آلاف شخص)."""
    if not phrases or sent.lacks(firsts(phrases)):
        return False
    first = max(sent.clause(at)[0], at - 6)
    return any(said_at(sent, k, phrases) for k in range(first, at))


def _conditions(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    """Conditions without a number: shortages, aid that does not get through, services cut, who holds what."""
    if sent.lacks(_said_of(note.lang, "condition")):
        return
    for row in words_of(note.lang)["condition"]:
        if sent.lacks(firsts(row["said"])):
            continue
        for at in range(len(sent.toks)):
            if said_at(sent, at, row["said"], 4):
                yield made_of(
                    report, note, sent, reader, "indicator", at, end(sent, at, 12), name=row["name"],
                    places=places(note, sent, 0, len(sent.toks), home),
                )  # fmt: skip
                break


@cache
def _said_of(lang: str, section: str) -> frozenset[str]:
    """The first words of all that tells of conditions, or of capabilities."""
    return frozenset(first for row in words_of(lang)[section] for first in firsts(row["said"]))


def _capabilities(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    """What an armed group has or can do; only where the sentence names one."""
    if sent.lacks(_said_of(note.lang, "capability")):
        return
    armed = [h for h in sent.layer("actor") if h.entry.info[0] in GROUPS] or [
        p for p in sent.layer("people") if p.entry.info.who == "militants"
    ]
    if not armed:
        return
    for row in words_of(note.lang)["capability"]:
        if sent.lacks(firsts(row["said"])):
            continue
        for at in range(len(sent.toks)):
            after = said_at(sent, at, row["said"], 4)
            if after:
                yield made_of(
                    report,
                    note,
                    sent,
                    reader,
                    "indicator",
                    at,
                    after,
                    name=row["name"],
                    actors=_actors(note, sent, 0, len(sent.toks), home, armed=True),
                )
                break
