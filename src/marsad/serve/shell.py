"""What is round every answer, also one of an error: headers that bind the browser, a bound on what is sent in, no trace sent out."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.serve import faults
from marsad.serve.faults import Refused

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
BRIEF = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-downloads"
)
"""Of a brief alone, which is one file with its own style in it, as it goes out: its style may stand in it, no script may run, and it belongs to
no origin."""
HEADERS = {
    "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}  # fmt: skip
"""On every answer. No script and no style stands in a page itself, so what a report smuggles in is never run."""


class Shell:
    """The outermost layer. body: the most bytes that a request may bring; hsts: tell browsers to stay on the encrypted way."""

    def __init__(self, app: ASGIApp, body: int, hsts: bool) -> None:
        self.app, self.body, self.hsts = app, body, hsts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, bare = False, scope["method"] == "HEAD"
        if bare:  # what watches a site asks so; it is told what GET is told, without the body
            scope = {**scope, "method": "GET"}

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._dress(MutableHeaders(scope=message))
            elif bare:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self.app(scope, await self._whole(scope, receive), dressed)
        except Exception as error:
            if started:
                raise
            await faults.answered(Request(scope), error)(scope, receive, dressed)

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            if headers.get(name) != BRIEF:
                headers[name] = value
        headers.setdefault("Cache-Control", "no-store")
        if self.hsts:
            headers["Strict-Transport-Security"] = "max-age=31536000"

    async def _whole(self, scope: Scope, receive: Receive) -> Receive:
        """What gives the whole body at once, read here, so that its size is known before anybody looks into it. Raises Refused."""
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and (len(told) > 15 or int(told) > self.body):
            raise self._too_large()
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return _again(message, receive)
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.body:
                raise self._too_large()
        return _again({"type": "http.request", "body": bytes(body), "more_body": False}, receive)

    def _too_large(self) -> Refused:
        return Refused(413, f"a request may bring {self.body:,} bytes at most", mend="Send less at once.")


def _again(first: Message, receive: Receive) -> Receive:
    """What gives `first`, then what `receive` does."""
    waiting = [first]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed
