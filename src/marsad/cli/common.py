"""What the verbs share: options, tables, progress, and the exit code for rejected inputs."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from marsad.errors import UsageError

if TYPE_CHECKING:  # else every command would wait for the whole path to be imported
    from marsad.pipeline import Progress as Tick
    from marsad.records import Rejection
    from marsad.store import Store

console = Console()
errors = Console(stderr=True, soft_wrap=True)

STORE = typer.Option(os.environ.get("MARSAD_STORE", "marsad.db"), "--store", help="The store: a file, made by `marsad init`, or the address of a PostgreSQL database. Default: $MARSAD_STORE, else marsad.db.")  # fmt: skip
JSON = typer.Option(False, "--json", help="Print JSON instead of a table.")
AS_OF = typer.Option(
    "", "--as-of", help="The day to look from, YYYY-MM-DD: only what was published by then. Default: the newest report's day."
)

MEASURE = typer.Option("incidents", "--measure", help="What is counted in the store: incidents, or deaths.")

CUT = typer.Option("", "--as-of", help="As it was known on this day, YYYY-MM-DD.")
CLOCK = typer.Option("published", "--clock", help="With --as-of: published (by that day), or recorded (held by this store).")


def cut(written: str, option: str = "--as-of") -> date | None:
    """The day of an option, None where it is not asked for. Raises UsageError."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise UsageError(f"{written!r} is no day", where=option, mend="Write it as YYYY-MM-DD.") from None


def opened(store: str | Path) -> "Store":
    """The store at a path that must be there."""
    from marsad.store import Store  # noqa: PLC0415

    there(store)
    return Store.open(str(store))


def there(store: str | Path) -> None:
    """Raises UsageError if no store is at this path."""
    if "://" not in str(store) and not Path(store).exists():
        raise UsageError(
            "there is no store here", where=str(store), mend="Make one with `marsad init`, or name yours with --store."
        )


def day(written: str, store: "Store") -> date:
    """A day as written, else the newest report's. Raises UsageError."""
    from marsad.pipeline import last_day  # noqa: PLC0415

    if written:
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise UsageError(f"{written!r} is no day", where="--as-of", mend="Write it as YYYY-MM-DD.") from None
    newest = last_day(store)
    if newest is None:
        raise UsageError("no report in the store has a date", where="--as-of", mend="Give the day with --as-of YYYY-MM-DD.")
    return newest


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table for people. On a narrow screen cells break between words: a column keeps room for its longest word."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    made = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for n, column in enumerate(columns):
        longest = max((len(word) for text in (column, *(row[n] for row in cells)) for word in text.split()), default=1)
        made.add_column(column, overflow="fold", min_width=min(longest, _WORD))
    for row in cells:
        made.add_row(*(cell.replace("[", "\\[") for cell in row))
    console.print(
        title, style="italic", markup=False, highlight=False
    )  # not the table's own, which breaks it to the table's width
    console.print(made)


_WORD = 16
"""Letters of a word that a narrow column still leaves whole."""


def print_json(rows: Any) -> None:
    """Print JSON for machines, one document."""
    print(json.dumps(rows, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress(what: str, total: int | None) -> Iterator["Tick"]:
    """A progress bar on standard error; silent where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda n: bar.advance(task, n)


def tell_rejected(rejected: Sequence["Rejection"]) -> None:
    """List rejected inputs and leave with code 1 if there are any."""
    for each in rejected:
        errors.print(f"[yellow]rejected[/] {str(each).replace('[', chr(92) + '[')}", highlight=False)
    if rejected:
        raise typer.Exit(1)


ODDS = ("unit", "origin", "target", "atom", "weight")
"""Columns of forecasts as a table."""


def odds(unit: str, origin: str, target: str, value: float, weight: float) -> tuple[str, ...]:
    """A row of ODDS: one atom. The weights of a unit, origin and target sum to 1 to the last digit."""
    return unit, origin, target, f"{value:.12g}", repr(weight)
