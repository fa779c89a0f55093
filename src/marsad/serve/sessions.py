"""Who asks: by an API token or the cookie of a log-in (by the token of this start: start.py)."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import get_args

from fastapi import Request
from fastapi.responses import Response

from marsad.errors import StoreError
from marsad.scales import SENSITIVITY_ORDER
from marsad.serve.access import NOBODY, ROLES, SCOPES, Role, Visitor
from marsad.serve.faults import Refused
from marsad.serve.passwords import drawn, mark
from marsad.serve.settings import Settings
from marsad.serve.start import bearer
from marsad.store.accounts import Accounts, Session, Token, User

log = logging.getLogger("marsad.serve")
LASTS = timedelta(hours=12)
"""After this a person logs in again, whatever they did meanwhile."""
IDLE = timedelta(hours=2)
"""A cookie that was not renewed for so long is void."""
ROTATES = timedelta(minutes=30)
"""A cookie older than this is replaced at the next request."""
GRACE = timedelta(seconds=60)
ROLE_OF: dict[str, Role] = {"read": "reader", "review": "reviewer", "admin": "admin"}


def cookie_name(settings: Settings) -> str:
    """With the prefix that binds it to this very host where cookies are secure (RFC 6265bis); else by port."""
    return "__Host-marsad" if settings.secure else f"marsad_login_{settings.port}"


def known(request: Request, settings: Settings, accounts: Accounts) -> tuple[Visitor, str]:
    """(who asks, a new cookie for them or ""). Raises Refused for an API token that does not hold."""
    secret = bearer(request)
    if secret:
        found = accounts.token(mark(secret))
        if found is None:
            raise Refused(401, "this token is not known, over or revoked", mend="An admin makes another: marsad tokens new.")
        return _by_token(*found), ""
    cookie = request.cookies.get(cookie_name(settings), "")
    held = accounts.session(mark(cookie)) if cookie else None
    if held is None:
        return NOBODY, ""
    return _by_session(*held), _renewed(accounts, held[0])


def _by_token(token: Token, owner: User | None) -> Visitor:
    """A token's role is the highest of its scopes; its owner's role and release bound it."""
    scopes = [s for s in SCOPES if s in token.scopes.split()]
    role: Role = ROLE_OF[scopes[-1]] if scopes else "open"
    release = token.release
    if owner is not None:
        role = min(role, _role(owner), key=ROLES.index)
        release = min(release, owner.release, key=SENSITIVITY_ORDER.index)
    name = f"{owner.name}/{token.name}" if owner else token.name
    return Visitor(name, role, release, "token", frozenset(scopes))


def _by_session(session: Session, user: User) -> Visitor:
    return Visitor(user.name, _role(user), user.release, "session", frozenset(SCOPES), session.csrf)


def _role(user: User) -> Role:
    return user.role if user.role in get_args(Role) else "open"  # type: ignore[return-value]


def _renewed(accounts: Accounts, session: Session) -> str:
    """A new cookie in the place of an old one, or "" where it is young yet. The log-in itself lasts no longer by it."""
    now = accounts.now()
    if now - session.renewed < ROTATES or session.ends - now <= GRACE:
        return ""
    cookie = drawn()
    ends = min(session.born + LASTS, now + IDLE)
    try:
        accounts.renew_session(session.hash, replace(session, hash=mark(cookie), renewed=now, ends=ends), grace=GRACE)
    except StoreError as error:  # another writes for long; the old cookie holds still
        log.warning("a session was not renewed: %s", error)
        return ""
    return cookie


def begin(accounts: Accounts, user: User) -> str:
    """Log `user` in; the cookie."""
    cookie, now = drawn(), accounts.now()
    accounts.open_session(Session(hash=mark(cookie), user=user.name, csrf=drawn(), born=now, renewed=now, ends=now + IDLE))
    return cookie


def set_cookie(answer: Response, cookie: str, settings: Settings) -> None:
    """Give the cookie to the browser, for no script to read and no other site to send."""
    answer.set_cookie(
        cookie_name(settings),
        cookie,
        httponly=True,
        samesite="strict",
        secure=settings.secure,
        max_age=int(LASTS.total_seconds()),
    )


def drop_cookie(answer: Response, settings: Settings) -> None:
    """Take it back."""
    answer.delete_cookie(cookie_name(settings), httponly=True, samesite="strict", secure=settings.secure)
