"""Rolling-origin backtests that see only what stood at each origin: the model is handed a copy that ends there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from marsad.errors import SeriesError, UsageError
from marsad.panel import Panel
from marsad.score.crps import Floats


class Distributions(Protocol):
    """Weighted atoms, units x leads x atoms; weights sum to 1, or to 0 where there is no forecast."""

    @property
    def values(self) -> Floats: ...

    @property
    def weights(self) -> Floats: ...


class Forecaster(Protocol):
    """Anything that predicts 1 .. `leads` periods beyond the end of a panel."""

    NAME: str

    def predict(self, panel: Panel, leads: int, /) -> Distributions: ...


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One origin: the forecasts of `leads` and what came. units x leads x atoms; outcomes NaN where missing.

    then: the panel as it stood. able: units that were alive at the origin and got a forecast.
    """

    origin: str
    targets: tuple[str, ...]
    leads: tuple[int, ...]
    values: Floats
    weights: Floats
    outcomes: Floats
    then: Panel
    able: np.ndarray


def rolling(panel: Panel, model: Forecaster, origins: Sequence[str], leads: Sequence[int]) -> Iterator[Window]:
    """A window for each origin, in order. leads: periods ahead, 1 or more.

    Raises UsageError for no or bad leads, SeriesError for an origin outside of the data or a target beyond them.
    """
    if not leads or min(leads) < 1:
        raise UsageError("there is no horizon", mend="Give leads of 1 period or more, like 3..14.")
    columns = {origin: _column(panel, origin, max(leads)) for origin in origins}
    for origin, column in columns.items():
        then = panel.until(column)
        made = model.predict(then, max(leads))
        chosen = [lead - 1 for lead in leads]
        weights = made.weights[:, chosen]
        outcome = np.stack([panel.counts[:, column + lead] for lead in leads], axis=1)
        able = ~np.isnan(then.counts[:, -1]) & (weights.sum(axis=2) > 0.5).all(axis=1)
        targets = tuple(panel.label(column + lead) for lead in leads)
        yield Window(origin, targets, tuple(leads), made.values[:, chosen], weights, outcome, then, able)


def _column(panel: Panel, origin: str, furthest: int) -> int:
    column = panel.column(origin)
    first, last = panel.label(0), panel.label(panel.periods - 1)
    if not 0 <= column < panel.periods:
        raise SeriesError(f"origin {origin} lies outside of the data ({first} to {last})", mend="Choose an origin among them.")
    if column + furthest >= panel.periods:
        raise SeriesError(
            f"from origin {origin} the horizon reaches {panel.label(column + furthest)}, but the data end with {last}",
            mend="Choose an earlier origin or a nearer horizon; for the future itself use `marsad forecast`.",
        )
    return column
