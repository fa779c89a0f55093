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


USUAL, STRENGTH = 2.0, 10.0
"""Counts of conflict have a size k of about 2; an estimate is drawn to that as if STRENGTH periods rich in counts had shown it."""


def moments(total: Floats, squares: Floats, n: Floats) -> tuple[Floats, Floats]:
    """(mean, k) by the method of moments from sums, sums of squares and numbers of values, k drawn to USUAL where the counts say
    little about it: a period tells (mean / (1 + mean))² of what a rich one does. NaN where n < 2."""
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / n
        told = n * (mean / (1 + mean)) ** 2
        inverse = np.where(mean > 0, ((squares - total * mean) / (n - 1) - mean) / mean**2, 0.0)
        inverse = (told * np.maximum(inverse, 0.0) + STRENGTH / USUAL) / (told + STRENGTH)
        k = 1 / np.maximum(inverse, 1 / POISSON)
    return mean, np.where(n < 2, np.nan, np.clip(k, 0.05, POISSON))


def moment(total: float, squares: float, n: float) -> float:
    """k of one baseline, as `moments`; POISSON where there is none."""
    if n < 2 or total <= 0:
        return POISSON
    mean = total / n
    told = n * (mean / (1 + mean)) ** 2
    inverse = max(((squares - total * mean) / (n - 1) - mean) / mean**2, 0.0)
    return min(max((told + STRENGTH) / (told * inverse + STRENGTH / USUAL), 0.05), POISSON)


def smallest_ratio(power: Callable[[float], float]) -> float | None:
    """The smallest ratio r in 1 .. LARGEST with power(r) >= POWER, to 2%; None if there is none. power grows with r."""
    if power(LARGEST) < POWER:
        return None
    low, high = 0.0, float(np.log(LARGEST))
    while high - low > 0.02:
        middle = (low + high) / 2
        low, high = (low, middle) if power(float(np.exp(middle))) >= POWER else (middle, high)
    return round(float(np.exp(high)), 2)


@lru_cache(maxsize=200_000)
def _cell(value: float, digits: float) -> float:
    return float(np.exp(round(np.log(value) / digits) * digits))


def rounded(mu: float, k: float) -> tuple[float, float]:
    """(mu, k) on a grid of 10% and 25%, so that what a method is worth is reckoned once for series that are alike."""
    return _cell(max(mu, 1e-3), 0.1), (POISSON if k >= 500 else _cell(k, 0.25))
