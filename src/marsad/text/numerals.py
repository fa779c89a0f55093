"""Numbers in Arabic and English news text: digits, words, compounds (خمسة وعشرون، مئة وخمسون), duals of scales, loose numbers.

The words stand in codebooks/{ar,en}/numerals.toml. The grammar: a number is a sum of groups; a group is hundreds + tens + units,
optionally times a scale. In Arabic units come before tens, joined by a prefixed و; in English tens come first.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Literal, NamedTuple

from marsad.text.tokens import Remembered, Token

_MOST_TOKENS = 12  # no number in news is longer; keeps the reading linear


class Number(NamedTuple):
    """A number and the tokens `first` up to `last` (not included) that tell it. loose: only a least value (عشرات, dozens).

    start: folded offset where the number itself begins, after any proclitic.
    """

    value: float
    first: int
    last: int
    start: int
    loose: bool


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The number words of one language: form -> (class, value)."""

    forms: Mapping[str, tuple[Literal["unit", "ten", "hundred", "scale", "dual", "loose"], int]]
    ordinals: Mapping[str, int]
    prefixes: tuple[str, ...]
    joined: bool  # "and" is a prefix of the next word (Arabic) rather than a word


@cache
def words(lang: str) -> Words:
    """The number words of `lang` ("ar" or "en")."""
    book = tomllib.loads(files("marsad.codebooks").joinpath(lang, "numerals.toml").read_text(encoding="utf-8"))
    forms: dict[str, tuple[Literal["unit", "ten", "hundred", "scale", "dual", "loose"], int]] = {}
    classes: tuple[tuple[str, Literal["unit", "ten", "hundred", "scale", "dual", "loose"]], ...] = (
        ("loose", "loose"), ("dual_scales", "dual"), ("scales", "scale"), ("hundreds", "hundred"), ("tens", "ten"), ("units", "unit"),
    )  # fmt: skip
    for section, name in classes:
        for value, spelled in book[section].items():
            forms.update((form, (name, int(value))) for form in spelled)
    ordinals = {form: int(value) for value, spelled in book["ordinals"].items() for form in spelled}
    prefixes = tuple(sorted(book["words"]["prefixes"], key=len, reverse=True))
    return Words(forms, ordinals, prefixes, joined=lang == "ar")


@cache
def beginners(lang: str) -> Remembered[bool]:
    """Form -> whether a number can begin with it, whatever follows: a quick look, since most words are none."""
    return Remembered(partial(_may_begin, lang=lang))


def _may_begin(form: str, lang: str) -> bool:
    return form[0].isdecimal() or "-" in form or _strip(form, words(lang)) is not None


def number_at(toks: Sequence[Token], at: int, lang: str) -> Number | None:
    """The number that begins at token `at`, or None."""
    book = words(lang)
    token = toks[at]
    if token.kind == "number":
        return _digits(toks, at, book)
    if "-" in token.form:
        return _hyphenated(token, at, book)
    stripped = _strip(token.form, book)
    if stripped is None:
        return None
    cut, form = stripped
    cls, value = book.forms[form]
    if cls == "loose" and not (form == "الاف" and _follows_unit(toks, at, book)):
        scale = _scale_at(toks, at + 1, book) if lang == "en" else 0  # "several dozen"
        return Number(2 * scale or value, at, at + 1 + (scale > 0), token.start + cut, True)
    total, last = _compose(toks, at, form, book)
    if lang == "en" and at > 1 and (toks[at - 2].form, toks[at - 1].form) == ("half", "a"):
        total /= 2  # "half a dozen"
    if last == at + 1 and form in ("احد", "احدي"):
        return None  # "one of": no number without عشر
    return Number(total, at, last, token.start + cut, False) if last > at else None


def _scale_at(toks: Sequence[Token], at: int, book: Words) -> int:
    """What the word at `at` multiplies by (dozen, hundred, thousand), 0 if it does not."""
    cls, value = book.forms.get(toks[at].form, ("", 0)) if at < len(toks) else ("", 0)
    return value if cls in ("hundred", "scale") else 0


def _hyphenated(token: Token, at: int, book: Words) -> Number | None:
    """twenty-one, and no other hyphenated word."""
    ten, _, unit = token.form.partition("-")
    if ten in book.forms and unit in book.forms and (book.forms[ten][0], book.forms[unit][0]) == ("ten", "unit"):
        return Number(book.forms[ten][1] + book.forms[unit][1], at, at + 1, token.start, False)
    return None


