"""Recent values: a climatology that forgets, and may spread.

Each of the last values is an atom whose weight halves every `half_life` periods back (exponentially weighted climatology). With a
`spread` each atom is spread by a lognormal factor, which smooths the steps of a small sample: an ensemble of M equal members pays
1/M of its CRPS for being small (Ferro 2014), and the future is wider than the last few months.
"""

import numpy as np
from scipy.special import ndtri

from marsad.forecast.atoms import Atoms
from marsad.forecast.history import recency
from marsad.panel import Panel

POINTS = 7


class Recent:
    """Weighted recent values. half_life, window: periods. spread: standard deviation of the log of the factor, 0 for none."""

    VERSION = "1"

    def __init__(self, half_life: float, window: int = 36, spread: float = 0.0) -> None:
        self.half_life, self.window, self.spread = half_life, window, spread
        self.NAME = f"recent{half_life:g}" + (f"_{spread:g}" if spread else "")

    def predict(self, panel: Panel, leads: int) -> Atoms:
        """The same atoms for each lead; whole numbers stay whole."""
        values, weights = recency(panel.counts, self.half_life, self.window)
        if self.spread:
            factors = np.exp(ndtri((np.arange(POINTS) + 0.5) / POINTS) * self.spread)
            spread = values[:, :, None] * factors
            values = np.where(values[:, :, None] % 1 == 0, np.round(spread), spread).reshape(len(values), -1)
            weights = np.repeat(weights, POINTS, axis=1) / POINTS
        return Atoms.constant(values, weights, leads)
