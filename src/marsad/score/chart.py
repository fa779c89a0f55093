"""Calibration and the ledger as Altair charts."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

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
