"""Signals as a page shows them: what was found, what the method is worth, the series behind it, and what a person decided."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from marsad.brief.periods import period_words
from marsad.brief.sections.signals import unit_names
from marsad.brief.words import visible
from marsad.brief.writer import Writer
from marsad.records import Series, Signal
from marsad.serve.models import told
from marsad.watch.words import method

Data = dict[str, Any]
PAST = 30


def signal(w: Writer, s: Signal, series: Series | None = None) -> Data:
    """One signal. counts: the last PAST counts of its series up to its period, None where missing."""
    area, what = unit_names(w, s.unit)
    past = _past(s, series)
    known = [c for _, c in past[:-1] if c is not None]
    return {
        "id": s.id, "unit": s.unit, "area": area, "what": what, "family": s.unit.rpartition(" ")[2], "period": s.period, "period_words": period_words(w, s.period),
        "method": s.method, "method_words": told.capital(getattr(method(s.method), w.lang)), "version": s.version, "headline": visible(s.headline_ar if w.lang == "ar" else s.headline_en), "observed": s.observed, "expected": round(s.expected, 2),
        "p": s.p, "effect": [round(x, 2) for x in s.effect] if s.effect else None, "alarms": s.false_alarms_per_year,
        "smallest": s.smallest_change_seen, "status": s.status, "thin": s.thin, "as_of": s.as_of.isoformat(), "evidence": list(s.evidence),
        "sensitivity": s.sensitivity.value, "periods": [p for p, _ in past], "counts": [c for _, c in past],
        "usual": round(float(np.mean(known)), 2) if known else None,
    }  # fmt: skip


def _past(s: Signal, series: Series | None) -> list[tuple[str, float | None]]:
    if series is None:
        return []
    return [(p, None if np.isnan(c) else float(c)) for p, c in series if p <= s.period][-PAST:]


def listed(w: Writer, found: Iterable[Signal], series: Mapping[str, Series]) -> Data:
    """All signals: those that wait for a person first, the least likely by chance first; thin notices apart."""
    every = sorted(found, key=lambda s: (s.status != "draft", s.p if s.p is not None else 1.0, s.id))
    strong = [s for s in every if not s.thin]
    return {
        "signals": [signal(w, s, series.get(s.unit)) for s in strong], "waiting": sum(s.status == "draft" for s in strong),
        "thin": [signal(w, s) for s in sorted((s for s in every if s.thin), key=lambda s: (s.smallest_change_seen or 1e9, s.id))],
    }  # fmt: skip
