"""Dates in Arabic and English news text, resolved against the day of publication.

A phrase becomes a `Found`: the days it covers (both ends included), UCDP precision, its basis, and the folded characters that
tell it. What needs the day of publication stays unresolved where that is unknown: nothing is guessed (codebook, section 4).
The words stand in codebooks/{ar,en}/dates.toml; months there include the Levantine, Maghrebi and Hijri names.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from hijridate import Hijri

from marsad.text.numerals import number_at
from marsad.text.numerals import words as number_words
from marsad.text.tokens import Token

Basis = Literal["text", "relative"]
_ONE = timedelta(days=1)


class Found(NamedTuple):
    """A date phrase. start, end: None where it needs a day of publication that is unknown. first, last: token range.

    role: "when" (an event's time), "since" (from then on), "until", "age" (a year alone: weak evidence of history).
    """

    start: date | None
    end: date | None
    precision: int
    basis: Basis
    first: int
    last: int
    role: Literal["when", "since", "until"] = "when"
    year_only: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The date words of one language."""

    months: Mapping[str, int]
    hijri: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, tuple[str, int]]  # form -> (day|week|month|year|hour, how many the form itself says)
    sets: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], int, int], ...]]  # first word -> ((rest, from, to) days from publication)


@cache
def words(lang: str) -> Words:
    """The date words of `lang`."""
    book = tomllib.loads(files("marsad.codebooks").joinpath(lang, "dates.toml").read_text(encoding="utf-8"))
    units = {form: (unit, int(n)) for unit, by in book["units"].items() for n, spelled in by.items() for form in spelled}
    phrases: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
    for row in book["phrase"]:
        for said in row["said"]:
            first, *rest = said.split()
            phrases.setdefault(first, []).append((tuple(rest), row["from"], row.get("to", row["from"])))
    ordered = {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in phrases.items()}
    flat = {section: {form: int(n) for n, spelled in book[section].items() for form in spelled} for section in ("months", "hijri", "weekdays")}
    sets = {name: frozenset(listed) for name, listed in book["sets"].items()}
    return Words(flat["months"], flat["hijri"], flat["weekdays"], units, sets, ordered)


def dates(toks: Sequence[Token], lang: str, published: date | None) -> list[Found]:
    """All date phrases among `toks`, in order, none overlapping."""
    book = words(lang)
    rules: tuple[Callable[[Sequence[Token], int, str, Words, date | None], Found | None], ...] = (
        _iso, _span_of_days, _ago, _phrase, _day_month, _month_first, _hijri, _weekday, _part_of_month, _month_alone, _year_alone,
    )  # fmt: skip
    found: list[Found] = []
    at = 0
    while at < len(toks):
        if not _can_begin(toks[at].form, toks[at].kind, lang):
            at += 1
            continue
        hit = next((f for rule in rules if (f := rule(toks, at, lang, book, published))), None)
        if hit is None:
            at += 1
            continue
        found.append(_with_role(toks, hit, book))
        at = max(hit.last, at + 1)
    return found


@cache
def _can_begin(form: str, kind: str, lang: str) -> bool:
    """Whether any rule can begin at such a token; remembered by form, since most words of a text begin no date."""
    book = words(lang)
    if kind == "number" or number_at([Token(0, len(form), form, kind)], 0, lang) or form in ("ال", "لل", "بال", "وال"):
        return True
    known: tuple[Mapping[str, object] | frozenset[str], ...] = (
        book.phrases, book.weekdays, book.months, book.units, number_words(lang).ordinals,
        *(book.sets[name] for name in ("ago_before", "about", "between", "early", "mid", "late", "night", "part_of_day", "day_intro",
                                       "year_intro", "month_intro", "year_context", "next", "last", "this")),
    )  # fmt: skip
    return any(bare(form, each) for each in known) or form.startswith(("الحادي", "والحادي", "بالحادي", "فالحادي"))


# --- helpers ---------------------------------------------------------------------------------------------------------------


def bare(form: str, known: "Mapping[str, object] | frozenset[str]") -> str | None:
    """`form` without a legal proclitic, if it is in `known`."""
    if form in known:
        return form
    for prefix in ("وال", "بال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك"):
        if form.startswith(prefix) and form[len(prefix) :] in known:
            return form[len(prefix) :]
    return None


def _form(toks: Sequence[Token], at: int) -> str:
    return toks[at].form if 0 <= at < len(toks) else ""


