"""Incidents by OGC API Features, part 1: core (OGC 17-069r4) with GeoJSON."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from marsad.errors import UsageError
from marsad.formats import geojson
from marsad.records import Incident
from marsad.scales import KINDS
from marsad.serve.access import allow
from marsad.serve.api import common
from marsad.serve.api.common import GEOJSON, Cursor, Limit, Link, given, here, opened, sealed, to
from marsad.serve.asked import Looking, day
from marsad.serve.find import Box, Confidence, Sought
from marsad.serve.shelf import UNDATED, micros

router = common.router("incidents")
CONFORMS = [f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{c}" for c in ("core", "geojson")]
ITEMS = "/collections/incidents/items"


class GeoJson(JSONResponse):
    """Names the media type to the description."""

    media_type = GEOJSON


class Landing(BaseModel):
    """The front door."""

    title: str
    description: str
    links: list[Link]


class Conformance(BaseModel):
    """The classes of the standard that hold."""

    conformsTo: list[str]  # noqa: N815 (the standard's name)


class Collection(BaseModel):
    """A collection and how far it reaches in space and time."""

    id: str
    title: str
    description: str
    extent: dict[str, Any]
    itemType: str = "feature"  # noqa: N815
    crs: list[str] = ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
    links: list[Link]


class Collections(BaseModel):
    """All collections: one."""

    collections: list[Collection]
    links: list[Link]


class Point(BaseModel):
    """Longitude and latitude, WGS84."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Feature(BaseModel):
    """An incident. geometry: null where no point is known; properties: the whole record."""

    type: Literal["Feature"]
    id: str
    geometry: Point | None
    properties: Incident
    links: list[Link] = []


