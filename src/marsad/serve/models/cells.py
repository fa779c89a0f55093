"""Points of a map, near ones gathered: so many cells are sent as the eye can part, never a point an incident.

A cell is a square of the Mercator map, 1/8 of a tile wide at the zoom asked for (as Supercluster and Leaflet.markercluster grid them);
it stands at the mean of its points.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

Data = dict[str, Any]
PER_TILE = 5.0
"""Cells on a side of a tile of 256 pixels: marks about 50 pixels apart."""


def cell(lat: float, lon: float, zoom: float) -> tuple[int, int]:
    """The number of the cell that holds a point."""
    n = PER_TILE * 2.0**zoom
    merc = math.log(math.tan(math.pi / 4 + math.radians(max(-85.0, min(85.0, lat))) / 2))
    return math.floor((lon + 180) / 360 * n), math.floor((1 - merc / math.pi) / 2 * n)


def gather(rows: Iterable[Data], zoom: float) -> list[Data]:
    """`rows` (of told.row) as cells, the largest first. id, label: of the incident, where there is one alone or all are in one place."""
    held: dict[tuple[int, int], list[Data]] = defaultdict(list)
    for row in rows:
        if row["lat"] is not None and row["lon"] is not None:
            held[cell(row["lat"], row["lon"], zoom)].append(row)
    return sorted((_cell(found) for found in held.values()), key=lambda c: (-c["n"], c["lat"], c["lon"]))


def _cell(found: list[Data]) -> Data:
    families = Counter(r["family"] for r in found)
    places = {r["where"] for r in found}
    spots = {(r["lat"], r["lon"]) for r in found}
    return {
        "lat": round(sum(r["lat"] for r in found) / len(found), 5), "lon": round(sum(r["lon"] for r in found) / len(found), 5), "n": len(found),
        "family": families.most_common(1)[0][0], "families": dict(families), "label": next(iter(places)) if len(places) == 1 else "",
        "id": found[0]["id"] if len(found) == 1 else "", "west": min(x for _, x in spots), "east": max(x for _, x in spots),
        "south": min(y for y, _ in spots), "north": max(y for y, _ in spots),
    }  # fmt: skip
