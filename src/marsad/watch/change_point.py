"""Change point: a Poisson-Gamma model of when the rate last changed, kept up to date with each count.

Bayesian online change-point detection (Adams and MacKay 2007) over the last RUNS periods: hypothesis r says that the rate changed r
periods ago, hypothesis 0 that it did not. Under each the counts of the run are Poisson with a gamma rate; the prior of an unchanged rate is
the baseline's posterior, that of a new one is wide around it. Overdispersed counts are divided by their variance-to-mean ratio
(quasi-Poisson), or every burst would be a change. The statistic is the posterior chance that the rate changed and rose.

A change stays within the runs for RUNS periods and is told once, in the first of them whose statistic passes the threshold. That is no
p-value, so the threshold is set, and the false alarms stated, by simulation: independent NB counts with the unit's own mean and
dispersion (on a grid), SIMULATED periods, fixed seed.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln

from marsad.panel import Panel
from marsad.watch import nb
from marsad.watch.method import Baseline, Bools, Floats, Scan, Worth
from marsad.watch.nb_tail import GAP, LEAST, WINDOW, chance
from marsad.watch.predictive import tested_cells
from marsad.watch.share import alike, blocks, key, share
from marsad.watch.words import Both, plain, span, subject

NAME = "change_point"
VERSION = "2"
RUNS = 12
HAZARD = 1 / 100
CHAINS, STEPS = 400, 100
SIMULATED = CHAINS * STEPS
LEAST_RISE = 0.05
"""Chances of a rise below this never alarm."""
UNITS = 250
"""Units whose hypotheses are reckoned at once."""


def scan(panel: Panel, *, alpha: float = 0.01, window: int | None = None, gap: int = RUNS, least: int | None = None) -> Scan:
    """Alarms where the chance of a rise comes to pass the threshold of `alpha` a period. p: the share of simulated periods without a
    change that had such an alarm with so high a chance; 1 where there is none. gap: the baseline ends where the runs begin."""
    size, enough = window or WINDOW[panel.calendar.freq], least or LEAST[panel.calendar.freq]
    baseline = Baseline.of(panel.counts, size, max(gap, GAP))
    tested = tested_cells(panel.counts, baseline.n, enough)
    mean, k = baseline.moments()
    phi = 1 + np.nan_to_num(mean / k)
    rise, run = np.empty(panel.counts.shape), np.empty(panel.counts.shape, dtype=np.int8)

    def judge(part: slice) -> None:
        rise[part], run[part] = posterior(panel.counts[part], mean[part], phi[part], baseline.n[part])

    share(judge, blocks(len(panel), UNITS))
    p = _chances(rise, mean, k, tested, alpha)
    alarm = tested & (p <= alpha)
    share(lambda cell: worth(*cell, alpha), alike(mean, k, alarm, _cell))  # each alarm will be asked what it is worth

    def value(row: int, column: int) -> Worth:
        return worth(*key(mean[row, column], k[row, column], _cell), alpha)

    def tell(row: int, column: int) -> Both:
        what, length = subject(panel.units[row]), span(int(run[row, column]), panel.calendar.freq)
        when, usual = panel.label(column), plain(float(mean[row, column]))
        odds = chance(float(p[row, column]))
        return Both(
            f"{what.en}: the rate rose, most likely {length.en} before the end of {when}, where {usual} a period was usual; chance of so strong a sign if nothing changed: {odds.en}",
            f"{what.ar}: ارتفع المعدل، والأرجح أن ذلك قبل {length.ar} من نهاية {when}، والمعتاد {usual} في الفترة؛ احتمال علامة بهذه القوة لو لم يتغير شيء: {odds.ar}",
        )

    params = {"alpha": alpha, "window": size, "gap": gap, "least": enough, "runs": RUNS, "hazard": HAZARD}
    return Scan(NAME, VERSION, params, panel.counts, mean, p, alarm, tested, baseline, value, tell)


def _chances(rise: Floats, mean: Floats, k: Floats, tested: Bools, alpha: float) -> Floats:
    """p of each period, NaN where not tested."""
    p, above = np.where(tested, 1.0, np.nan), np.zeros(rise.shape, dtype=bool)
    cells = alike(mean, k, (rise > LEAST_RISE) & ~np.isnan(mean) & ~np.isnan(k), _cell)
    for (rows, columns), (limit, heights) in zip(cells.values(), share(lambda cell: _null(*cell, alpha), cells), strict=True):
        above[rows, columns] = rise[rows, columns] > limit
        p[rows, columns] = (len(heights) - np.searchsorted(heights, rise[rows, columns], side="left") + 1) / (SIMULATED + 1)
    fresh = above.copy()
    fresh[:, 1:] &= ~above[:, :-1]
    return np.where(tested & ~fresh, 1.0, np.where(tested, np.minimum(p, alpha), np.nan))


def posterior(
    counts: Floats, mean: Floats, phi: Floats, n: Floats, newest: int | None = None
) -> tuple[Floats, NDArray[np.int64]]:
    """(chance that the rate changed within RUNS periods and rose, likeliest length of the new run) of the `newest` periods, or of all.
    mean, phi, n: of the baseline of each period, arrays of the same shape as counts (units x periods)."""
    late = slice(counts.shape[1] - newest if newest else 0, None)
    scale = np.maximum(phi, 1.0)
    base, n = np.maximum(np.nan_to_num(mean) / scale, 0.02)[:, late], n[:, late]
    fresh, steady = Gamma(np.ones_like(base), 1.0 / base), Gamma(np.maximum(n * base, 0.5), np.maximum(n, 1.0))
    known = ~np.isnan(counts)
    totals, times = _runs(np.where(known, counts, 0.0) / scale, late), _runs(known.astype(np.float64), late)
    usual, odds, above = np.log(base), [], []
    for total, time in zip(totals, times, strict=True):
        shape, rate = 1.0 + total, np.log(fresh.rate + time)
        odds.append(fresh.evidence(total, rate) - steady.evidence(total, np.log(steady.rate + time)) + np.log(HAZARD))
        # The rate of a new run is above the old one's mean: a normal approximation on the log scale is enough to share the posterior out.
        above.append(expit(1.702 * np.sqrt(shape) * (np.log(shape) - rate - usual)))
    top = np.maximum(np.maximum.reduce(odds), 0.0)
    whole, rise, best = np.exp(-top), np.zeros_like(top), np.zeros_like(top)
    run = np.ones(top.shape, dtype=np.int64)
    for r, (weight, risen) in enumerate(zip(odds, above, strict=True), start=1):
        np.exp(np.subtract(weight, top, out=weight), out=weight)
        whole += weight
        np.multiply(weight, risen, out=weight)
        rise += weight
        run[weight > best] = r
        np.maximum(best, weight, out=best)
    return rise / whole, run


def _runs(x: Floats, late: slice) -> Iterator[Floats]:
    """Sums over the last 1 .. RUNS periods."""
    sums = x.copy()
    for r in range(RUNS):
        yield sums[:, late]
        if r + 1 < x.shape[1]:
            sums[:, r + 1 :] += x[:, : x.shape[1] - r - 1]


class Gamma:
    """A gamma rate of Poisson counts: shape and rate, and the log evidence of a run, up to what all hypotheses share."""

    def __init__(self, shape: Floats, rate: Floats) -> None:
        self.shape, self.rate = shape, rate
        self.prior = shape * np.log(rate) - gammaln(shape)

    def evidence(self, total: Floats, log_rate: Floats) -> Floats:
        """total: of the run; log_rate: log of the rate with the run's times added."""
        after = self.shape + total
        return np.asarray(self.prior + gammaln(after) - after * log_rate)


