"""What a backtest showed, as numbers: by model, window and stratum, against the climatology, with and without the largest unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from marsad.score.backtest import Window
from marsad.score.crps import Floats, crps, log_crps
from marsad.score.interval import coverage
from marsad.score.paired import Difference, paired
from marsad.score.pit import against_chance, pit, uniformity

STRATA: tuple[tuple[str, float, float], ...] = (("at peace", 0.0, 0.0), ("low", 0.0, 25.0), ("high", 25.0, np.inf))
"""By mean per period over the 12 periods up to the origin: none, up to 25, more."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of one model over windows: arrays windows x units x leads, NaN where not scored. where: the stratum of each unit;
    columns: the number of each origin in the calendar; furthest: the farthest lead."""

    model: str
    origins: tuple[str, ...]
    crps: Floats
    log_crps: Floats
    covered: Floats
    pit: Floats
    outcomes: Floats
    where: np.ndarray
    columns: tuple[int, ...]
    furthest: int


def scores(model: str, windows: Iterable[Window], *, seed: int = 0) -> Scores:
    """Score every able unit of every window; windows are taken one by one, so that a large backtest need not fit into memory."""
    parts: list[list[Floats]] = [[], [], [], [], []]
    where, origins, columns, furthest = [], [], [], 1
    for n, w in enumerate(windows):
        origins.append(w.origin)
        columns.append(w.then.first + w.then.periods - 1)
        furthest = max(furthest, *w.leads)
        safe = np.where(w.able[:, None, None], w.weights, 0.0)
        safe[~w.able, :, 0] = 1.0
        outcome = np.where(w.able[:, None], w.outcomes, np.nan)
        parts[0].append(crps(w.values, safe, outcome))
        parts[1].append(log_crps(w.values, safe, outcome))
        parts[2].append(coverage(w.values, safe, outcome, level=0.9))
        parts[3].append(pit(w.values, safe, outcome, seed=seed + n))
        parts[4].append(outcome)
        recent = w.then.counts[:, -12:]
        known = np.maximum((~np.isnan(recent)).sum(axis=1), 1)
        mean = np.nan_to_num(recent).sum(axis=1) / known
        where.append(np.select([mean <= 0, mean <= STRATA[1][2]], [0, 1], 2))
    one, log, covered, transform, outcomes = (np.stack(p) for p in parts)
    return Scores(model, tuple(origins), one, log, covered, transform, outcomes, np.stack(where), tuple(columns), furthest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: a model in a stratum ("all", "all but the largest", ...). ks: distance of the PIT from uniform;
    chance: what right odds exceed in one of twenty such backtests; rare: in what share of such backtests they lie as far or farther."""

    model: str
    stratum: str
    cases: int
    crps: Difference
    log_crps: Difference
    coverage: float
    ks: float
    chance: float
    rare: float


def table(found: Mapping[str, Scores], base: str) -> list[Row]:
    """Rows for each model against `base`, over the cases that both scored."""
    return [row for name in found for row in rows(found[name], found[base])]


def rows(scored: Scores, base: Scores) -> list[Row]:
    """The rows of one model: all, all but each window's largest unit, and each stratum."""
    made = [_row(scored, base, "all", np.ones_like(scored.where, dtype=bool))]
    total = np.nansum(scored.outcomes, axis=2)
    largest = np.zeros_like(scored.where, dtype=bool)
    largest[np.arange(len(total)), np.argmax(total, axis=1)] = True
    made.append(_row(scored, base, "all but the largest", ~largest))
    made += [_row(scored, base, name, scored.where == n) for n, (name, _, _) in enumerate(STRATA)]
    return made


def _row(scored: Scores, base: Scores, stratum: str, mask: np.ndarray) -> Row:
    def cut(x: Floats) -> Floats:
        return np.where(mask[:, :, None], x, np.nan)

    known, pits = ~np.isnan(cut(scored.crps)), cut(scored.pit)
    chance, rare = against_chance(pits, scored.columns, scored.furthest)
    return Row(
        model=scored.model, stratum=stratum, cases=int(known.sum()), crps=paired(cut(scored.crps), cut(base.crps)),
        log_crps=paired(cut(scored.log_crps), cut(base.log_crps)),
        coverage=float(np.nanmean(cut(scored.covered))) if known.any() else float("nan"),
        ks=uniformity(pits)[0], chance=chance, rare=rare,
    )  # fmt: skip
