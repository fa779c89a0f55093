"""marsad forecast: what are the odds?"""

import csv
from math import isnan
from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import AS_OF, JSON, MEASURE, ODDS, STORE, console, day, odds, opened, print_json, table
from marsad.formats.atomic import replacing
from marsad.records import Forecast, Series

NAMED = 3
"""Units that a note names; the others are counted."""


def command(
    series: Path | None = typer.Option(None, "--series", help="Counts as CSV (wide or long) instead of the store."),
    freq: str = typer.Option("W", "--freq", help="D, W or M; of the store."),
    measure: str = MEASURE,
    model: str = typer.Option("pool", "--model", help="pool, last12, zero, ...; see docs/forecast.md."),
    horizon: int = typer.Option(4, "--horizon", help="How many periods ahead."),
    out: Path | None = typer.Option(None, "--out", help="Write the odds as CSV: unit,origin,target,atom,weight."),
    picture: Path | None = typer.Option(None, "--picture", help="Draw fan charts: a .html, .png or .svg file."),
    as_of: str = AS_OF,
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Forecast counts by area and family, as odds; in the store, simpler models stand beside the one asked for.

    Examples: `marsad forecast --freq M --horizon 3`, `marsad forecast --series counts.csv --horizon 12`
    """
    found, counted = _from_csv(series, model, horizon) if series else _from_store(store, as_of, freq, measure, model, horizon)
    asked = [f for f in found if f.method == model]
    if picture is not None:
        from marsad.cli.pictures import draw_fans  # noqa: PLC0415

        draw_fans(counted, asked, picture)
    if out is not None:
        write(out, asked)
    if as_json:
        print_json([row(f) for f in found])
    elif out is None:
        show(asked, {s.unit: s.counts[-1] for s in counted})


def _from_csv(path: Path, model: str, horizon: int) -> tuple[list[Forecast], list[Series]]:
    from marsad import forecast  # noqa: PLC0415
    from marsad.cli.counts import read_series  # noqa: PLC0415

    counted = read_series(path)
    return forecast.run_all(counted, model=model, horizon=horizon), counted


def _from_store(
    store: str, as_of: str, freq: str, measure: str, model: str, horizon: int
) -> tuple[list[Forecast], list[Series]]:
    with opened(store) as held:
        cut = day(as_of, held)
        counted = pipeline.series(held, as_of=cut, freq=freq, measure=measure)
        return pipeline.forecast(
            held, as_of=cut, freq=freq, model=model, horizon=horizon, measure=measure, counted=counted
        ), counted


def row(f: Forecast) -> dict[str, object]:
    """A forecast as a flat row."""
    return {
        "unit": f.unit,
        "origin": f.origin,
        "target": f.target,
        "method": f.method,
        "atoms": [list(a) for a in f.atoms],
        "note": f.note,
    }


def write(path: Path, found: list[Forecast]) -> None:
    """The odds as `marsad backtest` writes them; weights sum to 1 per unit, origin and target."""
    with replacing(path) as lines:
        sheet = csv.writer(lines, lineterminator="\n")
        sheet.writerow(ODDS)
        sheet.writerows(odds(f.unit, f.origin, f.target, v, w) for f in found for v, w in f.atoms)


def show(found: list[Forecast], last: dict[str, float] | None = None) -> None:
    """The table for people. last: each unit's newest count, to tell the chance of more."""
    from marsad import forecast as ask  # noqa: PLC0415
    from marsad.scales import likelihood  # noqa: PLC0415

    rows = []
    for f in found:
        some, newest = ask.at_least(f, 1), (last or {}).get(f.unit)
        more = "" if newest is None or isnan(newest) else f"{ask.more_than(f, newest):.0%}"
        band = f"{ask.quantile(f, 0.05):g} to {ask.quantile(f, 0.95):g}"
        words = f"{some:.0%} ({likelihood(min(max(some, 0.0), 1.0)).en})"
        rows.append((f.unit, f.target, f"{ask.mean(f):.2g}", band, words, f"{ask.at_least(f, 10):.0%}", more))
    table("Forecasts", ("unit", "period", "mean", "90%", "at least one", "10 or more", "more than last"), rows)
    for note in sorted({f.note for f in found if f.note}):
        whose = list(dict.fromkeys(f.unit for f in found if f.note == note))
        more = f" and {len(whose) - NAMED} more" if len(whose) > NAMED else ""
        console.print(f"{', '.join(whose[:NAMED])}{more}: {note}", highlight=False, markup=False)