def _skip(toks: Sequence[Token], at: int, ignored: frozenset[str]) -> int:
    while at < len(toks) and toks[at].form in ignored:
        at += 1
    return at


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_at(toks: Sequence[Token], at: int, book: Words) -> tuple[int | None, int]:
    """A four-digit year at `at`, perhaps after "in the year" words; (year or None, next token)."""
    here = _skip(toks, at, book.sets["year_intro"])
    form = _form(toks, here)
    if len(form) == 4 and form.isdigit() and 1900 <= int(form) <= 2100:
        return int(form), here + 1
    return None, at


def _infer_year(month: int, day: int, published: date | None) -> date | None:
    """The date of that month and day nearest before publication (codebook, section 4)."""
    if published is None:
        return None
    for year in (published.year, published.year - 1, published.year - 4):
        guess = _safe(year, month, day)
        if guess and guess <= published + 2 * _ONE:  # a day or two ahead: announced for tomorrow
            return guess
    return None


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    first = date(year, month, 1)
    following = date(year + (month == 12), month % 12 + 1, 1)
    return first, following - _ONE


def precision_of(start: date, end: date) -> int:
    """UCDP date precision of a range of days."""
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5


def _ranged(start: date | None, end: date | None, basis: Basis, first: int, last: int) -> Found:
    if start is None or end is None:
        return Found(None, None, 1, basis, first, last)
    return Found(start, end, precision_of(start, end), basis, first, last)


def _with_role(toks: Sequence[Token], hit: Found, book: Words) -> Found:
    before = _form(toks, hit.first - 1)
    if bare(before, book.sets["since"]):
        return hit._replace(role="since")
    if bare(before, book.sets["until"]):
        return hit._replace(role="until")
    return hit


# --- the rules -------------------------------------------------------------------------------------------------------------

_NUMERIC = re.compile(r"\d{1,4}\Z")


