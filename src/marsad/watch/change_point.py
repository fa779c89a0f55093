"""Change point: a Poisson-Gamma model of when the rate last changed, kept up to date with each count.

Bayesian online change-point detection (Adams and MacKay 2007) over the last RUNS periods: hypothesis r says that the rate changed r
periods ago, hypothesis 0 that it did not. Under each the counts of the run are Poisson with a gamma rate; the prior of an unchanged rate is
the baseline's posterior, that of a new one is wide around it. Overdispersed counts are divided by their variance-to-mean ratio
(quasi-Poisson), or every burst would be a change. The statistic is the posterior chance that the rate changed and rose.

It is no p-value, so its threshold is set, and its false alarms stated, by simulation: independent NB counts with the unit's own mean and
dispersion (on a grid), SIMULATED periods, fixed seed.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from scipy.special import expit, gammaln, logsumexp

from marsad.panel import Panel
from marsad.watch import nb
from marsad.watch.method import Baseline, Floats, Scan, Worth
from marsad.watch.nb_tail import GAP, LEAST, WINDOW
from marsad.watch.predictive import tested_cells
from marsad.watch.words import Both, plain, span, subject

NAME = "change_point"
VERSION = "1"
RUNS = 12
HAZARD = 1 / 100
CHAINS, STEPS = 400, 100
SIMULATED = CHAINS * STEPS
UNITS = 1000
"""Units whose hypotheses are held in memory at once."""


def scan(panel: Panel, *, alpha: float = 0.01, window: int | None = None, gap: int = RUNS, least: int | None = None) -> Scan:
    """Alarms where the chance of a rise passes the threshold of `alpha` a period. p: the share of simulated periods without a
    change that had so high a chance. gap: the baseline ends where the runs begin."""
    size, enough = window or WINDOW[panel.calendar.freq], least or LEAST[panel.calendar.freq]
    baseline = Baseline.of(panel.counts, size, max(gap, GAP))
    tested = tested_cells(panel.counts, baseline.n, enough)
    mean, k = baseline.moments()
    phi = 1 + np.nan_to_num(mean / k)
    parts = [slice(low, low + UNITS) for low in range(0, len(panel), UNITS)]
    found = [posterior(panel.counts[part], mean[part], phi[part], baseline.n[part]) for part in parts]
    rise, run = (np.concatenate([each[n] for each in found]) for n in (0, 1))
    p = np.full(panel.counts.shape, np.nan)
    keys: dict[tuple[float, float], list[tuple[int, int]]] = {}
    likely = tested & (rise > 0.2)
    for row, column in np.argwhere(likely):
        keys.setdefault(_cell(mean[row, column], k[row, column]), []).append((int(row), int(column)))
    for key, cells in keys.items():
        null = _null(*key)
        rows, columns = np.array(cells).T
        p[rows, columns] = (len(null) - np.searchsorted(null, rise[rows, columns], side="left") + 1) / (len(null) + 1)
    p = np.where(tested & ~likely, 1.0, p)
    with np.errstate(invalid="ignore"):
        alarm = tested & (p <= alpha)

    def value(row: int, column: int) -> Worth:
        return worth(*_cell(mean[row, column], k[row, column]), alpha)

    def tell(row: int, column: int) -> Both:
        what, length = subject(panel.units[row]), span(int(run[row, column]), panel.calendar.freq)
        when, usual = panel.label(column), plain(float(mean[row, column]))
        odds = f"{rise[row, column]:.0%}"
        return Both(
            f"{what.en}: the rate rose, most likely {length.en} before the end of {when} (chance of a change {odds}; {usual} a period was usual)",
            f"{what.ar}: ارتفع المعدل، والأرجح أن ذلك قبل {length.ar} من نهاية {when} (احتمال التغيّر {odds}؛ والمعتاد {usual} في الفترة)",
        )

    params = {"alpha": alpha, "window": size, "gap": gap, "least": enough, "runs": RUNS, "hazard": HAZARD}
    return Scan(NAME, VERSION, params, panel.counts, mean, p, alarm, tested, baseline, value, tell)


def posterior(counts: Floats, mean: Floats, phi: Floats, n: Floats) -> tuple[Floats, Floats]:
    """(chance that the rate changed within RUNS periods and rose, likeliest length of the new run)."""
    known = ~np.isnan(counts)
    x = np.where(known, counts, 0.0) / np.maximum(phi, 1.0)
    base = np.maximum(np.nan_to_num(mean) / np.maximum(phi, 1.0), 0.02)
    sums, times = np.zeros((RUNS, *counts.shape)), np.zeros((RUNS, *counts.shape))
    for r in range(1, RUNS + 1):
        back = min(r - 1, counts.shape[1])
        here, some = np.zeros_like(x), np.zeros_like(x)
        here[:, back:], some[:, back:] = x[:, : counts.shape[1] - back], known[:, : counts.shape[1] - back]
        sums[r - 1] = here if r == 1 else sums[r - 2] + here
        times[r - 1] = some if r == 1 else times[r - 2] + some
    steady = np.maximum(n * base, 0.5), np.maximum(n, 1.0)  # gamma shape and rate of an unchanged rate
    fresh = np.full_like(base, 1.0), 1.0 / base
    new, old = _evidence(*fresh), _evidence(*steady)
    odds = np.stack([new(s, t) - old(s, t) for s, t in zip(sums, times, strict=True)]) + np.log(HAZARD)
    # The rate of a new run is above the old one's mean: a normal approximation on the log scale is enough to share the posterior out.
    shape = sums + 1.0
    above = expit(1.702 * np.sqrt(shape) * (np.log(shape / (times + 1.0 / base)) - np.log(base)))
    whole = logsumexp(np.concatenate([np.zeros((1, *counts.shape)), odds]), axis=0)
    return np.asarray((np.exp(odds - whole) * above).sum(axis=0)), np.argmax(odds + np.log(above + 1e-12), axis=0) + 1


def _evidence(shape: Floats, rate: Floats) -> Callable[[Floats, Floats], Floats]:
    """Log evidence of a run of Poisson counts (total, times) under a gamma rate, up to what all hypotheses share."""
    prior = shape * np.log(rate) - gammaln(shape)
    return lambda total, times: np.asarray(prior + gammaln(shape + total) - (shape + total) * np.log(rate + times))


def _cell(mean: float, k: float) -> tuple[float, float]:
    """(mean, k) on a coarse grid, so that few simulations serve many series; beyond a mean of 50 only k matters."""
    return float(np.exp(round(np.log(min(max(mean, 0.02), 50.0)) * 4) / 4)), float(np.exp(round(np.log(min(k, 100.0)))))


@lru_cache(maxsize=4096)
def _simulated(mean: float, k: float, ratio: float) -> Floats:
    """Chances of a rise where the rate is `ratio` times its baseline for nb.AHEAD periods at the end of each of SIMULATED / AHEAD chains
    (ratio 1: in every period)."""
    rng = np.random.default_rng(20_06)
    length = 52 + RUNS + (STEPS if ratio == 1 else nb.AHEAD)
    rate = np.full((CHAINS, length), mean)
    rate[:, length - (nb.AHEAD if ratio != 1 else 0) :] *= ratio
    counts = rng.negative_binomial(k, k / (k + rate)).astype(np.float64)
    baseline = Baseline.of(counts, 52, RUNS)
    m, size = baseline.moments()
    late = slice(52 + 1, None)  # the periods that are looked at, and the RUNS - 1 before them that their runs reach back to
    rise, _ = posterior(*(x[:, late] for x in (counts, m, 1 + np.nan_to_num(m / size), baseline.n)))
    return rise[:, RUNS - 1 :]


@lru_cache(maxsize=4096)
def _null(mean: float, k: float) -> Floats:
    return np.sort(_simulated(mean, k, 1.0).ravel())


@lru_cache(maxsize=4096)
def worth(mean: float, k: float, alpha: float) -> Worth:
    """False alarms and the smallest change seen, by simulation."""
    null = _null(mean, k)
    threshold = float(null[int(np.ceil(len(null) * (1 - alpha)))])
    power = lambda ratio: float((_simulated(mean, k, round(ratio, 2)) > threshold).any(axis=1).mean())  # noqa: E731
    return Worth(float((null > threshold).mean()), nb.smallest_ratio(power))
