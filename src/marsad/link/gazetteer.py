"""Names of places -> places of the gazetteer, with the reasons; "not resolved" rather than a guess.

A name that several places bear is decided by what the report is about: the country told beside it, the unit told beside it, then
population. Areas (countries, units, regions) get no coordinates: a centroid posing as a point is worse than none.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from marsad.read.placenames import Entry, names
from marsad.records import Place, Report, Statement
from marsad.scales import WherePrecision
from marsad.text.fold import fold_text

_AREAS = frozenset(("country", "region", "admin1", "admin2", "sea"))
_ALONE = 150_000  # people: a city this great is meant even where nothing else is told
BAR = 3.0


@dataclass(frozen=True, slots=True)
class Context:
    """What a report tells of where it is: countries by weight (0..1), and first-order units named in it."""

    countries: tuple[tuple[str, float], ...] = ()
    units: frozenset[str] = frozenset()

    def share(self, country: str) -> float:
        """The weight of a country, 0 if it is not told."""
        return dict(self.countries).get(country, 0.0)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place a name was resolved to, or None; score and reasons; the other candidates, best first."""

    name: str
    entry: Entry | None
    score: float
    why: tuple[str, ...]
    others: tuple[Entry, ...] = ()


def context_of(statements: Iterable[Statement], report: Report) -> Context:
    """The context that a report's own statements give: the places that the reader could tell by themselves."""
    votes: Counter[str] = Counter()
    units: set[str] = set()
    for statement in statements:
        for place in statement.places:
            if place.country:
                votes[place.country] += 1
            if place.admin1:
                units.add(place.admin1)
    total = sum(votes.values()) or 1
    return Context(tuple((c, n / total) for c, n in votes.most_common()), frozenset(units))


class Gazetteer:
    """Resolves names. extra: entries a user loaded, beside the bundled ones."""

    def __init__(self, extra: Sequence[Entry] = ()) -> None:
        self._extra: dict[str, list[Entry]] = {}
        for entry in extra:
            for name in (*entry.names_ar, *entry.names_en):
                self._extra.setdefault(fold_text(name), []).append(entry)

    def candidates(self, name: str, lang: str) -> list[Entry]:
        """Every place that bears `name`, with or without the article."""
        key = " ".join(fold_text(name).split())
        found = [*names(lang).get(key, ()), *self._extra.get(key, ())]
        if not found and lang == "ar":
            found = list(names(lang).get(key.removeprefix("ال"), ()) or names(lang).get("ال" + key, ()))
        return found

    def resolve(self, name: str, *, lang: str, context: Context, hint: str = "") -> Resolution:
        """The place meant by `name` in `context`. hint: an id that the reader already chose. O(candidates)."""
        scored = sorted(((self._score(e, context, hint), e) for e in self.candidates(name, lang)), key=lambda s: -s[0][0])
        if not scored:
            return Resolution(name, None, 0.0, ("no place of this name is known",))
        (score, why), best = scored[0]
        others = tuple(e for _, e in scored[1:])
        if score < BAR:
            return Resolution(name, None, score, (*why, f"{score:.1f} of {BAR} needed: not resolved"), others)
        if others and scored[1][0][0] > score - 0.5 and best.country != others[0].country:
            return Resolution(name, None, score, (*why, f"{others[0].country} is as likely: not resolved"), others)
        return Resolution(name, best, score, why, others)

    def _score(self, entry: Entry, context: Context, hint: str) -> tuple[float, tuple[str, ...]]:
        parts: list[tuple[float, str]] = []
        if entry.kind == "country":
            parts.append((6.0, "a country"))
        if entry.kind == "admin1":
            parts.append((2.5, "a first-order unit"))
        if share := context.share(entry.country):
            parts.append((2.0 + 3.0 * share, f"the report is about {entry.country} ({share:.0%})"))
        if entry.admin1 and entry.admin1 in context.units and entry.kind not in _AREAS:
            parts.append((1.0, f"{entry.admin1} is named too"))
        if entry.population >= _ALONE:
            parts.append((3.0, f"a city of {entry.population:,}"))
        if entry.population:
            parts.append((min(entry.population, 2_000_000) / 1_000_000, "population"))
        if hint and entry.id == hint:
            parts.append((1.5, "the reader's choice"))
        return sum(p for p, _ in parts), tuple(w for _, w in parts)

    def places(self, told: Sequence[Place], context: Context, *, lang: str) -> tuple[Place, ...]:
        """The same places with name_en, country, admin1 and, for points, coordinates; unresolved ones stay as they are."""
        return tuple(self._filled(p, self.resolve(p.name, lang=lang, context=context, hint=p.gazetteer)) for p in told)

    def _filled(self, place: Place, found: Resolution) -> Place:
        entry = found.entry
        if entry is None:
            return replace(place, lat=None, lon=None)
        point = entry.kind not in _AREAS
        return replace(
            place, name_en=entry.name_en, country=entry.country, admin1=entry.admin1 or place.admin1, gazetteer=entry.id,
            lat=entry.lat if point else None, lon=entry.lon if point else None, precision=place.precision or precision(entry),
        )  # fmt: skip


def precision(entry: Entry) -> WherePrecision:
    """UCDP's precision of a place named by itself."""
    by_kind = {
        "country": WherePrecision.COUNTRY,
        "region": WherePrecision.ADMIN1,
        "admin1": WherePrecision.ADMIN1,
        "admin2": WherePrecision.ADMIN2,
        "sea": WherePrecision.SEA_OR_AIR,
    }
    return by_kind.get(entry.kind, WherePrecision.EXACT)
