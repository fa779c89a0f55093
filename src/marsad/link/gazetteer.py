"""Names of places -> places of the gazetteer, with the reasons; "not resolved" rather than a guess.

A name that several places bear is decided by what the report is about: the words beside the name, the country and the unit told,
points already resolved, what kind of place it is, and population. Areas (countries, units, regions) get no coordinates: a centroid
posing as a point is worse than none. Weights are set by hand; tests/places measures them on names they were not set on.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import asin, cos, log10, radians, sin, sqrt
from typing import Literal

from marsad.link.context import Context, context_of
from marsad.read.placenames import AREAS, Entry, names
from marsad.records import Place, Report, Statement
from marsad.scales import WherePrecision
from marsad.text.fold import fold_text

__all__ = ["BAR", "Context", "Gazetteer", "Resolution", "context_of", "km", "precision", "written_in"]

BAR = 3.0
"""Points from which a name is resolved."""
_MARGIN = 0.5  # a place elsewhere that comes this near is as likely
_SURE = 1.5  # so far ahead of every place elsewhere, the choice is held with high confidence

_RANKED = {
    "country": 6.0,
    "admin1": 2.5,
    "region": 2.5,
    "sea": 2.0,
    "admin2": 0.7,
    "admin3": 0.5,
}  # the wider, the oftener meant
Confidence = Literal["high", "low", ""]


def written_in(name: str) -> Literal["ar", "en"]:
    """The language whose names to look among, by the letters of one name."""
    return "ar" if any("\u0600" <= letter <= "\u06ff" for letter in name) else "en"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place a name was resolved to, or None; score and reasons; the other candidates, best first. near: the place itself is
    another one beside it (a port, a base, "north of"). confidence: high, low, or "" where nothing was resolved."""

    name: str
    entry: Entry | None
    score: float
    why: tuple[str, ...]
    others: tuple[Entry, ...] = ()
    near: bool = False
    confidence: Confidence = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A name without the words that go with it, and the kinds of place those words announce (none: any)."""

    key: str
    kinds: tuple[str, ...] = ()
    near: bool = False


class Gazetteer:
    """Resolves names. extra: entries a program passes in, beside the bundled ones and those the user added."""

    def __init__(self, extra: Sequence[Entry] = ()) -> None:
        self._extra: dict[str, list[Entry]] = {}
        for entry in extra:
            for name in (*entry.names_ar, *entry.names_en):
                self._extra.setdefault(fold_text(name), []).append(entry)

    def candidates(self, name: str, lang: str) -> list[Entry]:
        """Every place that bears `name`, with or without the article and the place word."""
        return self._sought(name, lang)[1]

    def _sought(self, name: str, lang: str) -> tuple[Asked, list[Entry]]:
        whole = " ".join(fold_text(name).split())
        for asked in _readings(whole):
            for other in (lang, "en" if lang == "ar" else "ar"):
                found = self._bearing(asked.key, other)
                fit = [e for e in found if e.kind in asked.kinds] if asked.kinds else found
                if fit:
                    return asked, fit
        return Asked(whole), []

    def _bearing(self, key: str, lang: str) -> list[Entry]:
        spelled = [key, key.removeprefix("ال"), "ال" + key] if lang == "ar" else [key, key.removeprefix("al-"), "al-" + key]
        for form in spelled:
            if found := [*names(lang).get(form, ()), *self._extra.get(form, ())]:
                return found
        return []

    def resolve(
        self, name: str, *, lang: str, context: Context = Context(), hint: str = "", kinds: tuple[str, ...] = ()
    ) -> Resolution:
        """The place meant by `name` in `context`. hint: an id that the reader already chose. kinds: only such. O(candidates)."""
        asked, found = self._sought(name, lang)
        if kinds:
            asked, found = replace(asked, kinds=asked.kinds or kinds), [e for e in found if e.kind in kinds]
        alone = len({(e.country, e.admin1) for e in found}) == 1
        # equal points: the codebook's order (unit before town, then population) decides
        scored = sorted(((_score(e, context, hint, asked, alone), e) for e in found), key=lambda s: -s[0][0])
        if not scored:
            return Resolution(name, None, 0.0, ("no place of this name is known",))
        (score, why), best = scored[0]
        if (unit := _unit_of(best, found, hint, asked)) is not None:
            best, why = unit, (*why, "the unit of that name, for nothing tells that its seat is meant")
        others = tuple(e for _, e in scored if e is not best)
        rival = next(((s, e) for (s, _), e in scored if e is not best and not same(best, e)), None)
        if score < BAR:
            small = ("a small place is not taken by its name alone: its country or unit must be told",) if best.risk else ()
            return Resolution(name, None, score, (*why, *small, f"{score:.1f} of {BAR} needed: not resolved"), (best, *others))
        if rival is not None and rival[0] > score - _MARGIN:
            where = f"{rival[1].name_en} in {rival[1].admin1 or rival[1].country}"
            return Resolution(name, None, score, (*why, f"{where} is as likely: not resolved"), (best, *others))
        sure = _known(best, context, asked) and (rival is None or rival[0] <= score - _SURE)
        return Resolution(name, best, score, why, others, asked.near, "high" if sure else "low")

    def places(self, told: Sequence[Place], context: Context, *, lang: str) -> tuple[Place, ...]:
        """The same places with name_en, country, admin1 and, for points, coordinates; unresolved ones stay as they are."""
        return tuple(_filled(p, self._found(p, lang, context)) for p in told)

    def _found(self, place: Place, lang: str, context: Context) -> Resolution:
        """The place meant, by its name; by its English name where the reader knows a place that its words do not name ("the capital")."""
        named = not place.gazetteer or any(e.id == place.gazetteer for e in self.candidates(place.name, lang))
        if named or not place.name_en:
            return self.resolve(place.name, lang=lang, context=context, hint=place.gazetteer)
        return self.resolve(place.name_en, lang="en", context=context, hint=place.gazetteer)

    def resolved(self, statements: Sequence[Statement], report: Report) -> tuple[Statement, ...]:
        """The statements of a report with their places found; one that is not found stays a name."""
        context = self.context(statements, report)
        return tuple(
            replace(s, places=self.places(s.places, context, lang=report.lang)) if s.places else s for s in statements
        )

    def context(self, statements: Sequence[Statement], report: Report) -> Context:
        """The context of a report, enriched by those of its places that are resolved with high confidence."""
        first = context_of(statements, report)
        told = {(p.name, p.gazetteer): p for s in statements for p in s.places}
        found = (self._found(told[key], report.lang, first) for key in sorted(told))
        sure = [r.entry for r in found if r.confidence == "high" and r.entry]
        points = tuple((e.lat, e.lon) for e in sure if e.lat is not None and e.lon is not None and e.kind not in AREAS)
        return replace(first, units=first.units | {e.admin1 or e.name_en for e in sure if e.kind != "country"}, points=points)


def _score(entry: Entry, context: Context, hint: str, asked: Asked, alone: bool) -> tuple[float, tuple[str, ...]]:
    parts: list[tuple[float, str]] = []
    if points := _RANKED.get(entry.kind, 0.0):
        parts.append((points, "a country" if entry.kind == "country" else f"an area ({entry.kind})"))
    if share := context.share(entry.country):
        parts.append((2.0 + 3.0 * share, f"the report is about {entry.country} ({share:.0%})"))
    elif context.countries and entry.kind != "country":
        parts.append((-1.5, f"the report is about {context.countries[0][0]}"))
    if entry.admin1 and entry.admin1 in context.units and entry.kind not in ("country", "admin1"):
        parts.append((1.5, f"{entry.admin1} is named too"))
    if (near := _nearest(entry, context)) is not None and near <= 150:
        parts.append((1.0 if near <= 50 else 0.5, f"{near:.0f} km from another place of the report"))
    if entry.population >= 1000:
        parts.append((min(2.0, 0.5 * (log10(entry.population) - 3)), f"{entry.population:,} people"))
    if entry.population >= 150_000:
        parts.append((2.0, "a great city is meant even where nothing else is told"))
    if alone and entry.kind != "country" and entry.risk == 0:
        parts.append((3.0, "the only place of this name known"))
    if asked.kinds:
        parts.append((0.5, f"announced as {asked.kinds[0]}"))
    if hint and entry.id == hint:
        parts.append((1.5, "the reader's choice"))
    return sum(p for p, _ in parts), tuple(f"{p:+.1f} {w}" for p, w in parts)


def _unit_of(best: Entry, found: Sequence[Entry], hint: str, asked: Asked) -> Entry | None:
    """The first-order unit that bears the name of its seat `best`, where the report says neither; the wider claim is the safer."""
    if best.kind in AREAS or asked.kinds or hint == best.id:
        return None
    return next((e for e in found if e.kind == "admin1" and e.country == best.country and e.name_en == best.admin1), None)


def _known(entry: Entry, context: Context, asked: Asked) -> bool:
    """Whether more than the bare name speaks for it: an unlisted village may bear the name of any small town."""
    if context.countries and not context.share(entry.country):
        return entry.kind == "country"
    if entry.kind in ("country", "admin1", "region") or entry.population >= 15_000:
        return entry.risk == 0
    told = entry.admin1 in context.units or asked.kinds or (_nearest(entry, context) or 999.0) <= 50
    return entry.risk == 0 and bool(told) and bool(context.share(entry.country))


def same(a: Entry, b: Entry) -> bool:
    """Whether two entries are one place at different levels (a district and its seat), or two records of one place."""
    if a.country != b.country:
        return False
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return False
    if None not in (a.lat, a.lon, b.lat, b.lon):
        return km((a.lat, a.lon), (b.lat, b.lon)) <= 20  # type: ignore[arg-type]
    return a.kind in AREAS or b.kind in AREAS


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude, longitude; degrees) by the haversine formula, km."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


def _nearest(entry: Entry, context: Context) -> float | None:
    if entry.lat is None or entry.lon is None or entry.kind in AREAS:
        return None
    here = (entry.lat, entry.lon)
    return min((d for p in context.points if (d := km(here, p)) > 0.1), default=None)


@cache
def _words() -> tuple[tuple[tuple[str, tuple[str, ...], bool], ...], tuple[tuple[str, tuple[str, ...], bool], ...]]:
    """(words before, words after), the longest first: (word, kinds, by)."""
    book = tomllib.loads(files("marsad.codebooks").joinpath("places", "words.toml").read_text(encoding="utf-8"))
    sides = []
    for side in ("before", "after"):
        found = [(w, tuple(row["kinds"]), bool(row.get("by"))) for row in book[side] for w in row["words"]]
        sides.append(tuple(sorted(found, key=lambda f: -len(f[0]))))
    return sides[0], sides[1]


def _readings(key: str) -> Iterable[Asked]:
    """The whole name; then without a place word before or after it."""
    yield Asked(key)
    before, after = _words()
    for word, kinds, by in before:
        if key.startswith(word + " "):
            rest = key[len(word) + 1 :]
            yield Asked(rest, kinds, by)
            yield from (Asked(r.key, r.kinds or kinds, True) for r in _readings(rest) if r.key != rest and by)
    for word, kinds, by in after:
        if key.endswith(" " + word):
            yield Asked(key[: -len(word) - 1], kinds, by)


def _filled(place: Place, found: Resolution) -> Place:
    entry = found.entry
    if entry is None:
        return replace(place, lat=None, lon=None)
    point = entry.kind not in AREAS
    told = place.precision or (WherePrecision.NEAR if found.near and point else precision(entry))
    return replace(
        place, name_en=entry.name_en, country=entry.country, admin1=entry.admin1 or place.admin1, gazetteer=entry.id,
        lat=entry.lat if point else None, lon=entry.lon if point else None, precision=told,
    )  # fmt: skip


def precision(entry: Entry) -> WherePrecision:
    """UCDP's precision of a place named by itself."""
    by_kind = {
        "country": WherePrecision.COUNTRY,
        "region": WherePrecision.ADMIN1,
        "admin1": WherePrecision.ADMIN1,
        "admin2": WherePrecision.ADMIN2,
        "admin3": WherePrecision.ADMIN2,
        "sea": WherePrecision.SEA_OR_AIR,
    }
    return by_kind.get(entry.kind, WherePrecision.EXACT)
