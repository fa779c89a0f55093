"""Who says so: the speaker of each sentence, else the outlet that the whole report relays (codebook, `attributed_to`, `claimed_by`)."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import book, grammar, rows
from marsad.read.mention import span_of
from marsad.read.parties import NAMELESS
from marsad.read.rolewords import words
from marsad.records import Party, Span, Statement
from marsad.scales import Family, Realis

Laid = tuple[int, Party, bool, frozenset[str]]
"""Where it stands in the text that an attack was a party's, the party, whether it is told of several attacks, and of which kinds."""


class Source(NamedTuple):
    """A named outlet or body, or a kind of source ("a security source"). relays: it stands for all that the report tells."""

    name: str
    relays: bool


@cache
def _sources(lang: str) -> tuple[dict[str, list[tuple[tuple[str, ...], Source]]], frozenset[str]]:
    table: dict[str, list[tuple[tuple[str, ...], Source]]] = {}
    for name, relays, english, arabic in rows("sources.tsv"):
        for said in (arabic if lang == "ar" else english).split("|"):
            first, *rest = said.split() or [""]
            if first:
                table.setdefault(first, []).append((tuple(rest), Source(name, relays == "yes")))
    for listed in table.values():
        listed.sort(key=lambda s: -len(s[0]))
    return table, frozenset(book(lang, "cues")["speech"]["claims"])


def _source_at(sent: Sentence, at: int, lang: str) -> tuple[Source, int] | None:
    table, _ = _sources(lang)
    form = sent.form(at)
    options = [form]
    if lang == "ar":
        options += [
            form[len(p) :] for p in ("ال", "و", "ل", "ب", "وال", "لل", "بال") if form.startswith(p) and len(form) > len(p) + 2
        ]
    for option in options:
        for rest, source in table.get(option, ()):
            if all(
                sent.form(at + 1 + k).removeprefix("ال" if lang == "ar" else "\0") == w.removeprefix("ال")
                for k, w in enumerate(rest)
            ):
                return source, at + 1 + len(rest)
    return None


def speaker(note: Annotated, sent: Sentence) -> tuple[Party, bool] | None:
    """(who speaks, whether it relays the whole report) in a sentence: a source near a word of speech."""
    for cue in sent.layer("cue"):
        if cue.entry.value not in ("speech.verbs", "speech.according"):
            continue
        reach = range(cue.last, cue.last + 5) if note.lang == "ar" else range(max(0, cue.first - 6), cue.last + 5)
        for at in reach:
            found = _source_at(sent, at, note.lang)
            if found:
                source, last = found
                span = Span(*note.folded.span(sent.toks[at].start, sent.toks[min(last, len(sent.toks)) - 1].end))
                return Party(source.name, span), source.relays
            if note.lang == "ar" and sent.form(at) in ("ان", "،", ","):
                break
    return None


def attributed(note: Annotated, made: list[Statement]) -> list[dict[str, Any]]:
    """The slots of each statement that tell who says so: `attributed_to` and, for attacks, `claimed_by`."""
    whole: Party | None = None
    by_sent: dict[int, Party | None] = {}
    starts: list[int] = []
    for sent in note.sents:
        told = speaker(note, sent)
        by_sent[sent.at] = told[0] if told else None
        if told and told[1] and whole is None:
            whole = told[0]
        starts.append(note.folded.span(sent.toks[0].start, sent.toks[-1].end)[0])
    claimed = _of_attacks(_claims(note), made, starts)
    blamed = _of_attacks(_blames(note), made, starts)
    out: list[dict[str, Any]] = []
    for at_made, statement in enumerate(made):
        at = max(0, bisect_right(starts, statement.anchor.start) - 1)
        party = by_sent.get(at) or whole
        claim = claimed.get(at_made)
        holder = party if statement.cls == "outlook" else None
        unknown = all(a.name in NAMELESS for a in statement.actors)
        by = claim or blamed.get(at_made)
        doers = (by,) if by and unknown else statement.actors
        out.append({"actors": doers, "attributed_to": party, "claimed_by": claim, "expected_by": holder})
    return out


def _of_attacks(claims: list[Laid], made: list[Statement], starts: list[int]) -> dict[int, Party]:
    """Which of the statements was claimed, or whom it is blamed on: a claim is of the attack told in its sentence or the one before, else
    of the one that the report leads with; of all where it says so; and of the next where none stands before. starts: of the sentences."""
    happened = (Realis.ACTUAL, Realis.BACKGROUND)
    attacks = [n for n, s in enumerate(made) if s.cls == "event" and s.family is Family.ATTACK and s.realis in happened]
    found: dict[int, Party] = {}
    for start, party, of_all, kinds in claims:
        before = [n for n in attacks if made[n].anchor.start <= start]
        before = [n for n in before if made[n].kind in kinds] or before
        news = [n for n in before if made[n].realis is Realis.ACTUAL] or before
        beside = bool(news) and bisect_right(starts, start) - bisect_right(starts, made[news[-1]].anchor.start) <= 1
        for n in (before if of_all else news[-1:] if beside else news[:1]) or attacks[:1]:
            found.setdefault(n, party)
    return found


