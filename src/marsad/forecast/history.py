"""What models learn from: levels of units, and cases (an earlier origin and what followed it), never beyond the panel's end."""

from collections.abc import Sequence

import numpy as np

from marsad.forecast.atoms import Floats
from marsad.panel import Panel

STRATA = np.array([1e-9, 1.0, 5.0, 20.0, 100.0])
"""Borders of levels (recent mean per period): none, under 1, under 5, under 20, under 100, and more."""


def recency(counts: Floats, half_life: float, window: int) -> tuple[Floats, Floats]:
    """(values, weights) of the last `window` periods, weights halving every `half_life` periods back; missing ones have none."""
    recent = counts[:, -window:]
    age = np.arange(recent.shape[1])[::-1]
    known = ~np.isnan(recent)
    weights = known * 0.5 ** (age / half_life)
    total = weights.sum(axis=1, keepdims=True)
    return np.where(known, recent, 0.0), np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def level(counts: Floats, half_life: float = 4.0, window: int = 12) -> Floats:
    """Recent mean per period; NaN where nothing is known."""
    values, weights = recency(counts, half_life, window)
    return np.where(weights.sum(axis=1) > 0, (values * weights).sum(axis=1), np.nan)


def stratum(levels: Floats) -> np.ndarray:
    """The stratum of each level: 0 (none) to 5."""
    return np.searchsorted(STRATA, np.nan_to_num(levels), side="right")


STEPS = (1, 2, 3, 4, 6, 12, 24, 52)


def origins(panel: Panel, leads: Sequence[int], *, start: int, most: int) -> list[int]:
    """Up to `most` earlier origins (columns) from `start` to the newest whose outcomes at all `leads` are in, in even steps.

    They stand on fixed dates, so that a later panel learns from the same ones again and what was reckoned for them can be kept.
    """
    last = panel.periods - 1 - max(leads)
    step = next((s for s in STEPS if (last - start) // s < most), STEPS[-1])
    return [c for c in range(start, last + 1) if (panel.first + c) % step == 0][-most:]


def newest(panel: Panel, back: int, *, start: int) -> list[int]:
    """Every third origin of the last `back` periods, from `start` on, on fixed dates too; what follows the last of them is not in yet."""
    last = panel.periods - 2
    return [c for c in range(max(start, last - back + 1), last + 1) if (panel.first + c) % 3 == 0]


def learnt_leads(leads: int) -> list[int]:
    """A few leads to learn from: 1, 2, 4, 8, 12 and the last."""
    return sorted({lead for lead in (1, 2, 4, 8, 12, leads) if lead <= leads})


def sample(panel: Panel, most: int) -> Panel:
    """At most `most` units, evenly over the order of their means, so that quiet and violent ones are both there."""
    if len(panel) <= most:
        return panel
    order = np.argsort(np.nan_to_num(panel.counts).mean(axis=1), kind="stable")
    chosen = order[np.unique(np.linspace(0, len(panel) - 1, most).round().astype(int))]
    return panel.rows(np.sort(chosen))


def outcomes(counts: Floats, origin: int, leads: Sequence[int]) -> Floats:
    """What followed: units x leads, NaN where it is missing or still to come."""
    columns = [origin + lead for lead in leads]
    return np.stack([counts[:, c] if c < counts.shape[1] else np.full(len(counts), np.nan) for c in columns], axis=1)
