"""Statements -> incidents: which tell of one thing in the world, and what is known of it once they are laid side by side.

Each name is loaded when it is first used: reading needs the gazetteer alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marsad.link.contradict import Reversal, Revision, contradictions, reversals, revisions
    from marsad.link.decide import SLOTS, corrected
    from marsad.link.explain import Why, why
    from marsad.link.grades import grade
    from marsad.link.identity import successors
    from marsad.link.incidents import METHOD, link

__all__ = [
    "METHOD",
    "SLOTS",
    "Reversal",
    "Revision",
    "Why",
    "contradictions",
    "corrected",
    "grade",
    "link",
    "reversals",
    "revisions",
    "successors",
    "why",
]

_HOME = {
    "contradict": ("Reversal", "Revision", "contradictions", "reversals", "revisions"),
    "decide": ("SLOTS", "corrected"),
    "explain": ("Why", "why"),
    "grades": ("grade",),
    "identity": ("successors",),
    "incidents": ("METHOD", "link"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"marsad.link.{module}"), name)
    raise AttributeError(f"module 'marsad.link' has no attribute {name!r}")
