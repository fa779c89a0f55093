"""Weights of a linear pool that make its CRPS least over earlier cases.

The CRPS of a linear pool is quadratic in its weights: with member distributions F_k and the outcome's step I,
integral (sum w_k F_k - I)² = w'Qw - 2 b'w + c, so that weights are a small quadratic programme on the simplex (the optimal linear pool
of Thorarinsdottir and Gneiting style). Estimated weights are noisy and equal ones often better (the "forecast combination puzzle"), so
they are drawn towards a prior: members weighted by how good each is alone.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import nnls

from marsad.forecast.atoms import Floats

ETA = 20.0
"""Prior weight of a member falls by e for each 1/ETA that its own score is worse than the best one's."""


class Form(NamedTuple):
    """The quadratic form of a pool's score, summed over n cases: quad members x members, line members, and a constant."""

    quad: Floats
    line: Floats
    const: Floats
    n: Floats

    def __add__(self, other: object) -> "Form":
        return Form(*(a + b for a, b in zip(self, other, strict=True))) if isinstance(other, Form) else NotImplemented

    def scaled(self, by: float) -> "Form":
        """All cases count `by`."""
        return Form(*(x * by for x in self))

    def mean(self) -> "Form":
        """One average case."""
        return self.scaled(1.0 / float(self.n)) if self.n > 0 else self


def form(cdfs: Floats, steps: Floats, widths: Floats) -> Form:
    """cdfs: cases x members x points; steps: cases x points; widths: of the integral."""
    wide = cdfs * widths
    quad = np.tensordot(wide, cdfs, axes=([0, 2], [0, 2]))
    line = np.einsum("nkg,ng->k", wide, steps)
    return Form(quad, line, np.asarray((steps**2 * widths).sum()), np.asarray(float(len(cdfs))))


def weights(case: Form, shrink: float) -> Floats:
    """Weights on the simplex. shrink: strength of the prior, in units of the mean diagonal of the quadratic form."""
    prior = alone(case)
    size = len(prior)
    if case.n <= 0:
        return prior
    ridge = shrink * np.trace(case.quad) / size + 1e-9
    root = np.linalg.cholesky(case.quad + ridge * np.eye(size)).T
    target = np.linalg.solve(root.T, case.line + ridge * prior)
    heavy = np.sqrt(1e3 * ridge / shrink) if shrink else 1e3  # a row that holds the sum at 1
    found, _ = nnls(np.vstack([root, np.full((1, size), heavy)]), np.append(target, heavy))
    return np.asarray(found / found.sum())


def alone(case: Form) -> Floats:
    """Members weighted by their own score; alike where there is no case."""
    if case.n <= 0:
        return np.full(len(case.line), 1.0 / len(case.line))
    score = np.maximum(np.diag(case.quad) - 2 * case.line + case.const, 0.0)
    best = max(float(score.min()), 1e-12)
    made = np.exp(-ETA * (score - best) / best)
    return np.asarray(made / made.sum())
