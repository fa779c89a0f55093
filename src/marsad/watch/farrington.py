"""Farrington flexible: a negative-binomial tail against a seasonal, trended baseline of the same weeks of earlier years.

Noufaily et al. 2013 (Statistics in Medicine 32), as described by Salmon, Schumacher and Hoehle 2016 for R `surveillance`: a quasi-Poisson
regression on `years` of history up to `gap` periods ago, with a factor for the season (the window of `half` periods around the same
time of year, the rest of the year in `parts` - 1 pieces) and a linear trend, kept unless it extrapolates beyond every count seen; past
outbreaks are weighted down by their Anscombe residuals. The upper bound is the 1 - alpha quantile of the negative binomial with the
fitted mean and variance phi times it ("nbPlugin"). Equal to that package's output, see tests/watch/test_farrington.py.

All units are fitted at once, since one period has one design. It needs `years` of record; where the year shows no season nb_tail sees
more with less.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.stats import nbinom, poisson

from marsad.errors import UsageError
from marsad.panel import Panel
from marsad.periods import SEASON
from marsad.watch import nb
from marsad.watch.method import Baseline, Bools, Floats, Scan, Worth
from marsad.watch.nb_tail import chance
from marsad.watch.share import alike, blocks, key, share
from marsad.watch.words import Both, amount, plain, subject

NAME = "farrington"
VERSION = "1"
HALF: dict[str, int] = {"W": 3, "M": 1}
PARTS: dict[str, int] = {"W": 10, "M": 4}
GAP: dict[str, int] = {"W": 26, "M": 6}
ITERATIONS = 40
TINY = 1e-10
SIMULATED = 600
BLOCK = 1000
"""Units fitted together."""


def scan(
    panel: Panel,
    *,
    alpha: float = 0.01,
    years: int = 3,
    gap: int | None = None,
    heavy: float = 2.58,
    newest: int | None = None,
) -> Scan:
    """Alarms where the count exceeds the upper bound. years: of baseline (the trend needs 3). heavy: Anscombe residual from which a past
    count is weighted down. newest: only the last so many periods are judged. Raises UsageError for daily series."""
    freq = panel.calendar.freq
    if freq not in HALF:
        raise UsageError("farrington judges weeks and months, not days", mend="Count by week, or take nb_tail.")
    lag = GAP[freq] if gap is None else gap
    first = SEASON[freq] * years + HALF[freq]
    judged = range(max(first, panel.periods - newest) if newest else first, panel.periods)
    plans = [design(now, SEASON[freq], years, HALF[freq], PARTS[freq], lag) for now in judged]
    expected, p = _judged(panel.counts, judged, plans, heavy)
    tested = ~np.isnan(p)
    with np.errstate(invalid="ignore"):
        alarm = tested & (p < alpha)
    baseline = Baseline.of(panel.counts, SEASON[freq] * years, lag)
    level, k = baseline.moments()
    # each alarm will be asked what it is worth
    share(lambda cell: worth(*cell, alpha, years, freq), alike(expected, k, alarm, _cell))

    def value(row: int, column: int) -> Worth:
        mean = expected[row, column] if tested[row, column] else level[row, column]  # a thin record: what it could have seen
        return worth(*key(mean, k[row, column], _cell), alpha, years, freq)

    def tell(row: int, column: int) -> Both:
        return _headline(panel, row, column, float(expected[row, column]), float(p[row, column]))

    params = {"alpha": alpha, "years": years, "gap": lag, "heavy": heavy, "newest": newest}
    return Scan(NAME, VERSION, params, panel.counts, expected, p, alarm, tested, baseline, value, tell)


def _judged(counts: Floats, judged: Sequence[int], plans: Sequence["Design | None"], heavy: float) -> tuple[Floats, Floats]:
    """(expected count, p) of the `judged` columns, else NaN."""
    expected, p = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)

    def judge(part: slice) -> None:
        past, phi = Past.of(counts[part]), np.full(counts[part].shape, np.nan)
        slope = np.zeros(len(phi))
        for now, plan in zip(judged, plans, strict=True):
            expected[part, now], phi[:, now] = _fit(past, plan, heavy, slope)
        p[part] = tail(counts[part], expected[part], phi)

    share(judge, blocks(len(counts), BLOCK))
    return expected, p


def _headline(panel: Panel, row: int, column: int, expected: float, p: float) -> Both:
    unit, odds, usual = panel.units[row], chance(p), plain(expected)
    what, many, when = subject(unit), amount(unit, panel.counts[row, column]), panel.label(column)
    return Both(
        f"{what.en}: {many.en} in {when}, where {usual} is usual for the season; chance of so many if nothing changed: {odds.en}",
        f"{what.ar}: {many.ar} في {when}، والمعتاد في هذا الموسم {usual}؛ احتمال عدد كهذا لو لم يتغير شيء: {odds.ar}",
    )


class Past(NamedTuple):
    """Counts as the fits need them (periods x units): 0 where missing, 1 where known, and their two thirds' power."""

    y: Floats
    known: Floats
    root: Floats

    @classmethod
    def of(cls, counts: Floats) -> "Past":
        """Of counts, units x periods."""
        y = np.ascontiguousarray(np.nan_to_num(counts).T)
        return cls(y, np.ascontiguousarray((~np.isnan(counts)).T, dtype=np.float64), np.cbrt(y) ** 2)

    def before(self, plan: "Design") -> "Past":
        """The baseline of one period: whole years, in which what lies in the gap is not known."""
        y, known, root = (x[plan.first : plan.first + plan.size] for x in self)
        known = known.copy()
        known[plan.live :] = 0.0
        return Past(y * known, known, root)

    def units(self, chosen: Bools) -> "Past":
        """Of some units."""
        return Past(*(x[:, chosen] for x in self))


