"""What the parts behind the pages say in English (why two reports are one incident, what was wrong with a request), as a page says it.

Those parts speak one language, as the API does; words/said.ar.toml holds each of their sentences with slots, and its Arabic. A test goes over
the sources: a new sentence without its Arabic fails it.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.brief import names
from marsad.brief.words import book
from marsad.read.placenames import entries
from marsad.records import Lang
from marsad.scales import KINDS

_SLOT = re.compile(r"\{([a-z]+?)(\d?)\}")
_TAKES = {"n": r"-?\d+", "kind": r"[a-z_]+", "place": r"[A-Z].*?", "name": r".+?", "noun": r".+?", "text": r".+?"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with slots and how it is said. kinds: of each slot."""

    form: re.Pattern[str]
    said: str
    kinds: dict[str, str]


@cache
def _exact() -> dict[str, str]:
    return {english: said for table in _book().values() for english, said in table.items() if not _SLOT.search(english)}


@cache
def _book() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("marsad.serve").joinpath("words", "said.ar.toml").read_text(encoding="utf-8"))


@cache
def _lines() -> list[Line]:
    return [_line(english, said) for table in _book().values() for english, said in table.items() if _SLOT.search(english)]


def _line(english: str, said: str) -> Line:
    form, at = "", 0
    for slot in _SLOT.finditer(english):
        form += re.escape(english[at : slot.start()]) + f"(?P<{slot[1]}{slot[2]}>{_TAKES[slot[1]]})"
        at = slot.end()
    return Line(
        re.compile(form + re.escape(english[at:]), re.DOTALL), said, {s[1] + s[2]: s[1] for s in _SLOT.finditer(english)}
    )


def told(lang: Lang, english: str) -> str:
    """`english` in the language of a page; as it is where the book does not hold it."""
    if lang == "en":
        return _plain(english)
    if (said := _exact().get(english)) is not None:
        return _DAYS.sub("\u2066\\g<0>\u2069", said)
    for line in _lines():
        if found := line.form.fullmatch(english):
            filled = line.said.format(**{slot: _FILLED[kind](found[slot]) for slot, kind in line.kinds.items()})
            return _DAYS.sub("\u2066\\g<0>\u2069", filled)
    return english


_DAYS = re.compile(r"(?:\.\./)?\d{4}-\d\d-\d\d(?:T[\d:]+Z)?(?:/(?:\d{4}-\d\d-\d\d|\.\.))?")
"""Days in figures: after an Arabic letter their parts would stand the other way round, unless they are set apart."""


def holds(english: str) -> bool:
    """Whether the book has an Arabic for it."""
    return english in _exact() or any(line.form.fullmatch(english) for line in _lines())


def _plain(english: str) -> str:
    """Kinds by their names, not their keys: "both armed attack"; a place, which was folded, with its capitals: "both in Salah Al-Din"."""
    if english.startswith("both in "):
        return "both in " + english.removeprefix("both in ").title()
    return re.sub(r"\b[a-z]+(?:_[a-z]+)+\b", lambda m: KINDS[m[0]].en if m[0] in KINDS else m[0], english)


def _name(english: str) -> str:
    if english in KINDS:
        return KINDS[english].ar
    weapons = book("ar", "words")["weapons"]
    if english in weapons:
        found = weapons[english]
        return str(found if isinstance(found, str) else found["said"])
    return _places().get(english.casefold()) or names.actor(english, "ar")


@cache
def _places() -> dict[str, str]:
    """English name -> Arabic name; of places that share one the first, which is the greater."""
    return {e.name_en.casefold(): e.names_ar[0] for e in reversed(entries()) if e.names_ar}


_FILLED: dict[str, Callable[[str], str]] = {
    "n": str,
    "text": "\u2068{}\u2069".format,  # in a direction of its own
    "noun": lambda english: _exact().get(english, english),
    "name": _name,
    "kind": _name,
    "place": _name,
}
