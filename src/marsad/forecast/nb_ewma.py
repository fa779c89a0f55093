"""NB-EWMA: a negative binomial around an exponentially weighted mean.

The size k is learnt per lead and level from the panel's own past by maximum likelihood over a grid, since counts a few periods ahead
scatter more than those of the next. Output: the mean of each of POINTS slices of equal probability, rounded to counts.
"""

import numpy as np

from marsad.forecast.atoms import Atoms, Floats
from marsad.forecast.history import learnt_leads, level, origins, outcomes, sample, stratum
from marsad.forecast.negbin import POINTS, best_sizes, quantiles
from marsad.panel import Panel


class NbEwma:
    """half_life: of the weights of the mean, in periods."""

    VERSION = "1"

    def __init__(self, half_life: float) -> None:
        self.half_life, self.NAME = half_life, f"nb_ewma{half_life:g}"

    def predict(self, panel: Panel, leads: int) -> Atoms:
        """Distributions that widen with the lead as they did before."""
        now = level(panel.counts, self.half_life, 36)
        mean = np.nan_to_num(now) + 0.02
        sizes = self._sizes(sample(panel, 300), leads)
        size = sizes[:, stratum(now)].T  # units x leads
        values = quantiles(np.broadcast_to(mean[:, None], size.shape), size)
        weights = np.where(np.isnan(now)[:, None, None], 0.0, 1.0 / POINTS)
        return Atoms(values, np.broadcast_to(weights, values.shape))

    def _sizes(self, panel: Panel, leads: int) -> Floats:
        """k per lead and stratum (leads x 6)."""
        found = {}
        past = {o: level(panel.counts[:, : o + 1], self.half_life, 36) for o in origins(panel, [1], start=5, most=24)}
        for lead in learnt_leads(leads):
            known = [(m, outcomes(panel.counts, o, [lead])[:, 0]) for o, m in past.items() if o + lead < panel.periods]
            mean, x = (np.concatenate([np.zeros(0), *(pair[i] for pair in known)]) for i in (0, 1))
            able = ~np.isnan(mean) & ~np.isnan(x)
            found[lead] = best_sizes(x[able], mean[able] + 0.02, stratum(mean[able]))
        return np.stack([found[min(found, key=lambda c: abs(c - lead))] for lead in range(1, leads + 1)])
