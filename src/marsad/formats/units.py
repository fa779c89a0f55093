"""The bundled shapes of first-order units, and in which of them a point lies."""

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]
"""Corners as longitude, latitude; the last is the first again."""


def unit_at(country: str, lat: float, lon: float) -> str:
    """The unit of `country` (ISO code) that holds a point, by the codebook's name; "" outside of all, or where no shapes are known."""
    return next((name for name, parts in _parts(country) if any(_in_part(part, lat, lon) for part in parts)), "")


def shapes(country: str) -> list[dict[str, Any]]:
    """The first-order units of a country as GeoJSON features; none where their borders are not known."""
    return _features().get(country, [])


@cache
def _features() -> dict[str, list[dict[str, Any]]]:
    packed = files("marsad.codebooks").joinpath("places", "admin1.geojson.gz").read_bytes()
    by_country: dict[str, list[dict[str, Any]]] = {}
    for feature in json.loads(gzip.decompress(packed))["features"]:
        by_country.setdefault(feature["properties"]["country"], []).append(feature)
    return by_country


@cache
def _parts(country: str) -> list[tuple[str, list[list[Ring]]]]:
    """(unit, parts); a part is its outline and the holes in it."""
    found = []
    for feature in shapes(country):
        shape = feature["geometry"]
        parts: list[Any] = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        found.append((feature["properties"]["name"], [[np.array(ring, dtype=np.float64) for ring in part] for part in parts]))
    return found


def _in_part(part: list[Ring], lat: float, lon: float) -> bool:
    """Within the outline and in no hole: a ray crosses the rings an odd number of times."""
    low, high = part[0].min(axis=0), part[0].max(axis=0)
    if not (low[0] <= lon <= high[0] and low[1] <= lat <= high[1]):
        return False
    return sum(_crossings(ring, lat, lon) for ring in part) % 2 == 1


def _crossings(ring: Ring, lat: float, lon: float) -> int:
    x, y = ring.T
    passed = (y[:-1] > lat) != (y[1:] > lat)
    rise = np.where(passed, y[1:] - y[:-1], 1.0)
    return int((passed & (lon < x[:-1] + (lat - y[:-1]) * (x[1:] - x[:-1]) / rise)).sum())
