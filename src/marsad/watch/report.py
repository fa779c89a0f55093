"""From what a method found to Signals: headline, effect, worth, evidence."""

from datetime import date
from hashlib import sha256
from math import isnan

import numpy as np

from marsad.panel import Panel
from marsad.periods import PER_YEAR, SEASON
from marsad.records import Params, Signal
from marsad.scales import Sensitivity
from marsad.watch import nb
from marsad.watch.method import Scan, Worth, effect
from marsad.watch.words import Both, method, plain, span, subject

MORE_READ = 1.5
"""From this many times as much reading on, a rise may be one of reading: the headline says so."""


def signal(panel: Panel, scan: Scan, row: int, column: int, as_of: date, q: float) -> Signal:
    """The signal of one alarm. q: its q-value over the units of that period (watch/select.py)."""
    worth, told = scan.worth(row, column), scan.tell(row, column)
    base = scan.baseline
    n, total, squares = (float(x[row, column]) for x in (base.n, base.total, base.squares))
    start = scan.start(row, column)
    observed = float(panel.counts[row, column]) if start == column else float(np.nansum(panel.counts[row, start : column + 1]))
    size = effect(observed, column - start + 1, total, n, nb.moment(total, squares, n))
    return _made(panel, scan, row, column, as_of, worth, _with_exposure(panel, row, start, column, told), effect=size, q=q)


def exposure_ratio(panel: Panel, row: int, start: int, column: int) -> float | None:
    """Reports read a period from `start` to `column`, over those of the year before; None where reading is not known."""
    series = panel.series[row] if panel.series else None
    if series is None or series.exposure is None:
        return None
    first = panel.calendar.number(series.periods[0]) - panel.first
    now = series.exposure[max(start - first, 0) : column - first + 1]
    before = series.exposure[max(start - first - SEASON[panel.calendar.freq], 0) : max(start - first, 0)]
    if len(now) == 0 or len(before) == 0 or before.mean() <= 0:
        return None
    return float(now.mean() / before.mean())


def _with_exposure(panel: Panel, row: int, start: int, column: int, told: Both) -> Both:
    """The headline, with a word of caution where much more was read than usual."""
    ratio = exposure_ratio(panel, row, start, column)
    if ratio is None or ratio < MORE_READ:
        return told
    return Both(
        f"{told.en}. Take care: {plain(ratio)} times as many reports were read as usual",
        f"{told.ar}. تنبيه: عدد التقارير المقروءة يساوي المعتاد مضروباً في {plain(ratio)}",
    )


def thin_signal(panel: Panel, scan: Scan, row: int, as_of: date) -> Signal:
    """What is said where a method could judge no period of a series."""
    column = int(np.flatnonzero(~np.isnan(panel.counts[row]))[-1])
    known = int((~np.isnan(panel.counts[row])).sum())
    worth = scan.worth(row, column) if scan.baseline.n[row, column] >= 2 else Worth(0.0, None)
    what, length, by = subject(panel.units[row]), span(known, panel.calendar.freq), method(scan.name)
    if worth.seen is None:
        told = Both(
            f"{what.en}: the record is thin ({length.en}); {by.en} could have seen no change in it",
            f"{what.ar}: السجل قليل ({length.ar})؛ ولم يكن بوسع {by.ar} رصد أي تغيّر فيه",
        )
    else:
        told = Both(
            f"{what.en}: the record is thin ({length.en}); {by.en} could have seen a rise to {plain(worth.seen)} times the rate, or more",
            f"{what.ar}: السجل قليل ({length.ar})؛ ولم يكن بوسع {by.ar} إلا رصد ارتفاع يبلغ المعدل مضروباً في {plain(worth.seen)} أو أكثر",
        )
    return _made(panel, scan, row, column, as_of, Worth(0.0, worth.seen), told, thin=True)


def _made(
    panel: Panel, scan: Scan, row: int, column: int, as_of: date, worth: Worth, told: Both, *,
    effect: tuple[float, float, float] | None = None, thin: bool = False, q: float = float("nan"),
) -> Signal:  # fmt: skip
    unit, period = panel.units[row], panel.label(column)
    p, expected = float(scan.p[row, column]), float(scan.expected[row, column])
    series = panel.series[row] if panel.series else None
    return Signal(
        id=signal_id(unit, period, scan.name, scan.version, scan.params), unit=unit, period=period, method=scan.name,
        version=scan.version, params=scan.params if isnan(q) else {**scan.params, "q": q}, observed=float(scan.observed[row, column]),
        expected=0.0 if isnan(expected) else expected, p=None if thin or isnan(p) else p, effect=effect,
        false_alarms_per_year=None if thin else worth.rate * PER_YEAR[panel.calendar.freq], smallest_change_seen=worth.seen,
        headline_en=told.en, headline_ar=told.ar, evidence=_evidence(panel, scan, row, column), as_of=as_of, thin=thin,
        sensitivity=series.sensitivity if series else Sensitivity.PUBLIC,
    )  # fmt: skip


def signal_id(unit: str, period: str, method: str, version: str, params: Params) -> str:
    """The id of a signal: the same finding made again keeps it."""
    told = "|".join((unit, period, method, version, *(f"{key}={params[key]}" for key in sorted(params))))
    return "sig-" + sha256(told.encode()).hexdigest()[:20]


def _evidence(panel: Panel, scan: Scan, row: int, column: int) -> tuple[str, ...]:
    if not panel.series or not panel.series[row].evidence:
        return ()
    series = panel.series[row]
    first = panel.calendar.number(series.periods[0]) - panel.first
    columns = range(max(scan.start(row, column), first), min(column + 1, first + len(series.evidence)))
    return tuple(
        dict.fromkeys((*scan.links.get((row, column), ()), *(i for c in columns for i in series.evidence[c - first])))
    )
