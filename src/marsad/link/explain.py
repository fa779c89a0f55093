"""Why an incident is one: for each statement, the other that it agrees with best, and the points part by part."""

from collections.abc import Iterable
from dataclasses import dataclass

from marsad.link.clues import clues
from marsad.link.compare import BAR, Part, compare
from marsad.link.voices import wires
from marsad.records import Incident, Report, Statement


@dataclass(frozen=True, slots=True)
class Why:
    """One statement's place in an incident. with_: the statement it agrees with best, empty where it stands alone."""

    statement: str
    with_: str
    points: float
    bar: float
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        if not self.with_:
            return f"{self.statement}: stands alone"
        parts = ", ".join(f"{p.slot} {p.points:+g} ({p.reason})" for p in self.parts)
        return f"{self.statement} with {self.with_}: {self.points:g} of {self.bar:g} needed: {parts}"


def why(incident: Incident, statements: Iterable[Statement], reports: Iterable[Report]) -> tuple[Why, ...]:
    """The reasons, one for each statement of `incident` found among `statements`, in its order.

    reports: those of the statements, at least.
    """
    inside = {s.id: s for s in statements if s.id in incident.statements}
    by_id = {r.id: r for r in reports}
    found = {
        c.said.id: c for c in clues(inside, by_id, wires([by_id[r] for r in sorted({s.report for s in inside.values()})]))
    }
    reasons = []
    for name in incident.statements:
        if name not in found:
            continue
        others = [
            (m.points, other, m)
            for other, c in found.items()
            if other != name and not (m := compare(found[name], c)).ruled_out
        ]
        if others:
            points, other, match = max(others, key=lambda o: (o[0], o[1]))
            reasons.append(Why(name, other, points, BAR, match.parts))
        else:
            reasons.append(Why(name, "", 0.0, BAR, ()))
    return tuple(reasons)
