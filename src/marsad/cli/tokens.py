"""marsad tokens: keys with which programs use the API."""

import secrets
from datetime import UTC, datetime, timedelta

import typer

from marsad.cli.common import JSON, STORE, console, errors, opened, print_json, table
from marsad.cli.users import note
from marsad.errors import UsageError
from marsad.scales import Sensitivity
from marsad.store.accounts import Token

app = typer.Typer(
    no_args_is_help=True, help="Keys for programs: shown once, kept as a hash, bound by scope, release level and time."
)
SCOPES = ("read", "review", "admin")


@app.command("new")
def new(
    name: str = typer.Argument(help="What it is for, such as dashboard."),
    scope: list[str] = typer.Option(["read"], "--scope", help="read, review or admin; repeat it. review holds read, admin both."),
    release: str = typer.Option("", "--release", help="The most it sees: internal, partners or public. Default: what its user sees, else public."),
    user: str = typer.Option("", "--user", help="Whose it is: it may do no more than they may, and goes when they go."),
    days: int = typer.Option(90, "--days", min=1, max=3650, help="After so many days it is over."),
    store: str = STORE, as_json: bool = JSON,
) -> None:  # fmt: skip
    """Make a token; it is printed once. Example: `marsad tokens new dashboard --scope read --release partners --days 30`"""
    from marsad.serve.passwords import drawn, mark  # noqa: PLC0415

    if wrong := [s for s in scope if s not in SCOPES]:
        raise UsageError(f"there is no scope {wrong[0]!r}", where="--scope", mend="Take read, review or admin.")
    if release and release not in {s.value for s in Sensitivity}:
        raise UsageError(f"there is no release {release!r}", where="--release", mend="Take public, partners or internal.")
    held_scopes = " ".join(SCOPES[: max(SCOPES.index(s) for s in scope) + 1])
    secret, now = f"marsad_{drawn()}", datetime.now(UTC)
    with opened(store) as held:
        owner = held.accounts.user(user) if user else None
        level = Sensitivity(release) if release else owner.release if owner else Sensitivity.PUBLIC
        token = Token(id=secrets.token_hex(4), hash=mark(secret), name=name.strip()[:80], user=user or None, scopes=held_scopes,
                      release=level, recorded=now, ends=now + timedelta(days=days))  # fmt: skip
        held.accounts.add_token(token)
        note(held, f"tokens new {token.id}", f"{token.name}: {token.scopes}; {level}; {days} days")
    if as_json:
        print_json({"id": token.id, "token": secret, "scopes": token.scopes.split(), "release": level, "ends": token.ends})
        return
    print(secret)
    errors.print(f"Token {token.id}; it is not shown again. Send it as: Authorization: Bearer {secret[:12]}…", highlight=False)


@app.command("list")
def listed(store: str = STORE, as_json: bool = JSON) -> None:
    """List them, without their secrets. Example: `marsad tokens list`"""
    now = datetime.now(UTC)
    with opened(store) as held:
        rows = [
            {"id": t.id, "name": t.name, "user": t.user or "", "scopes": t.scopes, "release": t.release.value,
             "state": "revoked" if t.revoked else "over" if t.ends and t.ends <= now else "holds", "ends": t.ends}
            for t in held.accounts.tokens()
        ]  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        table("Tokens", ("id", "name", "user", "scopes", "release", "state", "ends"), [(*list(r.values())[:-1], f"{r['ends']:%Y-%m-%d}" if r["ends"] else "") for r in rows])  # fmt: skip


@app.command("revoke")
def revoke(id: str = typer.Argument(help="The token's id (`marsad tokens list`)."), store: str = STORE) -> None:
    """Make one void at once. Example: `marsad tokens revoke 9f3a01bc`"""
    with opened(store) as held:
        held.accounts.revoke_token(id)
        note(held, f"tokens revoke {id}")
    console.print(f"{id}: revoked.")
