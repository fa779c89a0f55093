"""Return of a tactic: something is told of again after so long a silence that its earlier rate can hardly have gone on through it.

Exact: of the D periods up to the last one that had any, a had some. With a Jeffreys prior on the chance q of a period to have some,
the silence of g periods has probability B(a + 1/2, D - a + 1/2 + g) / B(a + 1/2, D - a + 1/2) (beta-binomial; Gelman et al.,
Bayesian Data Analysis, 2.4). A burst in one period counts once, so that overdispersed counts do not shorten the silence. The last
period that had some ends the record that q is learnt from, so it is not counted in it.
"""

from functools import lru_cache

import numpy as np
from scipy.special import betaln

from marsad.panel import Panel
from marsad.watch import nb
from marsad.watch.method import Baseline, Floats, Scan, Worth
from marsad.watch.words import Both, span, subject

NAME = "tactic_return"
VERSION = "1"
SHORTEST: dict[str, int] = {"D": 28, "W": 4, "M": 3}
"""A silence shorter than this many periods is none, however busy it was before."""


def scan(panel: Panel, *, alpha: float = 0.01, least: int = 3, shortest: int | None = None) -> Scan:
    """Returns whose silence had a probability of at most `alpha`. least: periods that must have had some before the silence.
    shortest: periods that a silence must last.

    p: per return, the probability of so long a silence at the earlier rate. Missing periods count neither as silent nor as record.
    """
    enough = shortest or SHORTEST[panel.calendar.freq]
    known = ~np.isnan(panel.counts)
    some = known & (np.nan_to_num(panel.counts) > 0)
    seen, active = np.cumsum(known, axis=1), np.cumsum(some, axis=1)
    column = np.arange(panel.periods)
    last = np.maximum.accumulate(np.where(some, column, -1), axis=1)
    last = np.concatenate([np.full((len(panel), 1), -1), last[:, :-1]], axis=1)  # the last before each period
    at = np.maximum(last, 0)
    rows = np.arange(len(panel))[:, None]
    length = seen[rows, at].astype(np.float64) - 1  # periods of record before the last that had some
    had = active[rows, at].astype(np.float64) - 1
    silent = np.where(last >= 0, seen - known - seen[rows, at], 0).astype(np.float64)
    tested = some & (last >= 0) & (had + 1 >= least)
    p = np.where(tested, _silence(had, length, silent), np.nan)
    rate = np.where(length > 0, (had + 0.5) / (length + 1), np.nan)
    baseline = Baseline(np.maximum(length, 0), np.maximum(had, 0), np.maximum(had, 0))
    with np.errstate(invalid="ignore"):
        alarm = tested & (p <= alpha) & (silent >= enough)

    def value(row: int, column: int) -> Worth:
        return worth(float(max(had[row, column], 0)), float(max(length[row, column], 0)), alpha, enough)

    def tell(row: int, column: int) -> Both:
        what, gap, when = subject(panel.units[row]), span(silent[row, column], panel.calendar.freq), panel.label(column)
        odds = f"{p[row, column]:.2%}" if p[row, column] >= 1e-4 else "0.01%"
        below = "" if p[row, column] >= 1e-4 else "less than "
        return Both(
            f"{what.en}: seen again in {when} after {gap.en} without any; at the earlier rate so long a silence had a chance of {below}{odds}",
            f"{what.ar}: عودة في {when} بعد {gap.ar} بلا أي حادثة؛ ولو استمر المعدل السابق لكان احتمال صمت بهذا الطول {'أقل من ' if below else ''}{odds}",
        )

    params = {"alpha": alpha, "least": least, "shortest": enough}
    return Scan(NAME, VERSION, params, panel.counts, rate, p, alarm, tested, baseline, value, tell)


def _silence(had: Floats, length: Floats, silent: Floats) -> Floats:
    a, b = np.maximum(had, 0) + 0.5, np.maximum(length - had, 0) + 0.5
    return np.asarray(np.exp(betaln(a, b + silent) - betaln(a, b)))


def _chance(had: float, length: float, silent: float) -> float:
    a, b = max(had, 0.0) + 0.5, max(length - had, 0.0) + 0.5
    return float(np.exp(betaln(a, b + silent) - betaln(a, b)))


@lru_cache(maxsize=50_000)
def worth(had: float, length: float, alpha: float, shortest: int) -> Worth:
    """False alarms per period: a silence that would alarm, begun after each period that had some. seen: the chance of a period to
    have some, over the earlier one, with which a return shows within nb.AHEAD periods."""
    q = (had + 0.5) / (length + 1)
    low, high = shortest, 1 << 20  # the shortest silence that alarms lies between
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _chance(had, length, middle) <= alpha else (middle + 1, high)
    rate = q * _chance(had, length, low) if _chance(had, length, low) <= alpha else 0.0
    return Worth(rate, nb.smallest_ratio(lambda ratio: 1.0 - (1.0 - min(q * ratio, 1.0)) ** nb.AHEAD))
