"""Every incident's columns in memory, so that a choice, its counts and its map are a few passes over arrays, whatever the choice.

A million versions take about 100 MB. The shelf is brought up to date when the store has a newer version; it holds no words of reports: the
incidents of a page are read from the store. Days are ordinals (date.toordinal), times microseconds since 1970.
"""

import contextlib
import threading
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import from_json

from marsad.errors import StoreError
from marsad.formats.release import at_risk
from marsad.scales import KINDS, SENSITIVITY_ORDER, Sensitivity
from marsad.serve import snapshot
from marsad.store import Store

Array = NDArray[Any]
NEVER = np.iinfo(np.int64).max
UNDATED = np.int32(-1)
UNKNOWN_DAY = np.iinfo(np.int32).max
"""Of a report whose day of publication is not known: later than any cut."""
OVERLAP = timedelta(hours=1)
"""Writers of PostgreSQL may commit in another order than they began."""
PATIENCE = 1.0
"""Seconds that a page waits for the columns of a record that grew; then it is made of those that are there, and says so."""
KEPT = 64 * 2**20
"""Bytes of choices that are kept: a choice of a million incidents takes 4 MB, one of a province and a year 12 kB."""
REVIEWS = ("", "confirmed", "corrected", "rejected")
KIND_NAMES = tuple(KINDS)
_KINDS = {k: n for n, k in enumerate(KIND_NAMES)}
_REVIEWS = {r: n for n, r in enumerate(REVIEWS)}
_LEVELS = {s.value: n for n, s in enumerate(SENSITIVITY_ORDER)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Codes:
    """Values that recur, each by a number."""

    number: dict[Any, int] = field(default_factory=dict)

    def of(self, value: Any) -> int:
        """The number of `value`, a new one if it is new."""
        return self.number.setdefault(value, len(self.number))

    @classmethod
    def filled(cls, values: Iterable[Any]) -> "Codes":
        """Those whose numbers are the places of `values`."""
        return cls({value: n for n, value in enumerate(values)})

    @property
    def values(self) -> list[Any]:
        """Each value at its number."""
        return list(self.number)


@dataclass(frozen=True, slots=True)
class Columns:
    """A value a version, in order of start, undated first, and id. until: when a newer version came; level: the higher of this
    version's `own` and the newest's; killed: the most that is told, reckoned: the best figure, else the lowest, each 0 where none is; confidence: NaN where none is given; guarded: at people in need (formats/release.py); parties: number of (actors, targets)."""

    id: Array
    version: Array
    ended: Array
    kind: Array
    start: Array
    end: Array
    area: Array
    lat: Array
    lon: Array
    recalled: Array
    own: Array
    level: Array
    review: Array
    published: Array
    completed: Array
    recorded: Array
    killed: Array
    reckoned: Array
    voices: Array
    confidence: Array
    disputed: Array
    guarded: Array
    parties: Array
    until: Array

    def __len__(self) -> int:
        return len(self.id)


class Shelf:
    """The columns of one store, and what their numbers mean."""

    def __init__(self, store: Store) -> None:
        self.store: Store = weakref.proxy(store)  # else neither would ever be let go
        self.areas, self.parties = Codes(), Codes()
        self._lock, self._keeping = threading.Lock(), threading.Lock()
        self._renewing: threading.Thread | None = None
        self.longest = 0  # days of the longest incident ever held: who asks from a day on need not look before that
        self.kept: OrderedDict[Any, Any] = OrderedDict()
        self._weight = self._saved = 0
        self._held: tuple[Columns, datetime | None] = _sorted(self._columns([])), None

    def columns(self, newest: datetime | None = None, *, patience: float | None = None) -> tuple[Columns, datetime | None]:
        """(the columns, when the newest version in them was recorded): as the store is now, or, where that takes longer than `patience`
        seconds and there are older ones, those; they are then being renewed. newest: that time in the store, where it is known."""
        newest = newest or self.store.newest()
        if newest == self._held[1]:
            return self._held
        if patience is None or self._held[1] is None:
            self.restore()
            self._renew()
        else:
            self.begin().join(patience)
        return self._held

    def begin(self) -> threading.Thread:
        """Renew the columns in a thread of its own, if none does so yet."""
        with self._keeping:
            if self._renewing is None or not self._renewing.is_alive():
                self._renewing = threading.Thread(target=self._renew_and_save, daemon=True, name="shelf")
                self._renewing.start()
            return self._renewing

    def _renew_and_save(self) -> None:
        self.restore()
        self._renew()
        with contextlib.suppress(StoreError):
            self._save()

    def restore(self) -> None:
        """Take the columns, and the tally of the reports, of an earlier start from their file, where there are none yet."""
        if self._held[1] is not None:
            return
        names = [f.name for f in fields(Columns)]
        with self._lock:
            if self._held[1] is None and (found := snapshot.load(self.store, names)) is not None:
                self.areas, self.parties = Codes.filled(found.areas), Codes.filled(found.parties)
                held = Columns(**found.columns)
                self.longest = int((held.end - held.start).max())
                self._held, self._saved = (held, found.newest), len(held)
                self.store.tally_from(found.counts, found.upto)

    def _save(self) -> None:
        """Keep the columns in their file, where they are many and grew by more than a little since."""
        held, newest = self._held
        if newest is None or len(held) < snapshot.LEAST or len(held) <= self._saved * (1 + FEW):
            return
        self.store.reach(Sensitivity.INTERNAL)  # the tally goes with them
        counts, upto = self.store.tallied()
        columns = {f.name: getattr(held, f.name) for f in fields(Columns)}
        made = snapshot.Snapshot(columns, self.areas.values, self.parties.values, newest, counts, upto)
        snapshot.save(self.store, made)
        self._saved = len(held)  # where it cannot be written, trying again does not help

    def keep(self, key: Any, found: Any, size: int) -> None:
        """Keep what was found, of `size` bytes; the oldest give way."""
        with self._keeping:
            if key not in self.kept:
                self.kept[key] = found, size
                self._weight += size
            while self._weight > KEPT and len(self.kept) > 1:
                self._weight -= self.kept.popitem(last=False)[1][1]

    def look_up(self, key: Any) -> Any:
        """What was kept, or None."""
        with self._keeping:
            if key not in self.kept:
                return None
            self.kept.move_to_end(key)
            return self.kept[key][0]

    def of_source(self, source: str) -> set[str]:
        """Ids of incidents that rest on a report of `source`."""
        key = ("source", source, self._held[1])
        held: set[str] | None = self.look_up(key)
        if held is None:
            held = self.store.of_source(source)
            self.keep(key, held, 200 * len(held))
        return held

    def _renew(self) -> None:
        with self._lock:
            newest, (held, mark) = self.store.newest(), self._held
            if newest == mark:
                return
            parts = [self._columns(rows) for rows in self.store.overview(mark - OVERLAP if mark is not None else None)]
            made = joined(held, _joined([self._columns([]), *parts]))
            if len(made):
                self.longest = max(self.longest, int((made.end - made.start).max()))
            self._held = made, newest
            with self._keeping:
                self.kept.clear()
                self._weight = 0

    def _columns(self, rows: Iterable[Sequence[Any]]) -> Columns:
        made = [self._line(row) for row in rows]
        lines: list[Any] = list(zip(*made, strict=True)) if made else [()] * len(_TYPES)
        return Columns(*(np.array(values, dtype=kind) for values, kind in zip(lines, _TYPES, strict=True)))

    def _line(self, row: Sequence[Any]) -> tuple[Any, ...]:
        (
            key,
            version,
            ended,
            kind,
            start,
            end,
            country,
            admin1,
            lat,
            lon,
            recalled,
            level,
            review,
            published,
            completed,
            recorded,
            body,
        ) = row
        told = from_json(body)
        parties = (tuple(told.get("actors", ())), tuple(told.get("targets", ())))
        return (
            key.encode(), version, ended, _KINDS.get(kind, -1), _day(start, UNDATED), _day(end, UNDATED),
            self.areas.of((country, admin1)), _told(lat), _told(lon), recalled, _LEVELS[level], _LEVELS[level],
            _REVIEWS[review], _day(published, UNKNOWN_DAY), _day(completed, UNKNOWN_DAY), micros(recorded), _most(told.get("killed")), _reckoned(told.get("killed")), told.get("voices", 1), _told(told.get("confidence")),
            bool(told.get("differences")), _guarded(told), self.parties.of(parties), NEVER,
        )  # fmt: skip


_SHELVES: "weakref.WeakKeyDictionary[Store, Shelf]" = weakref.WeakKeyDictionary()


def shelf_of(store: Store) -> Shelf:
    """The one shelf of a store, made when it is first asked for."""
    return _SHELVES.get(store) or _SHELVES.setdefault(store, Shelf(store))


def _most(toll: dict[str, Any] | None) -> int:
    return min(max((n for end in ("low", "best", "high") if (n := (toll or {}).get(end)) is not None), default=0), _ROOM)


def _reckoned(toll: dict[str, Any] | None) -> int:
    told = toll or {}
    return min(told["best"] if told.get("best") is not None else told.get("low") or 0, _ROOM)


_ROOM = 2**31 - 1
"""The greatest number that a column holds."""


def _guarded(told: dict[str, Any]) -> bool:
    slots = ("name", "name_en", "country", "gazetteer")
    places = tuple(tuple(p.get(slot, "") for slot in slots) for p in told.get("places", ()))
    return at_risk(told.get("unit", ""), tuple(told.get("targets", ())), places)


_TYPES: tuple[Any, ...] = (
    "S", "i4", "?", "i2", "i4", "i4", "i4", "f4", "f4", "?", "i1", "i1", "i1", "i4", "i4", "i8", "i4", "i4", "i4", "f8", "?", "?", "i4", "i8",
)  # fmt: skip


def _told(value: float | None) -> float:
    return np.nan if value is None else value


def _day(day: date | None, otherwise: Any) -> Any:
    return otherwise if day is None else day.toordinal()


@lru_cache(maxsize=1024)  # versions of one step have one time
def micros(time: datetime) -> int:
    """Microseconds since 1970."""
    return (time - _EPOCH) // timedelta(microseconds=1)


def _joined(parts: Sequence[Columns]) -> Columns:
    """All rows of the parts, one after the other."""
    return Columns(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Columns)))


