"""What rests on each source of a great record: counted in the background, since a pass over all that incidents rest on takes a minute and more.

A source counts for an incident that rests, as it is now, on a report seen at it; a report seen at two sources counts for both.
"""

import contextlib
import threading
import weakref
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from marsad.errors import StoreError
from marsad.scales import SENSITIVITY_ORDER, Sensitivity
from marsad.serve.shelf import NEVER, REVIEWS, Array, Columns
from marsad.serve.view import View
from marsad.store import Store


@dataclass(frozen=True, slots=True)
class Outlet:
    """One source. reports: sightings, of which `undated` tell no day. incidents: those that rest on it; alone: no other source tells of
    them; judged: reviewed; stood: confirmed or corrected by the review. grades: all that it was collected with."""

    source: str
    reports: int
    undated: int
    first: date | None
    last: date | None
    grades: tuple[str, ...]
    incidents: int
    alone: int
    disputed: int
    judged: int
    stood: int


@dataclass(eq=False)
class _Counting:
    """The last count of one store and level, and the thread that makes the next."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    thread: threading.Thread | None = None
    state: Hashable = None
    made: list[Outlet] | None = None


_HELD: "weakref.WeakKeyDictionary[Store, dict[Sensitivity, _Counting]]" = weakref.WeakKeyDictionary()
_LOCK = threading.Lock()


def counted(look: View, patience: float) -> tuple[list[Outlet] | None, bool]:
    """(the sources, the most reports first; whether they are those of the record as it is). None until the first count is there; what
    is not counted within `patience` seconds goes on in the background."""
    with _LOCK:
        held = _HELD.setdefault(look.store, {}).setdefault(look.level, _Counting())
    with held.lock:
        if held.state == look.state and held.made is not None:
            return held.made, True
        if held.thread is None or not held.thread.is_alive():
            held.thread = threading.Thread(target=_count, args=(look, held), daemon=True, name="outlets")
            held.thread.start()
        thread = held.thread
    thread.join(patience)
    return held.made, held.state == look.state


def _count(look: View, held: _Counting) -> None:
    with contextlib.suppress(StoreError):  # the page says what it can; the next one tries again
        made = outlets(look)
        with held.lock:
            held.state, held.made = look.state, made


def outlets(look: View) -> list[Outlet]:
    """Every source of what `look` may see, now."""
    c = look.columns
    kept = np.flatnonzero((c.until == NEVER) & ~c.ended & (c.level <= SENSITIVITY_ORDER.index(look.level)))
    kept = kept[np.argsort(c.id[kept])]
    graded = look.store.graded(look.level)
    names = {source: n for n, source in enumerate(dict.fromkeys(g[0] for g in graded))}
    pairs = _pairs(look.store.rests(look.level), names, c.id[kept], c.version[kept])
    source, rows = pairs // max(len(kept), 1), kept[pairs % max(len(kept), 1)]
    counts = {what: np.bincount(source[mask], minlength=len(names)) for what, mask in _masks(c, rows).items()}
    made = [
        _outlet(name, [g for g in graded if g[0] == name], {k: int(v[n]) for k, v in counts.items()})
        for name, n in names.items()
    ]
    return sorted(made, key=lambda o: (-o.reports, o.source))


def _pairs(rests: Iterable[Sequence[Sequence[Any]]], names: dict[str, int], ids: Array, versions: Array) -> Array:
    """source * number of incidents + incident, each pair once. rests: lists of (incident, version, source)."""
    found = [np.zeros(0, dtype=np.int64)]
    for part in rests if len(ids) else ():
        key = np.array([row[0].encode() for row in part], dtype="S")
        at = np.minimum(np.searchsorted(ids, key), len(ids) - 1)
        version, source = np.array([row[1] for row in part]), np.array([names.get(row[2], -1) for row in part])
        now = (ids[at] == key) & (versions[at] == version) & (source >= 0)
        found.append(np.unique(source[now].astype(np.int64) * len(ids) + at[now]))
    return np.unique(np.concatenate(found))


def _masks(c: Columns, rows: Array) -> dict[str, Array]:
    review = c.review[rows]
    stood = (review == REVIEWS.index("confirmed")) | (review == REVIEWS.index("corrected"))
    every = np.ones(len(rows), dtype=bool)
    return {
        "incidents": every,
        "alone": c.voices[rows] == 1,
        "disputed": c.disputed[rows],
        "judged": review > 0,
        "stood": stood,
    }


def _outlet(name: str, graded: Sequence[Sequence[Any]], counts: dict[str, int]) -> Outlet:
    """graded: (source, grade, sightings, undated, first day, last day) of each of its grades."""
    firsts, lasts = [g[4] for g in graded if g[4]], [g[5] for g in graded if g[5]]
    return Outlet(
        source=name, reports=sum(g[2] for g in graded), undated=sum(g[3] for g in graded), first=min(firsts, default=None),
        last=max(lasts, default=None), grades=tuple(sorted({g[1] for g in graded})), **counts,
    )  # fmt: skip
