"""Statements -> incidents: which tell of one thing in the world, and what is known of it once they are laid side by side."""

from marsad.link.explain import Why, why
from marsad.link.identity import successors
from marsad.link.incidents import METHOD, link

__all__ = ["METHOD", "Why", "link", "successors", "why"]
