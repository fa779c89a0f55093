"""Many series side by side: a matrix of units by periods, which methods and models work on at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.errors import SeriesError
from marsad.periods import Calendar, consecutive
from marsad.records import Series

Floats = NDArray[np.float64]
DEATHS = " deaths"
"""What the name of a unit ends in, if deaths are counted and not incidents."""


class Told(NamedTuple):
    """What a unit of the record is ("IQ/Diyala attack deaths"): its area, its family or kind, and whether deaths are counted."""

    area: str
    what: str
    deaths: bool


def told(unit: str) -> Told:
    """The parts of a unit's name; of a name that somebody else gave, `area` may be empty and `what` mean nothing."""
    area, _, what = unit.removesuffix(DEATHS).rpartition(" ")
    return Told(area, what, unit.endswith(DEATHS))


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Counts of `units` over consecutive periods.

    counts: units x periods, NaN where missing (missing is not zero). first: number of the first period in `calendar`.
    series: what it was made from, in the order of `units`; periods of one series may begin later or end earlier. memo: what
    several methods reckon from the same counts, kept by the first of them.
    """

    units: tuple[str, ...]
    calendar: Calendar
    first: int
    counts: Floats
    series: tuple[Series, ...] = ()
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, series: Sequence[Series]) -> "Panel":
        """The panel of `series`, which must share a frequency. Raises SeriesError for none, a gap, or a unit that stands twice."""
        if not series:
            raise SeriesError("there is no series", mend="Give at least one unit with counts.")
        units = tuple(s.unit for s in series)
        if len(set(units)) != len(units):
            twice = next(u for u in units if units.count(u) > 1)
            raise SeriesError("the unit stands twice", where=twice, mend="Give each unit one series.")
        places: dict[tuple[str, ...], tuple[Calendar, int]] = {}
        for s in series:
            if s.periods not in places:
                places[s.periods] = consecutive(s.periods, s.unit)
        whole = Calendar.of((p for periods in places for p in (periods[0], periods[-1])), series[0].unit)
        calendar = next(c for c, _ in places.values())
        if len(places) > 1 and any(c != calendar for c, _ in places.values()):
            calendar = whole
            places = {periods: (whole, whole.number(periods[0])) for periods in places}
        first = min(number for _, number in places.values())
        last = max(number + len(periods) for periods, (_, number) in places.items())
        counts = np.full((len(series), last - first), np.nan)
        for row, s in enumerate(series):
            start = places[s.periods][1] - first
            counts[row, start : start + len(s)] = s.counts
        return cls(units, calendar, first, counts, tuple(series))

    def __len__(self) -> int:
        return len(self.units)

    @property
    def periods(self) -> int:
        """How many periods."""
        return int(self.counts.shape[1])

    def label(self, column: int) -> str:
        """The label of a column, also of one beyond the last."""
        return self.calendar.label(self.first + column)

    def column(self, label: str) -> int:
        """The column of a label; may lie outside of the panel. Raises SeriesError for a label that names no period."""
        return self.calendar.number(label, label) - self.first

    def until(self, column: int) -> "Panel":
        """The panel as it stood at the end of period `column`: a copy, so that nothing later can be seen."""
        return Panel(self.units, self.calendar, self.first, self.counts[:, : column + 1].copy(), self.series)

    def rows(self, chosen: Sequence[int] | NDArray[np.intp]) -> "Panel":
        """The panel of some units."""
        order = [int(i) for i in chosen]
        series = tuple(self.series[i] for i in order) if self.series else ()
        return Panel(tuple(self.units[i] for i in order), self.calendar, self.first, self.counts[order], series)
