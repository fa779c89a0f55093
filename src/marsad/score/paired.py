"""Paired differences of two forecasters' scores, with a bootstrap over units: the cases of one unit stand or fall together."""

from typing import NamedTuple

import numpy as np

from marsad.score.crps import Floats


class Difference(NamedTuple):
    """gain: by how much the mean score lies below the other's, as a share of it (0.05: 5% better); low, high: its interval, None of a
    single unit, which tells nothing of others."""

    gain: float
    low: float | None
    high: float | None
    mean: float
    other: float
    units: int

    @property
    def words(self) -> str:
        """The gain with its interval: "+10.2% (+6.0% to +12.7%)"."""
        if self.low is None or self.high is None:
            return f"{self.gain:+.1%}, one unit" if self.units == 1 else "not scored"
        return f"{self.gain:+.1%} ({self.low:+.1%} to {self.high:+.1%})"


def paired(scores: Floats, others: Floats, *, level: float = 0.9, draws: int = 2000, seed: int = 0) -> Difference:
    """Compare mean scores. scores, others: windows x units x leads (or units x anything), the same cases, NaN where not scored. Windows are
    averaged with equal weight if there are three axes."""
    a, b = (np.where(np.isnan(scores) | np.isnan(others), np.nan, x) for x in (scores, others))
    if a.ndim == 2:
        a, b = a[None], b[None]
    known = ~np.isnan(a)
    count = known.sum(axis=2).astype(np.float64)  # windows x units
    sums = [np.where(known, x, 0.0).sum(axis=2) for x in (a, b)]
    some = np.flatnonzero(count.sum(axis=0) > 0)
    if len(some) == 0:
        return Difference(float("nan"), None, None, float("nan"), float("nan"), 0)
    count, (one, two) = count[:, some], (s[:, some] for s in sums)

    def means(weight: Floats) -> tuple[Floats, Floats]:
        n = np.maximum(weight @ count.T, 1e-12)
        return (weight @ one.T / n).mean(axis=-1), (weight @ two.T / n).mean(axis=-1)

    mean, other = (float(x) for x in means(np.ones(len(some))))
    gain = 1 - mean / other if other > 0 else 0.0
    if len(some) == 1:
        return Difference(gain, None, None, mean, other, 1)
    rng = np.random.default_rng(seed)
    times = rng.multinomial(len(some), np.full(len(some), 1 / len(some)), size=draws).astype(np.float64)
    drawn, base = means(times)
    gains = 1 - np.divide(drawn, base, out=np.ones_like(drawn), where=base > 0)
    low, high = np.quantile(gains, [(1 - level) / 2, (1 + level) / 2])
    return Difference(gain, float(low), float(high), mean, other, len(some))
