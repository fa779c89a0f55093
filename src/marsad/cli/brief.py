"""marsad brief: write the bilingual brief."""

from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import AS_OF, STORE, console, day, opened
from marsad.scales import Sensitivity


def command(
    out: Path = typer.Option(Path("brief"), "--out", help="The folder to write brief.ar.html and brief.en.html to."),
    days: int = typer.Option(30, "--days", help="How many days the brief covers."),
    release: str = typer.Option("", "--release", help="`public`: without quotations, only addresses, offsets and hashes."),
    as_of: str = AS_OF,
    store: Path = STORE,
) -> None:
    """Write the brief in Arabic and English; every sentence links to the words it rests on. A draft until a person approves it.

    Example: `marsad brief --as-of 2020-04-08 --out brief`
    """
    with opened(store) as held:
        paths = pipeline.brief(held, out, as_of=day(as_of, held), days=days, release=Sensitivity(release or "internal"))
    for path in paths:
        console.print(str(path), soft_wrap=True)
