"""marsad import: events of other people's tables into the record."""

from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import STORE, console, opened, progress, tell_rejected
from marsad.errors import UsageError


def command(
    file: Path = typer.Argument(help="The table: .csv or .tsv, also .gz."),
    form: str = typer.Option(..., "--format", help="ucdp-ged, acled, or a mapping file (.toml; see docs/formats.md)."),
    published: str = typer.Option(
        "", "--published", help="The day the table was published, YYYY-MM-DD; without it no backtest sees it."
    ),
    store: str = STORE,
) -> None:
    """Take the rows of a table: each is kept whole, as a report, and what it says is linked with the rest.

    Examples: `marsad import GEDEvent_v23_0_10.csv --format ucdp-ged --published 2023-11-20`, `marsad import log.csv --format log.toml`
    """
    from datetime import date  # noqa: PLC0415

    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise UsageError(f"{published!r} is no day", where="--published", mend="Write it as YYYY-MM-DD.") from None
    with opened(store) as held:
        with progress("import", None) as tick:
            taken, said = pipeline.take_table(held, file, form, published=day, progress=tick)
        incidents, new = pipeline.link(held)
    console.print(
        f"{taken.new} rows new, {taken.again} held already, {said} statements; {len(incidents)} incidents, {new} new versions."
    )
    tell_rejected(taken.rejected)
