"""Reports, what they say, what changed: the record beside its incidents."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from marsad.errors import UsageError
from marsad.records import Incident, Report, Statement
from marsad.serve.access import allow
from marsad.serve.api import common
from marsad.serve.api.common import Cursor, Limit, Link, given, here, opened, paged, sealed
from marsad.serve.asked import FIRST, LAST, Looking, Present
from marsad.serve.changed import changed
from marsad.serve.faults import missing
from marsad.serve.shelf import micros

router = common.router("record")
Id = Annotated[str, Path(max_length=200)]
Cls = Literal["", "event", "trend", "outlook", "indicator", "message", "advice"]


class Reports(BaseModel):
    """A page of reports, by id."""

    reports: list[Report]
    links: list[Link]


class Statements(BaseModel):
    """A page of statements, by report and place in it."""

    statements: list[Statement]
    links: list[Link]


class Changed(BaseModel):
    """An incident that came, changed or ended; before: as it was at `since`."""

    id: str
    what: Literal["new", "changed", "ended"]
    before: Incident | None
    now: Incident | None


class Tombstone(BaseModel):
    """A report that was taken down: its id, the hash of its text."""

    report: str
    reason: str
    by: str
    recorded: datetime


class Changes(BaseModel):
    """A page of changes, by the time they were recorded. until: what to ask `since` with next time, on the last page."""

    changes: list[Changed]
    taken_down: list[Tombstone]
    until: datetime | None
    links: list[Link]


@router.get("/reports", dependencies=[allow("reader")], response_model=Reports, summary="Reports, page by page")
def reports(request: Request, look: Looking, limit: Limit = 100, cursor: Cursor = "") -> Response:
    """In order of id. At the release level public without text and title."""
    listed, end = look.reports_after(_after(cursor), limit)
    return paged(request, "reports", listed, end and sealed(end))


@router.get("/reports/{id}", dependencies=[allow("reader")], response_model=Report, summary="One report")
def report(look: Looking, id: Id) -> Response:
    """With its text, in which spans count characters."""
    return given(look.report(id))


@router.get("/search", dependencies=[allow("reader")], response_model=Reports, summary="Reports that hold some words")
def search(
    request: Request,
    look: Looking,
    q: Annotated[str, Query(min_length=1, max_length=200, description="The words.")],
    limit: Limit = 100,
) -> Response:
    """Every word of three letters or more, as any part of a word, clitics and hamza aside; words in quotation marks are one phrase."""
    return paged(request, "reports", look.search(q.replace("\x00", " "), limit=limit), None)


@router.get("/statements", dependencies=[allow("reader")], response_model=Statements, summary="What reports say")
def statements(
    request: Request, look: Looking,
    report: Annotated[str, Query(max_length=80, description="Of this report.")] = "",
    incident: Annotated[str, Query(max_length=80, description="That this incident rests on.")] = "",
    cls: Annotated[Cls, Query(description="Of this class.")] = "", limit: Limit = 100, cursor: Cursor = "",
) -> Response:  # fmt: skip
    """Of the newest reading of each report. Without `report` and `incident` a page holds the statements of `limit` reports."""
    if incident:
        said = [
            s
            for s in look.statements_by_id(look.incident(incident).statements)
            if cls in ("", s.cls) and report in ("", s.report)
        ]
        return paged(request, "statements", said, None)
    if report:
        return paged(request, "statements", list(look.statements(cls=cls, reports=[look.report(report).id])), None)
    listed, end = look.reports_after(_after(cursor), limit)
    said = list(look.statements(cls=cls, reports=[r.id for r in listed])) if listed else []
    return paged(request, "statements", said, end and sealed(end))


@router.get("/statements/{id:path}", dependencies=[allow("reader")], response_model=Statement, summary="One statement")
def statement(look: Looking, id: Id) -> Response:
    """Of whatever reading."""
    found = look.statements_by_id([id])
    if not found:
        raise missing("statement", id)
    return given(found[0])


@router.get("/changes", dependencies=[allow("reader")], response_model=Changes, summary="What changed since a moment")
def changes(
    request: Request, look: Present,
    since: Annotated[str, Query(min_length=1, max_length=40, description="A day or a time (UTC where no zone is told), such as 2020-04-08T06:00:00Z.")],
    limit: Limit = 100, cursor: Cursor = "",
) -> Response:  # fmt: skip
    """Incidents that came, changed or ended, and reports that were taken down, so that a copy can be kept true."""
    start = moment(since)
    place = opened(cursor, int, str)
    listed, end = changed(look, micros(start), after=(place[0], place[1]) if place else None, limit=limit)
    gone = [] if place else [t for t in look.tombstones() if t.recorded > start]
    links = [here(request)] + ([here(request, rel="next", cursor=sealed(*end))] if end else [])
    until = None if end else look.store.newest() or start
    return given({"changes": listed, "taken_down": gone, "until": until, "links": links})


def moment(written: str) -> datetime:
    """A time as written, UTC where it tells no zone. Raises UsageError."""
    try:
        found = datetime.fromisoformat(written.strip().replace(" ", "+"))  # a plus of the zone that nobody escaped
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError("this is no time", where="since", mend="Write 2020-04-08 or 2020-04-08T06:00:00Z.") from None
    if not FIRST <= found.date() <= LAST:
        raise UsageError(
            f"this time is not between {FIRST} and {LAST}", where="since", mend="Write 2020-04-08 or 2020-04-08T06:00:00Z."
        )
    return found


def _after(cursor: str) -> str:
    place = opened(cursor, str)
    return str(place[0]) if place else ""
