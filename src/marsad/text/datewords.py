"""Date phrases: what was found, the words of a language, and small helpers that every rule shares."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from marsad.text.tokens import Token

Basis = Literal["text", "relative"]
DAY = timedelta(days=1)


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
    phrases: Mapping[
        str, tuple[tuple[tuple[str, ...], int, int], ...]
    ]  # first word -> ((rest, from, to) days from publication)


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
    flat = {
        section: {form: int(n) for n, spelled in book[section].items() for form in spelled}
        for section in ("months", "hijri", "weekdays")
    }
    sets = {name: frozenset(listed) for name, listed in book["sets"].items()}
    return Words(flat["months"], flat["hijri"], flat["weekdays"], units, sets, ordered)


_PROCLITIC = frozenset("وبفلاك")


def bare(form: str, known: "Mapping[str, object] | frozenset[str]") -> str | None:
    """`form` without a legal proclitic, if it is in `known`."""
    if form in known:
        return form
    if form[:1] not in _PROCLITIC:
        return None
    for prefix in ("وال", "بال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك"):
        if form.startswith(prefix) and form[len(prefix) :] in known:
            return form[len(prefix) :]
    return None


def form_at(toks: Sequence[Token], at: int) -> str:
    return toks[at].form if 0 <= at < len(toks) else ""


def form_before(toks: Sequence[Token], at: int) -> str:
    """The form before token `at`, beyond "the"."""
    return form_at(toks, at - 1 - (form_at(toks, at - 1) == "the"))


def skip(toks: Sequence[Token], at: int, ignored: frozenset[str]) -> int:
    while at < len(toks) and toks[at].form in ignored:
        at += 1
    return at


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_at(toks: Sequence[Token], at: int, book: Words) -> tuple[int | None, int]:
    """A four-digit year at `at`, perhaps after "in the year" words; (year or None, next token)."""
    here = skip(toks, at, book.sets["year_intro"])
    form = form_at(toks, here)
    if len(form) == 4 and form.isdecimal() and 1900 <= int(form) <= 2100:
        return int(form), here + 1
    return None, at


def coming(toks: Sequence[Token], first: int, last: int, book: Words) -> str:
    """Whether a date without a year, tokens first up to last, is told as one to come: "next" (next March, ديسمبر المقبل), or as a limit that may
    lie on either side: "by" (by March, بحلول ديسمبر); else ""."""
    before = form_before(toks, first)
    if before in book.sets["next"] or bare(form_at(toks, last), book.sets["next"]) is not None:
        return "next"
    return "by" if bare(before, book.sets["by"]) is not None else ""


def infer_year(month: int, day: int, published: date | None, told: str = "") -> date | None:
    """The date of that month and day nearest before publication (codebook, section 4). told: "next", the first after it; "by", the
    nearer of the two."""
    if published is None:
        return None
    years = (published.year, published.year - 1, published.year - 4)
    before = (safe(year, month, day) for year in years)
    last = next((d for d in before if d and d <= published + 2 * DAY), None)  # a day or two ahead: announced for tomorrow
    after = (safe(year, month, day) for year in (published.year, published.year + 1))
    next_one = next((d for d in after if d and d >= published), None)
    if told == "next" or last is None:
        return next_one if told else last
    sooner = told == "by" and next_one is not None and next_one - published < published - last
    return next_one if sooner else last


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    first = date(year, month, 1)
    following = date(year + (month == 12), month % 12 + 1, 1)
    return first, following - DAY


def precision_of(start: date, end: date) -> int:
    """UCDP date precision of a range of days."""
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5


def ranged(start: date | None, end: date | None, basis: Basis, first: int, last: int) -> Found:
    if start is None or end is None:
        return Found(None, None, 1, basis, first, last)
    return Found(start, end, precision_of(start, end), basis, first, last)
