"""A choice of incidents over the shelf: which they are, a page of them, their counts by family, day and area, their cells on a map."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any, Literal, TypeVar

import numpy as np

from marsad.records import Incident, reckoned
from marsad.scales import FAMILY_OF, KINDS, SENSITIVITY_ORDER, Family, Sensitivity
from marsad.serve.grid import FAMILIES, gathered
from marsad.serve.grid import Box as Box  # noqa: PLC0414 (for those who choose by one)
from marsad.serve.grid import Cell as Cell  # noqa: PLC0414
from marsad.serve.shelf import KIND_NAMES, NEVER, REVIEWS, UNDATED, Array, Columns, Shelf, among, micros, taken
from marsad.store import Clock, Linker

F = TypeVar("F", bound=Callable[..., Any])
Confidence = Literal["", "confirmed", "several", "single", "disputed"]
_FAMILY = np.array([FAMILIES.index(KINDS[k].family) for k in KIND_NAMES] + [-1])  # the last for a kind of a later codebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A choice; an empty field leaves all in. area: "IQ" or "IQ/Diyala". since, until: days that the incident's own touch. box: west,
    south, east, north in degrees (west > east crosses the date line). actor: part of the name of who did it or whom it struck. realis:
    "" what is told as having happened, "background" what is only recalled, "any" both. confidence: reviewed by a person, told by
    several sources or by one, or disputed. least: confidence of at least this (records.Incident), or confirmed or corrected by a person, whose
    word stands above a reader's; an incident without a confidence does not reach any. rejected: also those that a reviewer rejected. id: this one alone."""

    kind: str = ""
    family: str = ""
    area: str = ""
    since: date | None = None
    until: date | None = None
    box: Box | None = None
    actor: str = ""
    source: str = ""
    realis: str = ""
    confidence: Confidence = ""
    least: float | None = None
    rejected: bool = False
    id: str = ""


def _once(method: F) -> F:
    """What `method` gives, kept with the object by its arguments."""
    name = method.__name__

    @wraps(method)
    def kept(self: Any, *given: Any) -> Any:
        made: dict[Any, Any] = self.__dict__.setdefault("_made", {})
        key = (name, *given)
        if key not in made:
            made[key] = method(self, *given)
        return made[key]

    return kept  # type: ignore[return-value]


