"""Dates told from the day of publication: yesterday, last Friday, three days ago, over five days from 17 March."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Literal

from marsad.text.caldates import day_month, month_first
from marsad.text.datewords import DAY, Found, Words, bare, form_at, month_range, precision_of, ranged, skip
from marsad.text.numerals import number_at
from marsad.text.tokens import Token


def phrase(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """Yesterday, today, the day before yesterday, last week, this month: fixed phrases, longest first."""
    first = bare(toks[at].form, book.phrases)
    if first is None:
        return None
    for rest, begin, end in book.phrases[first]:
        if all(form_at(toks, at + 1 + k) == word for k, word in enumerate(rest)):
            last = at + 1 + len(rest)
            if begin == 1004 and form_at(toks, at - 1) == "عطله":
                return None  # "back from the weekend's holiday"
            named = weekday(toks, skip(toks, last, book.sets["open"]), lang, book, published)
            exact = day_month(toks, skip(toks, last, book.sets["open"]), lang, book, published)
            if begin == end and exact and exact.start:
                return exact._replace(first=at)
            if begin == end and named and -2 <= begin <= 0:
                return named._replace(first=at)
            last = named.last if named and begin > 0 else last  # "tomorrow, Tuesday"
            if published is None:
                width = precision_of(*_calendar(_ANY_DAY, begin, end)) if begin >= _CODED else 1
                return Found(None, None, width, "relative", at, last)
            return ranged(*_calendar(published, begin, end), "relative", at, last)
    return None


_CODED, _ANY_DAY = (
    1000,
    date(2000, 12, 31),
)  # from where on days are codes of `_calendar`; a Sunday that ends a month and a year


def _calendar(published: date, begin: int, end: int) -> tuple[date, date]:
    """Days from publication, with codes beyond +-1000 for calendar units (see codebooks/*/dates.toml)."""
    if begin == 1000:  # this month so far
        return published.replace(day=1), published
    if begin == 1001:  # last month
        last = published.replace(day=1) - DAY
        return last.replace(day=1), last
    if begin == 1002:  # this year so far
        return published.replace(month=1, day=1), published
    if begin == 1003:  # last year
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
    sunday = published - ((published.weekday() + 1) % 7) * DAY  # the last one up to publication
    if begin == 1004:  # the weekend: the last Saturday and Sunday up to publication
        return (published, published) if published.weekday() == 5 else (sunday - DAY, sunday)
    if begin == 1005:  # last week, Sunday to Saturday
        return sunday - 7 * DAY, sunday - DAY
    if begin == 1006:  # next week, Sunday to Saturday
        return sunday + 7 * DAY, sunday + 13 * DAY
    if begin == 1007:  # next month
        return month_range(published.year + published.month // 12, published.month % 12 + 1)
    if begin == 1008:  # next year
        return date(published.year + 1, 1, 1), date(published.year + 1, 12, 31)
    return published + begin * DAY, published + end * DAY


def weekday(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """A weekday: the latest one not after publication; with a word for night before it, the night before (two days)."""
    if at >= len(toks):
        return None
    first = at
    night = bare(form_at(toks, at), book.sets["night"]) is not None
    here = at + 1 if night or bare(form_at(toks, at), book.sets["part_of_day"]) else at
    here = skip(toks, here, book.sets["day_intro"])
    name = bare(form_at(toks, here), book.weekdays)
    if name is None or (lang == "ar" and not form_at(toks, here).lstrip("ولبف").startswith("ا")):
        return None
    last = here + 1
    if night and (both := _night_between(toks, at, last, book, book.weekdays[name], published)):
        return both
    exact = day_month(toks, skip(toks, last, book.sets["open"]), lang, book, published)
    if exact and exact.start and exact.precision == 1:
        return exact._replace(first=first)
    back = 0
    if bare(form_at(toks, last), book.sets["last"]):
        last, back = last + 1, 1
    elif bare(form_at(toks, last), book.sets["next"]) or bare(form_at(toks, here - 1), book.sets["next"]):
        return _coming(
            book.weekdays[name], published, first, last + (bare(form_at(toks, last), book.sets["next"]) is not None)
        )
    if published is None:
        return Found(None, None, 1, "relative", first, last)
    if not back and _starts(toks, first, book) and (book.weekdays[name] - published.weekday()) % 7 in _SOON:
        return _coming(book.weekdays[name], published, first, last)
    days = (published.weekday() - book.weekdays[name]) % 7
    day = published - (7 if back and days == 0 else days) * DAY
    return ranged(day - DAY if night else day, day, "relative", first, last)


_SOON = (1, 2, 3)  # days ahead, so that the coming weekday is nearer than the last


def _starts(toks: Sequence[Token], at: int, book: Words) -> bool:
    """Whether something starts on the day at `at` (اعتبارا من الثامنة صباح الثلاثاء, "starting at 8 a.m. on Tuesday")."""
    back = at - 1
    while back > at - _HOURS and (form_at(toks, back) in book.sets["hours"] or form_at(toks, back).isdecimal()):
        back -= 1
    hour = back < at - 1 and form_at(toks, back) in book.sets["starting_at"]
    return hour or bare(form_at(toks, back), book.sets["starting"]) is not None


_HOURS = 9  # tokens


def _night_between(
    toks: Sequence[Token], first: int, at: int, book: Words, weekday: int, published: date | None
) -> Found | None:
    """ليل الأحد الاثنين, ليل الخميس - الجمعة: the night that begins on the one and ends on the other."""
    here = at + (form_at(toks, at) in {"-", "–", "/", "الي", "علي"})
    name = bare(form_at(toks, here), book.weekdays)
    if name is None or (book.weekdays[name] - weekday) % 7 != 1:
        return None
    if published is None:
        return Found(None, None, 2, "relative", first, here + 1)
    morning = published - ((published.weekday() - book.weekdays[name]) % 7) * DAY
    return ranged(morning - DAY, morning, "relative", first, here + 1)


def _coming(weekday: int, published: date | None, first: int, last: int) -> Found:
    if published is None:
        return Found(None, None, 1, "relative", first, last)
    day = published + ((weekday - published.weekday()) % 7 or 7) * DAY
    return Found(day, day, 1, "relative", first, last)


def span_of_days(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """على مدار خمسة أيام بدأت في 17 مارس; over five days from 17 March: a length and a beginning."""
    number = number_at(toks, at, lang)
    if number is None or number.loose or not 2 <= number.value <= 60:
        return None
    unit = bare(form_at(toks, number.last), book.units)
    if unit is None or book.units[unit][0] not in {"day", "week"}:
        return None
    here = skip(toks, number.last + 1, book.sets["began"])
    if here == number.last + 1:
        return None
    begun = day_month(toks, here, lang, book, published) or (
        month_first(toks, here, lang, book, published) if here < len(toks) else None
    )
    if begun is None or begun.start is None:
        return None
    days = int(number.value) * (7 if book.units[unit][0] == "week" else 1)
    return ranged(begun.start, begun.start + (days - 1) * DAY, "text", at, begun.last)


def within(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """خلال الـ24 ساعة الماضية, in the past 24 hours, over the last three days: from so long before publication up to it."""
    here = skip(toks, at, book.sets["within"])
    past = lang == "en" and bare(form_at(toks, here), book.sets["past"]) is not None
    here += past
    if lang == "ar" and here > at and (counted := _days_first(toks, here, book, published)) is not None:
        return counted._replace(first=at)
    number = number_at(toks, here, lang) if here > at and here < len(toks) else None
    if number is None or number.loose or not 1 <= number.value <= 96:
        return None
    unit = bare(form_at(toks, number.last), book.units)
    kind = book.units[unit][0] if unit else ""
    after = lang == "ar" and bare(form_at(toks, number.last + 1), book.sets["past"]) is not None
    if kind not in _LENGTH or not (past or after or (kind == "hour" and number.value >= 12)):
        return None
    return _up_to_now(int(number.value), kind, at, number.last + 1 + after, published)


_LENGTH = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}  # days


def _up_to_now(n: int, kind: str, first: int, last: int, published: date | None) -> Found:
    """The last `n` hours, days, weeks, months or years up to publication."""
    if published is None:
        return Found(None, None, 2, "relative", first, last)
    return ranged(published - math.ceil(n * _LENGTH[kind]) * DAY, published, "relative", first, last)


def _days_first(toks: Sequence[Token], at: int, book: Words, published: date | None) -> Found | None:
    """The unit before its number: الأيام الخمسة الماضية."""
    form = form_at(toks, at)
    unit = book.units.get(form.removeprefix("ال")) if form.startswith("ال") else None
    number = number_at(toks, at + 1, "ar") if unit and at + 1 < len(toks) else None
    if number is None or unit is None or unit[0] not in _LENGTH or not bare(form_at(toks, number.last), book.sets["past"]):
        return None
    return _up_to_now(int(number.value), unit[0], at, number.last + 1, published)


def ago(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """قبل ثلاثة أيام, منذ أسبوع; three days ago: a point that far back, as exact as its unit."""
    here = at + 1 if bare(toks[at].form, book.sets["ago_before"]) else at
    if lang == "ar" and here == at:
        return None
    here = skip(toks, here, book.sets["about"])
    number = number_at(toks, here, lang) if here < len(toks) else None
    n, nxt = (number.value, number.last) if number and not number.loose else (0.0, here)
    unit = bare(form_at(toks, nxt), book.units)
    if unit is None:
        return None
    kind, own = book.units[unit]
    if not n and kind == "day" and lang == "ar" and _names_a_day(toks, nxt, book, published):
        return None  # "since the day of Friday": a day of its own
    n = n or own
    last = nxt + 1
    if lang == "en":
        if not (bare(form_at(toks, last), book.sets["ago_after"])):
            return None
        last += 1
    if not n:
        if kind in {"year", "month"}:
            return Found(None, None, 5, "relative", at, last, year_only=True)
        return Found(None, None, 3, "relative", at, last) if lang == "ar" and kind == "day" else None  # "days ago"
    since = bare(toks[at].form, book.sets["since"]) is not None
    return _back(n, kind, at, last, published, since)


def _names_a_day(toks: Sequence[Token], at: int, book: Words, published: date | None) -> bool:
    """Whether the word for a day at `at` begins the name of one (يوم الجمعة، يوم 20 يوليو)."""
    return (weekday(toks, at, "ar", book, published) or day_month(toks, at + 1, "ar", book, published)) is not None


def _back(n: float, kind: str, first: int, last: int, published: date | None, since: bool) -> Found:
    role: Literal["when", "since"] = "since" if since else "when"
    if published is None or n > 10_000:
        return Found(None, None, 1, "relative", first, last, role, year_only=kind == "year")
    if kind == "hour":
        day = published - int(n // 24) * DAY
        return Found(day, published if since else day, 1, "relative", first, last, role)
    if kind == "day":
        day = published - int(n) * DAY
        return Found(day, day, 1, "relative", first, last, role)
    if kind == "week":
        mid = published - int(7 * n) * DAY
        return Found(mid - 3 * DAY, mid + 3 * DAY, 3, "relative", first, last, role)
    if kind == "month":
        months = published.year * 12 + published.month - 1 - int(n)
        start, end = month_range(months // 12, months % 12 + 1) if months >= 12 else (published, published)
        return Found(start, end, 4, "relative", first, last, role)
    year = published.year - int(n)
    if year < 1:
        return Found(None, None, 5, "relative", first, last, role, year_only=True)
    return Found(date(year, 1, 1), date(year, 12, 31), 5, "relative", first, last, role, year_only=True)
