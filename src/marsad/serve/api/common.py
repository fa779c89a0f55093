"""What the routes of the API share: problems, links, cursors, the refusal of parameters that nothing reads."""

import base64
import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from marsad.errors import UsageError
from marsad.serve.render import to_json

ROOT = "/api/v1"
JSON = "application/json"
GEOJSON = "application/geo+json"
MOST = 1000
"""Things on a page."""


class Problem(BaseModel):
    """What is wrong, where, and how to mend it (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    where: str = ""
    mend: str = ""


class Link(BaseModel):
    """Where something is."""

    href: str
    rel: str
    type: str = JSON
    title: str = ""


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, text in (
        (400, "A parameter or the body is not in order."), (401, "Who asks is not known."), (403, "They may not do this."),
        (404, "It is not there, or not for them."), (422, "What is asked for cannot be."),
    )
}  # fmt: skip


async def strict(request: Request) -> None:
    """Refuse a parameter that the route does not know: a filter with a slip in its name must not pass for no filter (OGC 17-069r4,
    requirement 8)."""
    path, method = request.scope["route"].path, request.method.lower()
    known = {
        p["name"]
        for p in request.app.openapi()["paths"].get(path, {}).get(method, {}).get("parameters", ())
        if p["in"] == "query"
    }
    if odd := sorted(request.query_params.keys() - known):
        raise UsageError(
            "nothing reads this parameter", where=odd[0][:100], mend=f"Take one of {', '.join(sorted(known)) or 'none'}."
        )


def router(tag: str) -> APIRouter:
    """A router of the API."""
    return APIRouter(prefix=ROOT, tags=[tag], responses=PROBLEMS, dependencies=[Depends(strict)])


Limit = Annotated[int, Query(ge=1, le=MOST, description="Things on a page.")]
Cursor = Annotated[str, Query(max_length=400, description="Where to go on from: only as a `next` link gives it.")]


def sealed(*place: Any) -> str:
    """A cursor for a place in an order."""
    return base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()).decode().rstrip("=")


def opened(cursor: str, *kinds: type) -> tuple[Any, ...] | None:
    """The place of a cursor, None for an empty one. Raises UsageError for one that no link gave."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        place = None
    right = (
        isinstance(place, list) and len(place) == len(kinds) and all(type(v) is k for v, k in zip(place, kinds, strict=True))
    )
    if (
        not right
        or any(isinstance(v, int) and abs(v) > 2**62 for v in place)
        or any(isinstance(v, str) and not v.isprintable() for v in place)
    ):
        raise UsageError("this cursor is none of ours", where="cursor", mend="Follow the `next` link of the page before.")
    return tuple(place)


def base(request: Request) -> str:
    """The address of the observatory, as its visitors see it."""
    url: str = request.app.state.settings.url
    return (url or str(request.base_url)).rstrip("/")


def here(request: Request, *, rel: str = "self", mime: str = JSON, **changed: str) -> Link:
    """A link to this very address, some of its parameters changed."""
    from urllib.parse import urlencode  # noqa: PLC0415

    told = {**dict(request.query_params), **changed}
    return Link(href=f"{base(request)}{request.url.path}" + (f"?{urlencode(told)}" if told else ""), rel=rel, type=mime)


def to(request: Request, path: str, rel: str, mime: str = JSON, title: str = "") -> Link:
    """A link into the API."""
    return Link(href=f"{base(request)}{ROOT}{path}", rel=rel, type=mime, title=title)


def given(data: Any, mime: str = JSON) -> Response:
    """`data` as the answer; written at once, since checking what we made ourselves costs more than making it."""
    return Response(to_json(data), media_type=mime)


def paged(request: Request, name: str, things: Sequence[Any], cursor: str | None) -> Response:
    """A page of things and the link to the next."""
    links = [here(request)] + ([here(request, rel="next", cursor=cursor)] if cursor else [])
    return given({name: list(things), "links": links})