def _cell(mean: Floats, k: Floats) -> tuple[Floats, Floats]:
    """(mean, k) on a coarse grid, so that few simulations serve many series; beyond a mean of 50 only k matters."""
    return np.exp(np.round(np.log(np.clip(mean, 0.02, 50.0)) * 4) / 4), np.exp(np.round(np.log(np.minimum(k, 100.0))))


@lru_cache(maxsize=4096)
def _simulated(mean: float, k: float, ratio: float) -> Floats:
    """Chances of a rise in the last periods of CHAINS chains and the one before them: STEPS periods without a change (ratio 1), or
    nb.AHEAD at `ratio` times the rate before."""
    rng = np.random.default_rng(20_06)
    steps = STEPS if ratio == 1 else nb.AHEAD
    length = 52 + RUNS + steps + 1
    rate = np.full((CHAINS, length), mean)
    rate[:, length - steps :] *= ratio
    counts = rng.negative_binomial(k, k / (k + rate)).astype(np.float64)
    baseline = Baseline.of(counts, 52, RUNS)
    m, size = baseline.moments()
    late = slice(length - steps - RUNS, None)  # the runs of the periods that are looked at reach back no further
    rise, _ = posterior(counts[:, late], m[:, late], 1 + np.nan_to_num(m / size)[:, late], baseline.n[:, late], steps + 1)
    return rise


def _fresh(rise: Floats, limit: float) -> Bools:
    return np.asarray((rise[:, 1:] > limit) & (rise[:, :-1] <= limit))


@lru_cache(maxsize=4096)
def _null(mean: float, k: float, alpha: float) -> tuple[float, Floats]:
    """(the highest threshold that is newly passed in `alpha` of the periods without a change, sorted heights of those passes)."""
    rise = _simulated(mean, k, 1.0)
    now, both = np.sort(rise[:, 1:].ravel()), np.sort(np.minimum(rise[:, 1:], rise[:, :-1]).ravel())
    passes = np.searchsorted(both, now, side="right") - np.searchsorted(now, now, side="right")
    limit = (
        float(now[np.flatnonzero(passes >= alpha * SIMULATED)[-1]])
        if (passes >= alpha * SIMULATED).any()
        else float(now[passes.argmax()])
    )
    limit = max(limit, LEAST_RISE)
    return limit, np.sort(rise[:, 1:][_fresh(rise, limit)])


@lru_cache(maxsize=4096)
def worth(mean: float, k: float, alpha: float) -> Worth:
    """False alarms and the smallest change seen, by simulation."""
    limit, heights = _null(mean, k, alpha)
    power = lambda ratio: float(_fresh(_simulated(mean, k, round(ratio, 2)), limit).any(axis=1).mean())  # noqa: E731
    return Worth(len(heights) / SIMULATED, nb.smallest_ratio(power))
