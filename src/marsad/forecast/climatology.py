"""Climatology: the last 12 (or 24) values, each as likely as the other ("conflictology").

The benchmark that no entry of the VIEWS 2023/24 challenge beat at country-month on CRPS (Hegre et al. 2025). Missing values are left out.
"""

import numpy as np

from marsad.forecast.atoms import Atoms
from marsad.panel import Panel


class Climatology:
    """The last `window` values of each unit, the same for each lead."""

    VERSION = "1"

    def __init__(self, window: int) -> None:
        self.window, self.NAME = window, f"last{window}"

    def predict(self, panel: Panel, leads: int) -> Atoms:
        """Atoms per unit and lead; a unit without any value in the window has no weight."""
        recent = panel.counts[:, -self.window :]
        known = ~np.isnan(recent)
        n = known.sum(axis=1, keepdims=True)
        weights = known / np.maximum(n, 1)
        return Atoms.constant(np.where(known, recent, 0.0), weights, leads)
