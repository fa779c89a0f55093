"""Periods by name: days (YYYY-MM-DD), ISO weeks (YYYY-Www), months (YYYY-MM), and arithmetic on them.

The form of a label declares its unit. One thing is told from the labels together: where all days given are whole weeks apart (or all
are firsts of a month), they name weeks (months) by their first day.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NoReturn

from marsad.errors import SeriesError

Freq = Literal["D", "W", "M"]
PER_YEAR: dict[str, float] = {"D": 365.25, "W": 365.25 / 7, "M": 12.0}
SEASON: dict[str, int] = {"D": 365, "W": 52, "M": 12}
"""Whole periods in a year, for what must count in whole periods."""
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MEND = "Write periods as YYYY-MM, YYYY-Www or YYYY-MM-DD, all in one form."


@dataclass(frozen=True, slots=True)
class Calendar:
    """Periods of one length: each has a number (consecutive periods, consecutive numbers) and a label.

    days: labels are first days (YYYY-MM-DD) also where freq is W or M. weekday: on which its weeks begin (0 Monday).
    """

    freq: Freq
    days: bool = False
    weekday: int = 0

    @classmethod
    def of(cls, labels: Iterable[str], where: str = "") -> "Calendar":
        """The calendar that `labels` are written in. Raises SeriesError if they are in no form or in several."""
        given = list(dict.fromkeys(labels))
        if not given:
            raise SeriesError("there is no period", where=where, mend=_MEND)
        for freq, form in (("M", _MONTH), ("W", _WEEK)):
            if all(form.fullmatch(label) for label in given):
                return cls(freq)  # type: ignore[arg-type]
        odd = next((label for label in given if not _DAY.fullmatch(label)), None)
        if odd is not None:
            raise SeriesError(f"period {odd!r} is not in the form of the others, or in none", where=where, mend=_MEND)
        days = [_day(label, where) for label in given]
        if len(days) > 1 and all(d.day == 1 for d in days):
            return cls("M", days=True)
        if len(days) > 1 and len({d.toordinal() % 7 for d in days}) == 1:
            return cls("W", days=True, weekday=days[0].weekday())
        return cls("D")

    def number(self, label: str, where: str = "") -> int:
        """The number of the period called `label`. Raises SeriesError if there is none."""
        if self.days or self.freq == "D":
            if not _DAY.fullmatch(label):
                _refuse(label, where)
            return self.holding(_day(label, where))
        match = (_MONTH if self.freq == "M" else _WEEK).fullmatch(label)
        if match is None:
            _refuse(label, where)
        year, part = int(match[1]), int(match[2])
        try:
            first = date(year, part, 1) if self.freq == "M" else date.fromisocalendar(year, part, 1)
        except ValueError:
            _refuse(label, where)
        return self.holding(first)

    def holding(self, day: date) -> int:
        """The number of the period that holds `day`."""
        if self.freq == "M":
            return day.year * 12 + day.month - 1
        return day.toordinal() if self.freq == "D" else (day.toordinal() - 1 - self.weekday) // 7

    def first_day(self, number: int) -> date:
        """The first day of period `number`."""
        if self.freq == "M":
            return date(number // 12, number % 12 + 1, 1)
        return date.fromordinal(number) if self.freq == "D" else date.fromordinal(number * 7 + 1 + self.weekday)

    def last_day(self, number: int) -> date:
        """The last day of period `number`."""
        return self.first_day(number + 1) - timedelta(days=1)

    @lru_cache(maxsize=10_000)  # noqa: B019 (a calendar is three small values, equal ones share)
    def label(self, number: int) -> str:
        """The label of period `number`."""
        first = self.first_day(number)
        if self.days or self.freq == "D":
            return first.isoformat()
        if self.freq == "M":
            return f"{first.year:04d}-{first.month:02d}"
        year, week, _ = first.isocalendar()
        return f"{year:04d}-W{week:02d}"

    def labels(self, first: int, count: int) -> tuple[str, ...]:
        """Labels of `count` periods from `first`."""
        return tuple(self.label(first + i) for i in range(count))


def consecutive(labels: Sequence[str], where: str = "") -> tuple[Calendar, int]:
    """(calendar, number of the first period) of labels that must follow each other without gap or double. Raises SeriesError."""
    calendar = Calendar.of(labels, where)
    numbers = [calendar.number(label, where) for label in labels]
    for n, (before, now, label) in enumerate(zip(numbers, numbers[1:], labels[1:], strict=False), start=1):
        if now <= before and now in numbers[:n]:
            raise SeriesError(f"period {label} stands twice", where=where, mend="Give each period one row.")
        if now < before:
            raise SeriesError(f"period {label} stands after a later one", where=where, mend="Sort the periods in time.")
        if now > before + 1:
            missing = calendar.label(before + 1)
            lost = now - before - 1
            told = f"period {missing} is" if lost == 1 else f"{lost} periods are"
            raise SeriesError(
                f"{told} missing before {label}" + (f", the first is {missing}" if lost > 1 else ""), where=where,
                mend="Give each period a row; leave the value empty where it is not known, and write 0 only where nothing happened.",
            )  # fmt: skip
    return calendar, numbers[0]


def _day(label: str, where: str) -> date:
    try:
        return date.fromisoformat(label)
    except ValueError:
        _refuse(label, where)


def _refuse(label: str, where: str) -> NoReturn:
    raise SeriesError(f"{label!r} names no period of this series", where=where, mend=_MEND)
