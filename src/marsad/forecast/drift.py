"""Drift: where the newest outcomes fell in what was said of them, and what that tells of the odds now.

When a whole country grows more violent, or calmer, outcomes of all its units fall into the same tail for weeks, and no average over the
long past sees it. On the normal scale, z = Phi^-1(PIT), the units of one origin share a bias b, beside shocks of that origin alone. b is
followed by forgetting older origins, and drawn towards 0 (a discounted local level; West and Harrison 1997, chapter 6). Then
Phi((Phi^-1(F) - s b) / sqrt(1 + s^2 v)) is said instead of F: v is the variance of b, so that odds of a drift that is not well known
are wider, and s how much a drift shows at the unit's level (SENSE). How far b usually lies from 0 is learnt from the panel: if the odds
are right, outcomes `lead` or more apart do not go together (Diebold, Gunther and Tay 1998).

Only outcomes known at the origin are used. Where nothing happened of late nothing is learnt and nothing moved: what comes of wars that
are on says little of a first attack.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from marsad.forecast.atoms import Floats

HALF_LIFE = 6.0
"""Periods after which an outcome counts half."""
COMMON = 0.2
"""Share of the variance of z that units of one origin have in common."""
USUAL, PRIOR = 0.1, 2.0
"""Variance of b at one period ahead before anything is learnt (it rises with the root of the lead), and its weight in pairs."""
MIDDLE = np.array([0.0, 0.3, 2.2, 10.0, 45.0, 200.0])
SENSE = np.sqrt(MIDDLE / (MIDDLE + 4.0))
"""How far a change of the rate moves z, by stratum: the root of the information of NB(mean, 4) on its log mean, at MIDDLE."""
LEAST, MOST, EDGE = 0.01, 1.5, 1e-4


class Drift(NamedTuple):
    """Bias on the normal scale, above 0 if more came than was said, and its variance."""

    bias: float
    variance: float


def drift(below: Floats, at: Floats, strata: np.ndarray, origin: np.ndarray, lead: int, now: int) -> Drift:
    """The drift of one lead. below, at: P(count < outcome) and P(count <= outcome) of earlier cases; strata, origin: stratum and
    column of each; now: the column of the forecast's own origin."""
    some = SENSE[strata] > 0
    below, at, origin, sense = below[some], at[some], origin[some], SENSE[strata[some]]
    if len(origin) == 0:
        return Drift(0.0, 0.0)
    mean, variance = latent(below, at)
    when, which = np.unique(origin, return_inverse=True)
    told = np.maximum(np.bincount(which, sense**2 * (1 - variance)), 1e-6)  # in whole cases: a wide step tells next to nothing
    z = np.clip(np.bincount(which, sense * mean) / told, -MOST, MOST)
    precision = 1 / (COMMON + (1 - COMMON) / told)
    gap = np.diff(when) if len(when) > 1 else np.array([lead])
    own = np.minimum(np.append(gap[:1], gap)[-len(when) :], lead) / lead  # what outcomes share counts once
    usual = _usual(z, COMMON * precision * own, when, lead)
    weight = precision * own * 0.5 ** ((now - lead - when) / HALF_LIFE)
    known = float(weight.sum()) + 1 / usual
    return Drift(float(weight @ z) / known, 1 / known)


def latent(below: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of the normal variable that is known to lie between Phi^-1(below) and Phi^-1(at)."""
    low, high = (ndtri(np.clip(p, EDGE, 1 - EDGE)) for p in (below, at))
    wide = high - low > 1e-3
    share = np.where(wide, ndtr(high) - ndtr(low), 1.0)
    density = [np.exp(-0.5 * x**2) / np.sqrt(2 * np.pi) for x in (low, high)]
    mean = np.where(wide, (density[0] - density[1]) / share, (low + high) / 2)
    variance = np.where(wide, 1 + (low * density[0] - high * density[1]) / share - mean**2, 0.0)
    return mean, np.clip(variance, 0.0, 1.0)


def shifted(table: Floats, by: Drift) -> Floats:
    """Probabilities on a table (strata x points), moved by the drift."""
    bias, variance = by.bias * SENSE[:, None], by.variance * SENSE[:, None] ** 2
    return np.asarray(ndtr((ndtri(table) - bias) / np.sqrt(1 + variance)))


def _usual(z: Floats, weight: Floats, when: np.ndarray, lead: int) -> float:
    """The variance of b: from the product of z at each origin and at the next whose outcomes do not overlap, drawn to USUAL."""
    later = np.searchsorted(when, when + lead)
    first = np.flatnonzero(later < len(when))
    later = later[first]
    left = 0.5 ** ((when[later] - when[first] - lead) / HALF_LIFE)  # of b, by then
    each = np.sqrt(weight[first] * weight[later]) * left
    found = PRIOR * USUAL * np.sqrt(lead) + float(each @ (z[first] * z[later]))
    return float(max(LEAST, found / (PRIOR + float(each @ left))))
