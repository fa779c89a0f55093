"""Farrington flexible: a negative-binomial tail against a seasonal, trended baseline of the same weeks of earlier years.

Noufaily et al. 2013 (Statistics in Medicine 32), as described by Salmon, Schumacher and Hoehle 2016 for R `surveillance`: a quasi-Poisson
regression on `years` of history up to `gap` periods ago, with a factor for the season (the window of `half` periods around the same
time of year, the rest of the year in `parts` - 1 pieces) and a linear trend, kept unless it extrapolates beyond every count seen; past
outbreaks are weighted down by their Anscombe residuals. The upper bound is the 1 - alpha quantile of the negative binomial with the
fitted mean and variance phi times it ("nbPlugin"). Equal to that package's output, see tests/watch/test_farrington.py.

All units are fitted at once, since one period has one design. It needs `years` of record; where the year shows no season nb_tail sees
more with less.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from marsad.errors import UsageError
from marsad.panel import Panel
from marsad.periods import SEASON
from marsad.watch import nb
from marsad.watch.method import Baseline, Floats, Scan, Worth
from marsad.watch.nb_tail import chance
from marsad.watch.words import Both, amount, plain, subject

NAME = "farrington"
VERSION = "1"
HALF: dict[str, int] = {"W": 3, "M": 1}
PARTS: dict[str, int] = {"W": 10, "M": 4}
GAP: dict[str, int] = {"W": 26, "M": 6}
ITERATIONS = 40
TINY = 1e-10
SIMULATED = 600


def scan(
    panel: Panel,
    *,
    alpha: float = 0.01,
    years: int = 3,
    gap: int | None = None,
    heavy: float = 2.58,
    newest: int | None = None,
) -> Scan:
    """Alarms where the count exceeds the upper bound. years: of baseline (the trend needs 3). heavy: Anscombe residual from which a past
    count is weighted down. newest: only the last so many periods are judged. Raises UsageError for daily series."""
    freq = panel.calendar.freq
    if freq not in HALF:
        raise UsageError("farrington judges weeks and months, not days", mend="Count by week, or take nb_tail.")
    lag = GAP[freq] if gap is None else gap
    shape = panel.counts.shape
    expected, p = np.full(shape, np.nan), np.full(shape, np.nan)
    first = SEASON[freq] * years + HALF[freq]
    begin = max(first, panel.periods - newest) if newest else first
    for now in range(begin, panel.periods):
        mean, phi = fit(panel.counts, now, SEASON[freq], years, HALF[freq], PARTS[freq], lag, heavy)
        expected[:, now], p[:, now] = mean, tail(panel.counts[:, now], mean, phi)
    tested = ~np.isnan(p)
    with np.errstate(invalid="ignore"):
        alarm = tested & (p < alpha)
    baseline = Baseline.of(panel.counts, SEASON[freq] * years, lag)
    level, k = baseline.moments()

    def value(row: int, column: int) -> Worth:
        mean = (
            expected[row, column] if tested[row, column] else level[row, column]
        )  # of a thin record: what it could have seen
        return worth(*_cell(mean, k[row, column]), alpha, years, freq)

    def tell(row: int, column: int) -> Both:
        return _headline(panel, row, column, float(expected[row, column]), float(p[row, column]))

    params = {"alpha": alpha, "years": years, "gap": lag, "heavy": heavy, "newest": newest}
    return Scan(NAME, VERSION, params, panel.counts, expected, p, alarm, tested, baseline, value, tell)


def _headline(panel: Panel, row: int, column: int, expected: float, p: float) -> Both:
    unit, odds, usual = panel.units[row], chance(p), plain(expected)
    what, many, when = subject(unit), amount(unit, panel.counts[row, column]), panel.label(column)
    return Both(
        f"{what.en}: {many.en} in {when}, where {usual} is usual for the season; chance of so many if nothing changed: {odds.en}",
        f"{what.ar}: {many.ar} في {when}، والمعتاد في هذا الموسم {usual}؛ احتمال عدد كهذا لو لم يتغير شيء: {odds.ar}",
    )


def season(size: int, now: int, year: int, years: int, half: int, parts: int) -> np.ndarray:
    """The part of the year of each column up to `now`: `parts` - 1 for the window around the same time, 0 .. parts - 2 for the rest, -1
    before the baseline."""
    group = np.full(size, -1)
    group[now - half : now + 1] = parts - 1
    rest = year - 2 * half - 1
    lengths = np.full(parts - 1, rest // (parts - 1))
    lengths[: rest % (parts - 1)] += 1
    between = np.repeat(np.arange(parts - 1), lengths)
    for back in range(1, years + 1):
        same = now - back * year
        group[same - half : same + half + 1] = parts - 1
        group[same + half + 1 : same + half + 1 + rest] = between[: size - same - half - 1]
    return group


def fit(
    counts: Floats, now: int, year: int, years: int, half: int, parts: int, gap: int, heavy: float
) -> tuple[Floats, Floats]:
    """(expected count, dispersion phi) of every unit in column `now`; NaN where the baseline holds too little."""
    group = season(now + 1, now, year, years, half, parts)
    past = np.flatnonzero((group >= 0) & (np.arange(now + 1) < now - gap))
    past = past[np.argsort(group[past], kind="stable")]
    found, starts, part = np.unique(group[past], return_index=True, return_inverse=True)
    if not len(past) or found[-1] != parts - 1:
        return np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    y = counts[:, past]
    known = (~np.isnan(y)).astype(np.float64)
    y = np.nan_to_num(y)
    parted = Parted(starts, part)
    mean, phi = _weighted(parted, (past - now) / year, y, known, heavy)
    level, spread = _weighted(parted, None, y, known, heavy)
    trend = (mean <= y.max(axis=1)) & (years >= 3)
    enough = known.sum(axis=1) > len(starts) + 6
    return np.where(enough, np.where(trend, mean, level), np.nan), np.where(enough, np.where(trend, phi, spread), np.nan)


class Parted(NamedTuple):
    """Observations in order of the part of the year: where each part begins, and the part of each."""

    starts: NDArray[np.int64]
    part: NDArray[np.int64]

    def sums(self, x: Floats) -> Floats:
        """Units x parts."""
        return np.asarray(np.add.reduceat(x, self.starts, axis=1))

    def spread(self, x: Floats) -> Floats:
        """Units x observations: the value of each one's part."""
        return np.asarray(x[:, self.part])


