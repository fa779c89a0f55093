"""Predictive distributions as weighted atoms: exact, never resampled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST = 1e-5
"""Atoms lighter than this are left out of what is handed out; the others share their weight."""


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """Distributions of `units` x `leads`: values and weights, units x leads x atoms. Weights sum to 1, or to 0 where there is no
    forecast. notes: by unit, why a simpler model stands in."""

    values: Floats
    weights: Floats
    notes: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def constant(cls, values: Floats, weights: Floats, leads: int) -> "Atoms":
        """The same units x atoms for each lead."""
        shape = (len(values), leads, values.shape[1])
        return cls(np.broadcast_to(values[:, None, :], shape), np.broadcast_to(weights[:, None, :], shape))

    @property
    def steady(self) -> bool:
        """Whether every lead has the same distribution (and shares its memory)."""
        return self.values.strides[1] == 0 and self.weights.strides[1] == 0

    def cell(self, unit: int, lead: int) -> tuple[tuple[float, float], ...]:
        """(value, weight) of one unit and lead in order of value; equal values are one atom, the lightest are left out."""
        order = np.argsort(self.values[unit, lead], kind="stable")
        values, weights = self.values[unit, lead][order], self.weights[unit, lead][order]
        starts = np.flatnonzero(np.diff(values, prepend=-1.0) != 0)
        sums = np.add.reduceat(weights, starts) if len(starts) else weights
        kept = sums > LEAST * sums.sum()
        total = sums[kept].sum()
        return tuple((float(v), float(w / total)) for v, w in zip(values[starts][kept], sums[kept], strict=True))
