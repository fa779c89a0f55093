"""Where tellings part: a toll that grew as days went by is a revision; what else differs is a contradiction. And roles reversed."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.link.clues import UNTOLD, nation
from marsad.link.reconcile import TOLLS
from marsad.records import Difference, Incident, Party, Report, Statement, reckoned


@dataclass(frozen=True, slots=True)
class Revision:
    """A toll that later reports put higher. steps: (day of publication, persons, statements), in order of days."""

    slot: str
    steps: tuple[tuple[date, int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reversal:
    """A retelling names as actor whom its source names as target. parties: those whose role was turned round."""

    statement: str
    source: str
    parties: tuple[str, ...]


def revisions(incident: Incident, statements: Iterable[Statement], reports: Iterable[Report]) -> tuple[Revision, ...]:
    """The tolls of `incident` that grew: all told on one day agree, and none of a later day is lower.

    A slot of which some telling has no known day of publication is none: its place in the order is not known.
    """
    days = {r.id: r.published for r in reports}
    inside = [s for s in statements if s.id in incident.statements]
    found = (_growth(slot, inside, days) for slot in TOLLS)
    return tuple(r for r in found if r is not None)


def _growth(slot: str, said: list[Statement], days: dict[str, date | None]) -> Revision | None:
    told: dict[tuple[date, int], list[str]] = defaultdict(list)
    for s in said:
        value = reckoned(getattr(s, slot))
        day = days.get(s.report)
        if value is not None and day is None:
            return None
        if value is not None and day is not None:
            told[day, value].append(s.id)
    steps = sorted(told.items())
    rising = all(a[0] < b[0] and a[1] <= b[1] for (a, _), (b, _) in itertools.pairwise(steps))
    if not rising or len({value for (_, value), _ in steps}) < 2:
        return None
    return Revision(slot, tuple((day, value, tuple(sorted(ids))) for (day, value), ids in steps))


def contradictions(incident: Incident, statements: Iterable[Statement], reports: Iterable[Report]) -> tuple[Difference, ...]:
    """The differences of `incident` that are no revision."""
    grown = {r.slot for r in revisions(incident, statements, reports)}
    return tuple(d for d in incident.differences if d.slot not in grown)


def reversals(statements: Iterable[Statement], reports: Iterable[Report]) -> tuple[Reversal, ...]:
    """Statements of a retelling that turn the roles of its source round, where both reports are given.

    Compared are statements of one class and family whose days do not part. A party counts as turned round if it acts in the
    retelling and is acted on, without acting, in the source, or the reverse.
    """
    held = {r.id: r for r in reports}
    by_url = {r.url: r.id for r in sorted(held.values(), key=lambda r: r.id, reverse=True) if r.url}
    said: dict[str, list[Statement]] = defaultdict(list)
    for s in sorted(statements, key=lambda s: s.id):
        said[s.report].append(s)
    found = []
    for report in sorted(held.values(), key=lambda r: r.id):
        source = by_url.get(report.retells, "") if report.retells else ""
        if source and source != report.id:
            pairs = ((a, b) for a in said[report.id] for b in said[source] if _alike(a, b))
            found += [Reversal(a.id, b.id, tuple(sorted(turned))) for a, b in pairs if (turned := _turned(a, b))]
    return tuple(found)


def _alike(a: Statement, b: Statement) -> bool:
    if a.cls != b.cls or a.family is not b.family:
        return False
    return a.when is None or b.when is None or (a.when.start <= b.when.end and b.when.start <= a.when.end)


def _turned(a: Statement, b: Statement) -> frozenset[str]:
    acts, suffers, acted, suffered = (_names(p) for p in (a.actors, a.targets, b.actors, b.targets))
    return ((acts - suffers) & (suffered - acted)) | ((suffers - acts) & (acted - suffered))


def _names(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(nation(p.name) for p in parties if p.name not in UNTOLD)
