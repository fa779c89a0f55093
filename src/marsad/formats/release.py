"""What may go out (law 7): public incidents only, no words of a report, and places of people in need no finer than the district.

An incident at a camp, a hospital, a home or an aid site could lead somebody to those who are there; so its place becomes the
district, or the governorate where the district is not known.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from marsad.read.placenames import Entry, names
from marsad.records import Difference, Incident, Place, Report, Span, Statement
from marsad.scales import Sensitivity, WherePrecision
from marsad.text.fold import fold_text

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
    if unit == "homes" or _PROTECTED & set(targets):
        return True
    return any(
        _of_people(Place(name=name, name_en=name_en, country=country, gazetteer=known, span=Span(0, 0)))
        for name, name_en, country, known in places
    )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """Slot of the codebook (places/people.toml) -> what finds its words in folded text, clitics aside."""
    book = tomllib.loads(files("marsad.codebooks").joinpath("places", "people.toml").read_text(encoding="utf-8"))
    found = {}
    for slot in ("camps", "sites", "armed", "displaced"):
        # an Arabic word of four letters or more stands with its endings too; بيت alone does not begin بيتزا
        listed = "|".join(w if len(w) > 3 and not w.isascii() else rf"{w}\b" for w in book[slot])
        found[slot] = re.compile(rf"\b[وفبكل]{{0,2}}(?:ال|ل)?(?:{listed})")
    found["displaced_in"] = re.compile("|".join(book["displaced_in"]))
    return found


def _of_people(place: Place) -> bool:
    """Whether `place` is a camp of displaced people, a hospital, a home or an aid site. A name that the gazetteer gives to a base or
    a settlement says nothing of it (Camp Taji, بيت حانون)."""
    bearers = _bearers(place)
    kinds = {e.kind for e in bearers}
    if "camp" in kinds:
        return True
    own = {fold_text(n) for e in bearers for n in (*e.names_ar, *e.names_en)}
    named = " | ".join(n for n in (fold_text(place.name), fold_text(place.name_en)) if n not in own)
    words = _words()
    if words["sites"].search(named):
        return True
    if kinds == {"base"} or words["armed"].search(named):
        return False
    told = words["camps"].search(named) or (
        words["displaced_in"].fullmatch(place.country) and words["displaced"].search(named)
    )
    return bool(told)


def _bearers(place: Place) -> list[Entry]:
    """The gazetteer's places that `place` is, or, where it was not resolved, that bear its name in its country."""
    found = {e.id: e for lang, n in (("en", place.name_en), ("en", place.name), ("ar", place.name))
             for e in names(lang).get(fold_text(n), ())}  # fmt: skip
    if place.gazetteer:
        return [found[place.gazetteer]] if place.gazetteer in found else []
    return [e for e in found.values() if e.country == place.country]


def _coarse(place: Place) -> Place:
    if place.precision is not None and place.precision >= WherePrecision.ADMIN1:
        return place
    district = _district(place)
    if district:
        return replace(place, name_en=district, lat=None, lon=None, precision=WherePrecision.ADMIN2, gazetteer="")
    return replace(place, name_en=place.admin1, lat=None, lon=None, precision=WherePrecision.ADMIN1, gazetteer="")


def _district(place: Place) -> str:
    return next((e.admin2 for e in _bearers(place) if e.id == place.gazetteer), "")


def _plain(place: Place) -> Place | None:
    """The place by its English name; one that was never resolved is a word of the report alone, and goes."""
    if not place.name_en:
        return None
    return replace(place, name=place.name_en, span=Span(0, 0))
