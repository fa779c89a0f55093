"""Reads behind an overview of all incidents: their columns in bulk for an index in memory, and the whole of a few by key."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, exists, func, select

from marsad.records import Incident
from marsad.scales import Sensitivity
from marsad.store import schema
from marsad.store.bodies import chunks
from marsad.store.clocks import AsOf, Clock, published_by, recorded_by
from marsad.store.incidents import Linker, T, as_it_stood, incident_of
from marsad.store.tally import above

Key = tuple[str, int]
"""An incident's id and version."""
COLUMNS = (
    T.id, T.version, T.ended, T.kind, T.start, T.end, T.country, T.admin1, T.lat, T.lon, T.recalled, T.sensitivity, T.review, T.published,
    T.completed, T.recorded, T.body,
)  # fmt: skip


def newest(conn: Connection) -> datetime | None:
    """When the last version was recorded."""
    found: datetime | None = conn.scalar(select(func.max(T.recorded)))
    return found


def versions_by(conn: Connection, moment: datetime) -> int:
    """How many versions were recorded up to `moment`: a walk along an index."""
    return conn.scalar(select(func.count()).where(T.recorded <= moment)) or 0


def rows(conn: Connection, since: datetime | None) -> Iterator[Sequence[Sequence[Any]]]:
    """COLUMNS of every version recorded at `since` or later, in lists of a few thousand; ended versions too."""
    query = select(*COLUMNS)
    if since is not None:
        query = query.where(T.recorded >= since)
    for part in conn.execution_options(yield_per=5000).execute(query).partitions():
        yield [tuple(row) for row in part]


def by_key(conn: Connection, keys: Sequence[Key]) -> list[Incident]:
    """The versions of these keys, in the order of `keys`."""
    found = {(row.id, row.version): incident_of(row) for row in _rows_of(conn, keys)}
    return [found[key] for key in keys if key in found]


def _rows_of(conn: Connection, keys: Sequence[Key], columns: Sequence[Any] = (T.id, T.version, T.body)) -> Iterator[Row[Any]]:
    """The rows of keys, in order of id. Asked for by id alone: few have many versions, and a command that is always the same is
    prepared once."""
    wanted = set(keys)
    for part in chunks(sorted({i for i, _ in keys})):
        rows = conn.execute(select(*columns).where(T.id.in_(part)).order_by(T.id))
        yield from (row for row in rows if (row.id, row.version) in wanted)


def histories(conn: Connection, ids: Sequence[str]) -> dict[str, list[Incident]]:
    """Every version of each of `ids`, the oldest first; a version that ended it is left out."""
    found: dict[str, list[Incident]] = {}
    for part in chunks(ids):
        query = select(schema.incidents).where(T.id.in_(part), T.ended.is_(False)).order_by(T.id, T.version)
        for row in conn.execute(query):
            found.setdefault(row.id, []).append(incident_of(row))
    return found


def restated(conn: Connection, keys: Sequence[Key], *, as_of: date, link: Linker) -> list[Incident]:
    """Incidents that rest on reports from both sides of `as_of`, linked anew from those of before."""
    return list(as_it_stood(conn, list(_rows_of(conn, keys, tuple(T))), as_of, link))


def reviewed(conn: Connection) -> int:
    """The number of the last review, 0 before the first."""
    return conn.scalar(select(func.max(schema.reviews.c.seq))) or 0


def of_source(conn: Connection, source: str) -> set[str]:
    """Ids of incidents that rest, in some version, on a report seen at `source`."""
    s, e, g = schema.statements.c, schema.evidence.c, schema.sightings.c
    query = select(e.incident).join(schema.statements, s.seq == e.statement).join(schema.sightings, g.report == s.report)
    return set(conn.scalars(query.where(g.source == source).distinct()))


class State(NamedTuple):
    """What the record is like: no two states of it are equal. newest: when the last version of an incident was recorded; rows: the last row
    of each other table that the record is read from."""

    newest: datetime | None
    rows: tuple[Any, ...]


def state(conn: Connection) -> State:
    """The state now, by a few look-ups at the ends of indexes."""
    newest, *rows = conn.execute(_STATE).one()
    return State(newest, tuple(rows))


_STATE = select(
    select(func.max(T.recorded)).scalar_subquery(),
    *(
        select(func.max(column)).scalar_subquery()
        for column in (
            schema.sightings.c.seq, schema.readings.c.seq, schema.reviews.c.seq, schema.signals.c.seq, schema.forecasts.c.seq, schema.outcomes.c.run,
        )
    ),
    select(func.count()).select_from(schema.takedowns).scalar_subquery(),
)  # fmt: skip


def outlets(conn: Connection, at_most: Sensitivity) -> list[tuple[str, int, date | None]]:
    """(source, how many sightings, newest day) of reports that may be seen, the most first, at most 500."""
    s = schema.sightings.c
    # a pass over the table: by the index of sources each day would be looked up in a place of its own
    query = _by_source(at_most, s.source, func.count(), func.max(s.published)).with_hint(
        schema.sightings, "NOT INDEXED", "sqlite"
    )
    return [(row[0], int(row[1]), row[2]) for row in conn.execute(query)]


def graded(conn: Connection, at_most: Sensitivity) -> list[tuple[str, str, int, int, date | None, date | None]]:
    """(source, grade, sightings, those without a day, first day, last day) of reports that may be seen."""
    s = schema.sightings.c
    undated = func.count() - func.count(s.published)
    query = select(s.source, s.grade, func.count(), undated, func.min(s.published), func.max(s.published))
    query = _seen(query, at_most).group_by(s.source, s.grade).with_hint(schema.sightings, "NOT INDEXED", "sqlite")
    return [(r[0], r[1], int(r[2]), int(r[3]), r[4], r[5]) for r in conn.execute(query)]


def rests(conn: Connection, at_most: Sensitivity) -> Iterator[Sequence[Sequence[Any]]]:
    """(incident, version, source of a sighting of a report that it rests on) in lists of many thousands; one may come again."""
    s, e, g = schema.statements.c, schema.evidence.c, schema.sightings.c
    query = select(e.incident, e.version, g.source).join_from(schema.evidence, schema.statements, s.seq == e.statement)
    query = _seen(query.join(schema.sightings, g.report == s.report), at_most)
    for part in conn.execution_options(yield_per=20_000).execute(query).partitions():
        yield [tuple(row) for row in part]


def _seen(query: Select[Any], at_most: Sensitivity) -> Select[Any]:
    """Without sightings of reports that have one above `at_most`."""
    s = schema.sightings.c
    guarded = above(at_most)
    return query.where(s.report.not_in(select(s.report).where(s.sensitivity.in_(guarded)))) if guarded else query


def sources(conn: Connection, at_most: Sensitivity) -> list[str]:
    """The sources of `outlets`, out of an index alone."""
    return list(conn.scalars(_by_source(at_most, schema.sightings.c.source)))


def _by_source(at_most: Sensitivity, *columns: Any) -> Select[Any]:
    s = schema.sightings.c
    return _seen(select(*columns).group_by(s.source).order_by(func.count().desc(), s.source).limit(500), at_most)


def report_ids(conn: Connection, *, after: str, limit: int, as_of: AsOf, clock: Clock) -> list[str]:
    """Ids of reports past `after` that were there by `as_of`, in order."""
    r, g = schema.reports.c, schema.sightings.c
    seen = exists(
        select(g.seq).where(g.report == r.id, published_by(g.published, as_of, clock), recorded_by(g.recorded, as_of, clock))
    )
    return list(conn.scalars(select(r.id).where(r.id > after, seen).order_by(r.id).limit(limit)))
