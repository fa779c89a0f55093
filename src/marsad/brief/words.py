"""Words: numbers with their nouns, days, lists and phrases, in Arabic or English. The words themselves are data (templates/).

Number agreement follows CLDR's plural categories for each language (Unicode TR 35, part 3), by babel.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, Literal

from babel import Locale
from jinja2 import Environment, StrictUndefined, Template

from marsad.records import Lang, When
from marsad.scales import DateBasis, DatePrecision

Digits = Literal["latn", "arab"]
Case = Literal["nom", "gen"]
_ARABIC_DIGITS = str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_/.-])\d+(?:,\d{3})*(?:\.\d+)?%?(?!\.?[A-Za-z0-9_/]|-[A-Za-z0-9])")
_LATIN_THEN_NUMBER = re.compile(r"([A-Za-z][\w .'-]*[A-Za-z.])(?=[\s،؛:,()]+\d)")
"""A Latin name before a number draws it to its left side; a mark (U+200F) between them keeps the order of reading."""
_UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")
_SPACE_BEFORE = re.compile(r"\s+([،,.;:؛)])")


@cache
def book(lang: Lang, name: str) -> Mapping[str, Any]:
    """A word book: templates/{lang}/{name}.toml."""
    return tomllib.loads(files("marsad.brief").joinpath("templates", lang, f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Words:
    """The words of one language. digits: "latn" 0-9 or, in Arabic, "arab" ٠-٩."""

    lang: Lang
    digits: Digits = "latn"

    @cached_property
    def book(self) -> Mapping[str, Any]:
        """words.toml of the language."""
        return book(self.lang, "words")

    def number(self, value: float) -> str:
        """A number in digits, thousands set apart; at most one decimal."""
        return self.in_digits(f"{value:,.1f}".removesuffix(".0"))

    def percent(self, p: float) -> str:
        """A probability as a percentage, never rounded to a certainty: 0.3% is "<1%", 99.7% is ">99%"."""
        return "<1%" if 0 < p < 0.01 else ">99%" if 0.99 < p < 1 else f"{p:.0%}"

    def counted(self, n: int, noun: str, case: Case = "nom") -> str:
        """`n` of `noun` with the right form: "قتيلان", "ثلاثة قتلى", "11 قتيلاً"; "one attack", "12 attacks"."""
        return _counted(self, n, noun, case)

    def _count(self, n: int, noun: str, case: Case) -> str:
        forms: Mapping[str, str] = self.book["nouns"][noun]
        if n == 0:
            return forms["none"]
        form = Locale(self.lang).plural_form(n)
        if self.lang == "ar" and n <= 2:
            return forms["two_gen"] if n == 2 and case == "gen" else forms[form]
        numeral = self.book["numerals"].get(str(n))
        told = numeral[forms.get("gender") == "f"] if numeral else self.number(n)
        return f"{told} {forms[form]}"

    def noun_after(self, n: int, noun: str) -> str:
        """The form of `noun` that stands after the digits of `n` ("10 و15 صاروخاً")."""
        forms: Mapping[str, str] = self.book["nouns"][noun]
        form = Locale(self.lang).plural_form(n)
        return forms[form if self.lang == "en" or n > 2 else "other"]

    def between(self, low: int, high: int, noun: str, case: Case = "nom") -> str:
        """A range of a noun, or the one number: "10 to 15 rockets", "بين 10 و15 صاروخاً"."""
        if low == high:
            return self.counted(low, noun, case)
        return self.phrase("between", low=self.number(low), high=self.number(high), noun=self.noun_after(high, noun))

    def month(self, month: int) -> str:
        """The name of a month; in Arabic the Levantine and the Gregorian one."""
        return str(self.book["months"]["names"][month - 1])

    def day(self, day: date) -> str:
        """A day in full: "8 April 2020", "8 نيسان/أبريل 2020"."""
        return self.in_digits(f"{day.day} {self.month(day.month)} {day.year}")

    def days(self, start: date, end: date) -> str:
        """A range of days, each part told once: "17 to 21 March 2020"."""
        if start == end:
            return self.day(start)
        if start.year != end.year:
            first = self.day(start)
        else:
            first = str(start.day) if start.month == end.month else f"{start.day} {self.month(start.month)}"
        return self.phrase("days", first=first, last=self.day(end))

    def when(self, when: When | None) -> str:
        """The days of an event as the start of a sentence: "On 11 March 2020", "بين 17 و21 آذار/مارس 2020"."""
        if when is None:
            return self.phrase("when_unknown")
        if when.precision is DatePrecision.MONTH:
            return self.phrase("when_month", month=self.month(when.start.month), year=str(when.start.year))
        if when.precision is DatePrecision.YEAR:
            return self.phrase("when_year", year=str(when.start.year))
        if when.basis is DateBasis.BY:
            return self.phrase("when_by", day=self.day(when.end))
        if when.start == when.end:
            return self.phrase("when_day", day=self.day(when.start))
        return self.phrase("when_days", days=self.days(when.start, when.end))

    def join(self, items: Iterable[str], last: Literal["and", "or"] = "and") -> str:
        """A list in running prose: "a, b and c", "أ وب وج"."""
        listed = list(items)
        style = self.book["style"]
        link = style[f"list_{last}"]
        if self.lang == "ar":
            return "".join(f"{self._link(link, item) if k else ''}{item}" for k, item in enumerate(listed))
        return link.join([style["list_comma"].join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)

    @staticmethod
    def _link(link: str, item: str) -> str:
        """و is written to the word that follows; before Latin letters a tatweel keeps it from standing loose."""
        return link if not item[:1].isascii() or item[:1].isdigit() or link != " و" else " وـ"

    def phrase(self, key: str, **slots: Any) -> str:
        """A phrase of sentences.toml with its slots filled; one line of plain text, to be escaped where it is shown."""
        try:
            return _said(self, key, tuple(slots.items()))
        except TypeError:  # a slot is a list
            return self._say(key, slots)

    def _say(self, key: str, slots: Mapping[str, Any]) -> str:
        text = " ".join(_template(self.lang, self.digits, key).render(slots).split())
        text = _SPACE_BEFORE.sub(r"\1", text)
        for pattern, said in self.book["style"]["collocations"]:
            text = re.sub(pattern, said, text)
        if self.lang == "ar":
            text = _LATIN_THEN_NUMBER.sub("\\1\u200f", text)
        return self.in_digits(text[:1].upper() + text[1:] if text.endswith(".") and self.lang == "en" else text)

    def heading(self, key: str) -> str:
        """The heading of a section."""
        return str(book(self.lang, "sentences")["headings"][key])

    def label(self, table: str, name: str) -> str:
        """The name of a kind, family, weapon, slot, ... in this language; the name itself where the book has none."""
        found = self.book[table].get(name, name)
        return self.in_digits(str(found["said"] if isinstance(found, Mapping) else found))

    def in_digits(self, text: str) -> str:
        """`text` with its numbers in the digits of choice; numbers that are part of a name or address stay."""
        if self.digits == "arab" and self.lang == "ar":
            return _NUMBER.sub(lambda m: m[0].translate(_ARABIC_DIGITS), text)
        return text


@lru_cache(maxsize=4096)
def _said(words: Words, key: str, slots: tuple[tuple[str, Any], ...]) -> str:
    """A long page tells the same days and offsets over and over."""
    return words._say(key, dict(slots))


@lru_cache(maxsize=4096)
def _counted(words: Words, n: int, noun: str, case: Case) -> str:
    """A map says "12 incidents" at a hundred marks."""
    return words._count(n, noun, case)


@cache
def _template(lang: Lang, digits: Digits, key: str) -> Template:
    words = Words(lang, digits)
    made = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True)  # plain text: pages escape
    made.filters |= {"counted": words.counted, "number": words.number, "join_and": words.join, "percent": words.percent}
    made.filters["figured"] = lambda n, noun: f"{words.number(n)} {words.noun_after(n, noun)}"
    made.filters["join_or"] = lambda items: words.join(items, "or")
    made.globals["between"] = words.between
    return made.from_string(str(book(lang, "sentences")["phrases"][key]))


def visible(text: str) -> str:
    """Text from outside as it may be shown: what would turn its direction round, or is no letter, is a mark that says so. Such signs
    make words read as others."""
    return _UNSEEN.sub("\ufffd", text)


def unlike(values: Sequence[str]) -> list[str]:
    """`values` without repeats or empty ones, in order."""
    return list(dict.fromkeys(v for v in values if v))