@lru_cache(1 << 16)
def _strip(form: str, book: Words) -> tuple[int, str] | None:
    """(length of the proclitics, number word) of `form`, or None if it holds no number word."""
    if form in book.forms:
        return 0, form
    for prefix in book.prefixes:
        if form.startswith(prefix) and form[len(prefix) :] in book.forms:
            return len(prefix), form[len(prefix) :]
    return None


def _follows_unit(toks: Sequence[Token], at: int, book: Words) -> bool:
    if at == 0:
        return False
    before = toks[at - 1]
    if before.kind == "number":
        return True
    stripped = _strip(before.form, book)
    return stripped is not None and book.forms[stripped[1]][0] != "loose"


def _digits(toks: Sequence[Token], at: int, book: Words) -> Number | None:
    value = _parse_digits(toks[at].form)
    last = at + 1
    if value is None or (last < len(toks) and toks[last].form in _ORDINAL and toks[last].start == toks[at].end):
        return None  # the 3rd Brigade
    if last < len(toks):
        following = book.forms.get(toks[last].form)
        if following and (following[0] == "scale" or toks[last].form in {"الاف", "ملايين"}):
            scale = 1000 if toks[last].form == "الاف" else following[1]
            value, last = value * scale, last + 1
    return Number(value, at, last, toks[at].start, False)


_ORDINAL = frozenset(("st", "nd", "rd", "th"))


def _parse_digits(form: str) -> float | None:
    """1,100 and 1.100 are 1100; 3.5 and 3,5 are 3.5; anything stranger (a clock time, a version) is no number."""
    pieces = form.replace(",", ".").split(".")
    if len(pieces) == 1:
        return float(form) if len(form) < 13 else None
    if all(len(p) == 3 for p in pieces[1:]) and len(pieces[0]) <= 3 and pieces[0] != "0" and len(pieces) < 6:
        return float("".join(pieces))
    return float(".".join(pieces)) if len(pieces) == 2 and len(form) < 13 else None


def _compose(toks: Sequence[Token], at: int, form: str, book: Words) -> tuple[float, int]:
    """Sum groups from token `at`, whose number word is `form`; (value, index after the last token used)."""
    total, group, last = 0.0, 0.0, at
    used: list[str] = []
    for here in range(at, min(len(toks), at + _MOST_TOKENS)):
        word: str | None = form if here == at else _continued(toks, here, used[-1], book)
        if word is None:
            break
        if word == "and":
            continue
        if word == "الاف":
            word = "الف"  # the plural of the scale, not a loose number, once a number stands before it
        cls, value = book.forms[word]
        if not _joins(cls, value, used[-1] if used else "", group, book):
            break
        if cls == "scale":
            total, group = total + max(group, 1.0) * value, 0.0
        elif cls == "dual":
            total += value
        elif cls == "hundred" and value == 100 and 0 < group < 10:
            group *= 100
        else:
            group += value
        used.append(word)
        last = here + 1
    return total + group, last


def _continued(toks: Sequence[Token], here: int, previous: str, book: Words) -> str | None:
    """The number word that token `here` adds to a number, "and" for a joining word, or None."""
    form = toks[here].form
    if not book.joined:
        if form == "and" and here + 1 < len(toks) and book.forms.get(toks[here + 1].form, ("", 0))[0] in ("unit", "ten"):
            return "and" if book.forms[previous][0] in ("hundred", "scale") else None
        if form == "-":
            return "and"
        return form if form in book.forms and book.forms[form][0] != "loose" else None
    if form in book.forms and (book.forms[form][0] == "scale" or form == "الاف" or form in ("عشر", "عشره", "ميه", "مايه")):
        return form
    if (
        form.startswith("و")
        and form[1:] in book.forms
        and book.forms[form[1:]][0] in ("ten", "hundred", "unit", "scale", "dual")
    ):
        return form[1:]
    return None


def _joins(cls: str, value: int, previous: str, group: float, book: Words) -> bool:
    """Whether a word of `cls` may follow `previous` in one number ("five" "six" may not)."""
    if not previous:
        return True
    before_cls, before = book.forms[previous]
    if value == 10 and cls == "unit":  # teens: ثلاثة عشر
        return before_cls == "unit" and before < 10
    if cls == "unit":
        return before_cls in ("hundred", "scale", "dual") or (not book.joined and before_cls == "ten")
    if cls == "ten":
        return before_cls in ("hundred", "scale", "dual") or (book.joined and before_cls == "unit" and before < 10)
    if cls == "hundred":
        return before_cls in ("scale", "dual") or (before_cls == "unit" and 0 < group < 10)
    return cls in ("scale", "dual") and before_cls != "scale"
