"""Posture: which force left, moved, paused, came, when and where; a row a force."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from marsad.brief.writer import UNKNOWN, Writer
from marsad.records import Incident
from marsad.scales import DatePrecision
from marsad.serve.models import told

Data = dict[str, Any]
ROWS = 30


def forces(w: Writer, incidents: Sequence[Incident]) -> list[Data]:
    """Forces in order of how many changes are told of them; each mark is a change with a day known at least to the week. A change
    that names no force stands in a row of its own at the end (name "")."""
    rows: dict[str, list[Data]] = defaultdict(list)
    for i in incidents:
        for actor in [a for a in i.actors if a not in UNKNOWN] or [""]:
            rows[actor].append(_change(w, i))
    named = sorted((a for a in rows if a), key=lambda a: (-len(rows[a]), a))[:ROWS]
    order = [*named, *([""] if "" in rows else [])]
    return [
        {"key": a, "name": told.capital(w.actor(a)).removeprefix("The ") if a else "", "total": len(rows[a]), "changes": sorted(rows[a], key=_day, reverse=True)}
        for a in order
    ]  # fmt: skip


def _change(w: Writer, i: Incident) -> Data:
    dated = i.when is not None and i.when.precision <= DatePrecision.WEEK
    return {**told.row(w, i), "dated": dated, "count": list(i.count) if i.count else None, "unit": i.unit}


def _day(change: Data) -> tuple[str, str]:
    return str(change["start"] or ""), change["id"]


def span(rows: Sequence[Data]) -> tuple[date, date] | None:
    """The first and last day of the dated changes of `forces`; None where there is none."""
    days = [date.fromisoformat(c["start"]) for r in rows for c in r["changes"] if c["dated"]]
    return (min(days), max(days)) if days else None