class Design(NamedTuple):
    """Baseline of one period: `years` of `year` periods from column `first` on, of which `live` lie before the gap. Each year begins with
    the window around the same time. pieces: the parts of a year, as (begin, end, number of parts alike); parts: how many have a live
    period; time: of each period, in years from now, as a column."""

    first: int
    year: int
    years: int
    live: int
    pieces: tuple[tuple[int, int, int], ...]
    parts: int
    time: Floats

    @property
    def size(self) -> int:
        """Periods of the baseline."""
        return self.year * self.years

    def sums(self, x: Floats) -> Floats:
        """Parts x units."""
        year = x.reshape(self.years, self.year, -1).sum(axis=0)
        alike = (year[low:high].reshape(n, (high - low) // n, -1).sum(axis=1) for low, high, n in self.pieces)
        return np.concatenate(list(alike))

    def spread(self, x: Floats) -> Floats:
        """Years x periods of a year x units: the value of each period's part."""
        lengths = np.concatenate([np.full(n, (high - low) // n) for low, high, n in self.pieces])
        return np.asarray(np.repeat(x, lengths, axis=0)[None])

    def growth(self, slope: Floats) -> Floats:
        """exp(slope * time), years x periods of a year x units: the same within each year, times a factor a year; and
        time goes in equal steps, so that each stretch of a year is the one before it times a factor."""
        within, done = np.ones((self.year, len(slope))), 1
        while done < self.year:
            more = min(done, self.year - done)
            np.multiply(within[:more], np.exp(slope * (done / self.year)), out=within[done : done + more])
            done += more
        return np.asarray(np.exp(slope * self.time[:: self.year])[:, None] * within)


@lru_cache(maxsize=1024)
def design(now: int, year: int, years: int, half: int, parts: int, gap: int) -> Design | None:
    """The design of column `now`: the window of `half` periods around the same time of year, the rest of the year in `parts` - 1 pieces.
    None where nothing of the same time of year lies before the gap."""
    first, rest = now - years * year - half, year - 2 * half - 1
    live = min(max(now - gap - first, 0), year * years)
    if not live:
        return None
    window, (short, longer) = 2 * half + 1, divmod(rest, parts - 1)
    middle = window + longer * (short + 1)
    pieces = tuple(
        piece
        for piece in ((0, window, 1), (window, middle, longer), (middle, year, parts - 1 - longer))
        if piece[2] and piece[1] > piece[0]
    )
    begun = sum(1 for low, high, n in pieces for start in range(low, high, (high - low) // n) if start < live)
    return Design(first, year, years, live, pieces, begun, ((first - now + np.arange(year * years)) / year)[:, None])


def fit(
    counts: Floats, now: int, year: int, years: int, half: int, parts: int, gap: int, heavy: float
) -> tuple[Floats, Floats]:
    """(expected count, dispersion phi) of every unit in column `now`; NaN where the baseline holds too little."""
    return _fit(Past.of(counts), design(now, year, years, half, parts, gap), heavy, np.zeros(len(counts)))


def _fit(counts: Past, plan: Design | None, heavy: float, slope: Floats) -> tuple[Floats, Floats]:
    """slope: where to seek the trend from; becomes the one found, from which that of the next period is not far."""
    if plan is None:
        return np.full(len(slope), np.nan), np.full(len(slope), np.nan)
    past = counts.before(plan)
    far = 20.0 / max(plan.years - 1, 1)  # beyond it the likelihood may be too flat to find the way back
    mean, phi = _weighted(plan, past, True, heavy, np.clip(slope, -far, far, out=slope))
    flat = (mean > past.y.max(axis=0)) | (plan.years < 3)
    if flat.any():
        mean[flat], phi[flat] = _weighted(plan, past.units(flat), False, heavy, slope[flat])
    thin = past.known.sum(axis=0) <= plan.parts + 6
    mean[thin], phi[thin] = np.nan, np.nan
    return mean, phi


def _weighted(plan: Design, past: Past, trend: bool, heavy: float, slope: Floats) -> tuple[Floats, Floats]:
    """Fit, weigh past outbreaks down, fit again: (prediction for the window now, phi)."""
    y, known, free = past.y, past.known, plan.parts + trend
    first = _regression(plan, trend, y, known, slope if trend else np.zeros(len(slope)))
    slope[:] = first.slope
    mean, phi = np.maximum(first.level[0], TINY), _dispersion(y, first.mu, known, free)
    room = 1.0 - np.clip(known * first.leverage(plan, known), 0.0, 1 - 1e-9)
    residual = 1.5 * (past.root * first.sixth(plan) - np.sqrt(first.mu)) / np.sqrt(phi * room)
    outbreaks = np.nonzero(residual > heavy)
    down = known.copy()
    down[outbreaks] /= residual[outbreaks] ** 2
    if len(hit := np.unique(outbreaks[1])):  # the others' weights, and so their fits, stay what they are
        y, known, down = (x[:, hit] for x in (y, known, down))
        weights = down * (known.sum(axis=0) / np.maximum(down.sum(axis=0), 1e-9))
        again = _regression(plan, trend, y, weights, first.slope[hit])
        mean[hit], phi[hit] = np.maximum(again.level[0], TINY), _dispersion(y, again.mu, weights, free)
    return mean, phi


class Fit(NamedTuple):
    """A Poisson regression of every unit: its level in each part (parts x units), its slope a year, its fitted means (periods x units)."""

    level: Floats
    slope: Floats
    mu: Floats
    trend: bool

    def leverage(self, plan: Design, weights: Floats) -> Floats:
        """mu x' I^-1 x of each observation; the information I is diagonal, with a trend an arrow."""
        work = weights * self.mu
        s0 = np.maximum(plan.sums(work), TINY)
        inverse = plan.spread(1 / s0)
        if self.trend:
            timed = work * plan.time
            s1, s2 = plan.sums(timed), plan.sums(timed * plan.time)
            apart = plan.time.reshape(plan.years, plan.year, 1) - plan.spread(s1 / s0)
            inverse = inverse + apart**2 / np.maximum((s2 - s1**2 / s0).sum(axis=0), TINY)
        return np.asarray((self.mu.reshape(plan.years, plan.year, -1) * inverse).reshape(plan.size, -1))

    def sixth(self, plan: Design) -> Floats:
        """mu^(-1/6), by parts and slope: a power of every cell costs more than all else."""
        found = plan.spread(np.maximum(self.level, 1e-60) ** (-1 / 6))
        found = np.minimum(plan.growth(-self.slope / 6) * found, TINY ** (-1 / 6))
        return np.asarray(found.reshape(plan.size, -1))


def _regression(plan: Design, trend: bool, y: Floats, weights: Floats, slope: Floats) -> Fit:
    """Poisson regression on the parts and, with `trend`, a slope in time sought from `slope` on.
    The level of a part follows from the slope: its total over its exposure."""
    totals = plan.sums(weights * y)
    if trend:
        slope = _slope(plan, weights, totals, (weights * y * plan.time).sum(axis=0), slope)
    growth = plan.growth(slope)
    level = totals / np.maximum(plan.sums(weights.reshape(growth.shape) * growth), TINY)
    mu = np.maximum((growth * plan.spread(level)).reshape(plan.size, -1), TINY)
    return Fit(level, slope, mu, trend)


def _slope(plan: Design, weights: Floats, totals: Floats, towards: Floats, start: Floats) -> Floats:
    """The slope of each unit by Newton's steps on its profile likelihood, which is concave; units that have arrived rest."""
    slope, left, last, longest = start.copy(), np.arange(len(start)), np.zeros(len(start)), np.full(len(start), 2.0)
    for _ in range(ITERATIONS):
        e = plan.growth(slope[left]).reshape(plan.size, -1)
        e *= weights if len(left) == len(start) else weights[:, left]
        e0, timed = np.maximum(plan.sums(e), 1e-300), e * plan.time
        e1, e2 = plan.sums(timed) / e0, plan.sums(timed * plan.time) / e0
        score = towards[left] - (totals[:, left] * e1).sum(axis=0)
        information = (totals[:, left] * (e2 - e1**2)).sum(axis=0)
        step = np.where(information > TINY, score / np.maximum(information, TINY), 0.0)
        longest[left] = np.where(
            step * last[left] < 0, longest[left] / 2, longest[left]
        )  # one that swings to and fro comes to rest
        last[left], before = step, slope[left]
        slope[left] = np.clip(before + np.clip(step, -longest[left], longest[left]), -25.0, 25.0)
        moving = np.abs(slope[left] - before) > 1e-6  # the next error is about the square of the step
        left = left[moving & (score**2 > 1e-16 * information)]  # below it there is nothing but rounding
        if not len(left):
            break
    return slope


def _dispersion(y: Floats, mu: Floats, weights: Floats, parameters: int) -> Floats:
    free = np.maximum((weights > 0).sum(axis=0) - parameters, 1)
    return np.asarray(np.maximum((weights * (y - mu) ** 2 / mu).sum(axis=0) / free, 1.0))


def tail(observed: Floats, mean: Floats, phi: Floats) -> Floats:
    """P(X >= observed), negative binomial with variance phi times the mean (Poisson where phi is 1); NaN where either is missing."""
    p = np.full(np.shape(mean), np.nan)
    known = ~(np.isnan(mean) | np.isnan(observed))
    over = known & (phi > 1 + 1e-9)
    even = known & ~over
    p[over] = nbinom.sf(observed[over] - 1, mean[over] / (phi[over] - 1), 1 / phi[over])
    p[even] = poisson.sf(observed[even] - 1, mean[even])
    return p


def upper(mean: Floats, phi: Floats, alpha: float) -> Floats:
    """The 1 - alpha quantile of the same."""
    over = phi > 1 + 1e-9
    heavy = nbinom.ppf(1 - alpha, mean / np.maximum(phi - 1, 1e-9), 1 / phi)
    return np.asarray(np.where(over, heavy, poisson.ppf(1 - alpha, mean)))


def _cell(mean: Floats, k: Floats) -> tuple[Floats, Floats]:
    """(mean, k) on a coarse grid; beyond a mean of 50 only k matters."""
    return np.exp(np.round(np.log(np.clip(mean, 0.05, 50.0)) * 2) / 2), np.exp(np.round(np.log(np.minimum(k, 100.0))))


@lru_cache(maxsize=1024)
def worth(mean: float, k: float, alpha: float, years: int, freq: str) -> Worth:
    """False alarms per period and the smallest change seen, by simulation of SIMULATED units of NB counts without season or trend."""
    rng = np.random.default_rng(2013)
    year = SEASON[freq]
    now = year * years + HALF[freq]
    counts = rng.negative_binomial(k, k / (k + mean), size=(SIMULATED, now + 1)).astype(np.float64)
    expected, phi = fit(counts, now, year, years, HALF[freq], PARTS[freq], GAP[freq], 2.58)
    limit = np.maximum(upper(expected, phi, alpha), 0.0)

    def alarm(ratio: float) -> float:
        return float(nbinom.sf(limit, k, k / (k + mean * ratio)).mean())

    def power(ratio: float) -> float:
        return float((1 - nbinom.cdf(limit, k, k / (k + mean * ratio)) ** nb.AHEAD).mean())

    return Worth(alarm(1.0), nb.smallest_ratio(power))
