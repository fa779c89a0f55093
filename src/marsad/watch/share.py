"""Work shared: out over the machine's processors (numpy lets go of the interpreter while it reckons, so threads are enough), and among
series that are alike."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from marsad.watch.method import Bools, Floats

Grid = Callable[[Floats, Floats], tuple[Floats, Floats]]
Given = TypeVar("Given")
Made = TypeVar("Made")


def share(work: Callable[[Given], Made], given: Iterable[Given]) -> list[Made]:
    """`work` of each of `given`, in their order. Each piece must stand alone: then the result does not depend on the machine."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(work, given))


def blocks(units: int, size: int) -> list[slice]:
    """Rows in blocks of `size` units: small ones stay in the processor's cache."""
    return [slice(low, min(low + size, units)) for low in range(0, units, size)]


def alike(mean: Floats, k: Floats, chosen: Bools, grid: Grid) -> dict[tuple[float, float], tuple[np.ndarray, ...]]:
    """The `chosen` periods (rows, columns) by their (mean, k) on a coarse `grid`: one simulation serves all of a key."""
    rows, columns = np.nonzero(chosen)
    if not len(rows):
        return {}
    keys, which, sizes = np.unique(
        np.stack(grid(mean[rows, columns], k[rows, columns])), axis=1, return_inverse=True, return_counts=True
    )
    held = np.split(np.argsort(which, kind="stable"), np.cumsum(sizes)[:-1])
    return {(float(m), float(s)): (rows[each], columns[each]) for (m, s), each in zip(keys.T, held, strict=True)}


def key(mean: float, k: float, grid: Grid) -> tuple[float, float]:
    """The key of one (mean, k)."""
    on = grid(np.asarray(mean), np.asarray(k))
    return float(on[0]), float(on[1])
