"""The observatory: pages for people and an API for programs over one store, each visitor seeing what their release level allows.

from marsad.serve import Settings, create

app = create(Settings.laptop("marsad.db"))      # an ASGI app; `marsad serve` runs it
"""

from marsad.serve.app import create
from marsad.serve.settings import Settings

__all__ = ["Settings", "create"]
