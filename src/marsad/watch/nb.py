"""Negative binomial counts: mean `mu`, size `k` (variance mu + mu²/k; k = inf is Poisson), and searches for the change that is seen."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

Floats = NDArray[np.float64]
POWER = 0.8
AHEAD = 4
"""Smallest change seen: the ratio to the expected rate that a method finds with probability POWER within AHEAD periods."""
LARGEST = 64.0
"""Ratios beyond this are not told: a method that needs more sees nothing."""
POISSON = 1e6


def pmf(mu: float, k: float, size: int) -> Floats:
    """Probabilities of 0 .. size-1."""
    x = np.arange(size, dtype=np.float64)
    if mu <= 0:
        return np.where(x == 0, 1.0, 0.0)
    if k >= POISSON:
        return np.asarray(np.exp(xlogy(x, mu) - mu - gammaln(x + 1)))
    q = mu / (k + mu)
    return np.asarray(np.exp(gammaln(x + k) - gammaln(k) - gammaln(x + 1) + k * np.log1p(-q) + x * np.log(q)))


def support(mu: float, k: float) -> int:
    """A size beyond which next to nothing lies: mean plus 12 standard deviations, and the long tail of a small `k`."""
    spread = np.sqrt(mu + (mu * mu / k if k < POISSON else 0.0))
    return int(min(mu + 12 * spread + 30 * (mu / k if k < POISSON else 0.0) + 20, 200_000))


def moments(total: Floats, squares: Floats, n: Floats) -> tuple[Floats, Floats]:
    """(mean, k) by the method of moments from sums, sums of squares and numbers of values; k is POISSON where the counts are not
    overdispersed. NaN where n < 2."""
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / n
        extra = (squares - total * mean) / (n - 1) - mean
        k = np.where(extra > 0, mean**2 / extra, POISSON)
    return mean, np.clip(np.where(mean > 0, k, POISSON), 0.05, POISSON)


def smallest_ratio(power: Callable[[float], float]) -> float | None:
    """The smallest ratio r in 1 .. LARGEST with power(r) >= POWER, to 1%; None if there is none. power grows with r."""
    if power(LARGEST) < POWER:
        return None
    low, high = 0.0, float(np.log(LARGEST))
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if power(float(np.exp(middle))) >= POWER else (middle, high)
    return round(float(np.exp(high)), 2)


@lru_cache(maxsize=200_000)
def _cell(value: float, digits: float) -> float:
    return float(np.exp(round(np.log(value) / digits) * digits))


def rounded(mu: float, k: float) -> tuple[float, float]:
    """(mu, k) on a grid of 5% and 20%, so that what a method is worth is reckoned once for series that are alike."""
    return _cell(max(mu, 1e-3), 0.05), (POISSON if k >= 500 else _cell(k, 0.2))
