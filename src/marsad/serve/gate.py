"""The gate before every route: is this host ours, who asks, and a line in the audit log for every write. What a visitor may do is each
route's rule (access.py)."""

import logging
from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.errors import StoreError
from marsad.serve import faults, sessions
from marsad.serve.access import NOBODY, SAFE, Visitor
from marsad.serve.faults import Refused
from marsad.serve.settings import Settings
from marsad.serve.start import from_start, let_in
from marsad.store import Store
from marsad.store.audit import Deed

log = logging.getLogger("marsad.serve")
Known = Callable[[Request], tuple[Visitor, str]]


class Gate:
    """Refuses a foreign host, takes the start token out of the address, puts the visitor on the request's state, keeps the log."""

    def __init__(self, app: ASGIApp, settings: Settings, store: Store) -> None:
        self.app, self.settings, self.store = app, settings, store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        scope.setdefault("state", {})["visitor"] = NOBODY
        answer, cookie = await self._settled(request)
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if cookie and status < 400:
                    self._give(MutableHeaders(scope=message), cookie)
            await send(message)

        try:
            await (answer or self.app)(scope, receive, watched)
        finally:
            if request.method not in SAFE:
                await run_in_threadpool(self._note, request, status)

    async def _settled(self, request: Request) -> tuple[Response | None, str]:
        """(the answer, where the gate has one already; a new cookie for the visitor)."""
        try:
            check_host(request, self.settings.hosts)
            check_source(request)
            if self.settings.token and request.url.path == "/" and "token" in request.query_params:
                return let_in(request, self.settings), ""
            visitor, cookie = from_start(request, self.settings), ""
            if visitor is None:  # who they are stands in the store
                visitor, cookie = await run_in_threadpool(sessions.known, request, self.settings, self.store.accounts)
            request.state.visitor = visitor
            return None, cookie
        except (Refused, StoreError) as error:
            return faults.answered(request, error), ""

    def _give(self, headers: MutableHeaders, cookie: str) -> None:
        carrier = Response()
        sessions.set_cookie(carrier, cookie, self.settings)
        if not any(h.startswith(sessions.cookie_name(self.settings) + "=") for h in headers.getlist("set-cookie")):
            headers.append("set-cookie", carrier.headers["set-cookie"])

    def _note(self, request: Request, status: int) -> None:
        """A line in the audit log. A handler tells what it wrote by `request.state.deed`."""
        visitor: Visitor = request.state.visitor
        deed = Deed(
            recorded=self.settings.now(), who=visitor.name, way=visitor.by, address=address(request),
            what=f"{request.method} {request.url.path}", detail=getattr(request.state, "deed", ""), outcome=status,
        )  # fmt: skip
        try:
            self.store.put_deed(deed)
        except StoreError as error:
            log.error("not in the audit log: %s (%s)", deed, error)


def address(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


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
