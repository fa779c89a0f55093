"""What of a statement tells which incident it is: its days, its places, who, how many; laid out for comparing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale

from marsad.records import Place, Report, Statement
from marsad.scales import DateBasis, DatePrecision, Family, Realis, WherePrecision
from marsad.text.fold import fold_text

FINE, UNIT, LAND = 0, 1, 2
"""How narrow a place is: a settlement, base or district; a governorate or line; a country or sea."""

UNTOLD = frozenset({"unknown armed group"})
"""Actor names that say that the actor is not known."""

_LEVEL = {
    WherePrecision.EXACT: FINE, WherePrecision.NEAR: FINE, WherePrecision.ADMIN2: FINE, WherePrecision.ADMIN1: UNIT,
    WherePrecision.LINE: UNIT, WherePrecision.COUNTRY: LAND, WherePrecision.SEA_OR_AIR: LAND,
}  # fmt: skip
_REACH_KM = {WherePrecision.EXACT: 3.0, WherePrecision.NEAR: 15.0, WherePrecision.ADMIN2: 25.0}
# How many days before its own an event may have been, by what its date rests on: a day that was not told but taken from the
# day of publication may be days late (a great attack is written about all week), and "said on Monday" tells of Monday or before.
# Beyond the first day more else has to agree (compare._days).
_SLACK = {DateBasis.PUBLISHED: 5, DateBasis.BY: 5, DateBasis.RELATIVE: 0, DateBasis.TEXT: 0}


_UNIT_WORD = re.compile(r"\b(?:governorate|province|region|state|wilaya|muhafazat)\b(?: of)?|^محافظه ")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place, comparable. key: the gazetteer's id, else the English name and country, else the name as written."""

    key: str
    name: str
    level: int
    country: str
    admin1: str
    point: tuple[float, float] | None
    reach: float
    resolved: bool


@dataclass(frozen=True, slots=True)
class Clue:
    """A statement with its report's side, and days as ordinals. early: the first day that its slack allows."""

    said: Statement
    report: Report
    family: Family
    wire: str
    start: int | None
    end: int | None
    early: int | None
    vague: bool
    spots: tuple[Spot, ...]
    around: frozenset[str]
    countries: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    headline: bool = False  # told in the first line, which tells again what the text below it tells in full

    @property
    def aggregate(self) -> bool:
        """Whether it tells a total over a period."""
        return self.said.aggregate


def tells(said: Statement) -> bool:
    """Whether `said` makes or joins an incident: it is told to have happened, or it is recalled with its day and place."""
    if said.cls != "event" or said.family is None:
        return False
    if said.realis is Realis.ACTUAL:
        return True
    exact = said.when is not None and said.when.precision <= DatePrecision.DAYS
    return said.realis is Realis.BACKGROUND and exact and bool(said.places)


def clue(said: Statement, report: Report, wire: str) -> Clue:
    """The Clue of a statement that `tells`."""
    spots = tuple(_spot(p) for p in said.places)
    # A name that no gazetteer knows may be a word misread: where a known narrow place is told beside it, that one decides.
    trusted = tuple(s for s in spots if s.resolved and s.level == FINE) or spots
    narrowest = min((s.level for s in trusted), default=LAND)
    when = said.when
    start = when.start.toordinal() if when else None
    family = said.family
    assert family is not None
    return Clue(
        said=said,
        report=report,
        family=family,
        wire=wire,
        start=start,
        end=when.end.toordinal() if when else None,
        early=(when.start - timedelta(days=min(_SLACK[when.basis], start - 1))).toordinal() if when and start else None,
        vague=when is not None and when.precision >= DatePrecision.MONTH,
        spots=tuple(s for s in trusted if s.level == narrowest),
        around=frozenset(s.key for s in spots) | frozenset(s.admin1 for s in spots if s.admin1),
        countries=frozenset(s.country for s in spots if s.country),
        actors=frozenset(nation(p.name) for p in said.actors if p.name not in UNTOLD),
        targets=frozenset(p.name for p in said.targets),
        headline=said.anchor.start < _first_line(report.text),
    )


def _first_line(text: str) -> int:
    """Where the headline ends: the first line, if more follows it; 0 for a text of one line."""
    end = text.find("\n", len(text) - len(text.lstrip()))
    return end if 0 <= end <= 300 else 0


def clues(statements: Mapping[str, Statement], reports: Mapping[str, Report], wires: Mapping[str, str]) -> list[Clue]:
    """The clues of all statements that tell, in order of statement id."""
    telling = (statements[i] for i in sorted(statements) if tells(statements[i]))
    return [clue(s, reports[s.report], wires[s.report]) for s in telling]


def _spot(place: Place) -> Spot:
    name = _folded(place.name_en or place.name)
    resolved = bool(place.gazetteer or place.name_en)
    level = _level(place, name)
    name = _bare(name) if level == UNIT else name
    return Spot(
        key=place.gazetteer or f"{name}/{place.country if resolved else '?'}",
        name=name,
        level=level,
        country=place.country,
        admin1=_unit(place.admin1, place.country),
        point=(place.lat, place.lon) if place.lat is not None and place.lon is not None else None,
        reach=_REACH_KM.get(place.precision, 5.0) if place.precision else 5.0,
        resolved=resolved,
    )


def _unit(name: str, country: str) -> str:
    return f"{_bare(name)}/{country}" if name else ""


@lru_cache(100_000)
def _folded(name: str) -> str:
    return fold_text(name).strip()


@cache
def _bare(name: str) -> str:
    """A unit's folded name without the word for what it is: "Sanliurfa Province" is Sanliurfa."""
    return _UNIT_WORD.sub("", fold_text(name)).strip() or fold_text(name).strip()


def _level(place: Place, name: str) -> int:
    if place.precision is not None:
        return _LEVEL[place.precision]
    if place.country and name == _country_name(place.country):
        return LAND
    return UNIT if place.admin1 and _bare(name) == _bare(place.admin1) else FINE


@cache
def _country_name(code: str) -> str:
    return fold_text(Locale("en").territories.get(code, ""))


@cache
def _nations() -> dict[str, str]:
    """Actor -> country code, for forces and governments: "French Armed Forces" and "Government of France" are France's."""
    book = files("marsad.codebooks").joinpath("actors.tsv")
    if not book.is_file():
        return {}
    rows = [line.split("\t") for line in book.read_text(encoding="utf-8").splitlines()[1:]]
    state = {"military", "government", "security"}
    return {row[0]: row[2] for row in rows if len(row) > 2 and row[2] and row[1] in state}


@cache
def nation(actor: str) -> str:
    """The country whose force or government `actor` is, as its English name; other actors as they are named."""
    territories = Locale("en").territories
    code = _nations().get(actor, "")
    return str(territories[code]) if code in territories else actor
