"""Dates in Arabic and English news text, resolved against the day of publication.

A phrase becomes a `Found`: the days it covers (both ends included), UCDP precision, its basis, and the folded characters that
tell it. What needs the day of publication stays unresolved where that is unknown: nothing is guessed (codebook, section 4).
The words stand in codebooks/{ar,en}/dates.toml; months there include the Levantine, Maghrebi and Hijri names.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial

from marsad.text.caldates import (
    day_month,
    day_of_month,
    hijri,
    iso,
    month_alone,
    month_first,
    part_of_month,
    part_of_year,
    year_alone,
)
from marsad.text.datewords import Found, Words, bare, form_at, form_before, words
from marsad.text.numerals import beginners, number_at
from marsad.text.numerals import words as number_words
from marsad.text.reldates import ago, phrase, span_of_days, weekday, within
from marsad.text.tokens import Remembered, Token

__all__ = ["Found", "dates", "words"]

Rule = Callable[[Sequence[Token], int, str, Words, date | None], Found | None]


def dates(toks: Sequence[Token], lang: str, published: date | None) -> list[Found]:
    """All date phrases among `toks`, in order, none overlapping."""
    names_time = _times(lang)
    needed = [at for at, token in enumerate(toks) if names_time[token.form]][::-1]  # the next one last
    if not needed:
        return []
    book, beginning = words(lang), _beginnings(lang)
    found: list[Found] = []
    at = 0
    while needed and at < len(toks):
        while needed and needed[-1] < at:
            needed.pop()
        if not needed:
            break
        if needed[-1] > at + _REACH:
            at = needed[-1] - _REACH
        rules = beginning[toks[at].form]
        hit = next((f for rule in rules if (f := rule(toks, at, lang, book, published))), None) if rules else None
        if hit is None:
            at += 1
            continue
        found.append(_with_role(toks, hit, book))
        at = max(hit.last, at + 1)
    return found


def _since_it_began(toks: Sequence[Token], hit: Found, book: Words) -> bool:
    """ "Since the offensive began on 19 June", منذ بدء الهجوم في 19 حزيران: the day of a beginning, up to now."""
    since = next((k for k in range(hit.first - 1, hit.first - _BACK, -1) if bare(form_at(toks, k), book.sets["since"])), None)
    return since is not None and any(form_at(toks, k) in book.sets["beginning"] for k in range(since + 1, hit.first))


_BACK = 7  # tokens from a day back to "since"
_REACH = 8  # tokens from the first word of a date phrase to a word that names a time


@cache
def _times(lang: str) -> Remembered[bool]:
    return Remembered(partial(_names_time, lang=lang))


def _names_time(form: str, lang: str) -> bool:
    """Whether a token names a month, a weekday, a unit, a year or a phrase of time: every date phrase holds one such word."""
    book = words(lang)
    if len(form) >= 4 and (form[:4].isdecimal() or form[-4:].isdecimal()):
        return True
    form = form.rpartition("-")[2] or form  # "mid-July"
    return any(bare(form, known) for known in (book.phrases, book.weekdays, book.months, book.hijri, book.units))


@cache
def _beginnings(lang: str) -> Remembered[tuple[Rule, ...]]:
    return Remembered(partial(_rules, lang=lang))


def _rules(form: str, lang: str) -> tuple[Rule, ...]:
    """The rules that can begin at such a token, in their order: none for most words of a text."""
    if not _can_begin(form, lang):
        return ()
    book = words(lang)
    of = book.sets
    number = beginners(lang)[form]
    ordinal = lang == "ar" and (bare(form, number_words(lang).ordinals) is not None or form.endswith("الحادي"))
    day = number or ordinal
    unit_first = lang == "en" and (number or form in of["about"] or bare(form, book.units) is not None)
    parted = any(bare(form.partition("-")[0], of[name]) for name in ("early", "mid", "late"))  # "mid-July"
    can: tuple[tuple[Rule, bool], ...] = (
        (iso, form[0].isdecimal()),
        (span_of_days, number),
        (within, form in of["within"] or (lang == "en" and bare(form, of["past"]) is not None)),
        (ago, unit_first or bare(form, of["ago_before"]) is not None),
        (phrase, bare(form, book.phrases) is not None),
        (day_month, day or form in ("ال", "لل", "بال", "وال") or bare(form, of["between"]) is not None),
        (day_of_month, day or form == "the"),
        (month_first, form in book.months),
        (hijri, day),
        (weekday, form in of["day_intro"] or any(bare(form, known) for known in (of["night"], of["part_of_day"], book.weekdays))),
        (part_of_year, parted),
        (part_of_month, parted),
        (month_alone, form == "may" or form in of["month_intro"] or bare(form, book.months) is not None),
        (year_alone, form.isdecimal() or bare(form, of["year_intro"]) is not None),
    )  # fmt: skip
    return tuple(rule for rule, begins in can if begins)


def _can_begin(form: str, lang: str) -> bool:
    """Whether any rule can begin at such a token."""
    book = words(lang)
    if form[0].isdecimal() or number_at([Token(0, len(form), form, "word")], 0, lang) or form in ("ال", "لل", "بال", "وال"):
        return True
    form = form.partition("-")[0] or form  # "mid-July"
    known: tuple[Mapping[str, object] | frozenset[str], ...] = (
        book.phrases, book.weekdays, book.months, book.units, number_words(lang).ordinals,
        *(book.sets[name] for name in ("ago_before", "about", "between", "within", "early", "mid", "late", "night", "part_of_day", "day_intro",
                                       "year_intro", "month_intro", "year_context", "next", "last", "this")),
    )  # fmt: skip
    return any(bare(form, each) for each in known) or form.startswith(("الحادي", "والحادي", "بالحادي", "فالحادي"))


def _with_role(toks: Sequence[Token], hit: Found, book: Words) -> Found:
    introduced = bare(form_at(toks, hit.first - 1), book.sets["day_intro"]) is not None  # "since the day of"
    before = form_before(toks, hit.first - introduced)
    if bare(before, book.sets["since"]) or _since_it_began(toks, hit, book):
        return hit._replace(role="since")
    at = hit.first - 1
    while at > hit.first - _HOURS and (
        bare(form_at(toks, at), book.sets["part_of_day"]) or form_at(toks, at) in book.sets["hours"]
    ):
        at -= 1
    return hit._replace(role="until") if bare(form_at(toks, at), book.sets["until"]) else hit


_HOURS = 7  # tokens: "until six o'clock on Sunday morning"
