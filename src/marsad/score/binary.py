"""Scores of probabilities of events: Brier, and the calibration curve."""

from typing import NamedTuple

import numpy as np

from marsad.score.crps import Floats


class Bin(NamedTuple):
    """Forecasts of about the same probability: how many, their mean, how often it happened, and a 90% Wilson interval of that."""

    n: int
    said: float
    happened: float
    low: float
    high: float


def brier(said: Floats, happened: Floats) -> Floats:
    """(p - o)²; less is better. happened: 0 or 1, NaN where it is not known."""
    return np.asarray((said - happened) ** 2)


def calibration(said: Floats, happened: Floats, bins: int = 10) -> list[Bin]:
    """The calibration curve over `bins` equal ranges of probability; empty ones are left out."""
    known = ~np.isnan(happened)
    p, o = said[known], happened[known]
    where = np.minimum((p * bins).astype(int), bins - 1)
    found = []
    for n in range(bins):
        here = where == n
        count = int(here.sum())
        if count:
            rate, z2 = float(o[here].mean()), 1.645**2
            centre = (rate + z2 / (2 * count)) / (1 + z2 / count)
            half = 1.645 * np.sqrt(rate * (1 - rate) / count + z2 / (4 * count**2)) / (1 + z2 / count)
            found.append(Bin(count, float(p[here].mean()), rate, float(max(centre - half, 0)), float(min(centre + half, 1))))
    return found