class Features(BaseModel):
    """A page of incidents, by day and id."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    links: list[Link]
    timeStamp: datetime  # noqa: N815
    numberMatched: int  # noqa: N815
    numberReturned: int  # noqa: N815


async def sought(
    bbox: Annotated[str, Query(max_length=200, description="west,south,east,north in degrees; west > east crosses the date line.")] = "",
    datetime: Annotated[str, Query(max_length=100, description="A day, or an interval: 2020-04-01/2020-04-08, ../2020-04-08, 2020-04-01/..")] = "",
    kind: Annotated[str, Query(max_length=40, description="Event kind.", json_schema_extra={"enum": ["", *KINDS]})] = "",
    family: Annotated[Literal["", "attack", "operation", "control", "posture", "unrest", "measure"], Query(description="Family of kinds.")] = "",
    area: Annotated[str, Query(max_length=200, description='Country, or country and unit: "IQ", "IQ/Diyala".')] = "",
    actor: Annotated[str, Query(max_length=200, description="Part of the name of who did it or whom it struck.")] = "",
    source: Annotated[str, Query(max_length=200, description="Source of a report that it rests on.")] = "",
    realis: Annotated[Literal["actual", "background", "any"], Query(description="Told as having happened, only recalled, or both.")] = "actual",
    confidence: Annotated[Confidence, Query(description="confirmed by a reviewer, told by several sources or a single one, disputed.")] = "",
    least: Annotated[float | None, Query(ge=0, le=1, description="Confidence of at least this (the highest of its statements, calibrated), or confirmed by a reviewer.")] = None,
    rejected: Annotated[bool, Query(description="Also those that a reviewer rejected.")] = False,
) -> Sought:  # fmt: skip
    """The choice of an address. Raises UsageError."""
    since, until = interval(datetime)
    if kind and kind not in KINDS:
        raise UsageError("there is no such kind", where="kind", mend=f"Take one of {', '.join(KINDS)}.")
    return Sought(
        kind=kind, family=family, area=area, since=since, until=until, box=box(bbox), actor=actor, source=source,
        realis="" if realis == "actual" else realis, confidence=confidence, least=least, rejected=rejected,
    )  # fmt: skip


def interval(written: str) -> tuple[date | None, date | None]:
    """First and last day of a `datetime`, None where it is open. Raises UsageError."""
    if not written.strip():
        return None, None
    ends = written.strip().split("/")
    if len(ends) > 2:
        raise UsageError("this is no interval", where="datetime", mend="Write 2020-04-01/2020-04-08, or .. for an open end.")
    days = [None if end in ("..", "") else day(_date_of(end), "datetime") for end in ends]
    first, last = days[0], days[-1]
    if first is not None and last is not None and last < first:
        raise UsageError("the interval ends before it begins", where="datetime", mend="Write the earlier day first.")
    return first, last


def _date_of(written: str) -> str:
    try:
        return datetime.fromisoformat(written).date().isoformat() if "T" in written.upper() else written
    except ValueError:
        return written


def box(written: str) -> Box | None:
    """A bbox of four numbers, or of six, whose heights are passed over. Raises UsageError."""
    if not written.strip():
        return None
    try:
        told = [float(x) for x in written.split(",")]
        west, south, east, north = told[:2] + told[3:5] if len(told) == 6 else told
    except ValueError:
        raise UsageError("this is no box", where="bbox", mend="Write west,south,east,north in degrees.") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError("this box lies outside the world", where="bbox", mend="Write west,south,east,north in degrees.")
    return west, south, east, north


@router.get("/", dependencies=[allow("reader")], response_model=Landing, summary="The front door of the API")
def landing(request: Request) -> Response:
    """Links to all that is here."""
    links = [
        here(request), to(request, "/openapi.json", "service-desc", "application/vnd.oai.openapi+json;version=3.1"),
        to(request, "/conformance", "conformance"), to(request, "/collections", "data"), to(request, "/changes", "related", title="What changed since a moment"),
        to(request, "/feed.atom", "alternate", "application/atom+xml", "Approved signals"),
    ]  # fmt: skip
    return given(
        {
            "title": "Marsad",
            "description": "A sourced record of conflict events from reports in Arabic and English.",
            "links": links,
        }
    )


@router.get("/conformance", dependencies=[allow("reader")], response_model=Conformance, summary="What of the standard holds")
def conformance() -> Response:
    """Conformance classes of OGC API Features."""
    return given({"conformsTo": CONFORMS})


@router.get("/collections", dependencies=[allow("reader")], response_model=Collections, summary="The collections")
def collections(request: Request, look: Looking) -> Response:
    """One: incidents."""
    return given({"collections": [_collection(request, look)], "links": [here(request)]})


@router.get(
    "/collections/incidents", dependencies=[allow("reader")], response_model=Collection, summary="The collection of incidents"
)
def collection(request: Request, look: Looking) -> Response:
    """How far it reaches in space and time."""
    return given(_collection(request, look))


def _collection(request: Request, look: Looking) -> dict[str, Any]:
    found = look.find()
    days = [d for d, _, _ in found.by_day()]
    cells = found.cells(180.0)
    extent: dict[str, Any] = {"temporal": {"interval": [[days[0], days[-1]] if days else [None, None]]}}
    if cells:
        ends = zip(*(c.box for c in cells), strict=True)
        extent["spatial"] = {"bbox": [[f(values) for f, values in zip((min, min, max, max), ends, strict=True)]]}
    links = [to(request, "/collections/incidents", "self"), to(request, ITEMS, "items", GEOJSON)]
    return {
        "id": "incidents", "title": "Incidents", "description": f"{len(found)} incidents, by day and id.", "extent": extent,
        "itemType": "feature", "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"], "links": links,
    }  # fmt: skip


@router.get(
    ITEMS, dependencies=[allow("reader")], response_model=Features, response_class=GeoJson, summary="Incidents, page by page"
)
def items(
    request: Request, look: Looking, asked: Annotated[Sought, Depends(sought)], limit: Limit = 100, cursor: Cursor = "",
) -> Response:  # fmt: skip
    """In order of day and id, undated ones first. A walk along `next` is over one state of the record: what is written meanwhile is not
    in it."""
    place = opened(cursor, int, str, int)
    seen = place[2] if place else _newest(look)
    found = look.find(asked, seen=seen)
    page = found.page(limit, after=(place[0], place[1]) if place else None)
    links = [here(request, mime=GEOJSON)]
    if len(page) == limit:
        last = page[-1]
        links.append(
            here(
                request,
                rel="next",
                mime=GEOJSON,
                cursor=sealed(last.when.start.toordinal() if last.when else int(UNDATED), last.id, seen),
            )
        )
    told = {"type": "FeatureCollection", "features": [geojson.bare(i) for i in page], "links": links}
    counts = {"timeStamp": datetime.now(UTC), "numberMatched": len(found), "numberReturned": len(page)}
    return given(told | counts, GEOJSON)


def _newest(look: Looking) -> int:
    newest = look.store.newest()
    return micros(newest) if newest else 0


@router.get(
    ITEMS + "/{id}", dependencies=[allow("reader")], response_model=Feature, response_class=GeoJson, summary="One incident"
)
def item(request: Request, look: Looking, id: Annotated[str, Path(max_length=80)]) -> Response:
    """One incident, also one that a reviewer rejected, as of the day."""
    found = look.incident(id)
    links = [
        here(request, mime=GEOJSON),
        to(request, "/collections/incidents", "collection"),
        to(request, f"/statements?incident={found.id}", "related", title="What each report says"),
    ]
    return given(geojson.bare(found) | {"links": links}, GEOJSON)


@router.get(
    ITEMS + "/{id}/history",
    dependencies=[allow("reader")],
    response_model=list[Incident],
    summary="Every version of an incident",
)
def history(look: Looking, id: Annotated[str, Path(max_length=80)]) -> Response:
    """The oldest first."""
    return given(look.history(id))
