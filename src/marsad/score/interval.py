"""Quantiles of weighted atoms, the interval score, and coverage."""

import numpy as np

from marsad.errors import UsageError
from marsad.score.crps import Floats


def quantile(values: Floats, weights: Floats, level: float) -> Floats:
    """The least atom x with P(X <= x) >= level. values, weights: ... x atoms."""
    order = np.argsort(values, axis=-1, kind="stable")
    x = np.take_along_axis(np.broadcast_to(values, weights.shape), order, -1)
    upto = np.cumsum(np.take_along_axis(weights, order, -1), axis=-1)
    at = np.argmax(upto >= level - 1e-12, axis=-1)
    return np.asarray(np.take_along_axis(x, at[..., None], -1)[..., 0])


def interval_score(values: Floats, weights: Floats, outcomes: Floats, *, level: float) -> Floats:
    """Winkler's score of the central interval of probability `level` (declared, never guessed):
    width + 2 / (1 - level) times the distance by which the outcome is missed (Gneiting and Raftery 2007, eq. 43)."""
    if not 0 < level < 1:
        raise UsageError(f"an interval of level {level} is none", mend="Give a level between 0 and 1, like 0.9.")
    tail = (1 - level) / 2
    low, high = quantile(values, weights, tail), quantile(values, weights, 1 - tail)
    missed = np.maximum(low - outcomes, 0) + np.maximum(outcomes - high, 0)
    return np.asarray(high - low + missed / tail)


def coverage(values: Floats, weights: Floats, outcomes: Floats, *, level: float) -> Floats:
    """1 where the outcome lies in the central interval, ends included; NaN where it is missing. Counts over-cover where most are 0."""
    tail = (1 - level) / 2
    low, high = quantile(values, weights, tail), quantile(values, weights, 1 - tail)
    return np.where(np.isnan(outcomes), np.nan, (outcomes >= low) & (outcomes <= high))
