"""Fan charts: what was, and the odds of what comes, as an Altair chart."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np

from marsad.forecast.questions import quantile
from marsad.periods import consecutive
from marsad.records import Forecast, Series

WIDTH, HEIGHT = 640, 140
BANDS = ((0.05, 0.95, 0.2), (0.25, 0.75, 0.4))
"""Lower and upper probability, and how dark the band is."""


def fan_chart(series: Series, forecasts: Sequence[Forecast], *, past: int = 52) -> Any:
    """The last `past` counts, then median and the 50% and 90% bands of each forecast."""
    calendar, first = consecutive(series.periods, series.unit)
    start = max(len(series) - past, 0)
    told = [
        {"day": calendar.first_day(first + n).isoformat(), "count": float(series.counts[n])}
        for n in range(start, len(series)) if not np.isnan(series.counts[n])
    ]  # fmt: skip
    rows = [
        {"day": calendar.first_day(calendar.number(f.target)).isoformat(), "low": quantile(f, low), "high": quantile(f, high), "band": f"{high - low:.0%}", "median": quantile(f, 0.5), "shade": shade}
        for f in forecasts for low, high, shade in BANDS
    ]  # fmt: skip
    line = alt.Chart(alt.InlineData(values=told)).mark_line(point=True, color="#253237").encode(
        x=alt.X("day:T", title=None), y=alt.Y("count:Q", title="count")
    )  # fmt: skip
    fan = alt.Chart(alt.InlineData(values=rows))
    bands = [
        fan.transform_filter(alt.datum.shade == shade).mark_area(color="#b23a48", opacity=shade).encode(x="day:T", y="low:Q", y2="high:Q")
        for _, _, shade in BANDS
    ]  # fmt: skip
    median = fan.mark_line(color="#b23a48").encode(x="day:T", y="median:Q")
    return alt.layer(*bands, median, line).properties(width=WIDTH, height=HEIGHT, title=f"{series.unit}: median, 50% and 90%")
