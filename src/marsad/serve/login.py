"""/login and /logout, and /audit for admins."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from marsad.scales import Sensitivity
from marsad.serve import passwords, sessions
from marsad.serve.access import allow
from marsad.serve.faults import Refused
from marsad.serve.gate import address
from marsad.serve.page import page
from marsad.serve.passwords import mark
from marsad.serve.render import answer
from marsad.serve.settings import Settings
from marsad.store.accounts import Accounts, Limits

router = APIRouter()
LIMITS = Limits()
Typed = Annotated[str, Form(max_length=2000)]


@router.get("/login", dependencies=[allow("open")], include_in_schema=False)
def form(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form."""
    return answer(request, "login.html", {"next": inside(next), "wrong": False, "plain": plain(request), "name": ""})


@router.post("/login", dependencies=[allow("open", bare=True)], include_in_schema=False)
def log_in(request: Request, name: Typed = "", password: Typed = "", next: Typed = "/") -> Response:
    """Log in. Right or wrong, a user or none: the same words after the same time."""
    if plain(request):
        raise Refused(403, "a password may not travel unencrypted", mend="Put the observatory behind TLS: see docs/serve.md.")
    settings: Settings = request.app.state.settings
    accounts: Accounts = request.app.state.store.accounts
    name = name.strip()
    request.state.deed = "log-in"
    if not accounts.attempt(mark(name.lower()), address(request), LIMITS):
        wait = {"Retry-After": str(LIMITS.minutes * 60)}
        raise Refused(429, "too many attempts to log in", mend=f"Try again in {LIMITS.minutes} minutes.", headers=wait)
    user = accounts.user(name) if 0 < len(name) <= 80 and "\x00" not in name else None
    if not passwords.right(password, user.password if user else None) or user is None:
        return answer(request, "login.html", {"next": inside(next), "wrong": True, "plain": False, "name": name}, status=401)
    request.state.deed = f"log-in of {user.name}"
    accounts.forgive(mark(name.lower()), address(request))
    made = RedirectResponse(inside(next), 303)
    sessions.set_cookie(made, sessions.begin(accounts, user), settings)
    return made


@router.post("/logout", dependencies=[allow("reader")], include_in_schema=False)
def log_out(request: Request) -> Response:
    """Log out. On a laptop, whose token holds until the end, there is nothing to end."""
    settings: Settings = request.app.state.settings
    cookie = request.cookies.get(sessions.cookie_name(settings), "")
    request.app.state.store.accounts.close_session(mark(cookie))
    made = RedirectResponse("/login", 303)
    sessions.drop_cookie(made, settings)
    return made


@page(router, "/audit", "admin")
def audit(request: Request, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Response:
    """Every write that was asked for, the newest first; a page holds 100. It tells of everything, so it is for those who see everything."""
    if request.state.visitor.release is not Sensitivity.INTERNAL:
        raise Refused(403, "the audit log tells of internal things", mend="Ask for the release level internal.")
    deeds = request.app.state.store.deeds(before=before, limit=100)
    return answer(request, "audit.html", {"deeds": deeds, "before": deeds[-1].number if len(deeds) == 100 else None})


def inside(path: str) -> str:
    """`path` if it leads nowhere but into the observatory, else its front door."""
    parts = urlsplit(path) if path.startswith("/") and path.isprintable() else None
    ours = parts is not None and not parts.netloc and not path.startswith("//") and "\\" not in path
    return path if ours else "/"


def plain(request: Request) -> bool:
    """Whether a password would travel where others may read it."""
    settings: Settings = request.app.state.settings
    return settings.secure and not settings.url.startswith("https:") and request.url.scheme != "https"
