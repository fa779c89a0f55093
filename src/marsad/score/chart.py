"""Calibration and the ledger as Altair charts."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from marsad.score.crps import Floats
from marsad.score.ledger import Entry
from marsad.score.pit import uniformity


def pit_chart(pits: Mapping[str, Floats], bins: int = 10) -> Any:
    """A histogram of the PIT for each named set of forecasts. The line is what right odds give."""
    rows = [
        {"set": name, "pit": (n + 0.5) / bins, "share": float(share) * bins}
        for name, values in pits.items() for n, share in enumerate(uniformity(values, bins)[2])
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows)).properties(width=180, height=120)
    bars = base.mark_bar(color="#9db4c0", size=15).encode(
        x=alt.X("pit:Q", title="PIT", scale=alt.Scale(domain=[0, 1])), y=alt.Y("share:Q", title="density")
    )  # fmt: skip
    line = base.mark_rule(color="#b23a48", strokeDash=[4, 3]).encode(y=alt.datum(1.0))
    return alt.layer(bars, line, data=alt.InlineData(values=rows)).facet(column=alt.Column("set:N", title=None))


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
