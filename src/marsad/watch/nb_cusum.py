"""NB-CUSUM: slow rises, summed up until they are too much for chance.

Each count is turned into a normal score z by the predictive negative binomial of nb_tail (ties drawn, so that z is standard normal if
nothing changes, in sparse and busy series alike: a self-starting CUSUM, Hawkins 1987), and

    S[t] = max(0, S[t-1] + z[t] - KAPPA),  alarm and restart where S[t] > h

h gives the stated rate of alarms, exactly for normal scores, by a Markov chain (Brook and Evans 1972). KAPPA is half of the shift,
in standard deviations, that it is best at. A period without any count restarts the sum but is never told as a rise, so that very sparse
series have fewer alarms; their rate is stated.
"""

from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

from marsad.panel import Panel
from marsad.watch import nb
from marsad.watch.method import Baseline, Floats, Scan, Worth
from marsad.watch.nb_tail import GAP, LEAST, WINDOW, chance, predict
from marsad.watch.predictive import draws, tested_cells
from marsad.watch.words import Both, plain, span, subject

NAME = "nb_cusum"
VERSION = "2"
KAPPA = 0.75
BINS = 80


def scan(panel: Panel, *, alpha: float = 0.01, window: int | None = None, gap: int = GAP, least: int | None = None) -> Scan:
    """Alarms at `alpha` a period. p: the chance of a sum so high in any one period if nothing changes. A missing period changes nothing."""
    size, enough = window or WINDOW[panel.calendar.freq], least or LEAST[panel.calendar.freq]
    baseline = Baseline.of(panel.counts, size, gap)
    tested = tested_cells(panel.counts, baseline.n, enough)
    above, at = predict(panel, baseline, tested, size, gap)
    z = ndtri(np.clip(1 - (above + draws(panel.units, panel.first, panel.periods, NAME) * at), 1e-12, 1 - 1e-12))
    chain = Chain.at(alpha)
    sums, began = _sums(z, tested, chain.h)
    p = np.where(tested, chain.tail(sums), np.nan)
    with np.errstate(invalid="ignore"):
        alarm = tested & (sums > chain.h) & (panel.counts > 0)
    mean, k = baseline.moments()

    def value(row: int, column: int) -> Worth:
        return worth(*nb.rounded(mean[row, column], k[row, column]), alpha)

    def tell(row: int, column: int) -> Both:
        start = int(began[row, column])
        what, length = subject(panel.units[row]), span(column - start + 1, panel.calendar.freq)
        total, usual = (
            plain(float(np.nansum(panel.counts[row, start : column + 1]))),
            plain(float(mean[row, column] * (column - start + 1))),
        )
        odds, when = chance(float(p[row, column])), panel.label(column)
        return Both(
            f"{what.en}: {total} in {length.en} up to {when}, where {usual} is usual; chance of such a rise if nothing changed: {odds.en}",
            f"{what.ar}: المجموع {total} خلال {length.ar} حتى {when}، والمعتاد {usual}؛ احتمال ارتفاع كهذا لو لم يتغير شيء: {odds.ar}",
        )

    params = {"alpha": alpha, "window": size, "gap": gap, "least": enough, "kappa": KAPPA}
    return Scan(NAME, VERSION, params, panel.counts, mean, p, alarm, tested, baseline, value, tell, began=began)


def _sums(z: Floats, tested: np.ndarray, h: float) -> tuple[Floats, np.ndarray]:
    """(S before any restart, the period in which the sum began to rise)."""
    sums, began = np.zeros(z.shape), np.zeros(z.shape, dtype=np.int64)
    now, since = np.zeros(len(z)), np.zeros(len(z), dtype=np.int64)
    for t in range(z.shape[1]):
        since = np.where(now <= 0, t, since)
        now = np.where(tested[:, t], np.maximum(0.0, now + z[:, t] - KAPPA), now)
        sums[:, t], began[:, t] = now, since
        now = np.where(now > h, 0.0, now)
    return sums, began


class Chain:
    """The CUSUM of standard normal scores as a Markov chain over BINS equal steps of 0 .. h, and 0 itself."""

    def __init__(self, h: float) -> None:
        self.h = h
        edges = np.linspace(0.0, h, BINS + 1)
        self.edges, self.states = edges, np.concatenate([[0.0], (edges[1:] + edges[:-1]) / 2])
        self.moves = self._moves(ndtr)
        run = np.linalg.solve((np.eye(BINS + 1) - self.moves).T, np.eye(BINS + 1)[0])  # visits between restarts
        self.stationary = run / run.sum()
        self.rate = 1.0 / float(run.sum())  # alarms per period

    def _moves(self, cdf: object) -> Floats:
        at = cdf(self.edges[None, :] - self.states[:, None] + KAPPA)  # type: ignore[operator]
        return np.concatenate([at[:, :1], np.diff(at, axis=1)], axis=1)

    @staticmethod
    @lru_cache(maxsize=32)
    def at(rate: float) -> "Chain":
        """The chain that alarms at `rate` per period."""
        low, high = 0.0, 20.0
        for _ in range(32):
            middle = (low + high) / 2
            low, high = (middle, high) if Chain(middle).rate > rate else (low, middle)
        return Chain(high)

    def tail(self, sums: Floats) -> Floats:
        """P(S >= s) in any one period, before a restart."""
        grid = np.linspace(0.0, self.h + 12.0, 600)
        chances = np.array([self.stationary @ ndtr(self.states - KAPPA - s) for s in grid])
        return np.where(sums <= 0, 1.0, np.exp(np.interp(sums, grid, np.log(np.maximum(chances, 1e-300)))))

    def told(self, cdf: object, least: float) -> Floats:
        """From each state, the chance of an alarm whose score is above `least`."""
        return np.asarray(1.0 - cdf(np.maximum(self.h - self.states + KAPPA, least)))  # type: ignore[operator]

    def power(self, cdf: object, steps: int, least: float) -> float:
        """The chance of an alarm with a score above `least` within `steps` periods whose scores have the distribution `cdf`."""
        moves, told, state, seen = self._moves(cdf), self.told(cdf, least), self.stationary, 0.0
        for _ in range(steps):
            seen += float(state @ told)
            state = state @ moves
        return seen


@lru_cache(maxsize=50_000)
def worth(mean: float, k: float, alpha: float) -> Worth:
    """Smallest change seen from any state the sum may be in, mean and k known. Under a changed rate the drawn p has the distribution that
    interpolates the changed survival function against the unchanged one."""
    chain = Chain.at(alpha)
    size = nb.support(mean, k)
    least = float(ndtri(nb.pmf(mean, k, 1)[0]))  # scores up to this are of periods without any count
    null = np.concatenate([[1.0], np.maximum(1.0 - np.cumsum(nb.pmf(mean, k, size)), 0.0)])[::-1]

    def power(ratio: float) -> float:
        changed = np.concatenate([[1.0], np.maximum(1.0 - np.cumsum(nb.pmf(mean * ratio, k, size)), 0.0)])[::-1]
        low = changed[0]  # what lies beyond the support of the unchanged counts is an alarm by itself

        def cdf(z: Floats) -> Floats:
            p = np.asarray(ndtr(-z))
            return np.asarray(1.0 - np.where(p <= null[0], low, np.interp(p, null, changed)))

        return chain.power(cdf, nb.AHEAD, least)

    return Worth(float(chain.stationary @ chain.told(ndtr, least)), nb.smallest_ratio(power))
