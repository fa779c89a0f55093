"""Level-conditional log change: what followed comparable situations anywhere in the panel, rescaled to the unit's own level.

For each unit the nearest earlier situations (of all units and origins) in recent level, longer level, last value and restlessness, all on
the log(1 + count) scale. Each gives an atom: its outcome times the ratio of the two levels; an outcome of zero stays zero. Weights fall
with distance (Gaussian kernel, as wide as the nearest third). A unit without an incident in its last 12 periods stays at what such
units had.
"""

import numpy as np
from scipy.spatial import cKDTree

from marsad.forecast.atoms import Atoms, Floats
from marsad.forecast.history import level, origins, outcomes, sample
from marsad.panel import Panel

NAME = "log_change"
VERSION = "1"
NEIGHBOURS = 150
SCALE = np.array([1.0, 1.0, 0.5, 0.5, 0.5])
LARGEST = 8.0
"""No outcome is scaled up or down by more than this."""


def predict(panel: Panel, leads: int) -> Atoms:
    """Atoms per unit and lead; without enough earlier situations there are none."""
    seen, followed = _library(sample(panel, 400), leads)
    now = features(panel.counts)
    able = np.asarray(~np.isnan(now).any(axis=1))
    count = min(NEIGHBOURS, len(seen))
    if count < 10:
        return Atoms.constant(np.zeros((len(panel), 1)), np.zeros((len(panel), 1)), leads)
    distance, near = cKDTree(seen * SCALE).query(np.nan_to_num(now) * SCALE, k=count)
    width = np.maximum(distance[:, count // 3][:, None], 0.05)
    weights = np.exp(-0.5 * (distance / width) ** 2)
    weights *= able[:, None] / weights.sum(axis=1, keepdims=True)
    ratio = np.clip(anchor(np.nan_to_num(now))[:, None] - anchor(seen)[near], -np.log(LARGEST), np.log(LARGEST))
    values = np.empty((len(panel), leads, count))
    for lead in range(leads):
        then = followed[near, lead]
        values[:, lead] = np.where(then > 0, np.maximum(np.round(np.expm1(np.log1p(then) + ratio)), 0.0), 0.0)
    return Atoms(values, np.broadcast_to(weights[:, None, :], values.shape))


def features(counts: Floats) -> Floats:
    """Units x 5: log levels of the last 3, 12 and 36 periods, of the last value, and how restless the last 12 were."""
    recent = np.log1p(counts[:, -12:])
    known = ~np.isnan(recent)
    n = np.maximum(known.sum(axis=1), 1)
    mean = np.where(known, recent, 0.0).sum(axis=1) / n
    restless = np.sqrt((np.where(known, recent - mean[:, None], 0.0) ** 2).sum(axis=1) / n)
    levels = [np.log1p(level(counts, 1e9, window)) for window in (3, 12, 36)]
    return np.stack([*levels, np.log1p(counts[:, -1]), restless], axis=1)


def anchor(seen: Floats) -> Floats:
    """The log level that outcomes are measured from: between the last 3 and the last 12 periods."""
    return np.asarray(0.5 * seen[:, 0] + 0.5 * seen[:, 1])


def _library(panel: Panel, leads: int) -> tuple[Floats, Floats]:
    seen, followed = [np.zeros((0, 5))], [np.zeros((0, leads))]
    for origin in origins(panel, [leads], start=11, most=120):
        then, after = features(panel.counts[:, : origin + 1]), outcomes(panel.counts, origin, range(1, leads + 1))
        known = ~np.isnan(then).any(axis=1) & ~np.isnan(after).any(axis=1)
        # Quiet situations are all alike; a few of them say it all.
        quiet = known & (then[:, 1] == 0)
        known &= ~quiet | (np.cumsum(quiet) % 8 == 1)
        seen.append(then[known])
        followed.append(after[known])
    return np.concatenate(seen), np.concatenate(followed)
