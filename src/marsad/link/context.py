"""What a report tells of where it is: the countries and units it names, its dateline, whose forces act in it, and points beside."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.read.placenames import names
from marsad.records import Report, Statement
from marsad.text.fold import fold_text

Point = tuple[float, float]

_DATELINE = re.compile(r"^[\s\W]*([^\n:()\[\]–—/-]{2,40}?)\s*(?:\([^)\n]{2,30}\)\s*)?[-–—:/(]")
_ACTOR, _DATED = 0.5, 1.0  # votes beside the 1 of a named place: whose forces act, and where the report was sent from
_GREAT = 50_000  # people: a smaller place seldom heads a report, and its name is more often an author's


@dataclass(frozen=True, slots=True)
class Context:
    """countries: by weight (0..1, summing to 1). units: names of first-order units told or resolved. points: (latitude,
    longitude) of places already resolved."""

    countries: tuple[tuple[str, float], ...] = ()
    units: frozenset[str] = frozenset()
    points: tuple[Point, ...] = ()

    def share(self, country: str) -> float:
        """The weight of a country, 0 if it is not told."""
        return dict(self.countries).get(country, 0.0)


def context_of(statements: Iterable[Statement], report: Report) -> Context:
    """The context that a report's own statements, actors and dateline give: what the reader could tell by itself."""
    votes: Counter[str] = Counter()
    units: set[str] = set()
    heard: set[str] = set()
    for statement in statements:
        for place in statement.places:
            if place.country:
                votes[place.country] += 1
            if place.admin1:
                units.add(place.admin1)
        heard |= {p.name for p in (*statement.actors, *statement.targets)}
    weights = {c: float(n) for c, n in votes.items()}
    for country in sorted(c for c in (_actors().get(name, "") for name in heard) if c):
        weights[country] = weights.get(country, 0.0) + _ACTOR
    if sent_from := dateline(report.text, report.lang):
        weights[sent_from] = weights.get(sent_from, 0.0) + _DATED
    total = sum(weights.values()) or 1.0
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return Context(tuple((c, n / total) for c, n in ranked), frozenset(units))


def dateline(text: str, lang: str) -> str:
    """The country of the place that heads a report ("بغداد - رويترز", "BAGHDAD (Reuters) -"), "" if none does."""
    for line in text[:400].splitlines()[:3]:
        found = _DATELINE.match(line)
        if found is None:
            continue
        for name in (found[1], found[1].rpartition("،")[2], found[1].rpartition(",")[0]):
            bearers = names(lang).get(" ".join(fold_text(name).split()), ())
            great = (b for b in bearers if b.kind in ("country", "admin1") or b.population >= _GREAT)
            if (first := next(great, None)) is not None and first.risk == 0:
                return first.country
    return ""


@cache
def _actors() -> dict[str, str]:
    """Canonical actor -> the country where it is at home, of those that have one."""
    lines = files("marsad.codebooks").joinpath("actors.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return {row[0]: row[2] for row in rows if len(row) > 2 and row[2]}
