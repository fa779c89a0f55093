"""Ignorance: minus log2 of the probability given to the bin that came true, over declared bins (Good 1952; VIEWS 2023/24)."""

from collections.abc import Sequence

import numpy as np

from marsad.errors import UsageError
from marsad.score.crps import Floats

BINS = (0.0, 1.0, 3.0, 6.0, 11.0, 26.0, 51.0, 101.0, 251.0, 501.0, 1001.0)
"""Lower ends: 0, 1-2, 3-5, 6-10, 11-25, 26-50, 51-100, 101-250, 251-500, 501-1000, more."""


def ignorance(
    values: Floats, weights: Floats, outcomes: Floats, *, bins: Sequence[float] = BINS, least: float = 1e-3
) -> Floats:
    """Bits; less is better. bins: rising lower ends, the first 0. least: probability mixed in evenly over the bins, so that a bin
    thought impossible costs much but not everything; it is part of the score and must be told with it."""
    edges = np.asarray(bins, dtype=np.float64)
    if len(edges) < 2 or edges[0] != 0 or np.any(np.diff(edges) <= 0):
        raise UsageError(f"these are no bins: {list(bins)}", mend="Give rising lower ends that begin with 0.")
    where = np.searchsorted(edges, np.broadcast_to(values, weights.shape), side="right")
    hit = np.searchsorted(edges, outcomes, side="right")
    share = (weights * (where == hit[..., None])).sum(axis=-1)
    bits = -np.log2((1 - least) * share + least / len(edges))
    return np.where(np.isnan(outcomes), np.nan, bits)
