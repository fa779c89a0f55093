"""Vacuum: forces leave, change or arrive, and the tempo of attacks rises after it. The two are joined explicitly, by area and time.

For each posture change in an area (the panel's series "AREA posture", or a kind of that family) the attacks of the `after` periods from it
on are held against the `window` periods before it: the sum of w counts of NB(k, p) is NB(w k, p), so its predictive distribution is
exact (watch/predictive.py). The sum is looked at after each further period, and the looks hang together: p is the chance that the
least of them is so small, by simulation of SIMULATED posture changes that nothing followed. Ties are drawn, once a change, so that the
rate is `alpha` a change in sparse and busy areas alike. What came after need not have come of it: the headline says when, not why.
"""

from functools import lru_cache

import numpy as np

from marsad.panel import Panel, told
from marsad.scales import FAMILY_OF, Family
from marsad.watch import nb
from marsad.watch.method import Baseline, Bools, Floats, Scan, Worth
from marsad.watch.nb_tail import LEAST, WINDOW, chance
from marsad.watch.predictive import SIZES, draws, size_weights, tails
from marsad.watch.share import alike, key, share
from marsad.watch.words import Both, plain, span, subject

NAME = "vacuum"
VERSION = "2"
SIMULATED = 20_000
AFTER: dict[str, int] = {"D": 56, "W": 8, "M": 3}
_VIOLENT = (Family.ATTACK, Family.CONTROL)


def scan(
    panel: Panel, *, alpha: float = 0.01, after: int | None = None, window: int | None = None, least: int | None = None
) -> Scan:
    """Rises of attacks after posture changes in the same area. tested: periods within `after` of a change, with baseline enough."""
    reach = after or AFTER[panel.calendar.freq]
    size, enough = window or WINDOW[panel.calendar.freq], least or LEAST[panel.calendar.freq]
    changed = _last_change(panel, reach)
    columns = np.arange(panel.periods)
    since = np.where(changed >= 0, columns - changed + 1, 0)
    whole = Baseline.of(panel.counts, size, 0)
    n, total, squares = (
        x[np.arange(len(panel))[:, None], np.maximum(changed, 0)] for x in (whole.n, whole.total, whole.squares)
    )
    baseline = Baseline(n, total, squares)
    tested = (since > 0) & (n >= enough) & ~np.isnan(panel.counts)
    mean, k = baseline.moments()
    observed, looked = _sums(panel, tested, changed, since, size, baseline)
    expected = np.where(tested, mean * since, np.nan)
    p = _chances(looked, tested, mean, k, reach)
    with np.errstate(invalid="ignore"):
        alarm = _first(tested & (p <= alpha), changed)

    def value(row: int, column: int) -> Worth:
        return worth(*nb.rounded(mean[row, column], k[row, column]), alpha, reach, float(_frequency(panel, row)))

    def tell(row: int, column: int) -> Both:
        start, numbers = int(changed[row, column]), (float(x[row, column]) for x in (observed, expected, p))
        return _headline(panel, row, start, int(since[row, column]), *numbers)

    params = {"alpha": alpha, "after": reach, "window": size, "least": enough}
    links = {(int(r), int(c)): _evidence(panel, int(r), int(changed[r, c])) for r, c in np.argwhere(alarm)}
    began = np.maximum(changed, 0)
    return Scan(NAME, VERSION, params, observed, expected, p, alarm, tested, baseline, value, tell, began, links)


def _sums(
    panel: Panel, tested: Bools, changed: np.ndarray, since: np.ndarray, window: int, baseline: Baseline
) -> tuple[Floats, Floats]:
    """(count since the change, chance of so many at this look alone) of each tested period, else NaN."""
    counts = np.nan_to_num(panel.counts)
    running = np.concatenate([np.zeros((len(counts), 1)), np.cumsum(counts, axis=1)], axis=1)
    rows, columns = np.nonzero(tested)
    starts, looks = changed[rows, columns], since[rows, columns]
    sums = running[rows, columns + 1] - running[rows, starts]
    weights = np.empty((len(rows), len(SIZES)))
    for start in np.unique(starts):  # the baseline of a change is the same at every look
        of_start = starts == start
        held, back = np.unique(rows[of_start], return_inverse=True)
        before = panel.counts[held, max(start - window, 0) : start]
        whole = np.zeros(1, dtype=int), np.array([before.shape[1]])
        weights[of_start] = size_weights(before, *whole, np.ones((len(held), 1), dtype=bool))[back]
    ties = draws(panel.units, panel.first, panel.periods, NAME)[rows, starts]
    observed, p = np.full(panel.counts.shape, np.nan), np.full(panel.counts.shape, np.nan)
    observed[rows, columns] = sums
    for look in np.unique(looks):
        now = looks == look
        cells = rows[now], columns[now]
        above, at = tails(sums[now], int(look), baseline.n[cells], baseline.total[cells], weights[now])
        p[cells] = above + ties[now] * at
    return observed, p


