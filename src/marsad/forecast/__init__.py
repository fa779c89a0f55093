"""Forecast: what are the odds? One model a file; every forecast is a set of exact weighted atoms.

    from marsad import forecast
    odds = forecast.run(series, model="last12", horizon=4, as_of=date(2020, 4, 8))
    forecast.at_least(odds[0], 10)

A model is taken by name (MODELS) or is your own: an object with NAME, VERSION and `predict(panel, leads) -> Atoms`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256

import numpy as np

from marsad.errors import UsageError
from marsad.forecast import bootstrap, last_value, log_change, nb_ingarch, nb_regression, zero
from marsad.forecast.atoms import Atoms
from marsad.forecast.climatology import Climatology
from marsad.forecast.model import Model
from marsad.forecast.nb_ewma import NbEwma
from marsad.forecast.pool import Pool
from marsad.forecast.questions import at_least, mean, more_than, none, quantile
from marsad.forecast.recent import Recent
from marsad.panel import Panel
from marsad.records import Forecast, Series

VERSION = "1"
DEFAULT = "pool"
MODELS: dict[str, Model] = {
    m.NAME: m
    for m in (
        Pool(), Climatology(12), Climatology(24), zero, last_value, bootstrap, Recent(2), Recent(4), Recent(2, 24, 0.4),
        Recent(4, 24, 0.3), NbEwma(1), NbEwma(2.5), nb_ingarch, log_change, nb_regression,
    )
}  # fmt: skip

__all__ = [
    "DEFAULT", "MODELS", "VERSION", "Atoms", "Model", "Pool", "at_least", "mean", "more_than", "named", "none", "quantile", "run", "run_all",
]  # fmt: skip


def run(series: Series, *, model: str | Model = "last12", horizon: int = 4, as_of: date | None = None) -> list[Forecast]:
    """Forecasts of one series for 1 .. `horizon` periods after its last; `run_all` lets several series learn from each other.

    Raises UsageError for a model that does not exist or a horizon below 1.
    """
    return run_all([series], model=model, horizon=horizon, as_of=as_of)


def run_all(
    series: Sequence[Series], *, model: str | Model = DEFAULT, horizon: int = 4, as_of: date | None = None
) -> list[Forecast]:
    """Forecasts of all `series` for 1 .. `horizon` periods after the newest period, in order of unit and target.

    A series too short for the model gets what there is, and a note that says so; one without any recent value gets none. Raises
    UsageError for a model that does not exist or a horizon below 1, SeriesError for series that do not go together.
    """
    if horizon < 1:
        raise UsageError(f"a horizon of {horizon} is none", mend="Give a horizon of 1 period or more.")
    if not series:
        return []
    panel, chosen = Panel.of(series), named(model)
    made = chosen.predict(panel, horizon)
    cut = as_of or panel.calendar.last_day(panel.first + panel.periods - 1)
    return [f for row in range(len(panel)) for f in _forecasts(panel, row, chosen, made, horizon, cut)]


def _forecasts(panel: Panel, row: int, model: Model, made: Atoms, horizon: int, as_of: date) -> Iterator[Forecast]:
    series, origin = panel.series[row], panel.label(panel.periods - 1)
    window = int(getattr(model, "window", 12))
    known = int((~np.isnan(series.counts)).sum())
    note = made.notes.get(row) or (f"only {known} periods are known" if known < getattr(model, "window", 1) else "")
    evidence = tuple(dict.fromkeys(i for ids in series.evidence[-max(window, 12) :] for i in ids))
    for lead in range(horizon):
        atoms, target = made.cell(row, lead), panel.label(panel.periods + lead)
        if not atoms:
            continue
        key = f"{series.unit}|{origin}|{target}|{model.NAME}|{model.VERSION}"
        yield Forecast(
            id="fc-" + sha256(key.encode()).hexdigest()[:20], unit=series.unit, freq=series.freq, origin=origin,
            target=target, atoms=atoms, method=model.NAME, version=model.VERSION, params={"lead": lead + 1}, evidence=evidence,
            as_of=as_of, note=note, sensitivity=series.sensitivity,
        )  # fmt: skip


def named(model: str | Model) -> Model:
    """A model by name, or the model itself. Raises UsageError."""
    if not isinstance(model, str):
        return model
    if model not in MODELS:
        raise UsageError(f"no forecast model is called {model!r}", mend=f"Take one of {', '.join(MODELS)}.")
    return MODELS[model]
