"""What changed in the record since a moment: incidents that are new, that changed, that ended.

The counts are passes over the columns of the shelf, so that a first visit to a million incidents is told of quickly; only those that are
shown are read from the store.
"""

from datetime import datetime
from typing import Any

import numpy as np

from marsad.brief.writer import Writer
from marsad.records import Incident, reckoned
from marsad.serve.find import Sought
from marsad.serve.models import told
from marsad.serve.shelf import Array, Columns, among, micros
from marsad.serve.view import View

Data = dict[str, Any]
Pair = tuple[Incident | None, Incident | None]
SLOTS = (*told.SLOTS, "voices", "review")


LOOKED = 40
"""Changed incidents that are read whole to choose from: those told by the most sources, the latest first."""


def since(w: Writer, look: View, moment: datetime, *, most: int = 12) -> Data:
    """What changed after `moment`: how many of each sort, and the gravest `most` of those looked at. slots: what is otherwise."""
    every = look.find(Sought(realis="any"))
    c, mark = every.columns, micros(moment)
    rows = every.rows[c.recorded[every.rows] > mark]
    later = rows[c.version[rows] > 1]
    held = _held(c, c.id[later], mark)
    ended = _ended(look, c, mark)
    changed = int(held.sum())
    pairs = [*_pairs(look, c, rows, moment), *ended[:3]]
    chosen = [_row(w, before, now) for before, now in sorted(pairs, key=_weight)[:most]]
    return {
        "total": len(rows) + len(ended),
        "new": len(rows) - changed,
        "changed": changed,
        "ended": len(ended),
        "rows": chosen,
    }


def _held(c: Columns, ids: Array, mark: int) -> Array:
    """Whether each of `ids` was there by `mark`."""
    first = np.flatnonzero((c.version == 1) & (c.recorded <= mark) & among(c.id, ids))
    return among(ids, c.id[first])


def _ended(look: View, c: Columns, mark: int) -> list[Pair]:
    rows = np.flatnonzero(c.ended & (c.recorded > mark))
    keys = [(c.id[r].decode(), int(c.version[r])) for r in rows[:1000]]
    return [(i, None) for i in look.shown(look.store.incidents_by_key(keys))]


def _pairs(look: View, c: Columns, rows: Array, moment: datetime) -> list[Pair]:
    chosen = rows[np.lexsort((-c.start[rows], -c.voices[rows]))[:LOOKED]]
    keys = [(c.id[r].decode(), int(c.version[r])) for r in chosen]
    return [(_before(look, i, moment), i) for i in look.shown(look.store.incidents_by_key(keys))]


def _before(look: View, i: Incident, moment: datetime) -> Incident | None:
    """`i` as it was at `moment`; None where it was not there."""
    if i.version == 1:
        return None
    earlier = [v for v in look.history(i.id) if v.recorded is not None and v.recorded <= moment]
    return earlier[-1] if earlier else None


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
    return -(3 * (reckoned(shown.killed) or 0) + (reckoned(shown.injured) or 0) + shown.voices), shown.id
