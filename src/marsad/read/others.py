"""What is no event: trends, outlooks, indicators, messages and advice (codebook, section 1)."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal

from marsad.read.annotate import Annotated, Sentence
from marsad.read.counts import firsts, said_before
from marsad.read.counts import said as said_at
from marsad.read.counts import words as toll_words
from marsad.read.lexicon import Hit
from marsad.read.load import book, rows
from marsad.read.parties import named
from marsad.read.where import places
from marsad.records import Bound, Party, Report, Span, Statement, When
from marsad.scales import FAMILY_OF, DateBasis, DatePrecision, Family, Realis
from marsad.text.dates import Found
from marsad.text.dates import words as date_words
from marsad.text.numerals import number_at

_GROUPS = frozenset(("armed_group", "militia", "broad"))
_ISO = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_COUNTED = (Family.ATTACK, Family.UNREST, Family.OPERATION)


@cache
def _words(lang: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for section, lists in book(lang, "others").items():
        made[section] = lists if isinstance(lists, list) else {k: frozenset(v) for k, v in lists.items()}
    for row in (*made["indicator"], *made["capability"]):
        row["said"] = frozenset(row["said"])
    changes = made["trend"]
    changes["any"] = changes["up"] | changes["down"] | firsts(changes["unseen"])
    return made


@cache
def _gloss(lang: str) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(lang, "glosses.tsv")} if lang == "ar" else {}


def statements(report: Report, note: Annotated, home: str, reader: str) -> list[Statement]:
    """All statements of `report` that are no events."""
    out: list[Statement] = []
    for sent in note.sents:
        for find in (_trends, _outlooks, _indicators, _capabilities, _messages, _advice):
            out += find(report, note, sent, home, reader)
    return out


def _make(
    report: Report, note: Annotated, sent: Sentence, reader: str, cls: Any, first: int, last: int, **slots: Any
) -> Statement:
    last = min(max(last, first + 1), len(sent.toks))
    anchor = Span(*note.folded.span(sent.toks[first].start, sent.toks[last - 1].end))
    return Statement(id="", report=report.id, cls=cls, anchor=anchor, reader=reader, **slots)


def _plain(form: str, lang: str) -> str:
    return form[1:] if lang == "ar" and len(form) > 3 and form[0] in "وف" else form


@lru_cache(1 << 16)
def _has(form: str, words: frozenset[str], lang: str) -> bool:
    return form in words or _plain(form, lang) in words


def _end(sent: Sentence, at: int, most: int = 24) -> int:
    """The end of the clause that begins at token `at`."""
    for here in range(at + 1, min(len(sent.toks), at + most)):
        if sent.form(here) in "،,؛;:.":
            return here
    return min(len(sent.toks), at + most)


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
    words = _words(note.lang)["trend"]
    if sent.lacks(words["any"]):
        return
    done = -1
    for at, form in enumerate(sent.forms):
        up, down = _has(form, words["up"], note.lang), _has(form, words["down"], note.lang)
        unseen = said_at(sent, at, words["unseen"])
        if not (up or down or unseen) or at <= done:
            continue
        target = _violence(sent, at, words) if not unseen else _violence_near(sent, at)
        if target is None or _toll_of_one(sent, at, note.lang):
            continue
        first, last = min(at, target[0]), max(unseen or at + 1, target[1])
        done = last
        ratio = _ratio(sent, at, last, words, up, note.lang)
        duration, until = _duration(sent, unseen or at, note.lang, words) if unseen else ("", last)
        yield _make(
            report, note, sent, reader, "trend", first, max(last, until), kind=_kind(sent, target[2], first, _end(sent, at)),
            direction="new" if unseen else "up" if up else "down", ratio=ratio, unseen_for=duration,
            realis=Realis.ACTUAL, when=_slot(note, sent, _date_in(sent, 0 if unseen else first, _end(sent, last))),
            actors=_actors(note, sent, first - 4, _end(sent, last), home), places=places(note, sent, 0, len(sent.toks), home),
        )  # fmt: skip


def _toll_of_one(sent: Sentence, at: int, lang: str) -> bool:
    """ "The toll rose to 42" revises one event; it is no trend."""
    return any(sent.form(k).removeprefix("ال") in ("حصيله", "toll") for k in range(at, at + 3))


def _violence(sent: Sentence, at: int, words: dict[str, frozenset[str]]) -> tuple[int, int, Hit | None] | None:
    """(first, last, trigger) of the violence whose rate changes, told soon after the word of change or just before it."""
    for here in (*range(at + 1, min(at + 8, len(sent.toks))), *range(at - 1, max(-1, at - 4), -1)):
        if sent.form(here) in "،,.؛:" and here > at:
            break
        trigger = next(
            (
                h
                for h in sent.starts(here, "trigger")
                if FAMILY_OF[h.entry.info.kind] in _COUNTED and h.entry.info.pos != "verb"
            ),
            None,
        )
        if trigger is not None and trigger.entry.info.role != "result":
            return here, trigger.last, trigger
        if sent.form(here) in words["violence"]:
            return here, here + 1, None
    return None


def _violence_near(sent: Sentence, at: int) -> tuple[int, int, Hit | None] | None:
    hits = [h for h in sent.layer("trigger", max(0, at - 14), at + 8) if FAMILY_OF[h.entry.info.kind] in _COUNTED]
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
    if any(_has(sent.form(k), words["double"], lang) for k in range(at, last)):
        return 2.0
    if any(sent.form(k) in words["half"] for k in range(at, _end(sent, at))):
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
            if unit and n and unit[0] in _ISO:
                return f"P{n}{_ISO[unit[0]]}", (number.last if number else k) + 1
    return "", at


def _date_in(sent: Sentence, first: int, last: int) -> Found | None:
    return next((f for f in sent.dates if first <= f.first <= last and f.start and f.role != "since"), None)


def _actors(note: Annotated, sent: Sentence, first: int, last: int, home: str, *, armed: bool = False) -> tuple[Party, ...]:
    hits = [h for h in sent.layer("actor", max(0, first), last) if not armed or h.entry.info[0] in _GROUPS]
    found = [p for h in hits if (p := named(note, sent, h, home))]
    return tuple({p.name: p for p in found[:2]}.values())


# --- outlooks --------------------------------------------------------------------------------------------------------------


def _outlooks(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    words = _words(note.lang)["outlook"]
    expects = not sent.lacks(words["expect"])
    cue = next((k for k in range(len(sent.toks)) if expects and _has(sent.form(k), words["expect"], note.lang)), None)
    condition = next(sent.cues(("condition.words",), 0, len(sent.toks)), None)
    if cue is None and condition is None:
        return
    threats = bool(
        [h for h in sent.layer("trigger") if FAMILY_OF[h.entry.info.kind] in (*_COUNTED, Family.CONTROL, Family.POSTURE)]
    )
    armed = [h for h in sent.layer("actor") if h.entry.info[0] in _GROUPS]
    if not (threats or armed):
        return
    start = cue if cue is not None else condition.first if condition else 0
    futures = [k for k in range(start, len(sent.toks)) if _is_future(sent, k, note.lang)]
    if cue is None and not futures:
        return
    spans = [(a, min(_end(sent, a, 40), b)) for a, b in zip(futures, [*futures[1:], len(sent.toks)], strict=False)] or [
        (start, _end(sent, start, 40))
    ]
    for first, last in spans:
        said = [h for h in sent.layer("trigger", first, last) if FAMILY_OF[h.entry.info.kind] in _COUNTED]
        forms = {_plain(sent.form(k), note.lang) for k in range(first, last)}
        direction: Literal["", "up", "down"] = "up" if forms & words["up"] else "down" if forms & words["down"] else ""
        yield _make(
            report, note, sent, reader, "outlook", first, last, kind=_kind(sent, said[0], first, last) if said else "",
            direction=direction, conditional=condition is not None, realis=Realis.HYPOTHETICAL if condition else Realis.PLANNED,
            actors=_actors(note, sent, 0, len(sent.toks), home), places=places(note, sent, first, last, home),
            when=None,
        )  # fmt: skip


def _is_future(sent: Sentence, at: int, lang: str) -> bool:
    if lang == "en":
        return sent.form(at) in ("will", "could", "may", "might", "would")
    form = _plain(sent.form(at), lang)
    triggered = any(h.entry.info[0] == "present" and h.prefix.endswith("س") for h in sent.starts(at, "verb"))
    return form in ("سوف",) or triggered or (len(form) >= 5 and form.startswith(("سي", "ست", "سن")) and not sent.starting.get(at) and not form.startswith(("سيا", "سيد", "سيط", "ستين", "سنوات", "سنين", "ستا")))  # fmt: skip


# --- indicators ------------------------------------------------------------------------------------------------------------


def _indicators(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    if not sent.numbers:
        return
    forms = {f.removeprefix("و").removeprefix("ب").removeprefix("ل").removeprefix("ال") for f in sent.forms} | set(sent.forms)
    for number in sent.numbers:
        rows_said = [(said_at(sent, number.last, row["said"], 3), row) for row in _words(note.lang)["indicator"]]
        for after, row in sorted(rows_said, key=lambda r: -r[0]):
            context = {w.removeprefix("ال") for w in row["context"]} | set(row["context"])
            if not after or (row["context"] and not context & forms):
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
            yield _make(
                report, note, sent, reader, "indicator", number.first, after, name=row["name"], value=number.value, bound=bound,
                unit=row["unit"], when=_slot(note, sent, until, DateBasis.BY if until and until.role == "until" else None),
                places=places(note, sent, 0, len(sent.toks), home),
            )  # fmt: skip
            break


def _capabilities(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    """What an armed group has or can do; only where the sentence names one."""
    armed = [h for h in sent.layer("actor") if h.entry.info[0] in _GROUPS] or [
        p for p in sent.layer("people") if p.entry.info.who == "militants"
    ]
    if not armed:
        return
    for row in _words(note.lang)["capability"]:
        if sent.lacks(firsts(row["said"])):
            continue
        for at in range(len(sent.toks)):
            after = said_at(sent, at, row["said"], 4)
            if after:
                yield _make(
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


# --- messages and advice ---------------------------------------------------------------------------------------------------


def _messages(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    words = _words(note.lang)["message"]
    if sent.lacks(words["verbs"]):
        return
    done = -1
    for at in range(len(sent.toks)):
        if at <= done or not _has(sent.form(at), words["verbs"], note.lang) or sent.is_cue(at, "speech.claims"):
            continue
        speaker = _armed_speaker(sent, at, words, note.lang)
        if speaker is None:
            continue
        last = _end(sent, at, 40)
        done = last
        party = named(note, sent, speaker, home)
        gist = _gist(note, sent, at, last, f"{party.name if party else 'the group'} says:")
        yield _make(report, note, sent, reader, "message", at, last, actors=(party,) if party else (), gist=gist)


def _armed_speaker(sent: Sentence, at: int, words: dict[str, frozenset[str]], lang: str) -> Hit | None:
    """The armed group that speaks: beside the verb, or whose bulletin, statement or leadership does."""
    armed = [h for h in sent.layer("actor") if h.entry.info[0] in _GROUPS]
    for hit in armed:
        near = 0 <= hit.first - at <= 3 or 0 < at - hit.last <= 2
        if near:
            return hit
    channel = any(sent.form(k).removeprefix("ال") in words["channels"] for k in range(max(0, at - 8), at + 5))
    return next((h for h in reversed(armed) if h.first < at + 6), None) if channel else None


def _advice(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    words = _words(note.lang)["advice"]
    if sent.lacks(firsts(words["cues"])):
        return
    at = next(
        (k for k in range(len(sent.toks)) if said_at(sent, k, words["cues"]) or _has(sent.form(k), words["cues"], note.lang)),
        None,
    )
    if at is None or any(h.entry.info[0] in _GROUPS and abs(h.first - at) <= 2 for h in sent.layer("actor")):
        return
    matter = [h for h in sent.layer("trigger") if FAMILY_OF[h.entry.info.kind] in (Family.POSTURE, Family.MEASURE, *_COUNTED)] or sent.layer("actor") or sent.in_set("forces", 0, len(sent.toks))  # fmt: skip
    if not matter:
        return
    last = _end(sent, at, 40)
    yield _make(
        report, note, sent, reader, "advice", at, last, gist=_gist(note, sent, at, min(last + 12, len(sent.toks)), "should:")
    )


def _gist(note: Annotated, sent: Sentence, first: int, last: int, head: str) -> str:
    """A short English gist: the clause itself in English, or the glosses of its known words in order."""
    if note.lang == "en":
        start, end = note.folded.span(sent.toks[first].start, sent.toks[last - 1].end)
        return f"{head} {note.folded.text[sent.toks[first].start : sent.toks[last - 1].end][:160]}" if end > start else head
    glosses: dict[str, None] = {}
    table = _gloss(note.lang)
    for at in range(first, last):
        form = sent.form(at)
        for option in (form, form[1:], form.removeprefix("ال"), form[1:].removeprefix("ال"), "ال" + form[2:]):
            if option in table:
                glosses.setdefault(table[option])
                break
    return f"{head} {', '.join(list(glosses)[:8])}" if glosses else head.rstrip(":")
