"""marsad export: incidents as CSV, GeoJSON or JSON lines."""

from pathlib import Path

import typer

from marsad.cli.common import STORE, console, opened
from marsad.errors import UsageError


def command(
    out: Path = typer.Argument(help="The file to write: .csv, .geojson or .jsonl."),
    store: Path = STORE,
) -> None:
    """Write the incidents to a file in the form that its name asks for.

    Example: `marsad export incidents.csv`
    """
    from marsad import formats  # noqa: PLC0415

    writers = {".csv": formats.to_csv, ".geojson": formats.to_geojson, ".jsonl": formats.to_jsonl}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise UsageError(f"no format for {out.suffix or 'a name without ending'}", where=str(out), mend=f"End the name in one of {', '.join(writers)}.")
    with opened(store) as held:
        incidents = held.incidents()
    out.write_text(write(incidents), encoding="utf-8", newline="")
    console.print(f"{len(incidents)} incidents written to {out}.")
