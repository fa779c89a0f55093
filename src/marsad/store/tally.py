"""How many reports there are, by the day each was first published and by its level: counted once for a store that is open, and from then on
only where sightings came in. Counting the reports of a million incidents anew takes half a minute; a page cannot wait for that.
"""

import threading
from collections import Counter
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, case, exists, func, select

from marsad.scales import SENSITIVITY_ORDER, Sensitivity
from marsad.store import schema
from marsad.store.clocks import AsOf, Clock, day, published_by, recorded_by

S = schema.sightings.c
Counts = Counter[tuple[date | None, int]]
"""(day of the first publication or None, place of the level in SENSITIVITY_ORDER) -> how many reports."""
_LEVEL = case({level.value: n for n, level in enumerate(SENSITIVITY_ORDER)}, value=S.sensitivity)


class Tally:
    """The counts of one store, and the last sighting in them. Sightings are added and never changed, so each is counted once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counts = Counter()
        self._upto = 0

    def made(self) -> tuple[Counts, int]:
        """The counts as they were last made, and the last sighting in them."""
        with self._lock:
            return self._counts, self._upto

    def begin(self, counts: Counts, upto: int) -> None:
        """Go on from counts made before, unless some are there."""
        with self._lock:
            if not self._upto:
                self._counts, self._upto = counts, upto

    def counts(self, conn: Connection) -> Counts:
        """The counts as the store is now."""
        newest = conn.scalar(select(func.max(S.seq))) or 0
        with self._lock:
            if newest > self._upto:
                self._counts = _first(conn, newest) if not self._upto else self._counts + _since(conn, self._upto, newest)
                self._upto = newest
            return self._counts


def _first(conn: Connection, upto: int) -> Counts:
    """All, by a pass over the sightings as if each were of a report of its own, mended for the reports that were seen more than once."""
    single = select(S.published, _LEVEL.label("level")).where(S.seq <= upto)
    again = select(S.report).where(S.seq <= upto).group_by(S.report).having(func.count() > 1)
    counts = _grouped(conn, single)
    counts.subtract(_grouped(conn, single.where(S.report.in_(again))))
    counts.update(_grouped(conn, _reports(S.report.in_(again), upto)))
    return +counts  # without those that came to none


def _since(conn: Connection, before: int, upto: int) -> Counts:
    """What the sightings past number `before` change: a report that is seen again may be earlier, or more guarded, than it was."""
    touched = S.report.in_(select(S.report).where(S.seq > before, S.seq <= upto))
    change = _grouped(conn, _reports(touched, upto))
    change.subtract(_grouped(conn, _reports(touched, before)))
    return change


def _reports(which: ColumnElement[bool], upto: int) -> Select[tuple[date | None, int]]:
    """(first day, level) of each report."""
    first, level = func.min(S.published).label("published"), func.max(_LEVEL).label("level")
    return select(first, level).where(which, S.seq <= upto).group_by(S.report)


def _grouped(conn: Connection, rows: Select[tuple[date | None, int]]) -> Counts:
    each = rows.subquery().c
    query = select(each.published, each.level, func.count()).group_by(each.published, each.level)
    return Counter({(first, level): int(n) for first, level, n in conn.execute(query)})


def reach(
    conn: Connection, tally: Tally, at_most: Sensitivity, as_of: AsOf, clock: Clock
) -> tuple[int, date | None, date | None]:
    """(how many reports, first and newest day) of what may be seen: a report with one sighting above `at_most` may not."""
    if as_of is not None and clock == "recorded":
        return _held_by(conn, at_most, as_of)
    most, until = SENSITIVITY_ORDER.index(at_most), None if as_of is None else day(as_of)
    seen = [
        (first, n)
        for (first, level), n in tally.counts(conn).items()
        if level <= most and (until is None or (first is not None and first <= until))
    ]
    return sum(n for _, n in seen), min((f for f, _ in seen if f is not None), default=None), _last(conn, at_most, until)


def _last(conn: Connection, at_most: Sensitivity, until: date | None) -> date | None:
    """The newest day by `until`: a step or a few from the end of an index."""
    query = select(S.published).where(S.published.is_not(None), published_by(S.published, until, "published"))
    if guarded := above(at_most):
        other = schema.sightings.alias()
        query = query.where(~exists().where(other.c.report == S.report, other.c.sensitivity.in_(guarded)))
    return conn.scalar(query.order_by(S.published.desc()).limit(1))


def _held_by(conn: Connection, at_most: Sensitivity, as_of: AsOf) -> tuple[int, date | None, date | None]:
    """The same of what the store held by `as_of`."""
    query = select(func.count(S.report.distinct()), func.min(S.published), func.max(S.published))
    query = query.where(recorded_by(S.recorded, as_of, "recorded"))
    if guarded := above(at_most):
        query = query.where(S.report.not_in(select(S.report).where(S.sensitivity.in_(guarded))))
    count, first, last = conn.execute(query).one()
    return int(count), first, last


def above(at_most: Sensitivity) -> list[str]:
    """The levels above `at_most`."""
    return [level.value for level in SENSITIVITY_ORDER[SENSITIVITY_ORDER.index(at_most) + 1 :]]
