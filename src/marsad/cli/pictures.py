"""Pictures of series, forecasts and scores, as .html (whole in itself), .png or .svg."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from marsad.errors import UsageError
from marsad.records import Forecast, Series, Signal

MOST = 12
"""Series in one picture; beyond that nothing can be read."""


def save(chart: Any, path: Path) -> None:
    """Write a chart in the format of the path's suffix. Raises UsageError for another one."""
    if path.suffix not in (".html", ".png", ".svg"):
        raise UsageError(f'no picture is called "{path.suffix}"', where=str(path), mend="Take .html, .png or .svg.")
    if path.suffix == ".html":
        chart.save(str(path), inline=True)
    else:
        chart.save(str(path), scale_factor=2) if path.suffix == ".png" else chart.save(str(path))


def draw_signals(series: Sequence[Series], signals: Sequence[Signal], path: Path) -> None:
    """Each series with what was expected and its signals; those with signals first."""
    import altair as alt  # noqa: PLC0415

    from marsad.watch.chart import signals_chart  # noqa: PLC0415

    spoken = {s.unit for s in signals if not s.thin}
    chosen = sorted(series, key=lambda s: s.unit not in spoken)[:MOST]
    save(alt.vconcat(*(signals_chart(s, [x for x in signals if x.unit == s.unit and not x.thin]) for s in chosen)), path)


def draw_fans(series: Sequence[Series], forecasts: Sequence[Forecast], path: Path) -> None:
    """A fan chart for each of the busiest series."""
    import altair as alt  # noqa: PLC0415

    from marsad.forecast.chart import fan_chart  # noqa: PLC0415

    chosen = sorted(series, key=lambda s: -float(sum(c for c in s.counts[-12:] if c == c)))[:MOST]  # noqa: PLR0124
    save(alt.vconcat(*(fan_chart(s, [f for f in forecasts if f.unit == s.unit]) for s in chosen)), path)


def draw_calibration(pits: dict[str, Any], path: Path) -> None:
    """PIT histograms by stratum; flat is right."""
    from marsad.score.chart import pit_chart  # noqa: PLC0415

    save(pit_chart(pits), path)


def draw_odds(entries: Sequence[Any], path: Path) -> None:
    """How often "at least one" came, by the odds that were given to it."""
    from marsad.score.chart import odds_chart  # noqa: PLC0415

    save(odds_chart(entries), path)


def draw_ledger(entries: Sequence[Any], path: Path) -> None:
    """What was expected and what came."""
    from marsad.score.chart import ledger_chart  # noqa: PLC0415

    save(ledger_chart(entries), path)
