"""Negative binomial predictions: quantiles as atoms, and sizes k learnt by likelihood (variance = mean + mean²/k)."""

import numpy as np
from scipy.special import gammaln
from scipy.stats import nbinom

from marsad.forecast.atoms import Floats

SIZES = np.array([0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])
POINTS = 41
PRIOR = 8.0
"""Weight of what all strata together say about k, in cases."""


GRID = 0.04


def log_likelihood(x: Floats, mean: Floats, size: Floats) -> Floats:
    """Log probability of x under NB(mean, size)."""
    norm = gammaln(x + size) - gammaln(size) - gammaln(x + 1)
    return np.asarray(norm + size * np.log(size / (size + mean)) + x * np.log(mean / (size + mean)))


def best_sizes(x: Floats, mean: Floats, strata: np.ndarray) -> Floats:
    """The k of SIZES that each of 6 strata makes likeliest, drawn towards what all of them say."""
    found = np.zeros((6, len(SIZES)))
    for n, size in enumerate(SIZES):
        found[:, n] = np.bincount(strata, log_likelihood(x, mean, size), 6)
    together = found.sum(axis=0) / max(len(x), 1)
    return np.asarray(SIZES[np.argmax(found + PRIOR * together, axis=1)])


def quantiles(mean: Floats, size: Floats, points: int = POINTS) -> Floats:
    """Quantiles at the middles of `points` equal slices of NB(mean, size): shape of `mean` + (points,).

    mean and size are taken on a grid of 4%, so that each distribution is reckoned once.
    """
    grid = np.round(np.log(np.maximum(mean, 1e-3)).ravel() / GRID).astype(np.int64)
    sizes = np.round(np.log(np.clip(size, 0.02, 500.0)).ravel() / GRID).astype(np.int64)
    low = sizes.min()
    keys, back = np.unique((grid + 10_000) * 2048 + (sizes - low), return_inverse=True)
    mu, k = np.exp((keys // 2048 - 10_000) * GRID), np.exp((keys % 2048 + low) * GRID)
    q = (np.arange(points) + 0.5) / points
    table = nbinom.ppf(q[None, :], k[:, None], (k / (k + mu))[:, None])
    return np.asarray(table[back].reshape(*mean.shape, points))
