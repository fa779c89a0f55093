"""The gate before every route: is this host ours, and who asks? It only finds out; what they may do is each route's rule (access.py)."""

import hashlib
import hmac
from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from marsad.serve import faults
from marsad.serve.access import NOBODY, SCOPES, Visitor
from marsad.serve.faults import Refused
from marsad.serve.settings import Settings

Known = Callable[[Request], Visitor]


class Gate:
    """Refuses a foreign host, takes the start token out of the address, and puts the visitor on the request's state."""

    def __init__(self, app: ASGIApp, settings: Settings, known: Known) -> None:
        self.app, self.settings, self.known = app, settings, known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        scope.setdefault("state", {})["visitor"] = NOBODY
        answer = await self._settled(request)
        await (answer or self.app)(scope, receive, send)

    async def _settled(self, request: Request) -> Response | None:
        """The answer, where the gate has one already."""
        try:
            check_host(request, self.settings.hosts)
            check_source(request)
            if self.settings.token and request.url.path == "/" and "token" in request.query_params:
                return self._let_in(request)
            request.state.visitor = await run_in_threadpool(self.known, request)
        except Refused as error:
            return faults.answered(request, error)
        return None

    def _let_in(self, request: Request) -> Response:
        """Trade the token in the address for a cookie, so that it stands in no history, bookmark or log of addresses."""
        if not same(request.query_params["token"], self.settings.token):
            raise Refused(401, "this address is of an earlier start", mend="Open the one that `marsad serve` printed last.")
        rest = [(k, v) for k, v in request.query_params.multi_items() if k != "token"]
        answer = RedirectResponse(f"/?{urlencode(rest)}" if rest else "/", 303)
        secure = self.settings.secure
        answer.set_cookie(
            start_cookie(self.settings), keyed(self.settings.token, "cookie"), httponly=True, samesite="strict", secure=secure
        )
        return answer


def check_host(request: Request, allowed: tuple[str, ...]) -> None:
    """Refuse a name that is not ours: another's name that was made to lead here (DNS rebinding) is that other's page."""
    name = request.headers.get("host", "").lower()
    name = name[: name.rfind(":")] if ":" in name.rpartition("]")[2] else name
    if name not in allowed:
        mend = f"Ask for {allowed[0]}, or start with --allow-host NAME."
        raise Refused(421, "the observatory does not go by this name", where=name[:100], mend=mend)


def check_source(request: Request) -> None:
    """Refuse what another page loads in the background, also one of another port of this machine; a link that is followed may come."""
    fetch = request.headers.get("sec-fetch-site", "none")
    if fetch not in ("same-origin", "none") and request.headers.get("sec-fetch-mode") != "navigate":
        raise Refused(403, "another site's page asks for this", mend="Open the observatory itself.")


def from_start(request: Request, settings: Settings) -> Visitor | None:
    """The one who carries the token of this start: by cookie, or as a program by bearer."""
    if not settings.token:
        return None
    cookie = request.cookies.get(start_cookie(settings), "")
    if same(cookie, keyed(settings.token, "cookie")) or same(bearer(request), settings.token):
        csrf = keyed(settings.token, "csrf")
        return Visitor("local", "admin", settings.release, "start", frozenset(SCOPES), csrf)
    return None


def bearer(request: Request) -> str:
    """The token of the Authorization header, empty where there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def start_cookie(settings: Settings) -> str:
    """Cookies know no ports: two observatories on one machine must not overwrite each other's."""
    return f"marsad_{settings.port}"


def keyed(token: str, what: str) -> str:
    """A value that only who knows `token` can make."""
    return hmac.new(token.encode(), what.encode(), hashlib.sha256).hexdigest()


def same(given: str, wanted: str) -> bool:
    """Whether they are equal, in a time that does not tell how far."""
    return bool(given) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
