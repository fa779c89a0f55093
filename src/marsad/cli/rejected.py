"""marsad rejected: the inputs that could not be taken, why, and how to mend them."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import typer

from marsad.cli.common import JSON, STORE, console, cut, opened, print_json, table
from marsad.errors import UsageError
from marsad.formats.atomic import replacing_bytes
from marsad.store import Kept, Store


def command(
    rejected: str = typer.Argument("", help="One of them, by the beginning of its id; without it, all are listed."),
    since: str = typer.Option("", "--since", help="Only those rejected on this day or later, YYYY-MM-DD."),
    out: str = typer.Option("", "--out", help="Write the kept bytes of the one to this file; - for standard output."),
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """List what was rejected, with the reason and the mend; or write the kept bytes of one to a file, to be mended.

    Example: `marsad rejected 3f9a --out broken.jsonl`
    """
    if out and not rejected:
        raise UsageError(
            "which one is to be written is not told", where="--out", mend="Name it: marsad rejected ID --out FILE."
        )
    with opened(store) as held:
        found = held.rejected_inputs(rejected, since=_start(since))
        if rejected:
            found = [_one(rejected, found)]
        if out:
            _write(held, found[0], out)
            return
    if as_json:
        print_json([asdict(k) for k in found])
    elif rejected:
        table(f"Rejected {found[0].id[:12]}", ("field", "value"), list(asdict(found[0]).items()))
    else:
        table(f"{len(found)} rejected inputs", ("id", "rejected", "source", "reason", "mend", "bytes"), [
            (k.id[:12], f"{k.recorded:%Y-%m-%d %H:%M}", k.where, k.reason, k.mend, k.size if k.kept else f"{k.size} (not kept)")
            for k in found
        ])  # fmt: skip


def _one(prefix: str, found: list[Kept]) -> Kept:
    if len(found) != 1:
        what = "no rejected input has such an id" if not found else f"{len(found)} rejected inputs have ids that begin so"
        raise UsageError(what, where=prefix, mend="`marsad rejected` lists them; give more of the id.")
    return found[0]


def _start(written: str) -> datetime | None:
    day = cut(written, "--since")
    return None if day is None else datetime.combine(day, time(), tzinfo=UTC) - timedelta(microseconds=1)


def _write(held: Store, kept: Kept, out: str) -> None:
    raw = held.rejected_bytes(kept.id)
    if raw is None:
        raise UsageError(
            "its bytes are not kept",
            where=kept.id[:12],
            mend=f"Only their size ({kept.size}) and SHA-256 ({kept.sha256}) are.",
        )
    if out == "-":
        sys.stdout.buffer.write(raw)
        return
    with replacing_bytes(Path(out)) as file:
        file.write(raw)
    console.print(f"{out}: {len(raw)} bytes of {kept.where}")
