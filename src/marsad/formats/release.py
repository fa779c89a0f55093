"""What may go out (law 7): public incidents only, no words of a report, and places of people in need no finer than the district.

An incident at a camp, a hospital, a home or an aid site could lead somebody to those who are there; so its place becomes the
district, or the governorate where the district is not known.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from marsad.records import Difference, Incident, Place, Report, Span, Statement
from marsad.scales import Sensitivity, WherePrecision
from marsad.text.fold import fold_text

_AT_PEOPLE = re.compile(
    r"\b(?:camp|hospital|clinic|school|shelter|home|house|residence|aid|relief|warehouse of food|msf|unhcr|wfp|unrwa)s?\b"
    r"|مخيم|مشفي|مستشفي|عياده|مدرسه|ملجا|منزل|بيت |مسكن|اغاثه|نازحين|لاجيين|مستوصف"
)
_PROTECTED = frozenset(
    ("health workers", "aid workers", "humanitarian workers", "displaced persons", "refugees", "patients", "students")
)
_QUOTED = frozenset(("place", "actors", "targets"))


def public(incidents: Iterable[Incident]) -> Iterator[Incident]:
    """The incidents that may go out, each without words of its reports and with its places coarsened where people are at risk."""
    for i in incidents:
        if i.sensitivity is not Sensitivity.PUBLIC:
            continue
        coarse = at_people(i)
        yield replace(
            i, places=tuple(p for q in i.places if (p := _plain(_coarse(q) if coarse else q)) is not None),
            differences=tuple(Difference(d.slot, d.values) for d in i.differences if d.slot not in _QUOTED),
        )  # fmt: skip


def report(r: Report) -> Report:
    """A public report without its words: where it stands and its hash are enough for who has it."""
    return replace(r, text="", title="")


def statement(s: Statement) -> Statement:
    """What a public report says, without its words. Its places are always coarse: whether people are at risk there is known of the
    incident alone, which carries the point where it may."""
    places = (_plain(_coarse(p)) for p in s.places)
    return replace(s, places=tuple(p for p in places if p is not None), gist="")


def at_people(i: Incident) -> bool:
    """Whether it is told at a camp, a hospital, a home or an aid site, or against those who are there."""
    return at_risk(i.unit, i.targets, tuple((p.name, p.name_en, p.country, p.gazetteer) for p in i.places))


@lru_cache(maxsize=65536)
def at_risk(unit: str, targets: tuple[str, ...], places: tuple[tuple[str, str, str, str], ...]) -> bool:
    """The same by what tells it: the unit counted, who was struck, and its places (name as written, English name, country, gazetteer
    id)."""
    named = fold_text(" | ".join(n for name, name_en, *_ in places for n in (name, name_en)))
    return unit == "homes" or bool(_PROTECTED & set(targets)) or bool(_AT_PEOPLE.search(named))


def _coarse(place: Place) -> Place:
    if place.precision is not None and place.precision >= WherePrecision.ADMIN1:
        return place
    district = _district(place)
    if district:
        return replace(place, name_en=district, lat=None, lon=None, precision=WherePrecision.ADMIN2, gazetteer="")
    return replace(place, name_en=place.admin1, lat=None, lon=None, precision=WherePrecision.ADMIN1, gazetteer="")


def _district(place: Place) -> str:
    if not place.gazetteer:
        return ""
    from marsad.read.placenames import names  # noqa: PLC0415

    found = (e for e in names("en").get(fold_text(place.name_en), ()) if e.id == place.gazetteer)
    return next((e.admin2 for e in found), "")


def _plain(place: Place) -> Place | None:
    """The place by its English name; one that was never resolved is a word of the report alone, and goes."""
    if not place.name_en:
        return None
    return replace(place, name=place.name_en, span=Span(0, 0))
