"""Marsad (مرصد): from reports in Arabic and English to a sourced record of events, signals, forecasts and a bilingual brief.

The public names; each is loaded when it is first used, so that `import marsad` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marsad.brief import Material
    from marsad.read.reader import Reader
    from marsad.store import Store

__version__ = "0.1.0"
__all__ = ["Material", "Reader", "Store"]

_HOME = {"Material": "marsad.brief", "Reader": "marsad.read.reader", "Store": "marsad.store"}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'marsad' has no attribute {name!r}")
