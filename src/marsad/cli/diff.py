"""marsad diff: what reading again with another reader changed."""

import typer

from marsad.cli.common import JSON, STORE, opened, print_json, table
from marsad.errors import UsageError


def command(
    old: str = typer.Argument("", help="A reader, such as lexical-1. Default: the last but one."),
    new: str = typer.Argument("", help="Another. Default: the last."),
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Show the statements that only one of two readers made of the same reports. Nothing of the older reading is lost.

    Example: `marsad diff lexical-1 lexical-2`
    """
    with opened(store) as held:
        readers = held.readers()
        if not old or not new:
            if len(readers) < 2:
                raise UsageError("the store was read by one reader only", mend=f"Readers: {', '.join(readers) or 'none'}.")
            old, new = old or readers[-2], new or readers[-1]
        if unknown := [r for r in (old, new) if r not in readers]:
            raise UsageError("no such reader read this store", where=unknown[0], mend=f"Readers: {', '.join(readers)}.")
        found = held.diff(old, new)
        texts = {r.id: (r.key or r.id[:12], r.text) for r in held.reports(ids={report for report, _, _ in found})}
    rows = [
        {"report": texts[report][0], "sign": sign, "class": s.cls, "kind": s.kind, "realis": s.realis.value,
         "when": str(s.when.start) if s.when else "", "where": ", ".join(p.name for p in s.places), "words": s.anchor.of(texts[report][1])[:80]}
        for report, gone, come in found for sign, listed in (("-", gone), ("+", come)) for s in listed
    ]  # fmt: skip
    if as_json:
        print_json({"old": old, "new": new, "changed": rows})
        return
    table(f"{old} (-) and {new} (+): {len(found)} reports read differently", tuple(rows[0]) if rows else ("report",), [r.values() for r in rows])  # type: ignore[misc]  # fmt: skip
