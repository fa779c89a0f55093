"""Watch: has the pattern changed? One method a file; each says how often it cries wolf and how small a change it sees.

    from marsad import watch
    signals = watch.run(series, methods=("record_high", "tactic_return"))

A method is taken by name (METHODS) or is your own: an object with a NAME and a `scan(panel) -> Scan` (watch/method.py).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf

import numpy as np

from marsad.errors import UsageError
from marsad.panel import Panel
from marsad.records import Series, Signal
from marsad.watch import change_point, farrington, nb_cusum, nb_tail, record_high, tactic_return, vacuum
from marsad.watch.method import Method, Scan
from marsad.watch.report import signal, thin_signal
from marsad.watch.select import Choice, choose, q_values

VERSION = "1"
METHODS: dict[str, Method] = {
    m.NAME: m for m in (record_high, nb_tail, nb_cusum, change_point, farrington, tactic_return, vacuum)
}
DEFAULT = ("record_high", "nb_tail", "nb_cusum", "tactic_return")

JOINED = frozenset((vacuum.NAME,))

__all__ = ["DEFAULT", "METHODS", "VERSION", "Choice", "Method", "Scan", "choose", "run"]


def run(
    series_list: Sequence[Series], methods: Sequence[str | Method] = DEFAULT, *, as_of: date | None = None
) -> list[Signal]:
    """Signals in `series_list` by `methods`, in order of period, unit and method; every period is judged by what came before it.

    as_of: the data cut that the series were made from; by default the last day of their last period. A series in which a method
    could judge no period gets a signal marked `thin`, by the method that could have seen the smallest change. Raises UsageError for a method that does not exist, SeriesError for series that
    do not go together.
    """
    if not series_list:
        return []
    panel = Panel.of(series_list)
    cut = as_of or panel.calendar.last_day(panel.first + panel.periods - 1)
    found = _one_notice([s for method in methods for s in _signals(panel, named(method).scan(panel), cut)])
    return sorted(found, key=lambda s: (s.period, s.unit, s.method))


def _one_notice(found: list[Signal]) -> list[Signal]:
    """Of several notices that one record is thin, the one of the method that sees most."""
    best: dict[str, Signal] = {}
    for s in found:
        if s.thin and (s.unit not in best or (s.smallest_change_seen or inf) < (best[s.unit].smallest_change_seen or inf)):
            best[s.unit] = s
    return [s for s in found if not s.thin or best[s.unit] is s]


def named(method: str | Method) -> Method:
    """A method by name, or the method itself. Raises UsageError."""
    if not isinstance(method, str):
        return method
    if method not in METHODS:
        raise UsageError(f"no method of watching is called {method!r}", mend=f"Take one of {', '.join(METHODS)}.")
    return METHODS[method]


def _signals(panel: Panel, scan: Scan, as_of: date) -> Iterator[Signal]:
    q = q_values(scan.p)
    for row, column in np.argwhere(scan.alarm):
        yield signal(panel, scan, int(row), int(column), as_of, float(q[row, column]))
    if scan.name in JOINED:
        return  # it speaks only of areas where both sides are told
    for row in np.flatnonzero(~scan.tested.any(axis=1)):
        yield thin_signal(panel, scan, int(row), as_of)
