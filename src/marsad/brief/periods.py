"""Periods of series: their days, and their words."""

from datetime import date, timedelta

from marsad.brief.writer import Writer
from marsad.periods import Calendar


def days_of(period: str) -> tuple[date, date]:
    """The first and last day of a period label: YYYY-MM-DD, YYYY-Www or YYYY-MM."""
    calendar = Calendar.of([period])
    number = calendar.number(period)
    return calendar.first_day(number), calendar.first_day(number + 1) - timedelta(days=1)


def period_words(w: Writer, period: str) -> str:
    """A period in words: "the week of 6 to 12 April 2020", "April 2020"."""
    start, end = days_of(period)
    if "W" in period:
        return w.words.phrase("week", days=w.words.days(start, end))
    return w.words.day(start) if start == end else f"{w.words.month(start.month)} {start.year}"
