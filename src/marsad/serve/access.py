"""The rule table: who may call what. Every route carries one rule, written where the route is registered:

    @router.get("/signals", dependencies=[allow("reader")])

A route without a rule stops the app from being made (`check`). A call that writes (any method but GET, HEAD and OPTIONS) needs more than
the role: a token's scope, or for a browser the CSRF token of its session and an origin that is ours.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from marsad.errors import MarsadError
from marsad.scales import Sensitivity
from marsad.serve.faults import Refused

Role = Literal["open", "reader", "reviewer", "admin"]
Scope = Literal["read", "review", "admin"]
ROLES: tuple[Role, ...] = ("open", "reader", "reviewer", "admin")
SCOPE: dict[Role, Scope] = {"open": "read", "reader": "read", "reviewer": "review", "admin": "admin"}
"""The scope that a token needs for a route of each role."""
SCOPES: tuple[Scope, ...] = ("read", "review", "admin")
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. release: the most they may see. by: how they came in: start (the token of this start), session (logged in),
    token (an API token), or empty for nobody known. scopes: of a token. csrf: what their forms must carry."""

    name: str = ""
    role: Role = "open"
    release: Sensitivity = Sensitivity.PUBLIC
    by: Literal["", "start", "session", "token"] = ""
    scopes: frozenset[str] = field(default_factory=frozenset)
    csrf: str = ""

    def may(self, role: Role) -> bool:
        """Whether they have `role`, and by a token its scope too."""
        return ROLES.index(self.role) >= ROLES.index(role) and (
            self.by != "token" or role == "open" or SCOPE[role] in self.scopes
        )


NOBODY = Visitor()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a route. `bare`: a write without a session to protect, which therefore needs no CSRF token (log-in)."""

    role: Role
    bare: bool = False

    async def __call__(self, request: Request) -> None:
        """Let the visitor pass. Raises Refused."""
        visitor: Visitor = request.state.visitor
        if not visitor.may(self.role):
            raise _unknown() if not visitor.by else _lacking(visitor, self.role)
        if request.method not in SAFE:
            if visitor.by == "token" and "review" not in visitor.scopes:
                raise _lacking(visitor, "reviewer")
            _same_origin(request, needed=visitor.by in ("start", "session") and not _bearer(request))
            if visitor.by in ("start", "session") and not _bearer(request) and not self.bare:
                await _csrf(request, visitor)


def allow(role: Role, *, bare: bool = False) -> Any:
    """The dependency that a route's `dependencies` must hold, once."""
    return Depends(Rule(role, bare))


def rules(route: BaseRoute) -> list[Rule]:
    """The rules of a route."""
    found = [d.dependency for d in getattr(route, "dependencies", ())]
    return [rule for rule in found if isinstance(rule, Rule)]


def check(routes: Iterable[BaseRoute]) -> None:
    """Raises MarsadError if a route has no rule, or two."""
    for route in routes:
        if not isinstance(route, APIRoute) or len(rules(route)) != 1:
            path = getattr(route, "path", repr(route))
            raise MarsadError(
                "this route has no rule of who may call it, or has two", where=path, mend="Register it with dependencies=[allow(ROLE)]."
            )  # fmt: skip


def _unknown() -> Refused:
    return Refused(401, "who you are is not known", mend="Open the address that `marsad serve` printed, or log in; a program sends a token.")  # fmt: skip


def _lacking(visitor: Visitor, role: Role) -> Refused:
    if visitor.by == "token" and SCOPE[role] not in visitor.scopes:
        return Refused(
            403, f'this token lacks the scope "{SCOPE[role]}"', mend="An admin makes another: marsad tokens new --scope."
        )
    return Refused(
        403, f"this needs the role {role}; yours is {visitor.role}", mend="Ask an admin: marsad users change NAME --role ROLE."
    )


def _bearer(request: Request) -> bool:
    return request.headers.get("authorization", "").lower().startswith("bearer ")


def _same_origin(request: Request, *, needed: bool) -> None:
    """Refuse a write that another site's page sends. A browser says where a write comes from; `needed`: one that says nothing is
    refused too, since with a cookie nothing else tells whose page it was."""
    origin, fetch = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    url = urlsplit(request.app.state.settings.url)
    wanted = f"{url.scheme}://{url.netloc}" if url.netloc else f"{request.url.scheme}://{request.headers.get('host')}"
    ours = origin == wanted
    if (
        fetch not in (None, "same-origin")
        or (origin is not None and not ours)
        or (needed and origin is None and fetch is None)
    ):
        raise Refused(
            403, "this write comes from another site's page", mend="Send it from the observatory's own pages, or with a token."
        )


async def _csrf(request: Request, visitor: Visitor) -> None:
    sent = request.headers.get("x-csrf-token", "")
    if not sent and "form" in request.headers.get("content-type", ""):
        form = await request.form()
        sent = str(form.get("csrf", ""))
    if not visitor.csrf or not hmac.compare_digest(sent.encode("utf-8", "replace"), visitor.csrf.encode()):
        raise Refused(403, "the form's token is missing or old", mend="Load the page again and send the form once more.")
