"""marsad changes: what the record says now that it did not say before."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import typer

from marsad.cli.common import JSON, STORE, opened, print_json, table
from marsad.errors import UsageError
from marsad.records import Incident

_QUIET = frozenset(("version", "recorded", "method", "published"))


def command(
    since: str = typer.Option(..., "--since", help="A day, or a time such as 2020-04-08T06:00 (UTC)."),
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """List the incidents that came, changed or ended since then, and the reports that were taken down.

    Example: `marsad changes --since 2020-04-01`
    """
    try:
        start = datetime.fromisoformat(since)
    except ValueError:
        raise UsageError(f"{since!r} is no time", where="--since", mend="Write 2020-04-08 or 2020-04-08T06:00.") from None
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    with opened(store) as held:
        found = held.changes(start)
        gone = [t for t in held.tombstones() if t.recorded > start]
    rows = [_row(before, now) for before, now in found]
    rows += [
        {"id": t.report, "what": "report taken down", "changed": {}, "kind": "", "when": "", "reason": t.reason} for t in gone
    ]
    if as_json:
        print_json(rows)
        return
    table(f"Since {start:%Y-%m-%d %H:%M} UTC", ("incident", "what", "kind", "when", "what changed"), [
        (r["id"][:18], r["what"], r["kind"], r["when"], r.get("reason") or "; ".join(f"{k}: {a} → {b}" for k, (a, b) in r["changed"].items()))
        for r in rows
    ])  # fmt: skip


def _row(before: Incident | None, now: Incident | None) -> dict[str, Any]:
    here = now or before
    assert here is not None
    return {
        "id": here.id, "what": "new" if before is None else "ended" if now is None else "changed", "kind": here.kind,
        "when": str(here.when.start) if here.when else "", "changed": _differences(before, now) if before and now else {},
    }  # fmt: skip


def _differences(a: Incident, b: Incident) -> dict[str, tuple[str, str]]:
    found = {}
    for f in fields(Incident):
        x, y = getattr(a, f.name), getattr(b, f.name)
        if f.name not in _QUIET and (said := (_said(x), _said(y)))[0] != said[1]:  # a span alone is no news
            found[f.name] = said
    return found


def _said(value: Any) -> str:
    if value is None or value == "":
        return "not told"
    if hasattr(value, "best"):
        return f"{value.low}/{value.best}/{value.high}"
    if hasattr(value, "start"):
        return f"{value.start}/{value.end} (precision {value.precision.value})"
    if isinstance(value, tuple):
        return ", ".join(getattr(v, "name_en", "") or getattr(v, "slot", "") or str(v) for v in value)
    return str(value)