def _blames(note: Annotated) -> list[Laid]:
    """Of each word that lays an attack at the door of a group or a force, in order."""
    found: list[Laid] = []
    for sent in note.sents:
        deeds = [k for k in range(len(sent.toks)) if _deed(sent, k, note.lang)]
        for at in _affirmed(sent, _ACCUSE):
            deed = next((k for k in deeds if at < k < at + _REACH), None)
            if deed is None and sent.form(at) not in _BLAME:
                continue
            done_to = sent.form(at - 1) in _BE  # "Boko Haram was suspected of being behind the attack"
            parties = [
                h
                for h in sent.layer("actor")
                if (h.first < at if done_to else h.first > at) and h.entry.info[0] in _DOERS and h.entry.value not in NAMELESS
            ]
            told = parties[-1] if done_to and parties else _nearest(parties, at, deed, note.lang)
            if told is not None:
                found.append(_laid_to(note, sent, sent.toks[at].start, told, told.last))
        found += _laid(note, sent) if note.lang == "ar" else []
    return found


def _affirmed(sent: Sentence, listed: frozenset[str]) -> Iterator[int]:
    """The tokens of such words, with or without "and", that nothing before them denies."""
    for at, form in enumerate(sent.forms):
        if form.removeprefix("و") in listed and sent.form(at - 1).removeprefix("و") not in _NO:
            yield at


def _laid(note: Annotated, sent: Sentence) -> list[Laid]:
    """What Arabic lays "to" a party (نسب الجيش الهجوم إلى الحزب، هجوم نسب إلى الجماعة)."""
    found: list[Laid] = []
    for at in _affirmed(sent, _LAY):
        to = next((k for k in range(at + 1, at + 2 * _BESIDE) if sent.form(k) == "الي"), None)
        party = next((h for h in sent.starts(to + 1, "actor") if h.entry.value not in NAMELESS), None) if to else None
        if party is not None and party.entry.info[0] in _DOERS:
            found.append(_laid_to(note, sent, sent.toks[at].start, party, party.last))
    return found


def _nearest(parties: list[Hit], at: int, deed: int | None, lang: str) -> Hit | None:
    """Whom a word at `at` blames: in Arabic the last before the deed, behind who speaks; in English the first, and of two nobody knows."""
    if lang == "ar":
        return next((h for h in reversed(parties) if deed is not None and 0 <= deed - h.last <= _BESIDE), None)
    near = [h for h in parties if h.first - at <= 2 * _BESIDE]
    return near[0] if near and not (len(near) > 1 and near[1].first - near[0].last <= 2) else None


def _deed(sent: Sentence, at: int, lang: str) -> bool:
    """Whether token `at` leads to an attack that somebody stands behind (وراء الهجوم, المسؤولية عنه, "behind the attack")."""
    if sent.form(at) in _BEHIND_IT:
        return True
    if sent.form(at) not in _BEHIND:
        return False
    return lang == "en" or any(sent.starts(k, "trigger") or sent.form(k) in _IT for k in range(at + 1, at + _BESIDE))


_ACCUSE, _BLAME = grammar("attribution", "accuse"), grammar("attribution", "blame")
_BEHIND, _BEHIND_IT = grammar("attribution", "behind"), grammar("attribution", "behind_it")
_BE = words("en")["be"]
_LAY = grammar("attribution", "lay")
_IT, _NO = grammar("attribution", "it"), grammar("attribution", "no")
_DOERS = frozenset(("armed_group", "militia", "military", "security", "police", "coalition", "force"))
_REACH, _BESIDE = 20, 4  # tokens: from blame to the deed; from whom is blamed to it


def _mentioned_aside(sent: Sentence, group: Hit) -> bool:
    """Whether a group before the claim only tells whose friend the claimant is ("which is allied to al-Qaeda", المرتبطة بالقاعدة)."""
    bound = any(letter in group.prefix.removesuffix("ال") for letter in "بل") or group.prefix.endswith("لل")
    return bound or sent.form(group.first - 1) in ("to", "with", "of", "من", "مع")


def _claims(note: Annotated) -> list[Laid]:
    """Of each claim of responsibility by an armed group, in order."""
    found: list[Laid] = []
    for sent in note.sents:
        for cue in sent.cues(("speech.claims",), 0, len(sent.toks)):
            if any(sent.form(k).removeprefix("و") in _NO for k in range(max(0, cue.first - 2), cue.first + 1)):
                continue
            if any(sent.form(k) in _OTHER for k in range(cue.last, cue.last + _BESIDE)):
                continue  # "which has claimed several attacks"
            groups = [h for h in sent.layer("actor") if h.entry.info[0] in ("armed_group", "militia")]
            groups = [h for h in groups if h.first > cue.first or not _mentioned_aside(sent, h)]
            near = min(groups, key=lambda h: abs(h.first - cue.first), default=None)
            if near is not None and abs(near.first - cue.first) <= 8:
                found.append(_laid_to(note, sent, cue.start, near, cue.last))
    return found


def _laid_to(note: Annotated, sent: Sentence, start: int, party: Hit, last: int) -> Laid:
    """What a word at the folded offset `start` lays to a party; how many attacks is told in the tokens from `last`."""
    several = any(sent.form(k) in _SEVERAL for k in range(last, last + 5))
    named = {
        k for t in sent.layer("trigger", last, last + _BESIDE) if t.entry.info.role == "act" for k in _akin(t.entry.info.kind)
    }
    return note.folded.span(start, start + 1)[0], Party(party.entry.value, span_of(note, party)), several, frozenset(named)


def _akin(kind: str) -> tuple[str, ...]:
    """The kinds that a noun of an attack can mean; none for one that any can be called (the attack)."""
    if kind in ("armed_attack", "killing"):
        return ()
    return ("bombing", "suicide_bombing") if kind.endswith("bombing") else (kind,)


_SEVERAL, _OTHER = grammar("attribution", "several"), grammar("attribution", "other")
