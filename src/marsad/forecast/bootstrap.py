"""Bootstrap: any unit's value of the last 12 periods, all alike likely (the pooled benchmark of the VIEWS challenge).

The bootstrap distribution itself, not draws from it: each value that occurred is an atom with its share.
"""

import numpy as np

from marsad.forecast.atoms import Atoms
from marsad.panel import Panel

NAME = "bootstrap"
VERSION = "1"
WINDOW = 12


def predict(panel: Panel, leads: int) -> Atoms:
    """The same atoms for every unit and lead."""
    recent = panel.counts[:, -WINDOW:]
    values, times = np.unique(recent[~np.isnan(recent)], return_counts=True)
    shape = (len(panel), leads, len(values))
    return Atoms(np.broadcast_to(values, shape), np.broadcast_to(times / max(times.sum(), 1), shape))
