"""Readings: what one reader found in one report. A newer reading adds rows; the newest reading of a report is current."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from marsad.records import Report, Statement
from marsad.store import reports as report_rows
from marsad.store import schema
from marsad.store.bodies import STATEMENT, chunks, dump, insert_new
from marsad.store.clocks import AsOf, Clock, day, recorded_by

Reading = tuple[str, Sequence[Statement]]


def put(conn: Connection, reader: str, found: Sequence[Reading], now: datetime) -> int:
    """Add one batch of readings; the number of new statements. A report whose newest reading is by `reader` is passed over."""
    newest = _newest_readers(conn, [report for report, _ in found])
    gone = set(_gone(conn, [report for report, _ in found]))
    fresh = [(report, said) for report, said in found if newest.get(report) != reader and report not in gone]
    rows = [_row(s, n, reader, now) for _, said in fresh for n, s in enumerate(said)]
    ids = [row["id"] for row in rows]
    t = schema.statements.c
    held = {i for part in chunks(ids) for i in conn.scalars(select(t.id).where(t.id.in_(part)))}
    insert_new(conn, schema.statements, [row for row in rows if row["id"] not in held])
    if fresh:
        insert_new(conn, schema.readings, [{"report": r, "reader": reader, "recorded": now} for r, _ in fresh])
    return len(set(ids) - held)


def _row(s: Statement, position: int, reader: str, now: datetime) -> dict[str, Any]:
    return {
        "id": s.id, "report": s.report, "position": position, "cls": s.cls, "kind": s.kind, "family": s.family.value if s.family else "",
        "realis": s.realis.value, "start": s.when.start if s.when else None, "end": s.when.end if s.when else None,
        "reader": reader, "recorded": now, "body": dump(STATEMENT, s),
    }  # fmt: skip


def _newest_readers(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    t = schema.readings.c
    newest: dict[str, str] = {}
    for part in chunks(ids):
        rows = conn.execute(select(t.report, t.reader).where(t.report.in_(part)).order_by(t.seq))
        newest.update({row.report: row.reader for row in rows})
    return newest


def _gone(conn: Connection, ids: Sequence[str]) -> list[str]:
    t = schema.takedowns.c.report
    return [i for part in chunks(ids) for i in conn.scalars(select(t).where(t.in_(part)))]


def unread(conn: Connection, reader: str) -> Iterator[Report]:
    """Reports whose newest reading is not by `reader`, in order of id; those taken down are left out."""
    r = schema.reports.c
    last = _last(None, "published").subquery()
    query = (
        select(r.id)
        .outerjoin(last, last.c.report == r.id)
        .outerjoin(schema.readings, schema.readings.c.seq == last.c.seq)
        .outerjoin(schema.takedowns, schema.takedowns.c.report == r.id)
        .where(schema.takedowns.c.report.is_(None))
        .where(schema.readings.c.reader.is_(None) | (schema.readings.c.reader != reader))
        # rows of other people's tables are no prose: what the import said of them stands (formats/rows.py)
        .where(schema.readings.c.reader.is_(None) | schema.readings.c.reader.not_like("import %"))
        .order_by(r.id)
    )
    yield from report_rows.read(conn, ids=conn.scalars(query).all())


def _last(as_of: AsOf, clock: Clock) -> Select[Any]:
    """(report, seq of its newest reading) by `as_of`. On the clock "published" the newest reader reads the older texts."""
    t = schema.readings.c
    query = select(t.report, func.max(t.seq).label("seq")).where(recorded_by(t.recorded, as_of, clock))
    return query.group_by(t.report)


def current(
    conn: Connection, *, as_of: AsOf = None, clock: Clock = "published", cls: str = "", reports: Iterable[str] | None = None
) -> Iterator[Statement]:
    """Statements of the newest reading of each report, in order of report and place in it."""
    t = schema.statements.c
    last = _last(as_of, clock).subquery()
    reading = schema.readings.alias()
    query = (
        select(t.body)
        .join(reading, and_(reading.c.report == t.report, reading.c.reader == t.reader))
        .join(last, last.c.seq == reading.c.seq)
        .order_by(t.report, t.position, t.id)
    )
    if cls:
        query = query.where(t.cls == cls)
    if as_of is not None and clock == "published":
        seen = schema.sightings.c
        query = query.where(t.report.in_(select(seen.report).where(seen.published <= day(as_of))))
    if reports is None:
        yield from (STATEMENT.validate_json(b) for b in conn.execution_options(yield_per=1000).scalars(query))
        return
    for part in chunks(sorted(set(reports))):
        yield from (STATEMENT.validate_json(b) for b in conn.scalars(query.where(t.report.in_(part))))


def diff(conn: Connection, old: str, new: str) -> Iterator[tuple[str, list[Statement], list[Statement]]]:
    """(report, only by `old`, only by `new`) of each report that both readers read and read differently, in order of report.

    Two statements are the same if they differ in nothing but their ids and reader.
    """
    t, r = schema.statements.c, schema.readings.c
    both = select(r.report).where(r.reader == old).intersect(select(r.report).where(r.reader == new))
    for report in sorted(conn.scalars(both).all()):
        rows = conn.execute(select(t.reader, t.body).where(t.report == report, t.reader.in_([old, new])).order_by(t.position))
        said: dict[str, list[Statement]] = {old: [], new: []}
        for row in rows:
            said[row.reader].append(STATEMENT.validate_json(row.body))
        plain = {reader: [replace(s, id="", reader="") for s in found] for reader, found in said.items()}
        gone = [s for s, p in zip(said[old], plain[old], strict=True) if p not in plain[new]]
        come = [s for s, p in zip(said[new], plain[new], strict=True) if p not in plain[old]]
        if gone or come:
            yield report, gone, come


def by_id(conn: Connection, ids: Iterable[str]) -> list[Statement]:
    """The statements of these ids, of whatever reader, in order of id; unknown ids are left out."""
    t = schema.statements.c
    found = (conn.scalars(select(t.body).where(t.id.in_(part))) for part in chunks(sorted(set(ids))))
    return sorted((STATEMENT.validate_json(b) for part in found for b in part), key=lambda s: s.id)


def readers(conn: Connection) -> list[str]:
    """Readers in order of their last reading."""
    t = schema.readings.c
    return list(conn.scalars(select(t.reader).group_by(t.reader).order_by(func.max(t.seq))))
