"""marsad users: who may log in to the observatory, as what, and how much they see."""

import os
import sys
import unicodedata
from datetime import UTC, datetime

import typer

from marsad.cli.common import JSON, STORE, console, opened, print_json, table
from marsad.errors import UsageError
from marsad.scales import Sensitivity
from marsad.store import Store
from marsad.store.audit import Deed

app = typer.Typer(
    no_args_is_help=True,
    help="Who may log in to the observatory: reader (looks), reviewer (also confirms, corrects, approves), admin (also sees the audit log).",
)
NAME = typer.Argument(help="The user's name.")
ROLE = typer.Option("reader", "--role", help="reader, reviewer or admin.")
RELEASE = typer.Option("internal", "--release", help="The most they see: internal, partners or public (no words of reports).")


@app.command("add")
def add(name: str = NAME, role: str = ROLE, release: str = RELEASE, store: str = STORE) -> None:
    """Add a user; the password is asked for, or read as one line from standard input.

    Example: `marsad users add amal --role reviewer --release partners`
    """
    from marsad.serve.passwords import hashed  # noqa: PLC0415

    name, level = _name(name), _checked(role, release)
    with opened(store) as held:
        held.accounts.add_user(name, role=role, release=level, password=hashed(_password()))
        note(held, f"users add {name}", f"{role}, {level}")
    console.print(f"{name}: {role}, sees {level}.")


@app.command("list")
def listed(store: str = STORE, as_json: bool = JSON) -> None:
    """List them. Example: `marsad users list`"""
    with opened(store) as held:
        rows = [
            {"name": u.name, "role": u.role, "release": u.release.value, "since": u.recorded} for u in held.accounts.users()
        ]
    if as_json:
        print_json(rows)
    else:
        table(
            "Users",
            ("name", "role", "release", "since"),
            [(r["name"], r["role"], r["release"], f"{r['since']:%Y-%m-%d}") for r in rows],
        )


@app.command("change")
def change(name: str = NAME, role: str = typer.Option("", "--role", help="reader, reviewer or admin."), release: str = typer.Option("", "--release", help="internal, partners or public."), store: str = STORE) -> None:  # fmt: skip
    """Give another role or release level; their log-ins end. Example: `marsad users change amal --role admin`"""
    if not (role or release):
        raise UsageError("nothing to change", where=name, mend="Give --role, --release, or both.")
    _checked(role or "reader", release or "internal")
    values = {k: v for k, v in (("role", role), ("release", release)) if v}
    with opened(store) as held:
        held.accounts.change_user(name, **values)
        note(held, f"users change {name}", ", ".join(values.values()))
    console.print(f"{name}: {', '.join(values.values())}.")


@app.command("password")
def password(name: str = NAME, store: str = STORE) -> None:
    """Give another password; their log-ins end. Example: `marsad users password amal`"""
    from marsad.serve.passwords import hashed  # noqa: PLC0415

    with opened(store) as held:
        held.accounts.change_user(name, password=hashed(_password()))
        note(held, f"users password {name}")
    console.print(f"{name}: the password is changed.")


@app.command("remove")
def remove(name: str = NAME, store: str = STORE) -> None:
    """Remove a user, with their log-ins and tokens; what they did stays in the audit log. Example: `marsad users remove amal`"""
    with opened(store) as held:
        held.accounts.remove_user(name)
        note(held, f"users remove {name}")
    console.print(f"{name}: removed.")


def note(store: Store, what: str, detail: str = "") -> None:
    """A line in the audit log for what was done here."""
    who = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    store.put_deed(Deed(recorded=datetime.now(UTC), who=who, way="cli", address="", what=f"marsad {what}", detail=detail))


def _name(written: str) -> str:
    name = unicodedata.normalize("NFC", written.strip())
    if not 1 <= len(name) <= 64 or not all(c.isalnum() or c in "._-@" for c in name):
        raise UsageError("this is no user's name", where=written[:80], mend="Take 1 to 64 letters, digits, dots, dashes.")
    return name


def _checked(role: str, release: str) -> Sensitivity:
    if role not in ("reader", "reviewer", "admin"):
        raise UsageError(f"there is no role {role!r}", where="--role", mend="Take reader, reviewer or admin.")
    if release not in {s.value for s in Sensitivity}:
        raise UsageError(f"there is no release {release!r}", where="--release", mend="Take public, partners or internal.")
    return Sensitivity(release)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