def _chances(looked: Floats, tested: Bools, mean: Floats, k: Floats, reach: int) -> Floats:
    """Of each look, the chance that one of the `reach` looks at a change is so unlikely."""
    p = np.full(looked.shape, np.nan)
    cells = alike(mean, k, tested, _cell)
    for (rows, columns), least in zip(cells.values(), share(lambda cell: _least(*cell, 1.0, reach), cells), strict=True):
        p[rows, columns] = (np.searchsorted(least, looked[rows, columns], side="right") + 1) / (len(least) + 1)
    return p


def _headline(panel: Panel, row: int, start: int, periods: int, observed: float, expected: float, p: float) -> Both:
    what, length, odds = subject(panel.units[row]), span(periods, panel.calendar.freq), chance(p)
    many, usual, when = plain(observed), plain(expected), panel.label(start)
    return Both(
        f"{what.en}: {many} in {length.en} from the change of posture in {when} on, where {usual} is usual; chance without a rise: {odds.en}",
        f"{what.ar}: المجموع {many} خلال {length.ar} منذ تغيّر انتشار القوات في {when}، والمعتاد {usual}؛ احتمال ذلك دون ارتفاع: {odds.ar}",
    )


def _parts(unit: str) -> tuple[str, Family | None]:
    area, what, _ = told(unit)
    return area, FAMILY_OF.get(what) or (Family(what) if what in Family._value2member_map_ else None)


def _posture(panel: Panel) -> dict[str, list[int]]:
    """Rows of posture by area; kept in the panel's memo."""
    if NAME not in panel.memo:
        rows: dict[str, list[int]] = {}
        for n, unit in enumerate(panel.units):
            area, family = _parts(unit)
            if family == Family.POSTURE:
                rows.setdefault(area, []).append(n)
        panel.memo[NAME] = rows
    found: dict[str, list[int]] = panel.memo[NAME]
    return found


def _last_change(panel: Panel, reach: int) -> np.ndarray:
    """For each period of an area's attacks, the newest posture change within `reach` periods (its column), else -1."""
    found = np.full(panel.counts.shape, -1)
    columns = np.arange(panel.periods)
    for row, unit in enumerate(panel.units):
        area, family = _parts(unit)
        rows = _posture(panel).get(area, []) if family in _VIOLENT else []
        if rows:
            happened = (np.nan_to_num(panel.counts[rows]) > 0).any(axis=0)
            last = np.maximum.accumulate(np.where(happened, columns, -1))
            found[row] = np.where((last >= 0) & (columns - last < reach), last, -1)
    return found


def _frequency(panel: Panel, row: int) -> float:
    """Posture changes per period in the area of a unit."""
    rows = _posture(panel).get(_parts(panel.units[row])[0], [])
    return float((np.nan_to_num(panel.counts[rows]) > 0).any(axis=0).mean()) if rows else 0.0


def _first(alarm: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """One alarm a change: the first."""
    kept = np.zeros_like(alarm)
    for row in np.flatnonzero(alarm.any(axis=1)):
        columns = np.flatnonzero(alarm[row])
        _, first = np.unique(changed[row, columns], return_index=True)
        kept[row, columns[first]] = True
    return kept


def _evidence(panel: Panel, row: int, column: int) -> tuple[str, ...]:
    """Incident ids of the posture changes of one period in the area of a unit."""
    ids: list[str] = []
    for other in _posture(panel).get(_parts(panel.units[row])[0], []):
        series = panel.series[other] if panel.series else None
        if series is not None and series.evidence:
            place = column - (panel.calendar.number(series.periods[0]) - panel.first)
            ids += series.evidence[place] if 0 <= place < len(series.evidence) else ()
    return tuple(ids)


def _cell(mean: Floats, k: Floats) -> tuple[Floats, Floats]:
    """(mean, k) on a coarse grid; the looks hang together much alike everywhere."""
    return np.exp(np.round(np.log(np.maximum(mean, 0.02)))), np.exp(np.round(np.log(np.minimum(k, 100.0))))


@lru_cache(maxsize=4096)
def _least(mean: float, k: float, ratio: float, reach: int) -> Floats:
    """The least chance over the first `reach` looks, sorted, of SIMULATED changes after which the rate was `ratio` times what it was."""
    rng = np.random.default_rng(20_07)
    sums = np.cumsum(rng.negative_binomial(k, k / (k + mean * ratio), size=(SIMULATED, reach)), axis=1)
    ties, least = rng.random(SIMULATED), np.ones(SIMULATED)
    for look in range(1, reach + 1):
        mass = nb.pmf(mean * look, k * look, int(sums[:, look - 1].max()) + 1)
        above = np.maximum(1.0 - np.cumsum(mass), 0.0)
        least = np.minimum(least, above[sums[:, look - 1]] + ties * mass[sums[:, look - 1]])
    return np.sort(least)


@lru_cache(maxsize=10_000)
def worth(mean: float, k: float, alpha: float, reach: int, frequency: float) -> Worth:
    """False alarms per period: `alpha` a change. seen: the ratio that shows within nb.AHEAD looks, mean and k known."""
    cell, looks = key(mean, k, _cell), min(nb.AHEAD, reach)
    limit = float(np.quantile(_least(*cell, 1.0, reach), alpha))
    return Worth(
        alpha * frequency, nb.smallest_ratio(lambda ratio: float((_least(*cell, round(ratio, 2), looks) <= limit).mean()))
    )
