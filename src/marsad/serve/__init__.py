"""The observatory: pages for people and an API for programs over one store, each visitor seeing what their release level allows.

from marsad.serve import Settings, create

app = create(Settings.laptop("marsad.db"))      # an ASGI app; `marsad serve` runs it
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from marsad.serve.settings import Settings

if TYPE_CHECKING:
    from fastapi import APIRouter, FastAPI

__all__ = ["Settings", "create"]


def create(settings: Settings, more: "Iterable[APIRouter]" = ()) -> "FastAPI":
    """The app of `settings` (serve/app.py); imported when it is made, since `marsad users` needs none of it."""
    from marsad.serve import app  # noqa: PLC0415

    return app.create(settings, more)
