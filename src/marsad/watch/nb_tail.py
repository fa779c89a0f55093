"""NB tail: is this count too high for what came before, if the next were like them?

The baseline is the `window` periods that end `gap` before the present one: the gap keeps a rise out of its own baseline. The predictive
distribution integrates over mean and dispersion (watch/predictive.py). Counts cannot attain every false-alarm rate; with
ties = "drawn" a tie on the border is decided by a number fixed by unit and period, so that the rate is `alpha` in sparse and busy series
alike; with "strict" no tie alarms and the lower rate that is attained is stated.
"""

from functools import lru_cache
from typing import Literal

import numpy as np

from marsad.errors import UsageError
from marsad.panel import Panel
from marsad.records import Params
from marsad.watch import nb
from marsad.watch.method import Baseline, Bools, Floats, Scan, Worth
from marsad.watch.predictive import draws, size_weights, tails, tested_cells
from marsad.watch.share import blocks, share
from marsad.watch.words import Both, amount, plain, subject

NAME = "nb_tail"
VERSION = "2"
WINDOW: dict[str, int] = {"D": 180, "W": 104, "M": 60}
LEAST: dict[str, int] = {"D": 60, "W": 26, "M": 18}
GAP = 4
BUDGET = 500_000
"""Cells (unit x period x size) held at once."""
Ties = Literal["drawn", "strict"]


def scan(
    panel: Panel,
    *,
    alpha: float = 0.01,
    window: int | None = None,
    gap: int = GAP,
    least: int | None = None,
    ties: str = "drawn",
) -> Scan:
    """Alarms where p <= alpha. window, least: periods of baseline, at most and at least. Raises UsageError for unknown ties."""
    if ties not in ("drawn", "strict"):
        raise UsageError(f"ties cannot be {ties!r}", mend="Take drawn or strict.")
    size, enough = window or WINDOW[panel.calendar.freq], least or LEAST[panel.calendar.freq]
    baseline = Baseline.of(panel.counts, size, gap)
    tested = tested_cells(panel.counts, baseline.n, enough)
    above, at = predict(panel, baseline, tested, size, gap)
    drawn = draws(panel.units, panel.first, panel.periods, NAME) if ties == "drawn" else np.ones_like(above)
    p = above + drawn * at
    with np.errstate(invalid="ignore"):
        alarm = tested & (p <= alpha) & (panel.counts > 0)  # no draw makes an alarm of nothing
    mean, k = baseline.moments()

    def value(row: int, column: int) -> Worth:
        return worth(*nb.rounded(mean[row, column], k[row, column]), alpha, ties)

    def tell(row: int, column: int) -> Both:
        unit = panel.units[row]
        what, many, usual = subject(unit), amount(unit, panel.counts[row, column]), plain(float(mean[row, column]))
        when, odds = panel.label(column), chance(float(p[row, column]))
        return Both(
            f"{what.en}: {many.en} in {when}, where {usual} is usual; chance of so many if nothing changed: {odds.en}",
            f"{what.ar}: {many.ar} في {when}، والمعتاد {usual}؛ احتمال عدد كهذا لو لم يتغير شيء: {odds.ar}",
        )

    params: Params = {"alpha": alpha, "window": size, "gap": gap, "least": enough, "ties": ties}
    return Scan(NAME, VERSION, params, panel.counts, mean, p, alarm, tested, baseline, value, tell)


def predict(panel: Panel, baseline: Baseline, tested: Bools, window: int, gap: int) -> tuple[Floats, Floats]:
    """(P(X > observed), P(X = observed)) where tested, else NaN; kept in the panel's memo."""
    key = (NAME, window, gap, int(tested.sum()))
    if key in panel.memo:
        kept: tuple[Floats, Floats] = panel.memo[key]
        return kept
    counts = panel.counts
    above, at = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    here = np.arange(counts.shape[1])
    start, end = np.maximum(here - gap - window, 0), np.maximum(here - gap, 0)

    def judge(part: slice) -> None:
        cells = np.nonzero(tested[part])
        weights = size_weights(counts[part], start, end, tested[part])
        found = tails(counts[part][cells], 1, baseline.n[part][cells], baseline.total[part][cells], weights)
        above[part][cells], at[part][cells] = found

    share(judge, blocks(len(counts), max(1, BUDGET // (counts.shape[1] * 11))))
    panel.memo[key] = above, at
    return above, at


def chance(p: float) -> Both:
    """A small probability in words."""
    return Both(f"{p:.2%}", f"{p:.2%}") if p >= 1e-4 else Both("less than 0.01%", "أقل من 0.01%")


@lru_cache(maxsize=50_000)
def worth(mean: float, k: float, alpha: float, ties: str) -> Worth:
    """False alarms per period and the smallest ratio seen, with mean and k known."""
    size = nb.support(mean, k)
    mass = nb.pmf(mean, k, size)
    above = np.maximum(1.0 - np.cumsum(mass), 0.0)  # P(X > x)
    limit = int(np.argmax(above <= alpha))  # the least x with P(X > x) <= alpha
    drawn = ties == "drawn" and limit > 0  # where nothing is the border, an alarm takes more than the border
    share = (alpha - above[limit]) / mass[limit] if drawn and mass[limit] > 0 else 0.0

    def alarm(ratio: float) -> float:
        changed = nb.pmf(mean * ratio, k, limit + 1)
        return float(np.clip(1.0 - changed.sum() + share * changed[limit], 0.0, 1.0))

    rate = alpha if drawn else float(above[limit])
    return Worth(rate, nb.smallest_ratio(lambda ratio: 1.0 - (1.0 - alarm(ratio)) ** nb.AHEAD))
