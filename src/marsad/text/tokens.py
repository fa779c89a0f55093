"""Tokens of folded text: words, numbers and single marks, with their offsets."""

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

Kept = TypeVar("Kept")

# A number keeps its separators when digits follow; a Latin word its inner apostrophes and hyphens,
# but no possessive. No nested repeats: linear. Arabic words come first, for they are the most.
_TOKEN = re.compile(
    r"(?P<word>[ء-ي]+[^\W\d_]*|[^\W\d_a-z][^\W\d_]*)|(?P<number>\d+(?:[.,]\d+)*)|(?P<latin>[a-z]+(?:['\-](?!s\b)[a-z]+)*)|(?P<mark>(?<=[a-z])'s\b|[^\w\s]|_)"
)


class Token(NamedTuple):
    """A piece of folded text. kind: number, latin, word (any other script) or mark."""

    start: int
    end: int
    form: str
    kind: str


def tokens(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """All tokens of `folded` from `start` to `end`, in order."""
    found = _TOKEN.finditer(folded, start, len(folded) if end is None else end)
    return [_made(Token, (m.start(), m.end(), m[0], m.lastgroup or "mark")) for m in found]


_made = tuple.__new__  # what Token(...) comes to, without a call of Python for each token


class Remembered(dict[str, Kept]):
    """Form -> the answer of `ask`, found out once: what is asked of every token of a text is asked of few different forms.

    most: how many answers are kept before all are forgotten, so that memory stays bounded (65,536 take some 3 MB).
    """

    def __init__(self, ask: Callable[[str], Kept], most: int = 1 << 16) -> None:
        super().__init__()
        self._ask, self._most = ask, most

    def __missing__(self, form: str) -> Kept:
        if len(self) >= self._most:
            self.clear()
        self[form] = told = self._ask(form)
        return told
