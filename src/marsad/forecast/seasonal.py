"""Seasonal recent values: a climatology that forgets, moved to the season it forecasts.

Fighting follows the year in many wars (mountain passes, harvests, rains). Each recent value of `Recent` is multiplied by the ratio of the
target's seasonal index to its own. The index of a part of the year is the mean, over the unit's own earlier years, of log(1 + count) less
the mean of the year around it, drawn to 0 by PRIOR years: a unit with little history, or no season, keeps its values as they are.
"""

import numpy as np
from scipy.special import ndtri

from marsad.forecast.atoms import Atoms, Floats
from marsad.forecast.history import recency
from marsad.forecast.recent import POINTS
from marsad.panel import Panel
from marsad.periods import SEASON

YEARS, PRIOR = 10, 3.0
PARTS = {"D": 12, "W": 13, "M": 12}
"""Parts of the year that have an index: months, or spans of four weeks."""
LARGEST = 4.0
"""No value is moved by more than this factor."""


class Seasonal:
    """half_life, window: as Recent; spread: of the log of the factor."""

    VERSION = "1"

    def __init__(self, half_life: float, window: int = 24, spread: float = 0.3) -> None:
        self.half_life, self.window, self.spread = half_life, window, spread
        self.NAME = f"seasonal{half_life:g}_{spread:g}"

    def predict(self, panel: Panel, leads: int) -> Atoms:
        """Atoms per unit and lead."""
        values, weights = recency(panel.counts, self.half_life, self.window)
        index = indices(panel)
        then = index[:, part(panel, np.arange(panel.periods - values.shape[1], panel.periods))]
        target = index[:, part(panel, np.arange(panel.periods, panel.periods + leads))]
        factor = np.exp(np.clip(target[:, :, None] - then[:, None, :], -np.log(LARGEST), np.log(LARGEST)))
        moved = values[:, None, :] * factor
        spread = np.exp(ndtri((np.arange(POINTS) + 0.5) / POINTS) * self.spread)
        atoms = np.round(moved[..., None] * spread).reshape(*moved.shape[:2], -1)
        share = np.repeat(weights, POINTS, axis=1) / POINTS
        return Atoms(atoms, np.broadcast_to(share[:, None, :], atoms.shape))


def part(panel: Panel, columns: np.ndarray) -> np.ndarray:
    """The part of the year that each column lies in."""
    year = SEASON[panel.calendar.freq]
    return ((panel.first + columns) % year) * PARTS[panel.calendar.freq] // year


def indices(panel: Panel) -> Floats:
    """The seasonal index of each unit and part of the year, on the log(1 + count) scale; they sum to 0."""
    year, parts = SEASON[panel.calendar.freq], PARTS[panel.calendar.freq]
    counts = np.log1p(panel.counts[:, -YEARS * year :])
    columns = np.arange(panel.periods - counts.shape[1], panel.periods)
    known = ~np.isnan(counts)
    filled = np.where(known, counts, 0.0)
    half = year // 2
    sums = np.concatenate([np.zeros((len(counts), 1)), np.cumsum(filled, axis=1)], axis=1)
    seen = np.concatenate([np.zeros((len(counts), 1)), np.cumsum(known, axis=1)], axis=1)
    low, high = (
        np.maximum(np.arange(counts.shape[1]) - half, 0),
        np.minimum(np.arange(counts.shape[1]) + year - half, counts.shape[1]),
    )
    n = seen[:, high] - seen[:, low]
    around = (sums[:, high] - sums[:, low]) / np.maximum(n, 1)
    used = known & (n >= 0.9 * year)
    away = np.where(used, filled - around, 0.0)
    index: Floats = np.zeros((len(counts), parts))
    where = part(panel, columns)
    for p in range(parts):
        here = where == p
        times = used[:, here].sum(axis=1) * parts / year  # in years
        index[:, p] = (away[:, here].sum(axis=1) * parts / year) / (times + PRIOR)
    return np.asarray(index - index.mean(axis=1, keepdims=True))
