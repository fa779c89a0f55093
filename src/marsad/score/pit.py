"""The probability integral transform of counts: uniform if the odds are right.

A count falls on a jump of F, so the PIT is drawn between P(X < y) and P(X <= y) (randomised PIT; Czado, Gneiting and Held 2009). The
draw is seeded: two runs are equal.
"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import kstest

from marsad.score.crps import Floats


def pit(values: Floats, weights: Floats, outcomes: Floats, *, seed: int = 0) -> Floats:
    """The randomised PIT; NaN where the outcome is missing. An outcome between two atoms falls on the atom nearest to it if that is
    within half the distance to the next, so that a coarse support is not held against a forecast."""
    nearest = _nearest(values, weights, outcomes)
    below = (weights * (values < nearest[..., None])).sum(axis=-1)
    at = (weights * (values == nearest[..., None])).sum(axis=-1)
    draw = np.random.default_rng(seed).random(outcomes.shape)
    return np.where(np.isnan(outcomes), np.nan, below + draw * at)


def _nearest(values: Floats, weights: Floats, outcomes: Floats) -> Floats:
    x = np.where(weights > 0, np.broadcast_to(values, weights.shape), np.inf)
    inside = (outcomes >= x.min(axis=-1)) & (outcomes <= np.where(np.isinf(x), -np.inf, x).max(axis=-1))
    best = np.argmin(np.abs(x - np.nan_to_num(outcomes)[..., None]), axis=-1)
    return np.where(inside, np.take_along_axis(x, best[..., None], -1)[..., 0], outcomes)


def uniformity(values: Floats, bins: int = 10) -> tuple[float, float, Floats]:
    """(greatest distance from uniform, p of Kolmogorov and Smirnov, share in each of `bins`). p takes cases as independent, which those of
    one war are not: the distance is the measure to read."""
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return float("nan"), float("nan"), np.full(bins, np.nan)
    found = kstest(known, "uniform")
    shares = np.histogram(known, bins=bins, range=(0.0, 1.0))[0] / len(known)
    return float(found.statistic), float(found.pvalue), shares


def by_chance(values: Floats, columns: Sequence[int], lead: int, *, level: float = 0.95, draws: int = 1000) -> float:
    """How far from uniform (as `uniformity` measures it) the PIT of right odds may lie by chance: the `level` quantile.

    values: PITs, windows x anything, NaN where there is none; columns: the period of each window's origin; lead: the farthest
    period ahead. Outcomes of one origin may all go together, and those of origins less than `lead` apart share periods; right odds
    leave nothing else in common. So each origin's part of the empirical process, 1{PIT <= u} summed over its cases, less what is
    usual here, is multiplied by a normal number, correlated 1 - distance / lead (dependent wild bootstrap, Shao 2010; for PITs so Rossi
    and Sekhposyan 2019), and what taking the usual off has taken from the variance is given back. Where few origins do not overlap
    almost any distance may be chance.
    """
    return against_chance(values, columns, lead, level=level, draws=draws)[0]


def how_rare(values: Floats, columns: Sequence[int], lead: int, *, draws: int = 1000) -> float:
    """The share of such distances, by chance, that are as great as that of these PITs (their p); NaN where there is no case."""
    return against_chance(values, columns, lead, draws=draws)[1]


def against_chance(
    values: Floats, columns: Sequence[int], lead: int, *, level: float = 0.95, draws: int = 1000
) -> tuple[float, float]:
    """(`by_chance`, `how_rare`) of one bootstrap."""
    far = _distances(values, columns, lead, draws)
    if far is None:
        return float("nan"), float("nan")
    rare = (1 + (far >= uniformity(values)[0]).sum()) / (1 + len(far))
    return min(1.0, float(np.quantile(far, level))), float(rare)


def _distances(values: Floats, columns: Sequence[int], lead: int, draws: int) -> Floats | None:
    """Distances from uniform that right odds would show: one each draw of the bootstrap."""
    grid, cases = np.linspace(0.01, 0.99, 99), values.reshape(len(values), -1)
    known = [np.sort(x[~np.isnan(x)]) for x in cases]
    size = np.array([float(len(x)) for x in known])
    if size.sum() == 0:
        return None
    process = np.stack([np.searchsorted(x, grid, side="right") for x in known]) / size.sum()
    share = size / size.sum()
    apart = np.abs(np.subtract.outer(np.asarray(columns), np.asarray(columns)))
    together = np.maximum(1 - apart / lead, 0.0) + 1e-9 * np.eye(len(values))
    centre = np.eye(len(values)) - np.outer(share, np.ones(len(values)))
    whole = together * np.outer(share, share)  # covariance, if all cases of an origin go together
    left = float(np.trace(together @ centre @ whole @ centre.T))
    if left < 1e-6 * whole.sum():
        return np.ones(draws)
    factors = np.random.default_rng(0).normal(size=(draws, len(values))) @ np.linalg.cholesky(together).T
    return np.asarray(np.abs(factors @ centre @ process).max(axis=1) * np.sqrt(whole.sum() / left))
