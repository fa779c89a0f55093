"""What people decide of incidents: a noun of its own, since no machine writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Verdict = Literal["confirm", "correct", "merge", "split", "reject"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person decided of an incident; it holds after reading and linking again, until a later review says otherwise.

    statements: those the incident rested on then (for a split: those taken out of it). others: for a merge, those of the incident
    that goes up in it. values: for a correction, slot -> value as the table formats write it; an empty value means not told.
    """

    incident: str
    verdict: Verdict
    reviewer: str
    note: str = ""
    statements: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    recorded: datetime | None = None
