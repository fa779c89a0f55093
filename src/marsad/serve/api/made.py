"""What was made from the record: signals, forecasts, and the feed of approved signals with their CAP alerts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from marsad.records import Forecast, Signal
from marsad.serve.access import allow
from marsad.serve.api import common
from marsad.serve.api.common import Cursor, Limit, Link, given, opened, paged, sealed
from marsad.serve.asked import Looking
from marsad.serve.faults import missing

router = common.router("signals and forecasts")


class Signals(BaseModel):
    """A page of signals, by the day of their cut and id."""

    signals: list[Signal]
    links: list[Link]


class Forecasts(BaseModel):
    """A page of forecasts, by the day of their cut and id."""

    forecasts: list[Forecast]
    links: list[Link]


@router.get("/signals", dependencies=[allow("reader")], response_model=Signals, summary="Signals, page by page")
def signals(
    request: Request, look: Looking, status: Annotated[Literal["", "draft", "approved", "dismissed"], Query(description="Of this status.")] = "",
    unit: Annotated[str, Query(max_length=200, description='Of this unit, such as "IQ/Diyala attack".')] = "", limit: Limit = 100, cursor: Cursor = "",
) -> Response:  # fmt: skip
    """Drafts and dismissed ones are for those who see everything: machines draft, people publish."""
    found = [s for s in look.signals() if status in ("", s.status) and unit in ("", s.unit)]
    return _page(request, "signals", found, limit, cursor)


@router.get("/signals/{id:path}", dependencies=[allow("reader")], response_model=Signal, summary="One signal")
def signal(look: Looking, id: Annotated[str, Path(max_length=80)]) -> Response:
    """With its evidence."""
    found = next((s for s in look.signals() if s.id == id), None)
    if found is None:
        raise missing("signal", id)
    return given(found)


@router.get("/forecasts", dependencies=[allow("reader")], response_model=Forecasts, summary="Forecasts, page by page")
def forecasts(
    request: Request, look: Looking, unit: Annotated[str, Query(max_length=200, description='Of this unit, such as "IQ/Diyala attack".')] = "",
    method: Annotated[str, Query(max_length=60, description="By this method, such as pool.")] = "", limit: Limit = 100, cursor: Cursor = "",
) -> Response:  # fmt: skip
    """Each a predictive distribution: values and their weights, which sum to 1."""
    found = [f for f in look.forecasts() if unit in ("", f.unit) and method in ("", f.method)]
    return _page(request, "forecasts", found, limit, cursor)


def _page(request: Request, name: str, found: list[Signal] | list[Forecast], limit: int, cursor: str) -> Response:
    place = opened(cursor, str, str)
    past = [f for f in found if place is None or (f.as_of.isoformat(), f.id) > place]
    page = sorted(past, key=lambda f: (f.as_of, f.id))[:limit]
    end = sealed(page[-1].as_of.isoformat(), page[-1].id) if len(past) > limit else None
    return paged(request, name, page, end)


@router.get(
    "/feed.atom", dependencies=[allow("reader")], summary="Approved signals as an Atom feed", response_class=Response,
    responses={200: {"content": {"application/atom+xml": {}}, "description": "The feed; each entry leads to its CAP alert."}},
)  # fmt: skip
def feed(look: Looking) -> Response:
    """For feed readers, and for what passes alerts on."""
    return Response(_published(look)["alerts.atom"], media_type="application/atom+xml")


@router.get(
    "/{name}.cap.xml", dependencies=[allow("reader")], summary="An approved signal as a CAP 1.2 alert", response_class=Response,
    responses={200: {"content": {"application/cap+xml": {}}, "description": "The alert, in Arabic and English."}},
)  # fmt: skip
def alert(look: Looking, name: Annotated[str, Path(max_length=120)]) -> Response:
    """Status Actual: a person approved it."""
    found = _published(look).get(f"{name}.cap.xml")
    if found is None:
        raise missing("alert", name)
    return Response(found, media_type="application/cap+xml")


def _published(look: Looking) -> Mapping[str, str]:
    """File name -> contents (brief/alerts.py)."""
    from marsad.brief import Material  # noqa: PLC0415 (the brief loads the gazetteer and all that draws)
    from marsad.brief.alerts import alerts  # noqa: PLC0415

    approved = [s for s in look.signals() if s.status == "approved"]
    day = max((s.as_of for s in approved), default=datetime.now(UTC).date())
    return alerts(
        Material.of(
            reports=(), statements=(), incidents=(), signals=approved, period=(day, day), as_of=day, release=look.level
        ),
        feed_at="feed.atom",
    )
