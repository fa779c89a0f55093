"""What changed since a moment, in order of when it did, page by page: for a program that keeps a copy of the record."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from marsad.records import Incident
from marsad.scales import SENSITIVITY_ORDER
from marsad.serve.shelf import NEVER, Columns, among
from marsad.serve.view import View

Place = tuple[int, str]
"""When (microseconds since 1970) and which: a place in the order of changes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One incident. before: as it was at the moment asked from, now: as it is; None before it was made, or once it ended, or where the
    visitor may not see it any more."""

    id: str
    what: Literal["new", "changed", "ended"]
    before: Incident | None
    now: Incident | None


def changed(look: View, since: int, *, after: Place | None, limit: int) -> tuple[list[Change], Place | None]:
    """(at most `limit` changes later than `since` and past the place `after`; the place to go on from, None at the end)."""
    c = look.columns
    rows = np.flatnonzero((c.until == NEVER) & (c.recorded > since))
    rows = rows[np.lexsort((c.id[rows], c.recorded[rows]))]
    if after is not None:
        low, high = np.searchsorted(c.recorded[rows], after[0], "left"), np.searchsorted(c.recorded[rows], after[0], "right")
        rows = rows[low + np.searchsorted(c.id[rows[low:high]], after[1].encode(), "right") :]
    part, more = rows[:limit], len(rows) > limit
    made = _told(look, c, part, _then(c, part, since))
    end = (int(c.recorded[part[-1]]), c.id[part[-1]].decode()) if more else None
    return made, end


def _then(c: Columns, rows: np.ndarray, since: int) -> dict[bytes, int]:
    """Row of each incident as it was at `since`, where it was there."""
    held = np.flatnonzero((c.recorded <= since) & (c.until > since) & ~c.ended & among(c.id, c.id[rows]))
    return {c.id[r]: int(r) for r in held}


def _told(look: View, c: Columns, rows: np.ndarray, then: dict[bytes, int]) -> list[Change]:
    most = SENSITIVITY_ORDER.index(look.level)
    now = {c.id[r]: int(r) for r in rows if not c.ended[r] and c.own[r] <= most}
    was = {key: r for key, r in then.items() if c.own[r] <= most}
    keys = [(c.id[r].decode(), int(c.version[r])) for r in (*now.values(), *was.values())]
    held = {(i.id, i.version): i for i in look.shown(look.store.incidents_by_key(keys))}
    made = []
    for r in rows:
        key = c.id[r]
        sides = [held.get((key.decode(), int(c.version[d[key]]))) if key in d else None for d in (was, now)]
        if sides[0] is not None or sides[1] is not None:
            what: Literal["new", "changed", "ended"] = (
                "new" if sides[0] is None else "ended" if sides[1] is None else "changed"
            )
            made.append(Change(key.decode(), what, *sides))
    return made
