"""A common support of counts, on which distributions can be added, compared and recalibrated as matrices.

Every whole number up to 30, then steps of about 4%. An atom between two points is split between them so that its mean is kept;
an atom beyond the last point is set on it, so that nothing can explode.
"""

from dataclasses import dataclass

import numpy as np

from marsad.forecast.atoms import Atoms, Floats

FINE, STEP, BEYOND = 30, 1.04, 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """points: rising counts. width: from each point to the next, for integrals over counts; log_width: over log(1 + count)."""

    points: Floats
    width: Floats
    log_width: Floats

    @classmethod
    def up_to(cls, highest: float) -> "Lattice":
        """A lattice that reaches BEYOND times the highest count ever seen."""
        top = max(BEYOND * highest, 2.0 * FINE)
        steps = FINE * STEP ** np.arange(1, int(np.ceil(np.log(top / FINE) / np.log(STEP))) + 1)
        points = np.unique(np.concatenate([np.arange(FINE + 1.0), np.round(steps)]))
        after = np.append(points[1:], points[-1] * STEP)
        return cls(points, after - points, np.log1p(after) - np.log1p(points))

    def masses(self, values: Floats, weights: Floats) -> Floats:
        """Masses on the points (rows x points) of rows x atoms."""
        size = len(self.points)
        below = np.clip(np.searchsorted(self.points, values, side="right") - 1, 0, size - 2)
        share = np.clip((values - self.points[below]) / self.width[below], 0.0, 1.0)
        row = np.arange(len(values))[:, None] * size
        flat = (row + below).ravel()
        sums = np.bincount(flat, (weights * (1 - share)).ravel(), len(values) * size)
        sums += np.bincount(flat + 1, (weights * share).ravel(), len(values) * size)
        return np.asarray(sums.reshape(len(values), size))

    def cdf(self, atoms: Atoms) -> Floats:
        """P(count <= point): units x leads x points; where all leads are the same, units x 1 x points."""
        leads = 1 if atoms.steady else atoms.values.shape[1]
        parts = [np.cumsum(self.masses(atoms.values[:, lead], atoms.weights[:, lead]), axis=1) for lead in range(leads)]
        return np.stack(parts, axis=1)

    def step(self, outcomes: Floats) -> Floats:
        """The same of an outcome that is known: 1 from it on."""
        return np.cumsum(self.masses(outcomes.reshape(-1, 1), np.ones((outcomes.size, 1))), axis=1).reshape(
            *outcomes.shape, -1
        )
