"""Calibration and the ledger as Altair charts."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np

from marsad.score.binary import calibration
from marsad.score.crps import Floats
from marsad.score.ledger import Entry
from marsad.score.pit import uniformity


def pit_chart(pits: Mapping[str, Floats], bins: int = 10) -> Any:
    """A histogram of the PIT for each named set of forecasts. The line is what right odds give."""
    return alt.hconcat(*(_histogram(name, values, bins) for name, values in pits.items()))


def _histogram(name: str, values: Floats, bins: int) -> Any:
    rows = [
        {"pit": (n + 0.5) / bins, "density": float(share) * bins} for n, share in enumerate(uniformity(values, bins)[2])
    ]  # fmt: skip
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(color="#9db4c0", size=15).encode(
        x=alt.X("pit:Q", title="PIT", scale=alt.Scale(domain=[0, 1])), y=alt.Y("density:Q", title="density", scale=alt.Scale(domainMin=0))
    )  # fmt: skip
    line = (
        alt.Chart(alt.InlineData(values=[{"right": 1.0}]))
        .mark_rule(color="#b23a48", strokeDash=[4, 3])
        .encode(y=alt.Y("right:Q", title="density"))
    )
    return alt.layer(bars, line).properties(width=180, height=120, title=name)


def odds_chart(entries: Sequence[Entry], bins: int = 10) -> Any:
    """The calibration curve of "at least one", by method: said against happened, with a 90% interval; on the line is right."""
    rows = []
    for name in sorted({e.method for e in entries}):
        mine = [e for e in entries if e.method == name]
        said, happened = np.array([min(max(e.some, 0.0), 1.0) for e in mine]), np.array([float(e.observed >= 1) for e in mine])
        rows += [{"method": f"{name} ({len(mine)})", **b._asdict()} for b in calibration(said, happened, bins)]
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=alt.X("said:Q", scale=scale), color="method:N")
    bars = base.mark_rule(opacity=0.6).encode(y=alt.Y("low:Q", scale=scale, title="share that came"), y2="high:Q")
    points = base.mark_line(point=True).encode(
        y=alt.Y("happened:Q", scale=scale), tooltip=["method:N", "n:Q", "said:Q", "happened:Q", "low:Q", "high:Q"]
    )
    line = alt.Chart(alt.InlineData(values=[{"v": 0}, {"v": 1}])).mark_line(color="#253237", strokeDash=[4, 3]).encode(
        x=alt.X("v:Q", scale=scale, title="chance given to at least one"), y=alt.Y("v:Q", scale=scale)
    )  # fmt: skip
    return alt.layer(line, bars, points).properties(width=360, height=360, title="Odds of at least one: said, and come")


def ledger_chart(entries: Sequence[Entry]) -> Any:
    """Expected and observed counts of every settled forecast, on a log(1 + count) scale; on the line is right."""
    rows = [
        {"expected": e.expected, "observed": e.observed, "method": e.method, "unit": e.unit, "target": e.target, "chance": e.chance}
        for e in entries
    ]  # fmt: skip
    top = max([1.0, *(max(e.expected, e.observed) for e in entries)])
    scale = alt.Scale(type="symlog", domain=[0, top])
    points = alt.Chart(alt.InlineData(values=rows)).mark_circle(size=60, opacity=0.6).encode(
        x=alt.X("expected:Q", scale=scale), y=alt.Y("observed:Q", scale=scale), color="method:N",
        tooltip=["unit:N", "target:N", "method:N", "expected:Q", "observed:Q", "chance:Q"],
    )  # fmt: skip
    line = alt.Chart(alt.InlineData(values=[{"v": 0.0}, {"v": top}])).mark_line(color="#253237").encode(
        x=alt.X("v:Q", scale=scale, title="expected"), y=alt.Y("v:Q", scale=scale, title="came")
    )  # fmt: skip
    return alt.layer(line, points).properties(width=360, height=360, title="The ledger: what was expected, and what came")
