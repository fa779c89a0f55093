"""How many: rounds, attacks, raids, troops, bases... of an event (codebook, section 4, `count` and `unit`)."""

from functools import cache
from typing import Any

from marsad.read.annotate import Annotated, Sentence
from marsad.read.draft import Draft
from marsad.read.lexicon import Hit
from marsad.read.load import book
from marsad.read.phrases import said, said_before, words
from marsad.records import Bound, Count, Span
from marsad.scales import FAMILY_OF, Family


@cache
def _units(lang: str) -> dict[str, Any]:
    return {name: frozenset(listed) for name, listed in book(lang, "amounts").items()}


@cache
def _duals(unit: str) -> frozenset[str]:
    return frozenset(p + form for p in ("", "ال", "و", "ب", "وال", "بال") for form in _units("ar")[unit + "_dual"])


def amount(note: Annotated, sent: Sentence, group: list[Hit], kind: str, segment: tuple[int, int]) -> Count | None:
    """The number of incidents, rounds or troops told in the segment; None if none is told."""
    first, last = segment
    wanted = _wanted(kind)
    for number in sent.numbers:
        if not (first <= number.first and number.last <= last):
            continue
        here = said(sent, number.last, words(note.lang)["after_at_least"]) or number.last
        here += sent.form(here) in words(note.lang)["of"]
        unit, noun_at = _unit(sent, here, wanted, note.lang)
        if unit and not number.loose:
            bound: Bound = (
                "at_least" if here > number.last or said_before(sent, number.first, words(note.lang)["at_least"]) else "exact"
            )
            bound = "about" if said_before(sent, number.first, words(note.lang)["about"]) else bound
            span = Span(*note.folded.span(number.start, sent.toks[noun_at].end))
            return Count(value=int(number.value), unit=unit, bound=bound, span=span)
    return _dual(note, sent, group, wanted, first, last)


def _wanted(kind: str) -> tuple[str, ...]:
    family = FAMILY_OF[kind]
    if family is Family.POSTURE:
        return ("troops", "brigades", "bases")
    if kind == "raid":
        return ("raids", "attacks")
    if kind in ("arrest", "seizure"):
        return ()
    if kind == "arson":
        return ("homes", "attacks")
    return ("rounds", "attacks")


def _unit(sent: Sentence, at: int, wanted: tuple[str, ...], lang: str) -> tuple[str, int]:
    """(unit, token) of a counted noun at `at`, or just after an adjective in English."""
    for here in (at, at + 1) if lang == "en" else (at,):
        form = sent.form(here)
        for unit in wanted:
            if form in _units(lang)[unit] and not _only_a_vehicle(sent, here, lang):
                return unit, here
    return "", at


def _only_a_vehicle(sent: Sentence, at: int, lang: str) -> bool:
    """Whether cars are counted, and no car bombs (احترقت أربع سيارات)."""
    return lang == "ar" and sent.form(at) in _units(lang)["vehicles"] and sent.form(at + 1) not in _units(lang)["laden"]


def _dual(note: Annotated, sent: Sentence, group: list[Hit], wanted: tuple[str, ...], first: int, last: int) -> Count | None:
    """A dual says two without a number (هجومين، صاروخان)."""
    if note.lang != "ar":
        return None
    wanted = tuple(unit for unit in wanted if unit == "rounds" or not sent.lacks(_duals(unit)))
    for at in range(first, min(last, len(sent.toks))) if wanted else ():
        form = sent.form(at)
        for unit in wanted:
            if form in _duals(unit) or (unit == "rounds" and _two_of_a_make(sent, at)):
                return Count(value=2, unit=unit, span=Span(*note.folded.span(sent.toks[at].start, sent.toks[at].end)))
    return None


def _two_of_a_make(sent: Sentence, at: int) -> bool:
    """Whether an Arabic dual before the make of a weapon tells of two (سقط صاروخا كاتيوشا)."""
    return sent.form(at).removeprefix("و") in _units("ar")["construct"] and sent.form(at + 1) in _units("ar")["makes"]


def held(note: Annotated, draft: Draft) -> Count | None:
    """How many arrests were made, of those who were arrested."""
    told = [t for t in draft.tolls if t.name == "arrested" and t.group.best]
    if draft.kind != "arrest" or not told:
        return None
    number = sum(t.group.best or 0 for t in told)
    toks, group = told[0].sent.toks, told[0].group
    span = Span(*note.folded.span(toks[group.first].start, toks[group.last - 1].end))
    return Count(value=number, unit="arrests", span=span) if number > 1 else None
