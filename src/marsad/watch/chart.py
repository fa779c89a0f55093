"""A series with its baseline and its signals, as an Altair chart."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np

from marsad.periods import consecutive
from marsad.records import Series, Signal
from marsad.watch.words import subject

WIDTH, HEIGHT = 640, 120


def signals_chart(series: Series, signals: Sequence[Signal]) -> Any:
    """Bars of counts (missing ones left open), the mean of the year before as a line, a mark for each signal with its headline."""
    calendar, first = consecutive(series.periods, series.unit)
    year = {"D": 365, "W": 52, "M": 12}[series.freq]
    rows = []
    for n, (period, count) in enumerate(series):
        before = series.counts[max(n - year, 0) : n]
        usual = float(np.nanmean(before)) if np.any(~np.isnan(before)) else None
        day = calendar.first_day(first + n).isoformat()
        rows.append({"period": period, "day": day, "count": None if np.isnan(count) else float(count), "usual": usual})
    marks = [
        {"day": calendar.first_day(calendar.number(s.period)).isoformat(), "count": s.observed, "method": s.method, "headline": s.headline_en}
        for s in signals
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=alt.X("day:T", title=None))
    bars = base.mark_bar(color="#9db4c0").encode(y=alt.Y("count:Q", title="count"), tooltip=["period:N", "count:Q"])
    usual = base.mark_line(color="#253237", strokeDash=[4, 3]).encode(y="usual:Q")
    points = alt.Chart(alt.InlineData(values=marks)).mark_point(filled=True, size=70).encode(
        x="day:T", y="count:Q", color=alt.Color("method:N", title="signal"), shape="method:N", tooltip=["method:N", "headline:N"]
    )  # fmt: skip
    layers = [bars, usual, points] if marks else [bars, usual]
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=subject(series.unit).en)
