"""Predictive distributions as weighted atoms: exact, never resampled."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """Distributions of `units` x `leads`: values and weights, units x leads x atoms. Weights sum to 1, or to 0 where there is no
    forecast."""

    values: Floats
    weights: Floats

    @classmethod
    def constant(cls, values: Floats, weights: Floats, leads: int) -> "Atoms":
        """The same units x atoms for each lead."""
        shape = (len(values), leads, values.shape[1])
        return cls(np.broadcast_to(values[:, None, :], shape), np.broadcast_to(weights[:, None, :], shape))

    def cell(self, unit: int, lead: int) -> tuple[tuple[float, float], ...]:
        """(value, weight) of one unit and lead in order of value; equal values are one atom, weights of 0 are left out."""
        order = np.argsort(self.values[unit, lead], kind="stable")
        values, weights = self.values[unit, lead][order], self.weights[unit, lead][order]
        starts = np.flatnonzero(np.diff(values, prepend=-1.0) != 0)
        sums = np.add.reduceat(weights, starts) if len(starts) else weights
        total = sums.sum()
        return tuple((float(v), float(w / total)) for v, w in zip(values[starts], sums, strict=True) if w > 0)
