"""Points of a map gathered by squares: so many cells as the eye can part, never a mark an incident."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from marsad.scales import Family
from marsad.serve.shelf import Array

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
FAMILIES = tuple(Family)
_GRID = 2_000_000
"""Squares up to which numbers are taken as they are."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What lies together on a map: mean place, how many, how many by family, and the incident where it is alone."""

    lat: float
    lon: float
    count: int
    families: dict[str, int]
    box: Box
    id: str


def gathered(lat: Array, lon: Array, family: Array, ids: Array, size: float) -> list[Cell]:
    """Cells of the points."""
    if not len(lat):
        return []
    cell, n = _numbered(lat, lon, size)
    counts, width = np.bincount(cell, minlength=n), len(FAMILIES) + 1
    split = np.bincount(cell * width + family + 1, minlength=n * width).reshape(n, width)[:, 1:]
    last = np.zeros(n, dtype=np.int64)
    last[cell] = np.arange(len(cell))
    ends = [_extreme(x, cell, n, of) for x, of in ((lon, np.minimum), (lat, np.minimum), (lon, np.maximum), (lat, np.maximum))]
    mean = [np.bincount(cell, weights=x, minlength=n) / np.maximum(counts, 1) for x in (lat, lon)]
    made = []
    for k in np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]:
        families = {FAMILIES[f].value: int(split[k, f]) for f in np.flatnonzero(split[k])}
        west, south, east, north = (round(float(e[k]), 5) for e in ends)
        alone = ids[last[k]].decode() if counts[k] == 1 else ""
        made.append(
            Cell(
                round(float(mean[0][k]), 5),
                round(float(mean[1][k]), 5),
                int(counts[k]),
                families,
                (west, south, east, north),
                alone,
            )
        )
    return made


def _numbered(lat: Array, lon: Array, size: float) -> tuple[Array, int]:
    """(number of the square of each point, how many numbers there are). Small numbers where the grid is coarse, since counting by them
    is a pass over memory, and the sorting of a million points is not."""
    row, column = (np.floor((x + 180.0) / size).astype(np.int64) for x in (lat, lon))
    row, column = row - row.min(), column - column.min()
    wide = int(column.max()) + 1
    cell: Array = row * wide + column
    if (int(row.max()) + 1) * wide > _GRID:
        squares, cell = np.unique(cell, return_inverse=True)
        return cell, len(squares)
    return cell, (int(row.max()) + 1) * wide


def _extreme(values: Array, cell: Array, n: int, of: Any) -> Array:
    held = np.full(n, np.inf if of is np.minimum else -np.inf)
    of.at(held, cell, values)
    return held
