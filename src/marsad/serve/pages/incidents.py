"""/incidents: map, timeline and table of one choice, which stands in the address; and its downloads."""

import io
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.brief.writer import Writer
from marsad.errors import UsageError
from marsad.formats import geojson, jsonl, table
from marsad.formats.units import shapes
from marsad.records import Incident
from marsad.serve.access import allow
from marsad.serve.asked import Looking
from marsad.serve.find import Found
from marsad.serve.links import again, url
from marsad.serve.models import browse, tempo, told
from marsad.serve.models.filters import Choosing, Filter, blank, box
from marsad.serve.page import page
from marsad.serve.render import answer, language, to_json
from marsad.serve.threads import apart
from marsad.serve.view import View
from marsad.serve.words import say

router = APIRouter()
After = Annotated[str, Query(max_length=200, pattern=r"^(-?\d{1,9}~.{1,120})?$")]
PER_WORLD = 70.0
"""Degrees of a cell at zoom 0: 50 pixels of a world of 256."""
MOST = 4000
"""Cells of one answer: about 900 KB."""
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
    "jsonl": "application/jsonl",
}


@page(router, "/incidents", "reader")
def incidents(request: Request, look: Looking, asked: Choosing, after: After = "") -> Response:
    """The page, or its data."""
    w = told.writer(language(request))
    found = _found(request, w, look, asked, after)
    return answer(request, "incidents.html", {"found": found}, page=lambda: {"form": browse.form(w, look, found["choices"])})


def _found(request: Request, w: Writer, look: View, asked: Filter, after: str) -> dict[str, Any]:
    link, every = partial(again, request), browse.found(look, asked)
    freq, columns = browse.timeline(w, every, asked, link)
    start, _, key = after.partition("~")
    listed = every.page(browse.PAGE + 1, after=(int(start), key) if after else None, newest=True)
    return {
        "asked": blank(asked.query()) | {"as_of": look.as_of.isoformat() if look.as_of else "", "clock": look.clock},
        "total": len(every), "total_words": w.words.counted(len(every), "statement" if asked.said else "incident"),
        "counted_note": say(w.lang, "incidents.not_counted" if asked.said or asked.realis == "background" else "incidents.counted"),
        "any": bool(asked.query() or look.as_of), "incidents": [_row(request, w, i) for i in listed[: browse.PAGE]],
        "page": _pager(request, listed, after), "freq": freq, "tempo": columns, "tempo_rest": browse.not_drawn(w, every, columns), "families": tempo.families(columns),
        "map": _map(request, w, every), "choices": browse.choices(w, look, asked), "chips": browse.chips(w, asked, link), "span": _span(look),
        "downloads": [{"name": f, "href": url(request, "/incidents/download", **asked.query(), form=f)} for f in FORMS],
    }  # fmt: skip


def _row(request: Request, w: Writer, i: Incident) -> dict[str, Any]:
    row = told.row(w, i)
    return {**row, "href": _href(request, row["id"])}


def _href(request: Request, key: str) -> str:
    kind, _, statement = key.partition(":")
    return url(request, f"/statement/{statement}") if kind == "statement" else url(request, f"/incident/{key}")


def _pager(request: Request, listed: list[Incident], after: str) -> dict[str, Any]:
    more = len(listed) > browse.PAGE
    start, key = browse.place_of(listed[browse.PAGE - 1]) if more else (0, "")
    return {
        "previous": again(request, after=None) if after else None,
        "next": again(request, after=f"{start}~{key}") if more else None,
    }


def _map(request: Request, w: Writer, every: Found) -> dict[str, Any]:
    made = browse.still_map(w, every, partial(again, request), partial(_href, request))
    points = every.placed()
    areas = every.by_area()
    countries = sorted({c for c, _ in areas if c}, key=lambda c: -sum(n for (country, _), n in areas.items() if country == c))[
        :20
    ]
    return made | {
        "words": say(w.lang, "map.words", n=w.words.number(points), rest=w.words.number(len(every) - points)),
        "cells_url": f"/incidents/cells.json?{request.url.query}", "land_url": url(request, "/land.json", countries=",".join(countries)),
    }  # fmt: skip


def _span(look: View) -> dict[str, Any]:
    """The days that the slider runs over: from the first report to the newest."""
    _, first, last = look.now.reach
    if first is None or last is None:
        return {"first": "", "last": "", "days": 0, "at": 0}
    at = min(max((look.as_of - first).days, 0), (last - first).days) if look.as_of else (last - first).days
    return {"first": first.isoformat(), "last": last.isoformat(), "days": (last - first).days, "at": at}


@router.get("/incidents/cells.json", dependencies=[allow("reader")], include_in_schema=False)
def gathered(
    request: Request, look: Looking, asked: Choosing, zoom: Annotated[float, Query(ge=0, le=22)] = 6, view: Annotated[str, Query(max_length=200)] = ""
) -> Response:  # fmt: skip
    """The points of the choice, near ones gathered for the zoom of the map. view: the box in view, if only that is wanted."""
    w = told.writer(language(request))
    seen = box(view) if view and asked.box is None else asked.box
    found = browse.cells(w, browse.found(look, replace(asked, box=seen)), PER_WORLD / 2**zoom, partial(_href, request))
    return Response(to_json({"zoom": zoom, "cells": found[:MOST]}), media_type="application/json")


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
@apart
def download(look: Looking, asked: Choosing, form: Literal["csv", "geojson", "json", "jsonl"] = "csv") -> Response:
    """What is seen as a file, cells neutralised (formats/table.py)."""
    out = io.StringIO(newline="")
    every = browse.found(look, asked)
    if len(every) > browse.EXPORT:
        told_of = f"{len(every):,} incidents are too many for one download"
        raise UsageError(
            told_of, where=form, mend=f"Narrow the choice to {browse.EXPORT:,}, or run `marsad export`, which writes all."
        )
    listed = every.page(browse.EXPORT, newest=True)
    {"csv": table.dump, "geojson": geojson.dump, "json": jsonl.dump_list, "jsonl": jsonl.dump}[form](listed, out)
    day = (look.as_of or date.today()).isoformat()
    headers = {"Content-Disposition": f'attachment; filename="marsad-incidents-{day}.{form}"'}
    return Response(out.getvalue().encode("utf-8"), media_type=FORMS[form], headers=headers)
