"""Reports and where they were seen; what was rejected."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from marsad.records import Rejection, Report
from marsad.scales import Sensitivity, highest
from marsad.store import schema, search
from marsad.store.bodies import chunks, digest, insert_new
from marsad.store.clocks import AsOf, Clock, published_by, recorded_by


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the inputs: new reports, sightings of reports already held, and what was rejected."""

    new: int = 0
    again: int = 0
    rejected: tuple[Rejection, ...] = ()

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.new + other.new, self.again + other.again, self.rejected + other.rejected)


def put(conn: Connection, items: Sequence[Report | Rejection], now: datetime) -> Taken:
    """Add one batch. A text that was taken down is refused, and its words are not kept."""
    given = [i for i in items if isinstance(i, Report)]
    turned_away = [i for i in items if isinstance(i, Rejection)]
    ids = list({r.id for r in given})
    gone = _reasons(conn, ids)
    turned_away += [_refusal(r, gone[r.id]) for r in given if r.id in gone]
    welcome = [r for r in given if r.id not in gone]
    held = {i for part in chunks(ids) for i in conn.scalars(select(schema.reports.c.id).where(schema.reports.c.id.in_(part)))}
    fresh = {r.id: r for r in reversed(welcome) if r.id not in held}
    insert_new(conn, schema.reports, [_report_row(r, now) for r in welcome if fresh.get(r.id) is r])
    search.put(conn, [(r.id, f"{r.title}\n{r.text}") for r in fresh.values()])
    insert_new(conn, schema.sightings, [_sighting_row(r, now) for r in welcome])
    insert_new(conn, schema.rejected, [_rejected_row(r, now) for r in turned_away])
    return Taken(len(fresh), len(welcome) - len(fresh), tuple(turned_away))


def _reasons(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    t = schema.takedowns.c
    found = (conn.execute(select(t.report, t.reason, t.recorded).where(t.report.in_(part))) for part in chunks(ids))
    return {row.report: f"this text was taken down on {row.recorded.date()}: {row.reason}" for part in found for row in part}


def _refusal(report: Report, reason: str) -> Rejection:
    mend = "It is not taken again; only its hash is kept."
    return Rejection(where=report.url or report.key or report.id, reason=reason, mend=mend, raw=None,
                     size=len(report.text.encode("utf-8")), sha256=report.id)  # fmt: skip


def _report_row(r: Report, now: datetime) -> dict[str, Any]:
    return {"id": r.id, "text": r.text, "title": r.title, "lang": r.lang, "recorded": now}


def _sighting_row(r: Report, now: datetime) -> dict[str, Any]:
    told = {
        "report": r.id, "source": r.source, "url": r.url, "published": r.published, "key": r.key, "retells": r.retells,
        "grade": r.grade, "sensitivity": r.sensitivity.value,
    }  # fmt: skip
    return {**told, "mark": digest(*(str(v or "") for v in told.values())), "recorded": now}


def _rejected_row(r: Rejection, now: datetime) -> dict[str, Any]:
    return {
        "mark": digest(r.where, r.reason, r.sha256), "location": r.where, "reason": r.reason, "mend": r.mend, "raw": r.raw,
        "size": r.size, "sha256": r.sha256, "recorded": now,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A rejected input without its bytes. id: of the input and its reason; kept: whether its bytes are there (`rejected_bytes`)."""

    id: str
    where: str
    reason: str
    mend: str
    size: int
    sha256: str
    recorded: datetime
    kept: bool


def rejections(conn: Connection) -> list[Rejection]:
    """All that was rejected, the newest last."""
    rows = conn.execute(_in_order(select(schema.rejected)))
    return [
        Rejection(where=r.location, reason=r.reason, mend=r.mend, raw=r.raw, size=r.size, sha256=r.sha256) for r in rows
    ]  # fmt: skip


def kept(conn: Connection, prefix: str, since: datetime | None) -> Iterator[Kept]:
    """What was rejected, whose id begins with `prefix`, after `since`; the newest last."""
    t = schema.rejected.c
    query = select(t.mark, t.location, t.reason, t.mend, t.size, t.sha256, t.recorded, t.raw.is_not(None))
    if prefix:
        query = query.where(t.mark.startswith(prefix, autoescape=True))
    if since is not None:
        query = query.where(t.recorded > since)
    yield from (Kept(*row) for row in conn.execute(_in_order(query)))


def _in_order(query: Select[Any]) -> Select[Any]:
    t = schema.rejected.c
    return query.order_by(t.recorded, t.location, t.mark)


def read(
    conn: Connection, *, as_of: AsOf = None, clock: Clock = "published", ids: Iterable[str] | None = None
) -> Iterator[Report]:
    """Reports in order of id, each with the source of its first sighting, its earliest day and its highest sensitivity."""
    if ids is None:
        yield from _some(conn, as_of, clock, None)
        return
    for part in chunks(sorted(set(ids))):
        yield from _some(conn, as_of, clock, part)


def _some(conn: Connection, as_of: AsOf, clock: Clock, ids: list[str] | None) -> Iterator[Report]:
    r, s = schema.reports.c, schema.sightings.c
    guarded = _guarded(conn, ids)
    query = (
        select(schema.reports, *[c for c in schema.sightings.c if c.name not in {"report", "recorded", "mark"}])
        .join(schema.sightings, s.report == r.id)
        .where(published_by(s.published, as_of, clock), recorded_by(s.recorded, as_of, clock))
        .order_by(r.id, s.seq)
    )
    if ids is not None:
        query = query.where(r.id.in_(ids))
    rows = conn.execution_options(yield_per=500).execute(query)
    for _, seen in groupby(rows, key=lambda row: row.id):
        report = _report(list(seen))
        yield replace(report, sensitivity=highest([report.sensitivity, *guarded.get(report.id, ())]))


def _guarded(conn: Connection, ids: list[str] | None) -> dict[str, list[Sensitivity]]:
    """Levels above public by report, over every sighting: a reader of an earlier day is no less bound by them."""
    s = schema.sightings.c
    levels: dict[str, list[Sensitivity]] = defaultdict(list)
    query = select(s.report, s.sensitivity).where(s.sensitivity != Sensitivity.PUBLIC.value).distinct()
    for row in conn.execute(query if ids is None else query.where(s.report.in_(ids))):
        levels[row.report].append(Sensitivity(row.sensitivity))
    return levels


def _report(seen: list[Row[Any]]) -> Report:
    first = seen[0]
    days = [s.published for s in seen if s.published is not None]
    return Report(
        id=first.id,
        text=first.text,
        lang=first.lang,
        source=first.source,
        url=first.url,
        title=first.title,
        published=min(days, default=None),
        recorded=first.recorded,
        key=first.key,
        retells=next((s.retells for s in seen if s.retells), ""),
        grade=first.grade,
        sensitivity=highest([Sensitivity(s.sensitivity) for s in seen]),
    )


def sightings(conn: Connection, report: str) -> list[Row[Any]]:
    """Each place where `report` was seen, in the order they were recorded."""
    return list(conn.execute(select(schema.sightings).where(schema.sightings.c.report == report).order_by("seq")))
