"""What changed in the record since a moment: incidents that are new, that changed, that ended."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from marsad.brief.writer import Writer
from marsad.records import Incident
from marsad.serve.models import told

Data = dict[str, Any]
SLOTS = ("kind", "when", "places", "actors", "targets", "weapons", "count", "killed", "injured", "abducted", "arrested", "voices", "review")


def changes(w: Writer, found: Iterable[tuple[Incident | None, Incident | None]], *, most: int = 12) -> Data:
    """(before, now) pairs -> how many of each sort, and the gravest `most` of them. slots: what is otherwise than it was."""
    pairs = list(found)
    rows = [_row(w, before, now) for before, now in sorted(pairs, key=_weight)[:most]]
    sorts = Counter(sort(before, now) for before, now in pairs)
    return {"total": len(pairs), "new": sorts["new"], "changed": sorts["changed"], "ended": sorts["ended"], "rows": rows}


def sort(before: Incident | None, now: Incident | None) -> str:
    """ "new", "changed" or "ended"."""
    return "new" if before is None else "ended" if now is None else "changed"


def _row(w: Writer, before: Incident | None, now: Incident | None) -> Data:
    shown = now or before
    assert shown is not None  # a pair has one side at least
    slots = [s for s in SLOTS if before and now and getattr(before, s) != getattr(now, s)]
    was = {s: told.persons(getattr(before, s)) for s in ("killed", "injured") if before and s in slots}
    return {**told.row(w, shown), "change": sort(before, now), "slots": slots, "was": was}


def _weight(pair: tuple[Incident | None, Incident | None]) -> tuple[float, str]:
    shown = pair[1] or pair[0]
    if shown is None:
        return 0.0, ""
    return -(3 * told.worst(shown.killed) + told.worst(shown.injured) + shown.voices), shown.id
