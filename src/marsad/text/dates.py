"""Dates in Arabic and English news text, resolved against the day of publication.

A phrase becomes a `Found`: the days it covers (both ends included), UCDP precision, its basis, and the folded characters that
tell it. What needs the day of publication stays unresolved where that is unknown: nothing is guessed (codebook, section 4).
The words stand in codebooks/{ar,en}/dates.toml; months there include the Levantine, Maghrebi and Hijri names.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from marsad.text.caldates import day_month, day_of_month, hijri, iso, month_alone, month_first, part_of_month, year_alone
from marsad.text.datewords import Found, Words, bare, form_at, words
from marsad.text.numerals import number_at
from marsad.text.numerals import words as number_words
from marsad.text.reldates import ago, phrase, span_of_days, weekday, within
from marsad.text.tokens import Token

__all__ = ["Found", "dates", "words"]


def dates(toks: Sequence[Token], lang: str, published: date | None) -> list[Found]:
    """All date phrases among `toks`, in order, none overlapping."""
    book = words(lang)
    rules: tuple[Callable[[Sequence[Token], int, str, Words, date | None], Found | None], ...] = (
        iso, span_of_days, within, ago, phrase, day_month, day_of_month, month_first, hijri, weekday, part_of_month, month_alone, year_alone,
    )  # fmt: skip
    found: list[Found] = []
    needed = [at for at, token in enumerate(toks) if _names_time(token.form, lang)][::-1]  # the next one last
    at = 0
    while needed and at < len(toks):
        while needed and needed[-1] < at:
            needed.pop()
        if not needed or needed[-1] > at + _REACH or not _can_begin(toks[at].form, toks[at].kind, lang):
            at += 1
            continue
        hit = next((f for rule in rules if (f := rule(toks, at, lang, book, published))), None)
        if hit is None:
            at += 1
            continue
        found.append(_with_role(toks, hit, book))
        at = max(hit.last, at + 1)
    return found


def _since_it_began(toks: Sequence[Token], hit: Found, book: Words) -> bool:
    """ "Since the offensive began on 19 June", منذ بدء الهجوم في 19 حزيران: the day of a beginning, up to now."""
    since = next((k for k in range(hit.first - 1, hit.first - _BACK, -1) if form_at(toks, k) in book.sets["since"]), None)
    return since is not None and any(form_at(toks, k) in book.sets["beginning"] for k in range(since + 1, hit.first))


_BACK = 7  # tokens from a day back to "since"
_REACH = 8  # tokens from the first word of a date phrase to a word that names a time


@lru_cache(1 << 16)
def _names_time(form: str, lang: str) -> bool:
    """Whether a token names a month, a weekday, a unit, a year or a phrase of time: every date phrase holds one such word."""
    book = words(lang)
    if len(form) >= 4 and (form[:4].isdecimal() or form[-4:].isdecimal()):
        return True
    form = form.rpartition("-")[2] or form  # "mid-July"
    return any(bare(form, known) for known in (book.phrases, book.weekdays, book.months, book.hijri, book.units))


@lru_cache(1 << 16)
def _can_begin(form: str, kind: str, lang: str) -> bool:
    """Whether any rule can begin at such a token; remembered by form, since most words of a text begin no date."""
    book = words(lang)
    if kind == "number" or number_at([Token(0, len(form), form, kind)], 0, lang) or form in ("ال", "لل", "بال", "وال"):
        return True
    form = form.partition("-")[0] or form  # "mid-July"
    known: tuple[Mapping[str, object] | frozenset[str], ...] = (
        book.phrases, book.weekdays, book.months, book.units, number_words(lang).ordinals,
        *(book.sets[name] for name in ("ago_before", "about", "between", "within", "early", "mid", "late", "night", "part_of_day", "day_intro",
                                       "year_intro", "month_intro", "year_context", "next", "last", "this")),
    )  # fmt: skip
    return any(bare(form, each) for each in known) or form.startswith(("الحادي", "والحادي", "بالحادي", "فالحادي"))


def _with_role(toks: Sequence[Token], hit: Found, book: Words) -> Found:
    before = form_at(toks, hit.first - 1)
    if bare(before, book.sets["since"]) or _since_it_began(toks, hit, book):
        return hit._replace(role="since")
    if bare(before, book.sets["until"]):
        return hit._replace(role="until")
    return hit
