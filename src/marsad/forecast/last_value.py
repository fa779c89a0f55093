"""Last value: as it was in the newest period that is known."""

import numpy as np

from marsad.forecast.atoms import Atoms
from marsad.panel import Panel

NAME = "last_value"
VERSION = "1"


def predict(panel: Panel, leads: int) -> Atoms:
    """One atom at each unit's newest known value; a unit without any has no weight."""
    known = ~np.isnan(panel.counts)
    newest = panel.periods - 1 - np.argmax(known[:, ::-1], axis=1)
    value = panel.counts[np.arange(len(panel)), newest]
    return Atoms.constant(np.nan_to_num(value)[:, None], (~np.isnan(value)).astype(np.float64)[:, None], leads)