def _iso(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """2020-03-19, 19/3/2020, 19-3-2020, 19.3.2020."""
    form = _form(toks, at)
    if form.count(".") == 2:
        day, month, year = form.split(".")
        got = _safe(int(year), int(month), int(day)) if len(year) == 4 else None
        return Found(got, got, 1, "text", at, at + 1) if got else None
    if not _NUMERIC.match(form) or _form(toks, at + 1) not in {"-", "/"} or _form(toks, at + 3) != _form(toks, at + 1):
        return None
    middle, last = _form(toks, at + 2), _form(toks, at + 4)
    if not _NUMERIC.match(middle) or not _NUMERIC.match(last):
        return None
    got = None
    if len(form) == 4:
        got = _safe(int(form), int(middle), int(last))
    elif len(last) == 4:
        got = _safe(int(last), int(middle), int(form)) or _safe(int(last), int(form), int(middle))
    return Found(got, got, 1, "text", at, at + 5) if got else None


def _phrase(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """Yesterday, today, the day before yesterday, last week, this month: fixed phrases, longest first."""
    first = bare(toks[at].form, book.phrases)
    if first is None:
        return None
    for rest, begin, end in book.phrases[first]:
        if all(_form(toks, at + 1 + k) == word for k, word in enumerate(rest)):
            last = at + 1 + len(rest)
            weekday = _weekday(toks, _skip(toks, last, book.sets["open"]), lang, book, published)
            exact = _day_month(toks, _skip(toks, last, book.sets["open"]), lang, book, published)
            if begin == end and exact and exact.start:
                return exact._replace(first=at)
            if begin == end and weekday and begin >= -2:
                return weekday._replace(first=at, last=weekday.last)
            if published is None:
                return Found(None, None, 1, "relative", at, last)
            return _ranged(*_calendar(published, begin, end), "relative", at, last)
    return None


def _calendar(published: date, begin: int, end: int) -> tuple[date, date]:
    """Days from publication, with codes beyond +-1000 for calendar units (see codebooks/*/dates.toml)."""
    if begin == 1000:  # this month so far
        return published.replace(day=1), published
    if begin == 1001:  # last month
        last = published.replace(day=1) - _ONE
        return last.replace(day=1), last
    if begin == 1002:  # this year so far
        return published.replace(month=1, day=1), published
    if begin == 1003:  # last year
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
    return published + begin * _ONE, published + end * _ONE


def _weekday(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """A weekday: the latest one not after publication; with a word for night before it, the night before (two days)."""
    if at >= len(toks):
        return None
    first = at
    night = bare(_form(toks, at), book.sets["night"]) is not None
    here = at + 1 if night or bare(_form(toks, at), book.sets["part_of_day"]) else at
    here = _skip(toks, here, book.sets["day_intro"])
    name = bare(_form(toks, here), book.weekdays)
    if name is None or (lang == "ar" and not _form(toks, here).lstrip("ولبف").startswith("ا")):
        return None
    last = here + 1
    exact = _day_month(toks, _skip(toks, last, book.sets["open"]), lang, book, published)
    if exact and exact.start and exact.precision == 1:
        return exact._replace(first=first)
    back = 0
    if bare(_form(toks, last), book.sets["last"]):
        last, back = last + 1, 1
    elif bare(_form(toks, last), book.sets["next"]) or bare(_form(toks, here - 1), book.sets["next"]):
        return _coming(book.weekdays[name], published, first, last + (bare(_form(toks, last), book.sets["next"]) is not None))
    if published is None:
        return Found(None, None, 1, "relative", first, last)
    days = (published.weekday() - book.weekdays[name]) % 7
    day = published - (7 if back and days == 0 else days) * _ONE
    return _ranged(day - _ONE if night else day, day, "relative", first, last)


def _coming(weekday: int, published: date | None, first: int, last: int) -> Found:
    if published is None:
        return Found(None, None, 1, "relative", first, last)
    day = published + ((weekday - published.weekday()) % 7 or 7) * _ONE
    return Found(day, day, 1, "relative", first, last)


def _month_name(toks: Sequence[Token], at: int, book: Words) -> tuple[int | None, int]:
    """A month at `at`, with a second name after a slash or in brackets (آذار/مارس, يوليو (تموز)); (month, next token)."""
    here = _skip(toks, at, book.sets["month_intro"])
    name = bare(_form(toks, here), book.months)
    if name is None:
        return None, at
    two = f"{name} {_form(toks, here + 1)}"  # كانون الثاني
    month, here = (book.months[two], here + 2) if two in book.months else (book.months[name], here + 1)
    if month == 0:
        return None, at
    again = _skip(toks, here, book.sets["open"])
    twin = bare(_form(toks, again), book.months)
    if twin:
        paired = f"{twin} {_form(toks, again + 1)}"
        same, after = (book.months[paired], again + 2) if paired in book.months else (book.months[twin], again + 1)
        if same == month:
            here = after + (_form(toks, after) == ")")
    return month, here


def _day_number(toks: Sequence[Token], at: int, lang: str) -> tuple[int | None, int]:
    form = _form(toks, at)
    digits = form.removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd") if lang == "en" else form
    if digits.isdigit() and 1 <= int(digits) <= 31 and len(digits) <= 2:
        nxt = at + 1
        if lang == "en" and _form(toks, nxt) in {"st", "nd", "rd", "th"}:
            nxt += 1
        return int(digits), nxt
    if lang == "ar":
        ordinal = _ordinal_day(toks, at)
        if ordinal[0]:
            return ordinal
        number = number_at(toks, at, lang) if form else None
        if number and not number.loose and 1 <= number.value <= 31 and number.last > at:
            return int(number.value), number.last
    return None, at


def _ordinal_day(toks: Sequence[Token], at: int) -> tuple[int | None, int]:
    """الأول، الحادي عشر، الخامس والعشرين (من)."""
    book = number_words("ar")
    form = _form(toks, at)
    name = form if form in book.ordinals else bare(form, book.ordinals)
    value = 1 if form.endswith("الحادي") else book.ordinals.get(name or "", 0)
    if not value or not form.removeprefix("و").removeprefix("ب").removeprefix("ف").startswith("ال") and form not in book.ordinals:
        return None, at
    following = _form(toks, at + 1)
    if following in {"عشر", "عشره"}:
        return value + 10, at + 2
    if following in {"والعشرين", "والعشرون"}:
        return value + 20, at + 2
    if following in {"والثلاثين", "والثلاثون"}:
        return value + 30, at + 2
    return (value, at + 1) if not form.endswith("الحادي") else (None, at)


def _day_month(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """19 March [2020]; 17 [to|and|-] 21 March; ال 19 من مارس; each side may carry its own month."""
    if at >= len(toks):
        return None
    here = at
    if lang == "ar" and toks[here].form in {"ال", "لل", "بال", "وال"} and _form(toks, here + 1).isdigit():
        here += 1
    if bare(_form(toks, here), book.sets["between"]):
        here += 1
    day, nxt = _day_number(toks, here, lang)
    if day is None:
        return None
    month, after = _month_name(toks, nxt, book)
    if month is not None:
        first_end = after
        joined = _skip(toks, after, book.sets["range"])
        if joined > after:  # 17 March to 21 March
            day2, nxt2 = _day_number(toks, joined, lang)
            month2, after2 = _month_name(toks, nxt2, book) if day2 else (None, joined)
            if day2 and month2:
                return _close(day, month, day2, month2, toks, at, after2, book, published)
        return _close(day, month, day, month, toks, at, first_end, book, published)
    joined = _skip(toks, nxt, book.sets["range"])
    if joined == nxt and lang == "ar" and _form(toks, nxt).startswith("و") and _form(toks, nxt)[1:].isdigit():
        return None
    day2, nxt2 = _day_number(toks, joined, lang) if joined > nxt else (None, nxt)
    if day2 is None:
        return None
    month, after = _month_name(toks, nxt2, book)
    return _close(day, month, day2, month, toks, at, after, book, published) if month else None


def _close(
    day: int, month: int, day2: int, month2: int, toks: Sequence[Token], first: int, at: int, book: Words, published: date | None
) -> Found | None:
    """The range from day/month to day2/month2 with the year that follows or is inferred."""
    at += 1 if _form(toks, at) == "," and len(_form(toks, at + 1)) == 4 else 0
    year, last = _year_at(toks, at, book)
    if bare(_form(toks, last), book.sets["this"]) or bare(_form(toks, last), book.sets["last"]):
        last += 1
    end = _safe(year, month2, day2) if year else _infer_year(month2, day2, published)
    if year and end is None:
        return None
    if end is None:
        return Found(None, None, 1, "text", first, last)
    start = _safe(end.year, month, day)
    if start and start > end:
        start = _safe(end.year - 1, month, day)
    return _ranged(start or end, end, "text", first, last)


def _month_first(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """March 19[-21][, 2020] (English)."""
    if lang != "en" or toks[at].form not in book.months:
        return None
    here = at + 1 + (_form(toks, at + 1) == ".")
    day, nxt = _day_number(toks, here, lang)
    if day is None:
        return None
    month = book.months[toks[at].form]
    joined = _skip(toks, nxt, book.sets["range"])
    day2, nxt2 = _day_number(toks, joined, lang) if joined > nxt else (None, nxt)
    return _close(day, month, day2 or day, month, toks, at, nxt2 if day2 else nxt, book, published)


def _hijri(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """25 شوال 1436 [هـ]: only with its year, since Hijri months move."""
    day, nxt = _day_number(toks, at, lang)
    if day is None:
        return None
    nxt = _skip(toks, nxt, book.sets["month_intro"])
    name = bare(_form(toks, nxt), book.hijri)
    if name is None:
        return None
    pair = f"{name} {_form(toks, nxt + 1)}"
    month, nxt = (book.hijri[pair], nxt + 2) if pair in book.hijri else (book.hijri[name], nxt + 1)
    year = _form(toks, nxt)
    if month == 0 or len(year) != 4 or not year.isdigit() or not 1343 <= int(year) <= 1500:
        return None
    try:
        got = Hijri(int(year), month, day).to_gregorian()
    except ValueError:
        return None
    when = date(got.year, got.month, got.day)
    return Found(when, when, 1, "text", at, nxt + 1 + (_form(toks, nxt + 1) in {"ه", "هـ"}))


def _span_of_days(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """على مدار خمسة أيام بدأت في 17 مارس; over five days from 17 March: a length and a beginning."""
    number = number_at(toks, at, lang)
    if number is None or number.loose or not 2 <= number.value <= 60:
        return None
    unit = bare(_form(toks, number.last), book.units)
    if unit is None or book.units[unit][0] not in {"day", "week"}:
        return None
    here = _skip(toks, number.last + 1, book.sets["began"])
    if here == number.last + 1:
        return None
    begun = _day_month(toks, here, lang, book, published) or (_month_first(toks, here, lang, book, published) if here < len(toks) else None)
    if begun is None or begun.start is None:
        return None
    days = int(number.value) * (7 if book.units[unit][0] == "week" else 1)
    return _ranged(begun.start, begun.start + (days - 1) * _ONE, "text", at, begun.last)


def _ago(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """قبل ثلاثة أيام, منذ أسبوع; three days ago: a point that far back, as exact as its unit."""
    here = at + 1 if bare(toks[at].form, book.sets["ago_before"]) else at
    if lang == "ar" and here == at:
        return None
    here = _skip(toks, here, book.sets["about"])
    number = number_at(toks, here, lang) if here < len(toks) else None
    n, nxt = (number.value, number.last) if number and not number.loose else (0.0, here)
    unit = bare(_form(toks, nxt), book.units)
    if unit is None:
        return None
    kind, own = book.units[unit]
    n = n or own
    if not n:
        return Found(None, None, 5, "relative", at, nxt + 1, year_only=True) if kind in {"year", "month"} else None
    last = nxt + 1
    if lang == "en":
        if not (bare(_form(toks, last), book.sets["ago_after"])):
            return None
        last += 1
    since = bare(toks[at].form, book.sets["since"]) is not None
    return _back(n, kind, at, last, published, since)


def _back(n: float, kind: str, first: int, last: int, published: date | None, since: bool) -> Found:
    role: Literal["when", "since"] = "since" if since else "when"
    if published is None or n > 10_000:
        return Found(None, None, 1, "relative", first, last, role, year_only=kind == "year")
    if kind == "hour":
        day = published - int(n // 24) * _ONE
        return Found(day, published if since else day, 1, "relative", first, last, role)
    if kind == "day":
        day = published - int(n) * _ONE
        return Found(day, day, 1, "relative", first, last, role)
    if kind == "week":
        mid = published - int(7 * n) * _ONE
        return Found(mid - 3 * _ONE, mid + 3 * _ONE, 3, "relative", first, last, role)
    if kind == "month":
        months = published.year * 12 + published.month - 1 - int(n)
        start, end = month_range(months // 12, months % 12 + 1) if months >= 12 else (published, published)
        return Found(start, end, 4, "relative", first, last, role)
    year = published.year - int(n)
    if year < 1:
        return Found(None, None, 5, "relative", first, last, role, year_only=True)
    return Found(date(year, 1, 1), date(year, 12, 31), 5, "relative", first, last, role, year_only=True)


def _part_of_month(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """مطلع الشهر، منتصف يوليو، نهاية أغسطس; early, mid, late with a month."""
    part = next((p for p in ("early", "mid", "late") if bare(toks[at].form, book.sets[p])), None)
    if part is None:
        return None
    here = _skip(toks, at + 1, book.sets["of"])
    month, last = _month_name(toks, here, book)
    if month is not None:
        year, last = _year_at(toks, last, book)
        last += bare(_form(toks, last), book.sets["this"]) is not None or bare(_form(toks, last), book.sets["last"]) is not None
        anchor = date(year, month, 1) if year else _infer_year(month, 1, published)
    elif bare(_form(toks, here), book.sets["month_word"]):
        last = here + 1
        back = bare(_form(toks, last), book.sets["last"]) is not None
        last += back or bare(_form(toks, last), book.sets["this"]) is not None
        anchor = published and (published.replace(day=1) - _ONE).replace(day=1) if back else published and published.replace(day=1)
    else:
        return None
    if anchor is None:
        return Found(None, None, 3, "text", at, last)
    first, end = month_range(anchor.year, anchor.month)
    days = {"early": (0, 9), "mid": (9, 19), "late": (19, 30)}[part]
    return Found(first + days[0] * _ONE, min(first + days[1] * _ONE, end), 4, "text", at, last)


def _month_alone(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """في مارس، خلال يوليو الحالي، آذار 2020; in March 2020."""
    if lang == "en" and toks[at].form == "may":
        return None if not _year_at(toks, at + 1, book)[0] else _whole_month(5, at, at + 1, toks, book, published)
    month, nxt = _month_name(toks, at, book)
    return _whole_month(month, at, nxt, toks, book, published) if month else None


def _whole_month(
    month: int, first: int, nxt: int, toks: Sequence[Token], book: Words, published: date | None
) -> Found | None:
    nxt += _form(toks, nxt) == "," and len(_form(toks, nxt + 1)) == 4
    year, last = _year_at(toks, nxt, book)
    told = bool(bare(_form(toks, last), book.sets["this"]) or bare(_form(toks, last), book.sets["last"]))
    last += told
    if year is None:
        guess = _infer_year(month, 1, published)
        if guess is None:
            return Found(None, None, 4, "text", first, last)
        year = guess.year
    start, end = month_range(year, month)
    return Found(start, end, 4, "text", first, last)


def _year_alone(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """عام 2012; in 2012, since 2014. A bare number needs a word that makes it a year."""
    intro = bare(toks[at].form, book.sets["year_intro"]) is not None
    before = bare(_form(toks, at - 1), book.sets["year_context"]) is not None
    here = at + 1 if intro else at
    form = _form(toks, here)
    if not (intro or before) or len(form) != 4 or not form.isdigit() or not 1900 <= int(form) <= 2100:
        return None
    if before and not intro and bare(_form(toks, here + 1), book.sets["counted"]):
        return None
    year = int(form)
    return Found(date(year, 1, 1), date(year, 12, 31), 5, "text", at, here + 1, year_only=True)
