"""/incidents: map, timeline and table of one choice, which stands in the address; and its downloads."""

import io
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.brief.charts.maps import shapes
from marsad.brief.writer import Writer
from marsad.formats import geojson, jsonl, table
from marsad.records import Incident
from marsad.serve.access import allow
from marsad.serve.asked import Looking
from marsad.serve.links import again, url
from marsad.serve.models import browse, cells, tempo, told
from marsad.serve.models.filters import Choosing, Filter
from marsad.serve.page import page
from marsad.serve.render import answer, language, to_json
from marsad.serve.view import View
from marsad.serve.words import say

router = APIRouter()
Page = Annotated[int, Query(ge=1, le=1_000_000)]
FORMS = {"csv": "text/csv; charset=utf-8", "geojson": "application/geo+json", "jsonl": "application/jsonl"}


@page(router, "/incidents", "reader")
def incidents(request: Request, look: Looking, asked: Choosing, page: Page = 1) -> Response:
    """The page, or its data."""
    w = told.writer(language(request))
    listed = browse.found(look, asked)
    return answer(request, "incidents.html", {"found": _found(request, w, look, asked, listed, page)})


def _found(request: Request, w: Writer, look: View, asked: Filter, listed: list[Incident], number: int) -> dict[str, Any]:
    link = partial(again, request)
    freq, columns = browse.timeline(w, listed, asked, link)
    return {
        "asked": {**dict.fromkeys(("kind", "area", "since", "until", "actor", "source", "realis", "confidence", "bbox"), ""), **asked.query(),
                  "as_of": look.as_of.isoformat() if look.as_of else "", "clock": look.clock},
        "total": len(listed), "total_words": w.words.counted(len(listed), "statement" if asked.said else "incident"),
        "counted_note": say(w.lang, "incidents.not_counted" if asked.said or asked.realis == "background" else "incidents.counted"),
        "any": bool(asked.query() or look.as_of), "incidents": [_row(request, w, i) for i in browse.table(w, listed, number)], "page": _pager(request, len(listed), number),
        "freq": freq, "tempo": columns, "families": tempo.families(columns), "map": _map(request, w, listed),
        "choices": browse.choices(w, look, asked), "chips": browse.chips(w, asked, link), "span": _span(look),
        "downloads": [{"name": f, "href": url(request, "/incidents/download", **asked.query(), form=f)} for f in FORMS],
    }  # fmt: skip


def _row(request: Request, w: Writer, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "href": _href(request, row["id"])}


def _href(request: Request, key: str) -> str:
    kind, _, statement = key.partition(":")
    return url(request, f"/statement/{statement}") if kind == "statement" else url(request, f"/incident/{key}")


def _pager(request: Request, total: int, number: int) -> dict[str, Any]:
    last = max(1, -(-total // browse.PAGE))
    return {
        "number": number, "last": last, "previous": again(request, page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": again(request, page=number + 1) if number < last else None,
    }  # fmt: skip


def _map(request: Request, w: Writer, listed: list[Incident]) -> dict[str, Any]:
    made = browse.still_map(w, listed, partial(again, request), partial(_href, request))
    points = sum(told.placed(i.places[0] if i.places else None) == "point" for i in listed)
    countries = sorted({p.country for i in listed for p in i.places[:1] if p.country})[:20]
    return made | {
        "words": say(w.lang, "map.words", n=w.words.number(points), rest=w.words.number(len(listed) - points)),
        "cells_url": f"/incidents/cells.json?{request.url.query}", "land_url": url(request, "/land.json", countries=",".join(countries)),
    }  # fmt: skip


def _span(look: View) -> dict[str, Any]:
    """The days that the slider runs over: from the first report to the newest."""
    days = [r.published for r in View(look.store, look.level).reports() if r.published]
    if not days:
        return {"first": "", "last": "", "days": 0, "at": 0}
    first, last = min(days), max(days)
    at = min(max((look.as_of - first).days, 0), (last - first).days) if look.as_of else (last - first).days
    return {"first": first.isoformat(), "last": last.isoformat(), "days": (last - first).days, "at": at}


@router.get("/incidents/cells.json", dependencies=[allow("reader")], include_in_schema=False)
def gathered(request: Request, look: Looking, asked: Choosing, zoom: Annotated[float, Query(ge=0, le=22)] = 6) -> Response:
    """The points of the choice, near ones gathered for the zoom of the map."""
    w = told.writer(language(request))
    rows = [told.row(w, i) for i in browse.found(look, asked) if i.places and told.placed(i.places[0]) == "point"]
    made = cells.gather(rows, zoom)
    for c in made:
        c["href"] = _href(request, c["id"]) if c["id"] else ""
        c["words"] = w.words.counted(c["n"], "incident")
    return Response(to_json({"zoom": zoom, "cells": made}), media_type="application/json")


@router.get("/land.json", dependencies=[allow("reader")], include_in_schema=False)
def land(request: Request, countries: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The first-order units of some countries as GeoJSON, named in the page's language."""
    from marsad.brief import names  # noqa: PLC0415

    lang = language(request)
    found = [
        {**f, "properties": {**f["properties"], "label": names.unit(f["properties"]["country"], f["properties"]["name"], lang)}}
        for c in countries.split(",")[:20] for f in shapes(c)
    ]  # fmt: skip
    return Response(to_json({"type": "FeatureCollection", "features": found}), media_type="application/geo+json")


@router.get("/incidents/download", dependencies=[allow("reader")], include_in_schema=False)
def download(look: Looking, asked: Choosing, form: Literal["csv", "geojson", "jsonl"] = "csv") -> Response:
    """What is seen as a file, cells neutralised (formats/table.py)."""
    out = io.StringIO(newline="")
    listed = browse.found(look, asked)[: browse.EXPORT]
    {"csv": table.dump, "geojson": geojson.dump, "jsonl": jsonl.dump}[form](listed, out)
    day = (look.as_of or date.today()).isoformat()
    headers = {"Content-Disposition": f'attachment; filename="marsad-incidents-{day}.{form}"'}
    return Response(out.getvalue().encode("utf-8"), media_type=FORMS[form], headers=headers)
