"""Statements -> incidents: which tell of one thing in the world, and what is known of it once they are laid side by side."""

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
