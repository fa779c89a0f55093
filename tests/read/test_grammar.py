"""The word lists of grammar.toml are those that the modules of read/ ask for: none is left over, none is missing."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import marsad.read
from marsad.read.load import book
from marsad.text.fold import fold_text

ASKED = re.compile(r'\bgrammar(?:_of)?\("(\w+)", "(\w+)"\)')


def test_every_list_is_read_and_every_list_read_is_there() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in Path(marsad.read.__file__).parent.glob("*.py"))
    told = {(module, name) for lang in ("ar", "en") for module, lists in book(lang, "grammar").items() for name in lists}
    assert set(ASKED.findall(code)) == told


def test_the_words_that_texts_are_searched_for_are_folded() -> None:
    """The text is folded when it is read: a list that writes "مئات" would never meet "ميات"."""
    unfolded = {
        word for name in _FOLDED for word in _words(book("ar", name), name) if not word.isascii() and fold_text(word) != word
    }
    assert not unfolded


_FOLDED = ("amounts", "attack", "control", "cues", "dates", "measure", "operation", "others", "people", "posture")
_FOLDED += ("roles", "sets", "tolls", "unrest", "where", "weapons", "numerals")
_LEMMAS = {
    "verb",
    "light",
    "sends",
    "undergo",
    "repel",
    "with_b",
    "expels",
    "causal",
    "auxiliary",
    "with_upon",
}  # as verbs.tsv writes them


def _words(told: object, key: str) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for name, item in told.items():
            if name not in _LEMMAS:
                yield from _words(item, name)
    elif isinstance(told, list):
        for item in told:
            yield from _words(item[1:] if key == "verb_phrase" else item, "item")  # a lemma, then its objects
