"""Record high: the newest period is above every one of the `window` before it and reaches a floor.

The rule of OCHA's HDX Signals for conflict (30-day deaths, highest in a year, at least a floor, then silent for a while). A baseline
with gaps is allowed up to `most_missing` of its periods. Kept as the rule that every other method has to beat.
"""

from functools import lru_cache

import numpy as np

from marsad.panel import Panel
from marsad.periods import SEASON
from marsad.watch import nb
from marsad.watch.method import Baseline, Bools, Floats, Scan, Worth
from marsad.watch.words import Both, amount, plain, span, subject

NAME = "record_high"
VERSION = "1"


def scan(
    panel: Panel, *, window: int | None = None, floor: float = 2.0, cooldown: int | None = None, most_missing: float = 0.25
) -> Scan:
    """Periods that are record highs.

    window: periods compared with, by default a year. floor: the least count that can be one. cooldown: silent periods after an
    alarm, by default half a year (HDX: 180 days). p: 1 / (n + 1), the chance that the newest of n + 1 alike periods is the highest.
    """
    size = window or SEASON[panel.calendar.freq]
    quiet = SEASON[panel.calendar.freq] // 2 if cooldown is None else cooldown
    highest = _trailing_max(panel.counts, size)
    baseline = Baseline.of(panel.counts, size)
    tested = (baseline.n >= size * (1 - most_missing)) & ~np.isnan(panel.counts)
    with np.errstate(invalid="ignore"):
        record = tested & (panel.counts > highest) & (panel.counts >= floor)
    mean, k = baseline.moments()
    p = np.where(record, 1.0 / (baseline.n + 1.0), np.where(tested, 1.0, np.nan))

    def value(row: int, column: int) -> Worth:
        n = int(baseline.n[row, column])
        return worth(*nb.rounded(mean[row, column], k[row, column]), n, floor, quiet)

    def tell(row: int, column: int) -> Both:
        unit, freq = panel.units[row], panel.calendar.freq
        what, past, many = subject(unit), span(int(baseline.n[row, column]), freq), amount(unit, panel.counts[row, column])
        top, when = plain(highest[row, column]), panel.label(column)
        return Both(
            f"{what.en}: {many.en} in {when}, more than in any of the {past.en} before (at most {top})",
            f"{what.ar}: {many.ar} في {when}، وهو أعلى رقم منذ {past.ar} (كان أقصاه قبل ذلك {top})",
        )

    params = {"window": size, "floor": floor, "cooldown": quiet, "most_missing": most_missing}
    return Scan(NAME, VERSION, params, panel.counts, mean, p, _cooled(record, quiet), tested, baseline, value, tell)


@lru_cache(maxsize=50_000)
def worth(mean: float, k: float, n: int, floor: float, quiet: int) -> Worth:
    """What the rule is worth on independent NB(mean, k) counts: P(x > max of n, x >= floor), less the records that fall into the
    silence after an alarm (each must exceed the one that alarmed, so they are fewer than elsewhere)."""
    size = max(nb.support(mean, k), int(floor) + 2)
    mass = nb.pmf(mean, k, size)
    cdf = np.minimum(np.cumsum(mass), 1.0)
    top = np.diff(cdf**n, prepend=0.0)  # the highest of n
    level = np.maximum(np.arange(size), int(np.ceil(floor)) - 1)  # to be passed
    once = float(top @ (1.0 - cdf[level]))
    lower = np.concatenate([[0.0], cdf[:-1]])  # P(X < x)
    records = np.where(np.arange(size) >= floor, mass * lower**n, 0.0)
    later = mass * np.where(lower < 1, (1 - lower**quiet) / np.maximum(1 - lower, 1e-12), quiet)
    beyond = np.concatenate([np.cumsum(later[::-1])[::-1][1:], [0.0]])  # records in the silence after one of x
    silenced = float(records @ beyond / max(records.sum(), 1e-300))

    def power(ratio: float) -> float:
        changed = np.minimum(np.cumsum(nb.pmf(mean * ratio, k, max(size, nb.support(mean * ratio, k)))), 1.0)
        return float(1.0 - top @ changed[level] ** nb.AHEAD)

    return Worth(once / (1.0 + silenced), nb.smallest_ratio(power))


def _trailing_max(counts: Floats, window: int) -> Floats:
    filled = np.where(np.isnan(counts), -np.inf, counts)
    padded = np.concatenate([np.full((len(counts), window), -np.inf), filled[:, :-1]], axis=1)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, window, axis=1).max(axis=-1))


def _cooled(alarm: Bools, quiet: int) -> Bools:
    kept = np.zeros_like(alarm)
    until = np.full(len(alarm), -1)
    for column in np.flatnonzero(alarm.any(axis=0)):
        now = alarm[:, column] & (column > until)
        kept[now, column] = True
        until[now] = column + quiet
    return kept
