"""The continuous ranked probability score of weighted atoms, exact, in O(n log n) a forecast.

    CRPS(F, y) = integral (F(x) - 1{y <= x})² dx = E|X - y| - E|X - X'| / 2       (Gneiting and Raftery 2007)

With atoms sorted, E|X - X'| / 2 = sum of w_i x_i (C_i + C_(i-1) - 1), C the running sum of weights. Atoms are taken as the whole
distribution (the 1/M² form), not as a sample of one.

>>> float(crps(np.array([0.0, 2.0]), np.array([0.5, 0.5]), np.array(1.0)))
0.5
"""

import numpy as np
from numpy.typing import NDArray

from marsad.errors import UsageError

Floats = NDArray[np.float64]


def crps(values: Floats, weights: Floats, outcomes: Floats) -> Floats:
    """CRPS in units of the counts; less is better. values, weights: ... x atoms; outcomes: ... NaN where the outcome is missing.

    Raises UsageError where weights are negative or do not sum to 1.
    """
    values, weights, outcomes = (
        np.broadcast_arrays(values, weights)[0],
        np.broadcast_arrays(values, weights)[1],
        np.asarray(outcomes),
    )
    _check(weights)
    order = np.argsort(values, axis=-1, kind="stable")
    x, w = np.take_along_axis(values, order, -1), np.take_along_axis(weights, order, -1)
    upto = np.cumsum(w, axis=-1)
    away = (w * np.abs(x - outcomes[..., None])).sum(axis=-1)
    return np.asarray(away - (w * x * (2 * upto - w - 1)).sum(axis=-1))


def log_crps(values: Floats, weights: Floats, outcomes: Floats) -> Floats:
    """CRPS of log(1 + count): an error by a factor weighs the same in a small war as in a great one (Bosse et al. 2023)."""
    return crps(np.log1p(values), weights, np.log1p(outcomes))


def tw_crps(values: Floats, weights: Floats, outcomes: Floats, threshold: float) -> Floats:
    """CRPS over counts of `threshold` and more only: threshold-weighted with 1{x >= threshold}, by chaining (Allen et al. 2023)."""
    return crps(np.maximum(values, threshold), weights, np.maximum(outcomes, threshold))


def _check(weights: Floats) -> None:
    if weights.size and (weights.min() < -1e-12 or np.abs(weights.sum(axis=-1) - 1).max() > 1e-6):
        raise UsageError("the weights of a forecast are negative or do not sum to 1", mend="Divide them by their sum first.")