def _weighted(parted: Parted, time: Floats | None, y: Floats, known: Floats, heavy: float) -> tuple[Floats, Floats]:
    """Fit, weigh past outbreaks down, fit again: (prediction for the last part now, phi). time: None for no trend."""
    free = len(parted.starts) + (time is not None)
    mu, leverage, _ = _regression(parted, time, y, known)
    phi = _dispersion(y, mu, known, free)
    leverage = np.clip(known * leverage, 0.0, 1 - 1e-9)
    residual = 1.5 * (np.cbrt(y) ** 2 * mu ** (-1 / 6) - np.sqrt(mu)) / np.sqrt(phi[:, None] * (1 - leverage))
    down = np.where(residual > heavy, np.maximum(np.abs(residual), 1e-9) ** -2.0, 1.0) * known
    weights = down * (known.sum(axis=1) / np.maximum(down.sum(axis=1), 1e-9))[:, None]
    mu, _, now = _regression(parted, time, y, weights)
    return now, _dispersion(y, mu, weights, free)


def _regression(parted: Parted, time: Floats | None, y: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Poisson regression of every unit on the parts and a slope in `time`: (fitted means, leverages, mean of the last part now).
    The level of a part follows from the slope: its total over its exposure."""
    totals = parted.sums(weights * y)
    growth = np.ones_like(y) if time is None else np.exp(_slope(parted, time, y, weights, totals)[:, None] * time)
    level = totals / np.maximum(parted.sums(weights * growth), TINY)
    mu = np.maximum(parted.spread(level) * growth, TINY)
    work = weights * mu
    s0 = np.maximum(parted.sums(work), TINY)
    inverse = parted.spread(1 / s0)  # x' I^-1 x of each observation; I is diagonal, with a trend an arrow
    if time is not None:
        s1, s2 = parted.sums(work * time), parted.sums(work * time**2)
        inverse = inverse + (time - parted.spread(s1 / s0)) ** 2 / np.maximum(
            (s2 - s1**2 / s0).sum(axis=1, keepdims=True), TINY
        )
    return mu, mu * inverse, np.maximum(level[:, -1], TINY)


def _slope(parted: Parted, time: Floats, y: Floats, weights: Floats, totals: Floats) -> Floats:
    """The slope of each unit by Newton's steps on its profile likelihood, which is concave; units that have arrived rest."""
    slope, left = np.zeros(len(y)), np.arange(len(y))
    towards = (weights * y * time).sum(axis=1)
    for _ in range(ITERATIONS):
        e = weights[left] * np.exp(slope[left, None] * time)
        e0, e1, e2 = np.maximum(parted.sums(e), TINY), parted.sums(e * time), parted.sums(e * time**2)
        score = towards[left] - (totals[left] * e1 / e0).sum(axis=1)
        information = (totals[left] * (e2 / e0 - (e1 / e0) ** 2)).sum(axis=1)
        step = np.clip(np.where(information > TINY, score / np.maximum(information, TINY), 0.0), -2.0, 2.0)
        slope[left] = np.clip(slope[left] + step, -25.0, 25.0)
        left = left[np.abs(step) > 1e-6]  # the next error is about the square of the step
        if not len(left):
            break
    return slope


def _dispersion(y: Floats, mu: Floats, weights: Floats, parameters: int) -> Floats:
    free = np.maximum((weights > 0).sum(axis=1) - parameters, 1)
    return np.asarray(np.maximum((weights * (y - mu) ** 2 / mu).sum(axis=1) / free, 1.0))


def tail(observed: Floats, mean: Floats, phi: Floats) -> Floats:
    """P(X >= observed), negative binomial with variance phi times the mean (Poisson where phi is 1)."""
    over = phi > 1 + 1e-9
    with np.errstate(invalid="ignore", divide="ignore"):
        heavy = nbinom.sf(observed - 1, mean / np.maximum(phi - 1, 1e-9), 1 / phi)
    return np.asarray(
        np.where(np.isnan(mean) | np.isnan(observed), np.nan, np.where(over, heavy, poisson.sf(observed - 1, mean)))
    )


def upper(mean: Floats, phi: Floats, alpha: float) -> Floats:
    """The 1 - alpha quantile of the same."""
    over = phi > 1 + 1e-9
    heavy = nbinom.ppf(1 - alpha, mean / np.maximum(phi - 1, 1e-9), 1 / phi)
    return np.asarray(np.where(over, heavy, poisson.ppf(1 - alpha, mean)))


def _cell(mean: float, k: float) -> tuple[float, float]:
    """(mean, k) on a coarse grid; beyond a mean of 50 only k matters."""
    return float(np.exp(round(np.log(min(max(mean, 0.05), 50.0)) * 2) / 2)), float(np.exp(round(np.log(min(k, 100.0)))))


@lru_cache(maxsize=1024)
def worth(mean: float, k: float, alpha: float, years: int, freq: str) -> Worth:
    """False alarms per period and the smallest change seen, by simulation of SIMULATED units of NB counts without season or trend."""
    rng = np.random.default_rng(2013)
    year = SEASON[freq]
    now = year * years + HALF[freq]
    counts = rng.negative_binomial(k, k / (k + mean), size=(SIMULATED, now + 1)).astype(np.float64)
    expected, phi = fit(counts, now, year, years, HALF[freq], PARTS[freq], GAP[freq], 2.58)
    limit = np.maximum(upper(expected, phi, alpha), 0.0)

    def alarm(ratio: float) -> float:
        return float(nbinom.sf(limit, k, k / (k + mean * ratio)).mean())

    def power(ratio: float) -> float:
        return float((1 - nbinom.cdf(limit, k, k / (k + mean * ratio)) ** nb.AHEAD).mean())

    return Worth(alarm(1.0), nb.smallest_ratio(power))
