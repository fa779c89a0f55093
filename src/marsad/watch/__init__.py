"""Watch: has the pattern changed? One method a file; each says how often it cries wolf and how small a change it sees.

    from marsad import watch
    signals = watch.run(series, methods=("record_high", "tactic_return"))

A method is taken by name (METHODS) or is your own: an object with a NAME and a `scan(panel) -> Scan` (watch/method.py).
"""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from marsad.errors import UsageError
from marsad.panel import Panel
from marsad.records import Series, Signal
from marsad.watch import record_high, tactic_return
from marsad.watch.method import Method, Scan
from marsad.watch.report import signal, thin_signal

VERSION = "1"
METHODS: dict[str, Method] = {m.NAME: m for m in (record_high, tactic_return)}
DEFAULT = ("record_high", "tactic_return")

__all__ = ["DEFAULT", "METHODS", "VERSION", "Method", "Scan", "run"]


def run(
    series_list: Sequence[Series], methods: Sequence[str | Method] = DEFAULT, *, as_of: date | None = None
) -> list[Signal]:
    """Signals in `series_list` by `methods`, in order of period, unit and method; every period is judged by what came before it.

    as_of: the data cut that the series were made from; by default the last day of their last period. A series in which a method
    could judge no period gets one signal marked `thin`. Raises UsageError for a method that does not exist, SeriesError for series that
    do not go together.
    """
    if not series_list:
        return []
    panel = Panel.of(series_list)
    cut = as_of or panel.calendar.last_day(panel.first + panel.periods - 1)
    found = [s for method in methods for s in _signals(panel, named(method).scan(panel), cut)]
    return sorted(found, key=lambda s: (s.period, s.unit, s.method))


def named(method: str | Method) -> Method:
    """A method by name, or the method itself. Raises UsageError."""
    if not isinstance(method, str):
        return method
    if method not in METHODS:
        raise UsageError(f"no method of watching is called {method!r}", mend=f"Take one of {', '.join(METHODS)}.")
    return METHODS[method]


def _signals(panel: Panel, scan: Scan, as_of: date) -> Iterator[Signal]:
    for row, column in np.argwhere(scan.alarm):
        yield signal(panel, scan, int(row), int(column), as_of)
    for row in np.flatnonzero(~scan.tested.any(axis=1)):
        yield thin_signal(panel, scan, int(row), as_of)
