"""marsad takedown: erase a report's words, and leave a tombstone."""

import typer

from marsad.cli.common import STORE, console, opened


def command(
    report: str = typer.Argument(help="The report's id (`marsad search` shows it)."),
    reason: str = typer.Option(..., "--reason", help="Why; kept with the tombstone."),
    by: str = typer.Option("", "--by", help="Who asked for it."),
    store: str = STORE,
) -> None:
    """Erase the text, the title and what quotes them; the hash stays, and the text is refused from then on.

    Example: `marsad takedown 3f9a… --reason "asked by the author"`
    """
    with opened(store) as held:
        count = held.take_down(report, reason=reason, by=by)
    console.print(f"{report[:12]}: its words are erased from {count} rows; a tombstone stays.")
