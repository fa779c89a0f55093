"""Which pairs are worth comparing: those that share a family, a day and a place, so that the cost stays near linear."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from marsad.link.clues import FINE, LAND, UNIT, Clue
from marsad.link.compare import LATE, NEWS
from marsad.records import reckoned
from marsad.scales import Family

_CELL = 0.5  # degrees; wider than the furthest reach of two districts (50 km), so that neighbours are enough
_LONGEST = 31  # days; a longer span is entered once


Time = int | None
"""A day as an ordinal; None for what has none, or spans too many days."""
_VAGUE: Sequence[Time] = (None,)


def pairs(clues: Sequence[Clue]) -> Iterator[tuple[int, int]]:
    """(i, j), i < j, each once, in order: indices of clues that share a block."""
    blocks: dict[Hashable, dict[Time, list[int]]] = defaultdict(dict)
    for n, c in enumerate(clues):
        candidates: set[int] = set()
        for name, days in _seeks(c):
            if (held := blocks.get(name)) is not None:
                for time in (None, *(days if len(days) <= len(held) else (d for d in held if d in days))):
                    if time in held:
                        candidates.update(held[time])
        yield from ((other, n) for other in sorted(candidates))
        for name, times in _holds(c):
            held = blocks[name]
            for time in times:
                held.setdefault(time, []).append(n)


def _times(c: Clue) -> range:
    """The days in which an equal could stand, beside those that are entered once."""
    if c.start is None or c.end is None or c.early is None:
        return _untold(c)
    margin = 7 if c.family is Family.POSTURE else 1
    return range(c.early - margin, c.end + margin + 1)


def _home(c: Clue) -> Sequence[Time]:
    """The days in which it stands itself, those that its slack allows among them."""
    if c.early is None or c.end is None:
        return _untold(c)
    return _VAGUE if c.end - c.early > _LONGEST or c.vague else range(c.early, c.end + 1)


def _untold(c: Clue) -> range:
    """The days that news of an untold day may be of: those before its publication (compare._news_of_same_days)."""
    if c.report.published is None:
        return range(0)
    day = c.report.published.toordinal()
    return range(day - NEWS, day + LATE + 1)


def _areas(c: Clue, *, seeking: bool) -> set[Hashable]:
    """Names under which the places of `c` are held or sought. What is wide is sought by what lies in it, and the reverse."""
    areas: set[Hashable] = set()
    for s in c.spots:
        areas.add(("same", s.key))
        if s.point is not None and s.level == FINE:
            row, column = int(s.point[0] // _CELL), int(s.point[1] // _CELL)
            steps = (-1, 0, 1) if seeking else (0,)
            areas |= {("cell", row + i, column + j) for i in steps for j in steps}
        if s.level == UNIT:
            areas.add(("within" if seeking else "unit", s.key))
            areas.add(("within" if seeking else "unit", f"{s.name}/{s.country}"))
        if s.level == LAND:
            areas.add(("within" if seeking else "unit", s.country))
        if not s.resolved:
            areas.add(("within" if seeking else "unit", s.country))
    for area in c.around | c.countries:
        areas.add(("unit" if seeking else "within", area))
    return areas


def _seeks(c: Clue) -> Iterator[tuple[Hashable, Sequence[Time]]]:
    yield from _blocks(c, _times(c), _areas(c, seeking=True))


def _holds(c: Clue) -> Iterator[tuple[Hashable, Sequence[Time]]]:
    yield from _blocks(c, _home(c), _areas(c, seeking=False))


def _blocks(c: Clue, times: Sequence[Time], areas: set[Hashable]) -> Iterator[tuple[Hashable, Sequence[Time]]]:
    """(name of a block, the days in it) where `c` is held or sought."""
    family = c.family.value
    yield from (((family, area), times) for area in areas)
    yield ("wire", c.wire, c.said.kind), _VAGUE
    # The few that lack a day or a place meet by number (compare._too_little asks for one), or, for forces, by who they are.
    for number in _numbers(c):
        yield from (((*number, s.key), _VAGUE) for s in c.spots)
        yield (*number, "day"), times
    if c.family is Family.POSTURE:
        yield from ((("who", actor), times) for actor in c.actors)


def _numbers(c: Clue) -> Iterator[tuple[Hashable, ...]]:
    for slot in ("killed", "injured", "abducted", "arrested"):
        if persons := reckoned(getattr(c.said, slot)):
            yield slot, c.said.kind, persons
    if c.said.count is not None and c.said.count.value > 1:
        yield c.said.count.unit, c.said.kind, c.said.count.value
