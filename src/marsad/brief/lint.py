"""The linter: what no sentence of a brief may do (law 1; ICD 203: no other likelihood words, and never beside confidence)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from marsad.brief.document import Brief, Sentence
from marsad.brief.material import Material
from marsad.brief.words import book
from marsad.records import Lang
from marsad.scales import LIKELIHOOD

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_ARABIC_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
_MAY = re.compile(r"(?<!^)(?<![.!?] )\bMay\b|\bMay(?= \d)")
"""The month, which is no "may": with a capital letter within a sentence, or before a number."""
_PREFIX = r"(?:[وف]?(?:ال|لل|بال|كال|ب|ل|ك)?)"
"""What may stand before an Arabic word and be written to it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence that breaks a rule. rule: evidence, unknown_evidence, likelihood, likelihood_and_confidence, loaded."""

    section: str
    rule: str
    found: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.section}: {self.rule}: {self.found!r} in {self.sentence!r}"


def lint(brief: Brief, material: Material | None = None) -> list[Fault]:
    """Every fault of `brief`, in reading order. material: the cut it was made from; with it the evidence ids are looked up.

    Words in quotation marks are the report's, not ours, and are passed over; names of actors and places are not.
    """
    pairs = [(s.key, said) for s in brief.sections for b in s.blocks for said in (*b.sentences, *b.points)]
    return [f for key, said in pairs for f in (*_evidence(key, said, material), *_words(key, said, brief.lang))]


def _evidence(section: str, said: Sentence, material: Material | None) -> Iterator[Fault]:
    if not said.evidence:
        yield Fault(section, "evidence", "none", said.text)
    for key in said.evidence:
        if material is not None and not material.knows(key):
            yield Fault(section, "unknown_evidence", key, said.text)


def _words(section: str, said: Sentence, lang: Lang) -> Iterator[Fault]:
    text = _MAY.sub("", _ARABIC_MARKS.sub("", _QUOTED.sub("", said.text)))
    for harmless in book(lang, "lint")["harmless"]:
        text = text.replace(harmless, "")
    for rule, name in (("loaded", "loaded"), ("likelihood", "likelihood_other")):
        for hit in _pattern(lang, name).findall(text):
            yield Fault(section, rule, hit, said.text)
    if section != "methods" and (doubt := _pattern(lang, "confidence").search(text)) and _bands(lang).search(text):
        yield Fault(section, "likelihood_and_confidence", doubt[0], said.text)


@cache
def _pattern(lang: Lang, name: str) -> re.Pattern[str]:
    return _any_of(tuple(book(lang, "lint")[name]), lang)


@cache
def _bands(lang: Lang) -> re.Pattern[str]:
    return _any_of(tuple(b.ar if lang == "ar" else b.en for b in LIKELIHOOD), lang)


def _any_of(words: tuple[str, ...], lang: Lang) -> re.Pattern[str]:
    bare = sorted((_ARABIC_MARKS.sub("", w) for w in words), key=len, reverse=True)
    body = "|".join(re.escape(w) for w in bare)
    return re.compile(rf"(?<!\w){_PREFIX if lang == 'ar' else ''}(?:{body})(?!\w)", re.IGNORECASE)
