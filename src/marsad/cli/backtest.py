"""marsad backtest: how good would the odds have been?"""

import csv
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

import typer

from marsad.cli.common import JSON, ODDS, odds, print_json, progress, table
from marsad.cli.counts import leads, origins, read_panel
from marsad.formats.atomic import replacing
from marsad.panel import Panel
from marsad.score.backtest import Window

CONTEXT = {"allow_extra_args": True}
"""What follows the first origin without an option of its own is further origins: --origins 2009-10 2010-10."""


def command(
    context: typer.Context,
    series: Path = typer.Argument(..., help="Counts as CSV: wide (period, a column a unit) or long (unit, period, value)."),
    origin: list[str] = typer.Option(
        ..., "--origins", help="Periods to forecast from: 2009-10 2010-10, or 2009-10..2016-10/12."
    ),
    horizon: str = typer.Option("1..12", "--horizon", help="Periods ahead, A..B."),
    out: Path | None = typer.Option(None, "--out", help="Write the forecasts: unit,origin,target,atom,weight."),
    model: str = typer.Option("pool", "--model", help="A model by name; see docs/forecast.md."),
    against: str = typer.Option("last12,zero,last_value", "--against", help="Models to compare with, the first as the base."),
    card: Path | None = typer.Option(None, "--card", help="Write the model card, a .md file."),
    picture: Path | None = typer.Option(None, "--picture", help="Draw the PIT by stratum: .html, .png or .svg."),
    as_json: bool = JSON,
) -> None:
    """Forecast from past origins, seeing only what was known then, and score what came.

    Example: `marsad backtest counts.csv --origins 2009-10..2016-10/12 --horizon 3..14 --out forecasts.csv`
    """
    from marsad import forecast  # noqa: PLC0415
    from marsad.score import summary  # noqa: PLC0415

    panel = read_panel(series)
    chosen, ahead = origins([*origin, *context.args], panel), leads(horizon)
    names = list(dict.fromkeys([model, *(name for name in against.split(",") if name)]))
    base = names[1] if len(names) > 1 else names[0]
    models = [forecast.named(name) for name in names]
    found = _run(panel, models, chosen, ahead, out)
    rows = summary.table(found, base)
    if card is not None:
        cut = f"{series.name}, {panel.label(0)} to {panel.label(panel.periods - 1)}, {len(panel)} units, origins {', '.join(chosen)}"
        write_card(card, models[0], cut, ahead, [r for r in rows if r.model == model], found[model], found[base], panel.units)
    if picture is not None:
        draw(picture, found[model])
    if as_json:
        print_json([_plain(row) for row in rows])
    else:
        show(rows, base)


def _run(panel: Panel, models: list[Any], chosen: list[str], ahead: list[int], out: Path | None) -> dict[str, Any]:
    """Scores by model; the forecasts of the first are written to `out`."""
    from marsad import score  # noqa: PLC0415
    from marsad.score import summary  # noqa: PLC0415

    with progress("backtest", len(chosen) * len(models)) as tick:
        found = {}
        for each in models:
            windows = _ticking(score.rolling(panel, each, chosen, ahead), tick)
            kept = out if each is models[0] else None
            with replacing(kept) if kept else nullcontext() as lines:
                found[each.NAME] = summary.scores(each.NAME, written(windows, lines) if lines else windows)
    return found


def _ticking(windows: Iterator[Window], tick: Any) -> Iterator[Window]:
    for window in windows:
        yield window
        tick(1)


def written(windows: Iterator[Window], lines: TextIO) -> Iterator[Window]:
    """The windows, each written as it passes: unit, origin, target, atom, weight; weights sum to 1 per unit, origin and target."""
    sheet = csv.writer(lines, lineterminator="\n")
    sheet.writerow(ODDS)
    for window in windows:
        sheet.writerows(cells(window))
        yield window


def write_card(
    path: Path, model: Any, cut: str, ahead: list[int], rows: list[Any], scored: Any, base: Any, units: tuple[str, ...]
) -> None:
    """The model card of one model."""
    import sys  # noqa: PLC0415

    from marsad.score import card as cards  # noqa: PLC0415

    about = getattr(model, "ABOUT", "") or (getattr(model, "__doc__", "") if not hasattr(model, "__module__") else sys.modules[model.__module__].__doc__)  # fmt: skip
    failed = cards.failures(scored, base, units)
    path.write_text(cards.card(about or "", model.VERSION, cut, ahead, rows, failed, base.model), encoding="utf-8")


def draw(path: Path, scored: Any) -> None:
    """PIT histograms by stratum."""
    import numpy as np  # noqa: PLC0415

    from marsad.cli.pictures import draw_calibration  # noqa: PLC0415
    from marsad.score.summary import STRATA  # noqa: PLC0415

    pits = {name: np.where((scored.where == n)[:, :, None], scored.pit, np.nan) for n, (name, _, _) in enumerate(STRATA)}
    draw_calibration({name: x for name, x in pits.items() if not np.isnan(x).all()}, path)


def cells(window: Window) -> Iterator[tuple[Any, ...]]:
    """Rows of one window."""
    from marsad.forecast.atoms import Atoms  # noqa: PLC0415

    atoms = Atoms(window.values, window.weights)
    for row, unit in enumerate(window.then.units):
        if window.able[row]:
            for column, target in enumerate(window.targets):
                for value, weight in atoms.cell(row, column):
                    yield odds(unit, window.origin, target, value, weight)


def _plain(row: Any) -> dict[str, Any]:
    return {
        "model": row.model, "stratum": row.stratum, "cases": row.cases, "crps": row.crps._asdict(), "log_crps": row.log_crps._asdict(),
        "coverage90": row.coverage, "pit_distance": row.ks, "pit_by_chance": row.chance,
    }  # fmt: skip


def show(rows: list[Any], base: str) -> None:
    """The tables for people: all models, then the first one by stratum."""

    def line(name: str, r: Any) -> tuple[str, ...]:
        return (
            name,
            f"{r.crps.mean:.4g}",
            r.crps.words,
            f"{r.log_crps.mean:.4g}",
            r.log_crps.words,
            f"{r.coverage:.0%}",
            f"{r.ks:.3f} ({r.chance:.3f})",
        )

    head = ("CRPS", "gain", "log-CRPS", "gain", "90% covers", "PIT off (chance)")
    table(
        f"Models against {base}; gains with 90% intervals over units",
        ("model", *head),
        [line(r.model, r) for r in rows if r.stratum == "all"],
    )
    first = [r for r in rows if r.model == rows[0].model and r.cases]
    table(f"{rows[0].model} by stratum", ("stratum", *head), [line(f"{r.stratum} ({r.cases})", r) for r in first])
