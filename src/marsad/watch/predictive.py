"""The next count given a baseline of counts, parameters integrated out: exact for a negative binomial of unknown mean and size.

For a known size k the chance parameter p of NB(k, p) has a beta posterior, so the next count (or the sum of the next w) is beta negative
binomial: BNB(w k; n k, S + 1/2), n baseline periods with sum S, under Jeffreys' prior on the mean. k has a prior on a grid that falls with k^(-1/4), since counts of
conflict are overdispersed, and is weighted by its
marginal likelihood

    k^(1/4) * prod Gamma(x + k) / Gamma(k) x! * B(n k, S + 1/2)

so that a short baseline gives wide odds and false alarms come as rarely as stated. (Conjugacy: Raiffa and Schlaifer 1961.)
"""

from hashlib import blake2b

import numpy as np
from scipy.special import betainc, betaln, gammaln
from scipy.stats import beta as beta_distribution

from marsad.watch.method import Bools, Floats

SIZES = np.array([0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 9.0, 20.0, 60.0, 1000.0])
LARGE = 1500
"""Counts beyond this are integrated numerically, smaller ones summed exactly."""
TABLE = 100_000
"""Whole counts below this are looked up, since few differ."""


def size_weights(counts: Floats, start: np.ndarray, end: np.ndarray, cells: Bools) -> Floats:
    """Weights of SIZES (cells x sizes) from the baseline columns start .. end - 1 of each period, for the chosen `cells`."""
    known = ~np.isnan(counts)
    x = np.where(known, counts, 0.0)
    whole = x.max(initial=0.0) < TABLE and bool((x == np.floor(x)).all())
    index = x.astype(np.int64)
    n, total = (_between(v, start, end)[cells] for v in (known.astype(np.float64), x))
    n = np.maximum(n, 1e-9)
    found = np.empty((len(n), len(SIZES)))
    for i, k in enumerate(SIZES):
        terms = (gammaln(np.arange(x.max() + 1) + k) - gammaln(k))[index] if whole else gammaln(x + k) - gammaln(k)
        found[:, i] = 0.25 * np.log(k) + _between(np.where(known, terms, 0.0), start, end)[cells] + betaln(n * k, total + 0.5)
    found -= found.max(axis=1, keepdims=True)
    np.exp(found, out=found)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _between(x: Floats, start: np.ndarray, end: np.ndarray) -> Floats:
    sums = np.concatenate([np.zeros((len(x), 1)), np.cumsum(x, axis=1)], axis=1)
    return np.asarray(sums[:, end] - sums[:, start])


def tails(observed: Floats, over: int, n: Floats, total: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """(P(X > observed), P(X = observed)) of the sum of the next `over` counts; cells in a row, weights cells x SIZES."""
    above, at = np.zeros(len(observed)), np.zeros(len(observed))
    x = np.round(observed).astype(np.int64)
    small = np.flatnonzero(x <= LARGE)
    for i, k in enumerate(SIZES):
        used = small[weights[small, i] > 1e-3]
        if len(used):
            low, here = _summed(x[used], over * k, n[used] * k, total[used] + 0.5)
            above[used] += weights[used, i] * np.maximum(1.0 - low - here, 0.0)
            at[used] += weights[used, i] * here
    for c in np.flatnonzero(x > LARGE):
        above[c] = sum(w * _integrated(int(x[c]), over * k, n[c] * k, total[c] + 0.5) for w, k in zip(weights[c], SIZES, strict=True) if w > 1e-4)  # fmt: skip
    return above, at


def _summed(x: np.ndarray, k: float, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """(P(X < x), P(X = x)) of BNB(k; a, b) by its recurrence p[j+1] / p[j] = (j + k)(b + j) / ((j + 1)(a + k + b + j))."""
    order = np.argsort(-x, kind="stable")
    x, a, b = x[order], a[order], b[order]
    term = np.exp(betaln(a + k, b) - betaln(a, b))
    below, here = np.zeros(len(x)), term.copy()
    falling = -x
    for j in range(int(x[0]) if len(x) else 0):
        live = int(np.searchsorted(falling, -j, side="left"))  # cells with x > j come first
        if live == 0:
            break
        below[:live] += term[:live]
        term[:live] *= (j + k) * (b[:live] + j) / ((j + 1.0) * (a[:live] + k + b[:live] + j))
        here[:live] = term[:live]
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return below[back], here[back]


def _integrated(x: int, k: float, a: float, b: float) -> float:
    """P(X >= x) by quadrature over the posterior of p: the tail of NB(k, p) is an incomplete beta function."""
    p = beta_distribution.ppf((np.arange(64) + 0.5) / 64, a, b)
    return float(betainc(x, k, 1.0 - p).mean())


def draws(units: tuple[str, ...], first: int, periods: int, salt: str) -> Floats:
    """A number in 0 .. 1 for each unit and period, fixed by their names: decides ties, the same in every run."""
    seeds = [int.from_bytes(blake2b(f"{salt}|{u}".encode(), digest_size=8).digest(), "little") for u in units]
    state = np.array(seeds, dtype=np.uint64)[:, None] + np.arange(first, first + periods, dtype=np.uint64) * np.uint64(
        0x9E3779B97F4A7C15
    )
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = (state ^ (state >> np.uint64(shift))) * np.uint64(factor)
    state ^= state >> np.uint64(31)
    return np.asarray((state >> np.uint64(11)).astype(np.float64) / 2.0**53)


def tested_cells(counts: Floats, n: Floats, least: int) -> Bools:
    """Periods that are known and have at least `least` baseline periods."""
    return np.asarray(~np.isnan(counts) & (n >= least))
