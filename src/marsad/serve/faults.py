"""What goes wrong, told as problem+json (RFC 9457) to programs and as a page to people; never a trace, never a 500 for an input."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from marsad.errors import MarsadError, StoreError, UsageError

log = logging.getLogger("marsad.serve")
MIME = "application/problem+json"
TITLES = {
    400: "Bad request", 401: "Not known", 403: "Refused", 404: "Not there", 405: "Not that way", 409: "Out of date", 413: "Too large",
    415: "Not this form", 421: "Another host", 422: "Not understood", 429: "Too often", 500: "Our fault", 503: "Not now",
}  # fmt: skip


class Refused(MarsadError):
    """A request that is turned away. status: of the answer; headers: that go with it."""

    def __init__(
        self, status: int, what: str, *, where: str = "", mend: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(what, where=where, mend=mend)
        self.status, self.headers = status, dict(headers or {})


def missing(what: str, key: str) -> Refused:
    """What is asked for is not there, or not for this visitor: the two look alike."""
    return Refused(404, f"there is no such {what}", where=key, mend="Look for it in the list.")


def problem(error: Refused) -> dict[str, Any]:
    """The body of a problem."""
    told = {"where": error.where, "mend": error.mend}
    return {
        "type": "about:blank",
        "title": TITLES.get(error.status, "Error"),
        "status": error.status,
        "detail": error.what,
    } | {k: v for k, v in told.items() if v}


def as_json(error: Refused) -> Response:
    """The answer to a program."""
    headers = error.headers | ({"WWW-Authenticate": "Bearer"} if error.status == 401 else {})
    return JSONResponse(problem(error), error.status, headers, media_type=MIME)


def install(app: FastAPI) -> None:
    """Answer each kind of error in its own way."""

    async def marsad(request: Request, error: Exception) -> Response:
        return answered(request, error)

    for kind in (MarsadError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, marsad)


def _refused(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, UsageError):
        return Refused(400, error.what, where=error.where, mend=error.mend)
    if isinstance(error, StoreError):
        log.error("%s", error)
        return Refused(
            503,
            "the store cannot be read or written now",
            mend="Try again; if it stays so, look at the log of `marsad serve`.",
        )
    if isinstance(error, RequestValidationError):
        first = error.errors()[0] if error.errors() else {}
        where = [str(p) for p in first.get("loc", ())]
        # 400 for what stands in the address (OGC 17-069r4, requirement 9), 422 for a body
        return Refused(
            422 if where[:1] == ["body"] else 400, str(first.get("msg", "not understood")), where=" ".join(where)[:200]
        )
    if isinstance(error, HTTPException):
        return Refused(error.status_code, str(error.detail), headers=error.headers)
    log.exception("a request failed", exc_info=error)
    return Refused(
        500, "the observatory failed; what you sent is not at fault", mend="The log of `marsad serve` has the details."
    )


def answered(request: Request, fault: Exception) -> Response:
    """The answer to whoever asks: a problem, the log-in page, or a page that says what is wrong."""
    from marsad.serve.render import answer, wants_json  # noqa: PLC0415 (render needs the visitor, who needs Refused)

    error = _refused(fault)
    if wants_json(request):
        return as_json(error)
    if error.status == 401 and not request.app.state.settings.token:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return log_in_first(request, back)
    return answer(
        request,
        "error.html",
        {"problem": {"where": "", "mend": ""} | problem(error)},
        status=error.status,
        headers=error.headers,
    )


def log_in_first(request: Request, back: str) -> Response:
    """Send a person to the log-in page, and from there back to where they wanted to go."""
    from urllib.parse import urlencode  # noqa: PLC0415

    return Response(status_code=303, headers={"Location": "/login?" + urlencode({"next": back})})
