"""Hierarchical NB regression: the recent level corrected by trend, neighbours, posture and season, learnt over all units.

    log E[x at t + h] = log(level + 0.1) + B beta,   x ~ NB(mean, k)

B: differences between levels at several half-lives, whether the area is quiet, the level of the neighbours (areas of the same
country and family; else all other units), recent posture changes in the area (where the panel holds its series "AREA posture"), and
season (one yearly wave, where the panel spans three years). beta has a ridge prior at 0 (nothing changes). Units differ by a gamma
frailty whose posterior mean, (sum x + TAU) / (sum mean + TAU), multiplies the mean. One fit a lead, by iterated weighted least squares.
"""

import numpy as np

from marsad.forecast.atoms import Atoms, Floats
from marsad.forecast.history import learnt_leads, level, origins, outcomes, sample, stratum
from marsad.forecast.negbin import POINTS, best_sizes, quantiles
from marsad.panel import Panel, told
from marsad.periods import SEASON

NAME = "nb_regression"
VERSION = "1"
RIDGE, TAU, WORKING_SIZE, MOST, MOST_ORIGINS, WIDTH = 20.0, 10.0, 1.0, 1.5, 30, 11
"""MOST: no correction is larger than this on the log scale, nor a unit's factor outside of 1/2 .. 2."""


def predict(panel: Panel, leads: int) -> Atoms:
    """Atoms per unit and lead."""
    learn = sample(panel, 200)
    offset, columns = _design(panel, panel.periods - 1)
    chosen = learnt_leads(leads)[::2] or [1]
    past = {origin: _design(learn, origin) for origin in origins(learn, [1], start=5, most=MOST_ORIGINS)}
    found = {lead: _fit(learn, lead, past) for lead in chosen}
    means, sizes = [], []
    for lead in range(1, leads + 1):
        beta, size, factor = found[min(found, key=lambda c: abs(c - lead))]
        mean = np.exp(offset + np.clip(columns @ beta, -MOST, MOST)) * np.array([factor.get(u, 1.0) for u in panel.units])
        means.append(mean)
        sizes.append(size[stratum(mean)])
    known = ~np.isnan(level(panel.counts, 3.0, 36))
    weights = np.where(known, 1.0 / POINTS, 0.0)[:, None, None]
    values = quantiles(np.stack(means, axis=1), np.stack(sizes, axis=1))
    return Atoms(values, np.broadcast_to(weights, values.shape))


def _fit(panel: Panel, lead: int, past: dict[int, tuple[Floats, Floats]]) -> tuple[Floats, Floats, dict[str, float]]:
    """(beta, k per stratum, factor per unit) from earlier origins."""
    parts = [
        (*past[origin], outcomes(panel.counts, origin, [lead])[:, 0], np.arange(len(panel)))
        for origin in past
        if origin + lead < panel.periods
    ]
    if not parts:
        return np.zeros(WIDTH), np.full(6, 1.0), {}
    offset, columns, x, unit = (np.concatenate([p[i] for p in parts]) for i in range(4))
    known = ~np.isnan(x)
    offset, columns, x, unit = offset[known], columns[known], x[known], unit[known]
    beta = np.zeros(WIDTH)
    for _ in range(6):
        mean = np.exp(offset + np.clip(columns @ beta, -MOST, MOST))
        weight = mean / (1 + mean / WORKING_SIZE)
        pull = columns.T @ (weight * np.clip((x - mean) / mean, -1.0, 20.0)) - RIDGE * beta
        beta = beta + np.linalg.solve((columns.T * weight) @ columns + RIDGE * np.eye(WIDTH), pull)
    mean = np.exp(offset + np.clip(columns @ beta, -MOST, MOST))
    scale = 1.0 / (1 + mean / WORKING_SIZE)  # what an overdispersed count is worth
    seen, expected = np.bincount(unit, x * scale, len(panel)), np.bincount(unit, mean * scale, len(panel))
    factor = np.clip((seen + TAU) / (expected + TAU), 0.5, 2.0)
    return beta, best_sizes(x, mean * factor[unit], stratum(mean)), dict(zip(panel.units, factor.tolist(), strict=True))


def _design(panel: Panel, origin: int) -> tuple[Floats, Floats]:
    """(log of the level, columns B) of each unit at the end of column `origin`; what is not known is 0."""
    counts = panel.counts[:, : origin + 1]
    levels = np.nan_to_num(
        np.stack([np.log(level(counts, h, w) + 0.1) for h, w in ((1, 12), (3, 24), (12, 60), (40, 240))]), nan=np.log(0.1)
    )
    middle = levels[1]
    season = 2 * np.pi * ((panel.first + origin) % SEASON[panel.calendar.freq]) / SEASON[panel.calendar.freq]
    spans = panel.periods >= 3 * SEASON[panel.calendar.freq]
    around, posture = _neighbours(panel.units, np.nan_to_num(level(counts, 3.0, 24)))
    columns = [
        np.ones(len(panel)), levels[0] - middle, levels[2] - middle, levels[3] - middle, middle <= np.log(0.11), np.minimum(middle, 0),
        np.maximum(middle - np.log(20), 0), np.log(around + 0.1) - middle, np.log1p(posture),
        np.full(len(panel), np.sin(season) * spans), np.full(len(panel), np.cos(season) * spans),
    ]  # fmt: skip
    return middle, np.stack([np.asarray(c, dtype=np.float64) for c in columns], axis=1)


def _neighbours(units: tuple[str, ...], levels: Floats) -> tuple[Floats, Floats]:
    """(mean level of the other units of the same group, level of posture changes in the same area) per unit."""
    groups = [f"{area.partition('/')[0]} {what} {deaths}" if "/" in area else "" for area, what, deaths in map(told, units)]
    names = sorted(set(groups))
    group = np.array([names.index(g) for g in groups])
    sums, sizes = np.bincount(group, levels)[group], np.bincount(group)[group]
    around = np.where(sizes > 1, (sums - levels) / np.maximum(sizes - 1, 1), levels)
    where = {u: levels[n] for n, u in enumerate(units)}
    posture = np.array([where.get(f"{told(u).area} posture", 0.0) if " " in u else 0.0 for u in units])
    return around, posture
