"""Tempo: incidents by period and family, for columns over time."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from marsad.brief.words import Words
from marsad.periods import Calendar, Freq
from marsad.scales import Family

Data = dict[str, Any]
MOST = 60
"""Columns; a longer time is counted by longer periods, and of what is longer still the newest are shown."""


def freq_for(start: date, end: date) -> Freq:
    """Days up to seven weeks, weeks up to a year and more, else months."""
    days = (end - start).days
    return "D" if days <= 45 else "W" if days <= 7 * MOST else "M"


def tempo(words: Words, counted: Iterable[tuple[date, str, int]], freq: Freq, start: date, end: date) -> list[Data]:
    """counted: (day, family, how many). A column a period from `start` to `end`, at most MOST, empty ones too."""
    calendar = Calendar(freq)
    first, last = calendar.holding(start), calendar.holding(end)
    first = max(first, last - MOST + 1)
    held: dict[int, Counter[str]] = {n: Counter() for n in range(first, last + 1)}
    for day, family, n in counted:
        if (number := calendar.holding(day)) in held:
            held[number][family] += n
    return [_column(words, calendar, n, held[n]) for n in range(first, last + 1)]


def _column(words: Words, calendar: Calendar, number: int, counts: Counter[str]) -> Data:
    start, end = calendar.first_day(number), calendar.last_day(number)
    month = words.book["months"]["short"][start.month - 1]
    short = f"{month} {start.year}" if calendar.freq == "M" else f"{start.day} {month}"
    label = f"{words.month(start.month)} {start.year}" if calendar.freq == "M" else words.days(start, end)
    return {"start": start.isoformat(), "end": end.isoformat(), "label": label, "short": short, "counts": dict(counts)}


def families(columns: Iterable[Data]) -> list[str]:
    """The families that occur, in the order of the codebook."""
    used = {f for c in columns for f in c["counts"]}
    return [f.value for f in Family if f.value in used]
