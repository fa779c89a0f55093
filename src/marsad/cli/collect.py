"""marsad collect: take reports from files and folders."""

from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import STORE, console, progress, tell_rejected
from marsad.store import Store


def command(paths: list[Path] = typer.Argument(help="Files (.txt, .html, .jsonl) and folders."), store: str = STORE) -> None:
    """Take reports into the store; the same text twice is one report. What cannot be read is kept, with the reason.

    Example: `marsad collect reports/ more.jsonl`
    """
    with Store.open(str(store)) as opened, progress("collect", None) as tick:
        taken = pipeline.collect(opened, paths, progress=tick)
    console.print(f"{taken.new} new reports, {taken.again} seen before, {len(taken.rejected)} rejected.")
    tell_rejected(taken.rejected)
