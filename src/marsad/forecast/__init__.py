"""Forecast: what are the odds? One model a file; every forecast is a set of exact weighted atoms.

    from marsad import forecast
    odds = forecast.run(series, model="last12", horizon=4, as_of=date(2020, 4, 8))
    forecast.at_least(odds[0], 10)

A model is taken by name (MODELS) or is your own: an object with NAME, VERSION and `predict(panel, leads) -> Atoms`.
"""

from datetime import date
from hashlib import sha256

import numpy as np

from marsad.errors import UsageError
from marsad.forecast import last_value, zero
from marsad.forecast.atoms import Atoms
from marsad.forecast.climatology import Climatology
from marsad.forecast.model import Model
from marsad.panel import Panel
from marsad.records import Forecast, Series

VERSION = "1"
MODELS: dict[str, Model] = {m.NAME: m for m in (Climatology(12), Climatology(24), zero, last_value)}

__all__ = ["MODELS", "VERSION", "Atoms", "Model", "at_least", "run"]


def run(series: Series, *, model: str | Model = "last12", horizon: int = 4, as_of: date | None = None) -> list[Forecast]:
    """Forecasts of one series for 1 .. `horizon` periods after its last. A series too short for the model gets what there is, and a
    note that says so. Raises UsageError for a model that does not exist or a horizon below 1."""
    if horizon < 1:
        raise UsageError(f"a horizon of {horizon} is none", mend="Give a horizon of 1 period or more.")
    panel, chosen = Panel.of([series]), named(model)
    made = chosen.predict(panel, horizon)
    cut = as_of or panel.calendar.last_day(panel.first + panel.periods - 1)
    known = int((~np.isnan(series.counts)).sum())
    note = f"only {known} periods are known" if known < getattr(chosen, "window", 1) else ""
    recent = getattr(chosen, "window", 12)
    evidence = tuple(dict.fromkeys(i for ids in series.evidence[-recent:] for i in ids))
    found = []
    for lead in range(horizon):
        atoms, target = made.cell(0, lead), panel.label(panel.periods + lead)
        if not atoms:
            continue
        key = f"{series.unit}|{series.periods[-1]}|{target}|{chosen.NAME}|{chosen.VERSION}"
        found.append(Forecast(
            id="fc-" + sha256(key.encode()).hexdigest()[:20], unit=series.unit, freq=series.freq, origin=series.periods[-1],
            target=target, atoms=atoms, method=chosen.NAME, version=chosen.VERSION, params={"lead": lead + 1}, evidence=evidence,
            as_of=cut, note=note, sensitivity=series.sensitivity,
        ))  # fmt: skip
    return found


def named(model: str | Model) -> Model:
    """A model by name, or the model itself. Raises UsageError."""
    if not isinstance(model, str):
        return model
    if model not in MODELS:
        raise UsageError(f"no forecast model is called {model!r}", mend=f"Take one of {', '.join(MODELS)}.")
    return MODELS[model]


def at_least(forecast: Forecast, k: float) -> float:
    """The probability that the count is `k` or more."""
    return float(min(1.0, sum(w for v, w in forecast.atoms if v >= k)))
