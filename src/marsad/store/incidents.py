"""Incidents as versions: a row for every time that what is known of one changed, and the statements it rested on then."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select

from marsad.errors import StoreError, UsageError
from marsad.records import Incident, Report, Statement
from marsad.scales import FAMILY_OF, SENSITIVITY_ORDER, Family, Sensitivity
from marsad.store import reports as report_rows
from marsad.store import schema
from marsad.store import statements as statement_rows
from marsad.store.bodies import INCIDENT, chunks, digest, insert_new
from marsad.store.clocks import AsOf, Clock, day, recorded_by

Linker = Callable[[Sequence[Statement], Sequence[Report], Sequence[Incident]], list[Incident]]
"""Statements, their reports, and the incidents whose ids are to be kept -> incidents (`marsad.link.link`)."""

T = schema.incidents.c
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """A choice of incidents; an empty field leaves all in. since, until: days that the incident's own days touch.
    rejected: also those that a reviewer rejected; they are kept, and left out unless asked for."""

    kind: str = ""
    family: Family | None = None
    country: str = ""
    admin1: str = ""
    since: date | None = None
    until: date | None = None
    at_most: Sensitivity = Sensitivity.INTERNAL
    rejected: bool = False
    limit: int | None = None

    def takes(self, incident: Incident) -> bool:
        """Whether `incident` is among them (`limit` left aside)."""
        lead = incident.places[0] if incident.places else None
        when = incident.when
        return (
            (self.rejected or incident.review != "rejected")
            and (not self.kind or incident.kind == self.kind)
            and (self.family is None or incident.family == self.family)
            and (not self.country or (lead is not None and lead.country == self.country))
            and (not self.admin1 or (lead is not None and lead.admin1 == self.admin1))
            and (self.since is None or (when is not None and when.end >= self.since))
            and (self.until is None or (when is not None and when.start <= self.until))
            and SENSITIVITY_ORDER.index(incident.sensitivity) <= SENSITIVITY_ORDER.index(self.at_most)
        )

    def where(self) -> list[ColumnElement[bool]]:
        """The same in SQL, but for `since` (`cuts`)."""
        allowed = [s.value for s in SENSITIVITY_ORDER[: SENSITIVITY_ORDER.index(self.at_most) + 1]]
        asked: list[ColumnElement[bool]] = [T.sensitivity.in_(allowed)] if self.at_most != SENSITIVITY_ORDER[-1] else []
        if not self.rejected:
            asked.append(T.review != "rejected")
        exact = ((T.kind, self.kind), (T.country, self.country), (T.admin1, self.admin1))
        asked += [column == value for column, value in exact if value]
        if self.family is not None:  # by kind, which the indexes hold
            asked.append(T.kind.in_([kind for kind, family in FAMILY_OF.items() if family == self.family]))
        if self.until is not None:
            asked.append(T.start <= self.until)
        return asked

    def cuts(self) -> list[tuple[str, tuple[ColumnElement[bool], ...]]]:
        """`since`, as cases that each are one stretch of an index (index, conditions): what took a month at most began at most a month
        before."""
        index = "incidents_by_area" if self.country and self.admin1 else "incidents_by_time"
        if self.since is None:
            return [(index, ())]
        before = self.since - min(_MONTH, self.since - date.min)
        lasted = (T.long, T.start < before, T.end >= self.since)
        return [(index, (T.start >= before, T.end >= self.since)), ("incidents_long", lasted)]


def put(
    conn: Connection, incidents: Sequence[Incident], now: datetime, *, complete: bool, over: Sequence[str] = ()
) -> int:  # fmt: skip
    """Add a version of each incident that is new or differs from its newest; the number of versions added.

    complete: these are all there are, so an incident of the store that is not among them ends (a version that says so). over: ids of
    others that end.
    """
    newest = {row.id: row for row in _newest(conn, None if complete else [*(i.id for i in incidents), *over])}
    changed: list[tuple[Incident, int, str, str]] = []
    for incident in incidents:
        body = _unstamped(incident)
        mark, before = digest(body), newest.get(incident.id)
        if before is None or before.ended or before.digest != mark:
            changed.append((incident, before.version + 1 if before else 1, mark, body))
    for part in chunks(changed):
        held = _held(conn, [i for i, *_ in part])
        insert_new(conn, schema.incidents, [_row(i, v, mark, body, _completed(i, held), now) for i, v, mark, body in part])
        links = [(held[s].seq, i.id, v) for i, v, _, _ in part for s in dict.fromkeys(i.statements)]
        insert_new(conn, schema.evidence, [{"statement": s, "incident": i, "version": v} for s, i, v in links])
    given = {i.id for i in incidents}
    ending = [row for row in newest.values() if not row.ended and row.id not in given]
    for rows in chunks(ending):
        _end(conn, rows, now)
    return len(changed) + len(ending)


def _newest(conn: Connection, ids: Sequence[str] | None) -> Iterator[Row[Any]]:
    """(id, version, digest, ended) of the newest version of each incident, of `ids` alone where they are given."""
    query = _versions(None, "recorded", select(T.id, T.version, T.digest, T.ended))
    if ids is None:
        yield from conn.execute(query)
        return
    for part in chunks(sorted(set(ids))):
        yield from conn.execute(query.where(T.id.in_(part)))


def _end(conn: Connection, rows: Sequence[Row[Any]], now: datetime) -> None:
    versions = {row.id: row.version for row in rows}
    before = conn.execute(select(schema.incidents).where(T.id.in_(list(versions)))).mappings()
    last = [dict(b) for b in before if b["version"] == versions[b["id"]]]
    insert_new(conn, schema.incidents, [b | {"version": b["version"] + 1, "ended": True, "recorded": now} for b in last])


class _Held(NamedTuple):
    seq: int
    published: date | None  # the first day on which its report was seen


def _held(conn: Connection, incidents: Sequence[Incident]) -> dict[str, _Held]:
    """The statements that `incidents` rest on, by id. Raises StoreError for one that the store does not hold."""
    s, r = schema.statements.c, schema.sightings.c
    held: dict[str, _Held] = {}
    query = select(s.id, s.seq, func.min(r.published)).outerjoin(schema.sightings, r.report == s.report).group_by(s.id, s.seq)
    for part in chunks([i for incident in incidents for i in incident.statements], 2000):
        held.update({row[0]: _Held(row[1], row[2]) for row in conn.execute(query.where(s.id.in_(part)))})
    for incident in incidents:
        for statement in incident.statements:
            if statement not in held:
                raise StoreError(f"incident {incident.id} rests on {statement}, which is not in the store", where="incidents",
                                 mend="Put the reading that it comes from in first.")  # fmt: skip
    return held


def _completed(incident: Incident, held: Mapping[str, _Held]) -> date | None:
    """The day by which all reports of `incident` had been published; None if one of them has no known day."""
    days = [held[s].published for s in incident.statements]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _row(i: Incident, version: int, mark: str, body: str, completed: date | None, now: datetime) -> dict[str, Any]:
    lead = i.places[0] if i.places else None
    return {
        "id": i.id, "version": version, "ended": False, "kind": i.kind, "family": i.family.value,
        "start": i.when.start if i.when else None, "end": i.when.end if i.when else None,
        "country": lead.country if lead else "", "admin1": lead.admin1 if lead else "",
        "lat": lead.lat if lead else None, "lon": lead.lon if lead else None, "recalled": i.recalled,
        "aggregate": i.aggregate, "sensitivity": i.sensitivity.value, "review": i.review, "published": i.published, "completed": completed,
        "lasting": completed is None or i.published is None or completed - i.published > _MONTH,
        "long": i.when is not None and i.when.end - i.when.start > _MONTH,
        "digest": mark, "recorded": now, "body": _stamped(body, version, now),
    }  # fmt: skip


def _unstamped(incident: Incident) -> str:
    """The body without version and time, so that it differs only where what is known does."""
    body = INCIDENT.dump_json(incident, exclude_defaults=True, exclude={"recorded"}).decode("utf-8")
    return body.replace(f'"version":{incident.version},', _UNSET, 1)  # nothing before it can hold these signs unescaped


def _stamped(body: str, version: int, now: datetime) -> str:
    """The body that `mark` was taken of, with its version and time; writing it out a second time costs more than all else."""
    head = body[:-1].replace(_UNSET, f'"version":{version},', 1)
    return f'{head},"recorded":"{now.isoformat()}"}}'


_UNSET = '"version":0,'


def _versions(as_of: AsOf, clock: Clock, query: Select[Any]) -> Select[Any]:
    """`query` over the newest version of each incident by `as_of`."""
    newer = schema.incidents.alias()
    later = and_(newer.c.id == T.id, newer.c.version > T.version, recorded_by(newer.c.recorded, as_of, clock))
    return query.where(recorded_by(T.recorded, as_of, clock), ~exists(select(newer.c.id).where(later)))


def read(conn: Connection, which: Which, *, as_of: AsOf, clock: Clock, link: Linker | None) -> list[Incident]:
    """Incidents in order of day and id, undated ones first. On the clock "published", one that rests on reports from both sides of `as_of` is
    linked anew from those of before: its later toll must not be seen earlier than it was told."""
    query = _versions(as_of, clock, select(schema.incidents)).where(T.ended.is_(False))
    if as_of is None or clock == "recorded":
        return _page(conn, query, which)
    found = _page(conn, query.where(T.completed <= day(as_of)), which)
    parts = [_by(query.where(*part, *_near(which)), index) for index, part in _straddling(day(as_of))]
    cut = [row for part in parts for row in conn.execute(part).all()]
    if not cut:
        return found
    if link is None:
        raise UsageError(
            f"{len(cut)} incidents rest on reports from both sides of {day(as_of)}",
            mend="Pass link=marsad.link.link to have them linked as they stood, or ask with clock='recorded'.",
        )
    found += [i for i in as_it_stood(conn, cut, as_of, link, which) if which.takes(i)]
    return sorted(found, key=_order)[: which.limit]


def _page(conn: Connection, query: Select[Any], which: Which) -> list[Incident]:
    dated = which.since is not None or which.until is not None  # then none without a day is among them, and an index can order
    ordered = query.where(*which.where()).order_by(T.start if dated else T.start.nulls_first(), T.id).limit(which.limit)
    parts = [_by(ordered.where(*cut), index) for index, cut in which.cuts()]
    pages = [[incident_of(row) for row in conn.execute(part).all()] for part in parts]
    return pages[0] if len(pages) == 1 else sorted(chain.from_iterable(pages), key=_order)[: which.limit]


def _order(i: Incident) -> tuple[bool, date, str]:
    return i.when is not None, i.when.start if i.when else date.min, i.id


def _straddling(cut: date) -> Iterator[tuple[str, tuple[ColumnElement[bool], ...]]]:
    """(index, conditions) for incidents with reports from both sides of `cut`: those told within a month, and the few that lasted longer."""
    told = ~T.lasting, T.published > cut - _MONTH - timedelta(days=1), T.published <= cut, T.completed > cut
    yield "incidents_by_publication", told
    yield "incidents_lasting", (T.lasting, T.published <= cut, or_(T.completed.is_(None), T.completed > cut))


def _by(query: Select[Any], index: str) -> Select[Any]:
    """`query` by way of `index`: SQLite does not know how few rows a stretch of days holds, and would go through a whole country."""
    return query.with_hint(schema.incidents, f"INDEXED BY {index}", "sqlite")


_DRIFT = timedelta(days=31)  # a later report seldom moves an incident further, nor to another country or family


def _near(which: Which) -> list[ColumnElement[bool]]:
    """What an incident must be now to be among `which` as it was told earlier: its kind, unit and day may have been told otherwise."""
    family = which.family or (FAMILY_OF.get(which.kind) if which.kind else None)
    asked: list[ColumnElement[bool]] = [T.family == family] if family else []
    if which.country:
        asked.append(T.country.in_((which.country, "")))
    if which.since is not None:
        asked.append(or_(T.end >= which.since - _DRIFT, T.end.is_(None)))
    if which.until is not None:
        asked.append(or_(T.start <= which.until + _DRIFT, T.start.is_(None)))
    return asked


def as_it_stood(
    conn: Connection, cut: Sequence[Row[Any]], as_of: AsOf, link: Linker, which: Which = Which()
) -> Iterator[Incident]:
    """Those of `cut` that may be among `which`, linked from what had been published by `as_of`."""
    free, now = _judged(conn, cut), {row.id: incident_of(row) for row in cut}
    told = _told(conn, list(now.values()), which, free)
    said = {s.id: s for s in statement_rows.by_id(conn, [i for ids in told.values() for i in ids])}
    reports = {r.id: r for r in report_rows.read(conn, as_of=as_of, ids={s.report for s in said.values()})}
    for key, ids in told.items():
        of_then = [said[i] for i in sorted(ids) if i in said and said[i].report in reports]
        if of_then and (key in free or _in_area(of_then, which)):
            # The parts of one stored incident are linked by themselves: what did not match then cannot have joined others.
            yield from link(of_then, [reports[r] for r in sorted({s.report for s in of_then})], [now[key]])


def _judged(conn: Connection, cut: Sequence[Row[Any]]) -> set[str]:
    """Ids of those of `cut` that a person judged, who may have given them a kind and a place that no statement tells."""
    r = schema.reviews.c
    found = {row.id for row in cut if row.review}
    for part in chunks([row.id for row in cut]):
        found.update(conn.scalars(select(r.incident).where(r.incident.in_(part), r.verdict == "correct")))
    return found


def _told(conn: Connection, cut: Sequence[Incident], which: Which, free: Set[str]) -> dict[str, tuple[str, ...]]:
    """The statements of each; but for `free`, only of those that can have been of the kind asked for: one told it."""
    if not which.kind:
        return {i.id: i.statements for i in cut}
    s = schema.statements.c
    ids = chunks([i for incident in cut for i in incident.statements])
    of_kind = {i for part in ids for i in conn.scalars(select(s.id).where(s.id.in_(part), s.kind == which.kind))}
    return {i.id: i.statements for i in cut if i.id in free or not of_kind.isdisjoint(i.statements)}


def _in_area(said: Sequence[Statement], which: Which) -> bool:
    """Whether an incident of `said` can lie in the area asked for: it lies where one of them places it."""
    return not (which.country or which.admin1) or any(
        (not which.country or p.country == which.country) and (not which.admin1 or p.admin1 == which.admin1)
        for s in said
        for p in s.places[:1]
    )


def incident_of(row: Any) -> Incident:
    """The incident of a row."""
    return INCIDENT.validate_json(row.body)


def history(conn: Connection, incident: str) -> list[Incident]:
    """Every version of one incident, the oldest first; a version that ended it is left out."""
    query = select(schema.incidents).where(T.id == incident, T.ended.is_(False)).order_by(T.version)
    return [incident_of(row) for row in conn.execute(query)]


def changes(conn: Connection, since: datetime) -> Iterator[tuple[Incident | None, Incident | None]]:
    """(as it was at `since`, as it is) of each incident that changed since; None before it was made, or once it ended."""
    query = _versions(None, "recorded", select(schema.incidents)).where(T.recorded > since).order_by(T.recorded, T.id)
    for rows in chunks(list(conn.execute(query))):
        older = _versions(since, "recorded", select(schema.incidents)).where(T.id.in_([r.id for r in rows]))
        before = {r.id: incident_of(r) for r in conn.execute(older) if not r.ended}
        for row in rows:
            then, here = before.get(row.id), None if row.ended else incident_of(row)
            if then is not None or here is not None:
                yield then, here


def ids(conn: Connection, prefix: str) -> list[str]:
    """Ids that begin with `prefix`, in order."""
    return list(conn.scalars(select(T.id).where(T.id.startswith(prefix, autoescape=True)).distinct().order_by(T.id)))


def resting(conn: Connection, statements: Sequence[str]) -> dict[str, str]:
    """Statement -> the incident whose newest version rests on it; statements that made none are left out."""
    e, s, found = schema.evidence.c, schema.statements.c, {}
    for part in chunks(sorted(set(statements))):
        query = _versions(None, "recorded", select(s.id.label("statement"), T.id)).where(
            e.incident == T.id, e.version == T.version, T.ended.is_(False), e.statement == s.seq, s.id.in_(part)
        )
        found.update({row.statement: row.id for row in conn.execute(query)})
    return found


def resting_on(conn: Connection, statements: Sequence[str]) -> list[str]:
    """Ids of incidents whose newest version (or the last before they ended) rests on one of `statements`, in order."""
    e, s = schema.evidence.c, schema.statements.c
    later = exists(select(T.id).where(T.id == e.incident, T.version > e.version, T.ended.is_(False)))
    query = select(e.incident).join(schema.statements, s.seq == e.statement).where(~later)
    return sorted({i for part in chunks(statements) for i in conn.scalars(query.where(s.id.in_(part)))})
