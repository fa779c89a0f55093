"""Calendar dates: days with months in both languages and calendars, numeric dates, months and years alone."""

import re
from collections.abc import Sequence
from datetime import date

from marsad.text.datewords import (
    DAY,
    Basis,
    Found,
    Words,
    bare,
    coming,
    form_at,
    infer_year,
    month_range,
    ranged,
    safe,
    skip,
    year_at,
)
from marsad.text.numerals import number_at
from marsad.text.numerals import words as number_words
from marsad.text.tokens import Token

_NUMERIC = re.compile(r"\d{1,4}\Z")


def iso(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """2020-03-19, 19/3/2020, 19-3-2020, 19.3.2020."""
    form = form_at(toks, at)
    if form.count(".") == 2:
        day, month, year = form.split(".")
        got = safe(int(year), int(month), int(day)) if len(year) == 4 else None
        return Found(got, got, 1, "text", at, at + 1) if got else None
    if not _NUMERIC.match(form) or form_at(toks, at + 1) not in {"-", "/"} or form_at(toks, at + 3) != form_at(toks, at + 1):
        return None
    middle, last = form_at(toks, at + 2), form_at(toks, at + 4)
    if not _NUMERIC.match(middle) or not _NUMERIC.match(last):
        return None
    got = None
    if len(form) == 4:
        got = safe(int(form), int(middle), int(last))
    elif len(last) == 4:
        got = safe(int(last), int(middle), int(form)) or safe(int(last), int(form), int(middle))
    return Found(got, got, 1, "text", at, at + 5) if got else None


def _month_name(toks: Sequence[Token], at: int, book: Words) -> tuple[int | None, int]:
    """A month at `at`, with a second name after a slash or in brackets (آذار/مارس, يوليو (تموز)); (month, next token)."""
    here = skip(toks, at, book.sets["month_intro"])
    name = bare(form_at(toks, here), book.months)
    if name is None or form_at(toks, here) == "باب":
        return None, at  # a door, or the first word of a place's name, far oftener than "in August"
    two = f"{name} {form_at(toks, here + 1)}"  # كانون الثاني
    month, here = (book.months[two], here + 2) if two in book.months else (book.months[name], here + 1)
    if month == 0:
        return None, at
    again = skip(toks, here, book.sets["open"])
    twin = bare(form_at(toks, again), book.months)
    if twin:
        paired = f"{twin} {form_at(toks, again + 1)}"
        same, after = (book.months[paired], again + 2) if paired in book.months else (book.months[twin], again + 1)
        if same == month:
            here = after + (form_at(toks, after) == ")")
    return month, here


def _day_number(toks: Sequence[Token], at: int, lang: str) -> tuple[int | None, int]:
    form = form_at(toks, at)
    digits = form.removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd") if lang == "en" else form
    if digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= 31:
        nxt = at + 1
        if lang == "en" and form_at(toks, nxt) in {"st", "nd", "rd", "th"}:
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
    form = form_at(toks, at)
    name = form if form in book.ordinals else bare(form, book.ordinals)
    value = 1 if form.endswith("الحادي") else book.ordinals.get(name or "", 0)
    if not value or (
        not form.removeprefix("و").removeprefix("ب").removeprefix("ف").startswith("ال") and form not in book.ordinals
    ):
        return None, at
    following = form_at(toks, at + 1)
    if following in {"عشر", "عشره"}:
        return value + 10, at + 2
    if following in {"والعشرين", "والعشرون"}:
        return value + 20, at + 2
    if following in {"والثلاثين", "والثلاثون"}:
        return value + 30, at + 2
    return (value, at + 1) if not form.endswith("الحادي") else (None, at)


def day_month(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """19 March [2020]; 17 [to|and|-] 21 March; ال 19 من مارس; each side may carry its own month."""
    if at >= len(toks):
        return None
    here = at
    if lang == "ar" and toks[here].form in {"ال", "لل", "بال", "وال"} and form_at(toks, here + 1).isdigit():
        here += 1
    if bare(form_at(toks, here), book.sets["between"]):
        here += 1
    day, nxt = _day_number(toks, here, lang)
    if day is None:
        return None
    month, after = _month_name(toks, nxt, book)
    if month is not None:
        first_end = after
        joined = skip(toks, after, book.sets["range"])
        if joined > after:  # 17 March to 21 March
            day2, nxt2 = _day_number(toks, joined, lang)
            month2, after2 = _month_name(toks, nxt2, book) if day2 else (None, joined)
            if day2 and month2:
                return _close(day, month, day2, month2, toks, at, after2, book, published)
        return _close(day, month, day, month, toks, at, first_end, book, published)
    joined = skip(toks, nxt, book.sets["range"])
    if joined == nxt and lang == "ar" and form_at(toks, nxt).startswith("و") and form_at(toks, nxt)[1:].isdigit():
        return None
    day2, nxt2 = _day_number(toks, joined, lang) if joined > nxt else (None, nxt)
    if day2 is None:
        return None
    month, after = _month_name(toks, nxt2, book)
    return _close(day, month, day2, month, toks, at, after, book, published) if month else None


def _close(
    day: int,
    month: int,
    day2: int,
    month2: int,
    toks: Sequence[Token],
    first: int,
    at: int,
    book: Words,
    published: date | None,
) -> Found | None:
    """The range from day/month to day2/month2 with the year that follows or is inferred."""
    at += 1 if form_at(toks, at) == "," and len(form_at(toks, at + 1)) == 4 else 0
    year, last = year_at(toks, at, book)
    ahead = coming(toks, first, last, book)
    last += bool(_which(toks, last, book))
    end = safe(year, month2, day2) if year else infer_year(month2, day2, published, ahead)
    if year and end is None:
        return None
    if end is None:
        return Found(None, None, 1, "text", first, last)
    start = safe(end.year, month, day)
    if start and start > end:
        start = safe(end.year - 1, month, day)
    return ranged(start or end, end, "text", first, last)


def month_first(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """March 19[-21][, 2020] (English)."""
    if lang != "en" or toks[at].form not in book.months:
        return None
    here = at + 1 + (form_at(toks, at + 1) == ".")
    day, nxt = _day_number(toks, here, lang)
    if day is None:
        return None
    month = book.months[toks[at].form]
    joined = skip(toks, nxt, book.sets["range"])
    day2, nxt2 = _day_number(toks, joined, lang) if joined > nxt else (None, nxt)
    return _close(day, month, day2 or day, month, toks, at, nxt2 if day2 else nxt, book, published)


def hijri(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """25 شوال 1436 [هـ]: only with its year, since Hijri months move."""
    day, nxt = _day_number(toks, at, lang)
    if day is None:
        return None
    nxt = skip(toks, nxt, book.sets["month_intro"])
    name = bare(form_at(toks, nxt), book.hijri)
    if name is None:
        return None
    pair = f"{name} {form_at(toks, nxt + 1)}"
    month, nxt = (book.hijri[pair], nxt + 2) if pair in book.hijri else (book.hijri[name], nxt + 1)
    year = form_at(toks, nxt)
    if month == 0 or len(year) != 4 or not year.isdecimal() or not 1343 <= int(year) <= 1500:
        return None
    from hijridate import Hijri  # noqa: PLC0415 (few texts tell a day so)

    try:
        got = Hijri(int(year), month, day).to_gregorian()
    except ValueError:
        return None
    when = date(got.year, got.month, got.day)
    return Found(when, when, 1, "text", at, nxt + 1 + (form_at(toks, nxt + 1) in {"ه", "هـ"}))


def day_of_month(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """السادس عشر من الشهر الحالي، 13 من هذا الشهر; the 13th of last month."""
    here = at + (lang == "en" and form_at(toks, at) == "the")
    day, nxt = _day_number(toks, here, lang)
    of = skip(toks, nxt, book.sets["of"])
    if day is None or of == nxt:
        return None
    which = bare(form_at(toks, of), book.sets["this"]) or (lang == "en" and bare(form_at(toks, of), book.sets["last"]))
    noun = of + bool(which)
    if not bare(form_at(toks, noun), book.sets["month_word"]):
        return None
    back = bare(form_at(toks, noun + 1 if not which else of), book.sets["last"]) is not None
    told = which or back or bare(form_at(toks, noun + 1), book.sets["this"])
    if not told:
        return None
    last = noun + 1 + (not which)
    if published is None:
        return Found(None, None, 1, "relative", at, last)
    month = (published.replace(day=1) - DAY) if back else published
    found = safe(month.year, month.month, day)
    return Found(found, found, 1, "relative", at, last) if found else None


def part_of_month(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """مطلع الشهر، منتصف يوليو، نهاية أغسطس; early, mid, late with a month."""
    head, _, joined = toks[at].form.partition("-")  # "mid-July" is one token
    part = _part(head, book)
    if part is None:
        return None
    here = skip(toks, at + 1, book.sets["of"])
    month, last = (book.months.get(joined), at + 1) if joined else _month_name(toks, here, book)
    if month is not None:
        year, last = year_at(toks, last, book)
        ahead = coming(toks, at, last, book)
        last += bool(_which(toks, last, book))
        anchor = date(year, month, 1) if year else _month_near(month, published, ahead)
    elif bare(form_at(toks, here), book.sets["month_word"]):
        last = here + 1
        back = bare(form_at(toks, last), book.sets["last"]) is not None
        last += back or bare(form_at(toks, last), book.sets["this"]) is not None
        anchor = (
            published and (published.replace(day=1) - DAY).replace(day=1) if back else published and published.replace(day=1)
        )
    else:
        return None
    if anchor is None:
        return Found(None, None, 3, "text", at, last)
    first, end = month_range(anchor.year, anchor.month)
    days = {"early": (0, 9), "mid": (10, 19), "late": (20, 30)}[part]
    return Found(first + days[0] * DAY, min(first + days[1] * DAY, end), 4, "text", at, last)


def month_alone(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """في مارس، خلال يوليو الحالي، آذار 2020; in March 2020."""
    if lang == "en" and toks[at].form == "may":
        return None if not year_at(toks, at + 1, book)[0] else _whole_month(5, at, at + 1, toks, book, published)
    month, nxt = _month_name(toks, at, book)
    if form_at(toks, at - 1) in book.sets["town"]:
        return None  # the town of Mai Kadra (ماي)
    if month and lang == "en" and _day_number(toks, nxt, lang)[0]:
        return None  # "the morning of June 15"
    marched = month and form_at(toks, nxt - 1) == "march" and form_at(toks, nxt - 2) not in book.sets["before_march"]
    if marched and not year_at(toks, nxt, book)[0]:
        return None  # "joined a march"
    return _whole_month(month, at, nxt, toks, book, published) if month else None


def _whole_month(month: int, first: int, nxt: int, toks: Sequence[Token], book: Words, published: date | None) -> Found | None:
    nxt += form_at(toks, nxt) == "," and len(form_at(toks, nxt + 1)) == 4
    year, last = year_at(toks, nxt, book)
    ahead = coming(toks, first, last, book)
    last += bool(_which(toks, last, book))
    if year is None:
        guess = _month_near(month, published, ahead)
        if guess is None:
            return Found(None, None, 4, "text", first, last)
        year = guess.year
    start, end = month_range(year, month)
    return Found(start, end, 4, "text", first, last)


def _which(toks: Sequence[Token], at: int, book: Words) -> str:
    """Whether "this", "last" or "next" stands at `at` (الحالي، الماضي، المقبل); "" if none does."""
    return next((w for w in ("this", "last", "next") if bare(form_at(toks, at), book.sets[w])), "")


def _part(form: str, book: Words) -> str | None:
    """Whether a word tells the "early", the "mid" or the "late" part of a month or year."""
    return next((p for p in ("early", "mid", "late") if bare(form, book.sets[p])), None)


def _month_near(month: int, published: date | None, told: str) -> date | None:
    """The first day of the month that is meant: the running one where it fits (`infer_year`)."""
    if told and published is not None and published.month == month:
        return published.replace(day=1)
    return infer_year(month, 1, published, told)


def part_of_year(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """نهاية العام، مطلع العام المقبل، أواخر عام 2012; the end of the year, early next year, late last year."""
    part = _part(toks[at].form, book)
    if part is None:
        return None
    here = skip(toks, at + 1, book.sets["of"])
    told = _which(toks, here, book) if lang == "en" else ""
    year, last = year_at(toks, here, book)
    if year is None:
        noun = here + bool(told)
        if not bare(form_at(toks, noun), book.sets["year_word"]):
            return None
        year, last = year_at(toks, noun + 1, book)
        if lang == "ar":
            told = _which(toks, last, book) if year is None else ""
            last += bool(told)
        if year is None and lang == "en" and noun == at + 1:
            return None
    if year is None:
        if published is None:
            return Found(None, None, 5, "relative", at, last)
        year = published.year + {"last": -1, "next": 1}.get(told, 0)
    ends = bare(toks[at].form, book.sets["ends"]) is not None
    first, close = (12, 12) if ends else {"early": (1, 3), "mid": (6, 7), "late": (10, 12)}[part]
    basis: Basis = "relative" if told else "text"
    span = date(year, first, 1), month_range(year, close)[1]
    return Found(*span, 4 if ends else 5, basis, at, last, year_only=form_at(toks, last - 1).isdecimal())


def year_alone(toks: Sequence[Token], at: int, lang: str, book: Words, published: date | None) -> Found | None:
    """عام 2012; in 2012, since 2014. A bare number needs a word that makes it a year."""
    intro = bare(toks[at].form, book.sets["year_intro"]) is not None
    before = bare(form_at(toks, at - 1), book.sets["year_context"]) is not None
    here = at + 1 if intro else at
    form = form_at(toks, here)
    if not (intro or before) or len(form) != 4 or not form.isdecimal() or not 1900 <= int(form) <= 2100:
        return None
    if before and not intro and bare(form_at(toks, here + 1), book.sets["counted"]):
        return None
    year = int(form)
    return Found(date(year, 1, 1), date(year, 12, 31), 5, "text", at, here + 1, year_only=True)
