"""What people decide of incidents: a noun of its own, since no machine writes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Verdict = Literal["confirm", "correct", "merge", "split", "reject", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person decided of an incident; it holds after reading and linking again, until a later review says otherwise.

    statements: those the incident rested on then (for a split: those taken out of it). others: for a merge, those of the incident
    that goes up in it. values: for a correction, slot -> value as the table formats write it; an empty value means not told. An undo
    takes back the last review of the incident that stands.
    """

    incident: str
    verdict: Verdict
    reviewer: str
    note: str = ""
    statements: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    recorded: datetime | None = None


def standing(reviews: Iterable[Review]) -> list[Review]:
    """Those that were not undone, in order of time."""
    held: list[Review] = []
    for review in sorted(reviews, key=lambda r: r.recorded.isoformat() if r.recorded else ""):
        if review.verdict != "undo":
            held.append(review)
            continue
        last = next((n for n in reversed(range(len(held))) if held[n].incident == review.incident), None)
        if last is not None:
            del held[last]
    return held
