"""NB-INGARCH(1,1): the mean follows the last count and the last mean (Ferland et al. 2006; negative binomial: Zhu 2011).

    lambda[t+1] = (1 - a - b) mu + a x[t] + b lambda[t],   x[t] ~ NB(lambda[t], k)

mu is the mean of the unit's known counts, (a, b) the pair of a grid with the least NB deviance, per unit; a + b stays below 1, so that
no path can explode. Means and variances h periods ahead follow exactly by recursion; a negative binomial with both is the forecast.
"""

import numpy as np

from marsad.forecast.atoms import Atoms, Floats
from marsad.forecast.negbin import POINTS, log_likelihood, quantiles
from marsad.panel import Panel

NAME = "nb_ingarch"
VERSION = "1"
GRID = tuple((a, b) for a in (0.1, 0.25, 0.4, 0.6, 0.8) for b in (0.0, 0.3, 0.55, 0.8) if a + b <= 0.96)
WINDOW = 120
WORKING_SIZE = np.array(2.0)
"""The k under which pairs are compared; the k of the forecast comes from the residuals."""


def predict(panel: Panel, leads: int) -> Atoms:
    """Atoms per unit and lead."""
    counts = panel.counts[:, -WINDOW:]
    known = ~np.isnan(counts)
    n = known.sum(axis=1)
    mu = np.where(known, counts, 0.0).sum(axis=1) / np.maximum(n, 1) + 0.02
    fits = [_filter(counts, known, mu, a, b) for a, b in GRID]
    best = np.argmax([fit[0] for fit in fits], axis=0)
    rows = np.arange(len(panel))
    ahead, spread = (np.stack([fit[i] for fit in fits])[best, rows] for i in (1, 2))
    a, b = np.array(GRID)[best].T
    mean, size = _ahead(mu, ahead, spread, a, b, leads)
    weights = np.where(n > 0, 1.0 / POINTS, 0.0)
    return Atoms(quantiles(mean, size), np.broadcast_to(weights[:, None, None], (len(panel), leads, POINTS)))


def _filter(counts: Floats, known: np.ndarray, mu: Floats, a: float, b: float) -> tuple[Floats, Floats, Floats]:
    """(log likelihood, mean of the next period, 1/k) per unit."""
    mean, fit, over, squares = mu.copy(), np.zeros(len(mu)), np.zeros(len(mu)), np.full(len(mu), 1e-9)
    for t in range(counts.shape[1]):
        here = known[:, t]
        x = np.where(here, counts[:, t], mean)
        fit += np.where(here, log_likelihood(x, mean, WORKING_SIZE), 0.0)
        over += np.where(here, (x - mean) ** 2 - mean, 0.0)
        squares += np.where(here, mean**2, 0.0)
        mean = np.maximum((1 - a - b) * mu + a * x + b * mean, 1e-3)
    return fit, mean, np.clip(over / squares, 1 / 64, 10.0)


def _ahead(mu: Floats, next_mean: Floats, spread: Floats, a: Floats, b: Floats, leads: int) -> tuple[Floats, Floats]:
    """Mean and size of NB at each lead (units x leads) with the exact first two moments."""
    means, sizes = [], []
    mean, variance = next_mean, np.zeros_like(mu)  # of lambda
    for _ in range(leads):
        count_variance = mean + (mean**2 + variance) * spread
        total = variance + count_variance
        means.append(mean)
        sizes.append(mean**2 / np.maximum(total - mean, mean**2 / 64))
        mean, variance = mu + (a + b) * (mean - mu), (a + b) ** 2 * variance + a**2 * count_variance
    return np.stack(means, axis=1), np.stack(sizes, axis=1)