@dataclass(frozen=True, eq=False)
class Found:
    """What was found: `rows` of the columns, in their order, and incidents that had to be `restated` as of the day. level: of the
    visitor; show: what turns incidents into what they may see. Counts are made once."""

    shelf: Shelf
    columns: Columns
    rows: Array
    restated: tuple[Incident, ...]
    level: Sensitivity
    show: Callable[[Sequence[Incident]], list[Incident]]

    def __len__(self) -> int:
        """How many."""
        return len(self.rows) + len(self.restated)

    def page(self, limit: int, *, after: tuple[int, str] | None = None, newest: bool = False) -> list[Incident]:
        """At most `limit` in order of start, undated first, and id (newest: the other way round), those after the place `after`."""
        c, n = self.columns, len(self.rows)
        if after is None:
            at = n if newest else 0
        else:
            at = self._place(after, left=newest)
        taken = self.rows[max(0, at - limit) : at][::-1] if newest else self.rows[at : at + limit]
        listed = self.shelf.store.incidents_by_key([(c.id[r].decode(), int(c.version[r])) for r in taken])
        past = [
            i for i in self.restated if after is None or ((_start(i), i.id) < after if newest else (_start(i), i.id) > after)
        ]
        merged = sorted([*self.show(listed), *past], key=lambda i: (_start(i), i.id), reverse=newest)
        return merged[:limit]

    def _place(self, after: tuple[int, str], *, left: bool) -> int:
        """How many of the rows come before (left: or after) the place."""
        c = self.columns
        start = c.start[self.rows]
        low, high = np.searchsorted(start, after[0], "left"), np.searchsorted(start, after[0], "right")
        ids = c.id[self.rows[low:high]]
        return int(low + np.searchsorted(ids, after[1].encode(), "left" if left else "right"))

    @_once
    def by_kind(self) -> dict[str, int]:
        """How many of each kind."""
        kinds = self.columns.kind[self.rows]
        counts = np.bincount(kinds[kinds >= 0], minlength=len(KIND_NAMES))
        return _added({KIND_NAMES[k]: int(n) for k, n in enumerate(counts) if n}, (i.kind for i in self.restated))

    @_once
    def by_family(self) -> dict[str, int]:
        """How many of each family."""
        made: Counter[str] = Counter()
        for kind, n in self.by_kind().items():
            made[FAMILY_OF[kind].value] += n
        return dict(made)

    @_once
    def killed(self) -> int:
        """Persons killed, the most that is told of each; those of whom nothing is told count as none, so this is no sum of deaths but of
        what was told of them."""
        tolls = (i.killed for i in self.restated if i.killed)
        told = sum(max((n for n in (t.low, t.best, t.high) if n is not None), default=0) for t in tolls)
        return int(self.columns.killed[self.rows].sum(dtype=np.int64)) + told

    @_once
    def reckoned(self) -> int:
        """Persons reported killed: of each the best figure, else the lowest."""
        told = (reckoned(i.killed) or 0 for i in self.restated)
        return int(self.columns.reckoned[self.rows].sum(dtype=np.int64)) + sum(told)

    @_once
    def by_day(self) -> list[tuple[date, str, int]]:
        """(day of the start, family, how many), for those with a day."""
        start, family = self.columns.start[self.rows], _FAMILY[self.columns.kind[self.rows]]
        dated = (start != UNDATED) & (family >= 0)
        width = len(FAMILIES)
        keys, counts = np.unique(start[dated].astype(np.int64) * width + family[dated], return_counts=True)
        held = {(int(k) // width, FAMILIES[int(k) % width].value): int(n) for k, n in zip(keys, counts, strict=True)}
        held = _added(held, ((i.when.start.toordinal(), i.family.value) for i in self.restated if i.when))
        return [(date.fromordinal(day), name, n) for (day, name), n in sorted(held.items())]

    @_once
    def by_area(self) -> dict[tuple[str, str], int]:
        """How many in each (country, unit); ("", "") where none is told."""
        counts = np.bincount(self.columns.area[self.rows])
        names = self.shelf.areas.values
        return _added({names[a]: int(n) for a, n in enumerate(counts) if n}, (_area(i) for i in self.restated))

    @_once
    def by_party(self) -> dict[str, int]:
        """How many in which each actor or target is named."""
        counts = np.bincount(self.columns.parties[self.rows])
        names, made = self.shelf.parties.values, Counter[str]()
        for number in np.flatnonzero(counts):
            for name in dict.fromkeys((*names[number][0], *names[number][1])):
                made[name] += int(counts[number])
        made.update(name for i in self.restated for name in dict.fromkeys((*i.actors, *i.targets)))
        return dict(made)

    def placed(self) -> int:
        """How many have a known point."""
        return sum(c.count for c in self.cells(180.0))

    @_once
    def cells(self, size: float) -> list[Cell]:
        """Those with a known point, gathered by squares of `size` degrees, the fullest first."""
        c = self.columns
        lat, lon = _points(c, self.level)
        rows = self.rows[~np.isnan(lat[self.rows])]
        points = [lat[rows].astype(float), lon[rows].astype(float), _FAMILY[c.kind[rows]], c.id[rows]]
        told = [_point(i) for i in self.restated if i.places and i.places[0].lat is not None]
        if told:
            points = [np.concatenate([a, np.array(b)]) for a, b in zip(points, zip(*told, strict=True), strict=True)]
        return gathered(points[0], points[1], points[2], points[3], size)


def _point(i: Incident) -> tuple[Any, ...]:
    return i.places[0].lat, i.places[0].lon, FAMILIES.index(i.family), i.id.encode()


def find(
    shelf: Shelf, c: Columns, sought: Sought, *, level: Sensitivity, as_of: date | None, clock: Clock, link: Callable[[], Linker],
    show: Callable[[Sequence[Incident]], list[Incident]], seen: int | None = None,
) -> Found:  # fmt: skip
    """The incidents of `sought` in the columns `c` that `level` may see, by `as_of` on `clock` (store/clocks.py). seen: only what was recorded by this
    time, in microseconds since 1970, so that a walk from page to page is over one state of the record. The last choices are kept: a
    page asks for the same one several times, and so do many visitors."""
    cut = as_of is not None and clock == "published"
    key = (id(c), sought, level, as_of, clock, seen, shelf.store.reviewed() if cut else 0)
    found: Found | None = shelf.look_up(key)
    if found is None or found.columns is not c:
        found = _found(shelf, c, sought, level, as_of, clock, link, show, seen)
        shelf.keep(key, found, 1000 + found.rows.nbytes + 2000 * len(found.restated))
    return found


def _found(
    shelf: Shelf, c: Columns, sought: Sought, level: Sensitivity, as_of: date | None, clock: Clock, link: Callable[[], Linker],
    show: Callable[[Sequence[Incident]], list[Incident]], seen: int | None,
) -> Found:  # fmt: skip
    most, moment = SENSITIVITY_ORDER.index(level), _moment(as_of if clock == "recorded" else None, seen)
    first, last = _between(shelf, c, sought)
    near = taken(c, slice(first, last))
    wanted = _alive(near, moment) & (near.level <= most) & _chosen(shelf, near, sought, level)
    restated: list[Incident] = []
    if as_of is not None and clock == "published":
        wanted &= near.completed <= as_of.toordinal()
        key = ("stood", id(c), sought.id, level, as_of, seen, shelf.store.reviewed())  # of all choices of a day the same
        of, stood = shelf.look_up(key) or (None, [])
        if of is not c:
            stood = _stood(shelf, c, _alive(c, moment) & (c.level <= most), sought, as_of, link, show)
            shelf.keep(key, (c, stood), 1000 + 2000 * len(stood))
        sources = shelf.of_source(sought.source) if sought.source else set()
        restated = [i for i in stood if takes(sought, i, sources)]
    rows = (np.flatnonzero(wanted) + first).astype(np.int32)
    return Found(shelf, c, rows, tuple(restated), level, show)


def _between(shelf: Shelf, c: Columns, s: Sought) -> tuple[int, int]:
    """The rows that can touch the days asked for: columns stand in order of start."""
    first = 0 if s.since is None else int(np.searchsorted(c.start, max(0, s.since.toordinal() - shelf.longest)))
    last = len(c) if s.until is None else int(np.searchsorted(c.start, s.until.toordinal(), "right"))
    return first, max(first, last)


def _stood(
    shelf: Shelf, c: Columns, mask: Array, sought: Sought, as_of: date, link: Callable[[], Linker],
    show: Callable[[Sequence[Incident]], list[Incident]],
) -> list[Incident]:  # fmt: skip
    """Those with reports from both sides of `as_of`, linked anew from those of before: they may have been told otherwise in all of it."""
    day = as_of.toordinal()
    cut = np.flatnonzero(mask & (c.published <= day) & (c.completed > day) & _of_id(c, sought))
    if not len(cut):
        return []
    keys = [(c.id[r].decode(), int(c.version[r])) for r in cut]
    return show(shelf.store.incidents_by_key(keys, as_of=as_of, link=link()))


def _of_id(c: Columns, s: Sought) -> Array:
    return c.id == s.id.encode("utf-8", "replace") if s.id else np.ones(len(c), dtype=bool)


def _moment(as_of: date | None, seen: int | None) -> int | None:
    """The first moment whose versions are not seen any more; None to see all."""
    ends = [] if seen is None else [seen + 1]
    if as_of is not None:
        ends.append(micros(datetime.combine(as_of + timedelta(days=1), time(), tzinfo=UTC)))
    return min(ends, default=None)


def _alive(c: Columns, moment: int | None) -> Array:
    """Versions that hold now, or held just before a moment."""
    held: Array = (c.until == NEVER if moment is None else (c.recorded < moment) & (c.until >= moment)) & ~c.ended
    return held


def _chosen(shelf: Shelf, c: Columns, s: Sought, level: Sensitivity) -> Array:
    mask = np.ones(len(c), dtype=bool)
    for part in _parts(shelf, c, s, level):
        mask &= part
    return mask


def _parts(shelf: Shelf, c: Columns, s: Sought, level: Sensitivity) -> Iterator[Array]:
    """A mask for each field that is asked for."""
    if s.id:
        yield _of_id(c, s)
    if not s.rejected:
        yield c.review != REVIEWS.index("rejected")
    if s.kind:
        yield c.kind == (KIND_NAMES.index(s.kind) if s.kind in KINDS else -2)
    if s.family:
        yield _FAMILY[c.kind] == FAMILIES.index(Family(s.family))
    if s.area:
        country, _, unit = s.area.partition("/")
        fits = [a == country and (not unit or u == unit) for a, u in shelf.areas.values]
        yield np.array([*fits, False])[c.area]
    if s.since is not None:
        yield (c.end != UNDATED) & (c.end >= s.since.toordinal())
    if s.until is not None:
        yield (c.start != UNDATED) & (c.start <= s.until.toordinal())
    if s.box is not None:
        yield _inside(*_points(c, level), s.box)
    if s.actor:
        part = s.actor.casefold()
        names = [any(part in n.casefold() for n in (*actors, *targets)) for actors, targets in shelf.parties.values]
        yield np.array([*names, False])[c.parties]
    if s.source:
        yield among(c.id, np.array([i.encode() for i in shelf.of_source(s.source)], dtype="S"))
    if s.realis != "any":
        yield c.recalled == (s.realis == "background")
    if s.confidence:
        yield {
            "confirmed": (c.review == 1) | (c.review == 2), "several": c.voices > 1, "single": c.voices == 1, "disputed": c.disputed,
        }[s.confidence]  # fmt: skip
    if s.least is not None:
        yield (c.confidence >= s.least) | (c.review == 1) | (c.review == 2)  # NaN, where no reader gave any, reaches nothing


def takes(s: Sought, i: Incident, of_source: set[str]) -> bool:
    """The same of one incident."""
    when, lead = i.when, i.places[0] if i.places else None
    country, _, unit = s.area.partition("/")
    lat, lon = (lead.lat, lead.lon) if lead else (None, None)
    return (
        (s.rejected or i.review != "rejected") and s.kind in ("", i.kind) and s.family in ("", i.family.value)
        and (not s.area or (_area(i)[0] == country and unit in ("", _area(i)[1])))
        and (s.since is None or (when is not None and when.end >= s.since)) and (s.until is None or (when is not None and when.start <= s.until))
        and (s.box is None or (lat is not None and bool(_inside(np.array([lat]), np.array([lon]), s.box)[0])))
        and (not s.actor or any(s.actor.casefold() in n.casefold() for n in (*i.actors, *i.targets)))
        and (not s.source or i.id in of_source) and (s.realis == "any" or i.recalled == (s.realis == "background"))
        and (not s.confidence or {"confirmed": i.review in ("confirmed", "corrected"), "several": i.voices > 1, "single": i.voices == 1, "disputed": bool(i.differences)}[s.confidence])
        and (s.least is None or i.review in ("confirmed", "corrected") or (i.confidence is not None and i.confidence >= s.least))
    )  # fmt: skip


def _inside(lat: Array, lon: Array, box: Box) -> Array:
    west, south, east, north = box
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    held: Array = across & (lat >= south) & (lat <= north)  # NaN, where no point is known, lies nowhere
    return held


def _points(c: Columns, level: Sensitivity) -> tuple[Array, Array]:
    """Latitudes and longitudes that `level` may know: the public never where people in need are."""
    if level is not Sensitivity.PUBLIC:
        return c.lat, c.lon
    return np.where(c.guarded, np.nan, c.lat), np.where(c.guarded, np.nan, c.lon)


def _area(i: Incident) -> tuple[str, str]:
    return (i.places[0].country, i.places[0].admin1) if i.places else ("", "")


def _start(i: Incident) -> int:
    return i.when.start.toordinal() if i.when else int(UNDATED)


def _added(counts: dict[Any, int], more: Any) -> dict[Any, int]:
    made = Counter(counts)
    made.update(more)
    return dict(made)
