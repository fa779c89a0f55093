"""Pictures of a brief, by Altair and vl-convert: SVG and PNG without a browser, no script on the page."""

from marsad.brief.charts.base import COLOURS, Figure, drawn, png, svg
from marsad.brief.charts.maps import KEYS, map_figures, outline
from marsad.brief.charts.times import forces, odds, tempo, timeline
from marsad.brief.writer import Writer

__all__ = ["COLOURS", "PLACES", "Figure", "drawn", "figures", "outline", "png", "svg"]

PLACES = {"map": (*KEYS, "timeline", "tempo"), "posture": ("forces",), "outlook": ("odds",)}
"""Which pictures stand in which section."""


def figures(w: Writer) -> list[Figure]:
    """Every picture that the material can fill."""
    made = [*map_figures(w), timeline(w), tempo(w), forces(w), odds(w)]
    return [f for f in made if f is not None]
