"""marsad export: incidents as CSV, GeoJSON or JSON lines."""

from pathlib import Path

import typer

from marsad.cli.common import STORE, console, opened


def command(
    out: Path = typer.Argument(help="The file to write: .csv, .geojson or .jsonl."),
    store: Path = STORE,
) -> None:
    """Write the incidents to a file in the form that its name asks for.

    Example: `marsad export incidents.csv`
    """
    from marsad import formats  # noqa: PLC0415

    with opened(store) as held:
        count = formats.export(held.incidents(), out)
    console.print(f"{count} incidents written to {out}.")
