"""The whole of linking: statements and their reports in, incidents out. Pure: the order of the input changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from marsad.errors import UsageError
from marsad.link import identity, reconcile
from marsad.link.clues import UNTOLD, Clue, clues
from marsad.link.decide import judged, settle
from marsad.link.group import groups
from marsad.link.reconcile import Telling
from marsad.link.voices import voices, wires
from marsad.records import Incident, Place, Report, Statement
from marsad.scales import Realis, highest
from marsad.verdicts import Review, standing

METHOD = "link 1: points from 6 on; low and high as told, best by most voices, then the latest"


def link(
    statements: Iterable[Statement],
    reports: Iterable[Report],
    earlier: Sequence[Incident] = (),
    *,
    renamed: Mapping[str, str] | None = None,
    reviews: Iterable[Review] = (),
    taken: Iterable[str] = (),
) -> list[Incident]:
    """The incidents that `statements` tell of, in order of day and id. Every statement that is told to have happened, or is
    recalled with its day and place, stands in exactly one; the others in none.

    reports: at least those of the statements. earlier: incidents whose ids are to be kept. renamed: ids of statements in
    `earlier` -> their ids among `statements` (`successors`), where a newer reader has read. reviews: what people decided;
    it stands above what is matched (link/decide.py). taken: ids that no new incident may bear besides, where only a part of a record is
    linked. Raises UsageError if a report lacks.
    """
    said = {s.id: s for s in statements}
    by_id = {r.id: r for r in reports}
    if missing := sorted({s.report for s in said.values()} - by_id.keys()):
        raise UsageError(f"{len(missing)} reports of the statements are not given", where=missing[0], mend="Pass them too.")
    wire_of = wires(list(by_id.values()))
    voice_of = voices(by_id.values(), wire_of)
    found = clues(said, by_id, wire_of)
    decided = standing(reviews)
    by_name = {c.said.id: c for c in found}
    settled = settle([{found[n].said.id for n in group} for group in groups(found)], decided, renamed or {})
    grouped = [_in_order([Telling(by_name[s], voice_of[by_name[s].report.id]) for s in group]) for group in settled]
    grouped.sort(key=lambda told: _rank(told[0].clue))
    before = identity.kept([{t.said.id for t in told} for told in grouped], earlier, renamed or {})
    used = {i.id for i in earlier}.union(taken)
    incidents = []
    for n, told in enumerate(grouped):
        name = before[n].id if n in before else identity.name(_founder(told[0].clue), used)
        used.add(name)
        made = merge(told, name, before[n].version if n in before else 1)
        incidents.append(judged(made, decided, renamed or {}) if decided else made)
    return sorted(incidents, key=lambda i: (i.when.start if i.when else date.max, i.id))


def _rank(c: Clue) -> tuple[date, str, int, str]:
    return (c.report.published or date.max, c.report.id, c.said.anchor.start, c.said.id)


def _in_order(told: list[Telling]) -> list[Telling]:
    return sorted(told, key=lambda t: _rank(t.clue))


def _founder(c: Clue) -> list[str]:
    place = min((s.key for s in c.spots), default="")
    return [c.family.value, c.report.id, place, c.said.when.start.isoformat() if c.said.when else ""]


def merge(told: Sequence[Telling], name: str, version: int) -> Incident:
    """One incident of `told`, which stand in order of publication."""
    counted, unit = reconcile.count(told)
    days = [t.clue.report.published for t in told if t.clue.report.published is not None]
    return Incident(
        id=name,
        version=version,
        kind=reconcile.kind(told),
        statements=tuple(t.said.id for t in told),
        when=reconcile.when(told),
        places=_places(told),
        actors=reconcile.names(chain.from_iterable(t.said.actors for t in told), UNTOLD),
        targets=reconcile.names(chain.from_iterable(t.said.targets for t in told)),
        weapons=tuple(dict.fromkeys(w.name for t in told for w in t.said.weapons)),
        count=counted,
        unit=unit,
        aggregate=told[0].clue.aggregate,
        killed=reconcile.toll(told, "killed"),
        injured=reconcile.toll(told, "injured"),
        abducted=reconcile.toll(told, "abducted"),
        arrested=reconcile.toll(told, "arrested"),
        voices=len({t.voice for t in told}),
        recalled=all(t.said.realis is Realis.BACKGROUND for t in told),
        differences=reconcile.differences(told),
        sensitivity=highest([t.clue.report.sensitivity for t in told]),
        published=min(days, default=None),
        method=METHOD,
        confidence=reconcile.confidence(told),
    )


def _places(told: Sequence[Telling]) -> tuple[Place, ...]:
    """The places of the telling that names the narrowest; among equals one with a point, then the first published."""
    placed = [(n, t) for n, t in enumerate(told) if t.clue.spots]
    if not placed:
        return ()
    key = min(
        (t.clue.spots[0].level, -int(t.clue.spots[0].resolved), -int(t.clue.spots[0].point is not None), n) for n, t in placed
    )
    return told[key[-1]].said.places