def _inserted(held: Columns, part: Columns) -> Columns:
    """The rows of both, each in order of start and id, in that order."""
    at, made = _places(held, part), []
    for f in fields(Columns):
        a, b = getattr(held, f.name), getattr(part, f.name)
        made.append(np.insert(a.astype(np.promote_types(a.dtype, b.dtype), copy=False), at, b))  # ids may have grown longer
    return Columns(*made)


def taken(c: Columns, rows: "Array | slice") -> Columns:
    """Some of the rows."""
    return Columns(*(getattr(c, f.name)[rows] for f in fields(Columns)))


FEW = 0.05
"""Up to this share of what is held, what is new is put in its places; else all is sorted anew."""


def joined(held: Columns, new: Columns) -> Columns:
    """`held`, which is in order, with the versions of `new` that it lacks, in order."""
    new = _sorted(new)
    if len(new) > FEW * len(held):
        return _sorted(_joined([held, new]))
    touched = among(held.id, new.id)  # the other versions of these incidents: their time and their level change too
    if touched.any():
        part = _sorted(_joined([taken(held, touched), new]))
        held = taken(held, ~touched)
    else:
        part = new
    return _inserted(held, part)


def among(ids: Array, few: Array) -> Array:
    """Whether each of `ids` is one of `few`: without sorting the many, as np.isin would."""
    few = np.unique(few)
    if not len(few):
        return np.zeros(len(ids), dtype=bool)
    at = np.searchsorted(few, ids)
    held: Array = few[np.minimum(at, len(few) - 1)] == ids
    return held


def _places(held: Columns, part: Columns) -> Array:
    """Before which row of `held` each of `part` belongs, both in order of start and id."""
    low, high = np.searchsorted(held.start, part.start, "left"), np.searchsorted(held.start, part.start, "right")
    ends = zip(low, high, part.id, strict=True)
    return np.array([a + np.searchsorted(held.id[a:b], key) for a, b, key in ends], dtype=np.int64)


def _sorted(c: Columns) -> Columns:
    """In order, each version once, with the end of its time and the level of its newest."""
    if not len(c):
        return c
    c = taken(c, np.lexsort((c.version, c.id)))
    last_of_key = np.append((c.id[1:] != c.id[:-1]) | (c.version[1:] != c.version[:-1]), True)
    c = taken(c, np.flatnonzero(last_of_key))
    followed = np.append(c.id[1:] == c.id[:-1], False)
    until = np.where(followed, np.roll(c.recorded, -1), NEVER)
    newest = np.flatnonzero(~followed)[np.cumsum(np.append(False, ~followed[:-1]))]
    c = replace(c, until=until, level=np.maximum(c.own, c.own[newest]))
    return taken(c, np.lexsort((c.id, c.start)))
