"""Conformal recalibration: what was said with probability u is said with the share of earlier cases in which it came true.

R(u) is the mean, over earlier cases of one stratum of level, of the non-randomised PIT of counts (Czado, Gneiting and Held 2009), drawn
towards the identity by PRIOR cases; the recalibrated distribution is R(F(x)). Monotone, so it stays a distribution.
"""

import numpy as np

from marsad.forecast.atoms import Floats

GRID = np.linspace(0.0, 1.0, 101)
PRIOR = 400.0


def maps(below: Floats, at: Floats, strata: np.ndarray) -> Floats:
    """R on GRID for each of 6 strata. below, at: P(count < outcome) and P(count <= outcome) of earlier cases."""
    made = np.tile(GRID, (6, 1))
    for s in range(6):
        here = strata == s
        if here.any():
            low, wide = below[here][:, None], np.maximum(at[here] - below[here], 1e-9)[:, None]
            share = np.clip((GRID - low) / wide, 0.0, 1.0).mean(axis=0)
            n = float(here.sum())
            made[s] = (n * share + PRIOR * GRID) / (n + PRIOR)
            made[s, -1] = 1.0
    return made


def recalibrate(cdf: Floats, table: Floats) -> Floats:
    """R of a matrix of probabilities."""
    return np.interp(cdf, GRID, table)
