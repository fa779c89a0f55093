"""Zero: nothing will happen. Right in most areas and most periods, and the first model any other must beat."""

import numpy as np

from marsad.forecast.atoms import Atoms
from marsad.panel import Panel

NAME = "zero"
VERSION = "1"


def predict(panel: Panel, leads: int) -> Atoms:
    """One atom at 0."""
    return Atoms.constant(np.zeros((len(panel), 1)), np.ones((len(panel), 1)), leads)
