"""marsad backtest: how good would the odds have been?"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from marsad.cli.common import JSON, print_json, progress, table
from marsad.cli.counts import leads, origins, read_panel
from marsad.formats.atomic import replacing
from marsad.score.backtest import Window


def command(
    series: Path = typer.Argument(..., help="Counts as CSV: wide (period, a column a unit) or long (unit, period, value)."),
    origin: list[str] = typer.Option(
        ..., "--origins", help="Periods to forecast from: 2009-10,2010-10 or 2009-10..2016-10/12."
    ),
    horizon: str = typer.Option("1..12", "--horizon", help="Periods ahead, A..B."),
    out: Path | None = typer.Option(None, "--out", help="Write the forecasts: unit,origin,target,atom,weight."),
    model: str = typer.Option("pool", "--model", help="A model by name; see docs/forecast.md."),
    against: str = typer.Option("last12,zero,last_value", "--against", help="Models to compare with, the first as the base."),
    as_json: bool = JSON,
) -> None:
    """Forecast from past origins, seeing only what was known then, and score what came.

    Example: `marsad backtest counts.csv --origins 2009-10..2016-10/12 --horizon 3..14 --out forecasts.csv`
    """
    from marsad import forecast, score  # noqa: PLC0415
    from marsad.score import summary  # noqa: PLC0415

    panel = read_panel(series)
    chosen, ahead = origins(origin, panel), leads(horizon)
    names = list(dict.fromkeys([model, *(name for name in against.split(",") if name)]))
    models = [forecast.named(name) for name in names]
    found = {}
    with progress("backtest", len(chosen) * len(models)) as tick:
        for each in models:
            windows = []
            for window in score.rolling(panel, each, chosen, ahead):
                windows.append(window)
                tick(1)
            found[each.NAME] = summary.scores(each.NAME, windows)
            if each is models[0] and out is not None:
                write(windows, out)
    rows = summary.table(found, names[1] if len(names) > 1 else names[0])
    if as_json:
        print_json([row._asdict() if hasattr(row, "_asdict") else _plain(row) for row in rows])
    else:
        show(rows, names[1] if len(names) > 1 else names[0])


def write(windows: list[Window], out: Path) -> None:
    """The interchange file: unit, origin, target, atom, weight; weights sum to 1 per unit, origin and target."""
    with replacing(out) as lines:
        sheet = csv.writer(lines, lineterminator="\n")
        sheet.writerow(["unit", "origin", "target", "atom", "weight"])
        for window in windows:
            sheet.writerows(cells(window))


def cells(window: Window) -> Iterator[tuple[Any, ...]]:
    """Rows of one window."""
    from marsad.forecast.atoms import Atoms  # noqa: PLC0415

    atoms = Atoms(window.values, window.weights)
    for row, unit in enumerate(window.then.units):
        if window.able[row]:
            for column, target in enumerate(window.targets):
                for value, weight in atoms.cell(row, column):
                    yield unit, window.origin, target, f"{value:.12g}", repr(weight)


def _plain(row: Any) -> dict[str, Any]:
    return {
        "model": row.model, "stratum": row.stratum, "cases": row.cases, "crps": row.crps._asdict(), "log_crps": row.log_crps._asdict(),
        "coverage90": row.coverage, "pit_distance": row.ks,
    }  # fmt: skip


def show(rows: list[Any], base: str) -> None:
    """The table for people."""

    def gain(d: Any) -> str:
        return f"{d.gain:+.1%} ({d.low:+.1%} to {d.high:+.1%})"

    table(
        f"Scores against {base}: gains with 90% intervals over units",
        ("model", "stratum", "cases", "CRPS", "gain", "log-CRPS", "gain", "90% covered", "PIT distance"),
        [
            (r.model, r.stratum, r.cases, f"{r.crps.mean:.4g}", gain(r.crps), f"{r.log_crps.mean:.4g}", gain(r.log_crps), f"{r.coverage:.1%}", f"{r.ks:.3f}")
            for r in rows if r.cases
        ],
    )  # fmt: skip
