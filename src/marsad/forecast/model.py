"""What a forecast model is."""

from typing import Protocol

from marsad.forecast.atoms import Atoms
from marsad.panel import Panel


class Model(Protocol):
    """A model by name, or your own."""

    NAME: str
    VERSION: str

    def predict(self, panel: Panel, leads: int, /) -> Atoms:
        """Distributions for 1 .. `leads` periods after the panel's last; it sees nothing else."""
        ...
