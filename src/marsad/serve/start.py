"""The token of this start, which lets in the one person whose machine this is."""

import hashlib
import hmac
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from marsad.serve.access import SCOPES, Visitor
from marsad.serve.faults import Refused
from marsad.serve.settings import Settings


def from_start(request: Request, settings: Settings) -> Visitor | None:
    """The one who carries the token: by cookie, or as a program by bearer."""
    if not settings.token:
        return None
    cookie = request.cookies.get(start_cookie(settings), "")
    if same(cookie, keyed(settings.token, "cookie")) or same(bearer(request), settings.token):
        return Visitor("local", "admin", settings.release, "start", frozenset(SCOPES), keyed(settings.token, "csrf"))
    return None


def let_in(request: Request, settings: Settings) -> Response:
    """Trade the token in the address for a cookie, so that it stands in no history, bookmark or log of addresses."""
    if not same(request.query_params["token"], settings.token):
        raise Refused(401, "this address is of an earlier start", mend="Open the one that `marsad serve` printed last.")
    rest = [(k, v) for k, v in request.query_params.multi_items() if k != "token"]
    answer = RedirectResponse(f"/?{urlencode(rest)}" if rest else "/", 303)
    value = keyed(settings.token, "cookie")
    answer.set_cookie(start_cookie(settings), value, httponly=True, samesite="strict", secure=settings.secure)
    return answer


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
