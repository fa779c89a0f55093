"""Forecasts as a page shows them: the fan of each unit, how often the odds held, and the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from marsad.brief.periods import days_of, period_words
from marsad.brief.sections import outlook
from marsad.brief.sections.signals import unit_names
from marsad.brief.writer import Writer
from marsad.forecast.questions import mean, quantile
from marsad.records import Forecast, Series
from marsad.scales import likelihood
from marsad.score import Entry, calibration

Data = dict[str, Any]
PAST = 26
"""Periods shown before the forecast."""
FANS = 24
LEDGER = 200


def fans(w: Writer, forecasts: Sequence[Forecast], series: Iterable[Series], *, most: int = FANS) -> list[Data]:
    """A fan a unit, from the newest origin, the likeliest first."""
    by_unit: dict[str, list[Forecast]] = defaultdict(list)
    spoken = outlook.speaking(forecasts)
    newest = max((days_of(f.origin)[1] for f in spoken), default=None)
    for f in spoken:
        if days_of(f.origin)[1] == newest:
            by_unit[f.unit].append(f)
    known = {s.unit: s for s in series}
    made = [_fan(w, unit, sorted(found, key=lambda f: f.target), known.get(unit)) for unit, found in by_unit.items()]
    return sorted(made, key=lambda f: (-f["some"], f["unit"]))[:most]


def _fan(w: Writer, unit: str, found: Sequence[Forecast], series: Series | None) -> Data:
    area, what = unit_names(w, unit)
    first = found[0]
    some = outlook.some(first)
    band = likelihood(some)
    past = [] if series is None else [(p, None if np.isnan(c) else float(c)) for p, c in series if p <= first.origin][-PAST:]
    ahead = [
        {"label": f.target, "period": period_words(w, f.target), **{f"q{int(q * 100):02d}": quantile(f, q) for q in (0.05, 0.25, 0.5, 0.75, 0.95)},
         "mean": round(mean(f), 3), "some": round(outlook.some(f), 4), "percent": w.words.percent(outlook.some(f))}
        for f in found
    ]  # fmt: skip
    return {
        "unit": unit, "area": area, "what": what, "family": unit.rpartition(" ")[2], "origin": first.origin, "method": f"{first.method} {first.version}",
        "note": first.note, "some": round(some, 4), "percent": w.words.percent(some), "word": band.ar if w.lang == "ar" else band.en,
        "period": period_words(w, first.target), "past": past, "ahead": ahead,
    }  # fmt: skip


def ledger(w: Writer, entries: Sequence[Entry], forecasts: Iterable[Forecast], *, most: int = LEDGER) -> Data:
    """What came of the forecasts that came due: the newest first, and how many lay inside the middle 80%."""
    speaking = {f.id: f for f in outlook.speaking(list(forecasts))}
    due = [e for e in entries if e.forecast in speaking]
    rows = [_entry(w, e, speaking[e.forecast]) for e in sorted(due, key=lambda e: (e.target, e.unit), reverse=True)]
    return {"due": len(due), "inside": sum(r["inside"] for r in rows), "rows": rows[:most]}


def _entry(w: Writer, e: Entry, f: Forecast) -> Data:
    area, what = unit_names(w, e.unit)
    low, high = outlook.middle(f)
    return {
        "unit": e.unit, "area": area, "what": what, "target": e.target, "period": period_words(w, e.target), "expected": round(e.expected, 2),
        "low": low, "high": high, "observed": e.observed, "inside": low <= e.observed <= high, "some": w.words.percent(e.some),
        "crps": round(e.crps, 3), "method": e.method, "evidence": list(e.evidence),
    }  # fmt: skip


def calibrated(entries: Sequence[Entry], speaking: Mapping[str, Forecast]) -> list[Data]:
    """The calibration of "at least one": what was said against how often it happened, with its 90% interval."""
    due = [e for e in entries if e.forecast in speaking]
    said, happened = np.array([e.some for e in due]), np.array([float(e.observed >= 1) for e in due])
    return [b._asdict() for b in calibration(said, happened, bins=5)] if due else []
