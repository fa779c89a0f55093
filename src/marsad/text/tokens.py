"""Tokens of folded text: words, numbers and single marks, with their offsets."""

import re
from typing import NamedTuple

# A number keeps its separators when digits follow; a Latin word its inner apostrophes and hyphens,
# but no possessive. No nested repeats: linear.
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<latin>[a-z]+(?:['\-](?!s\b)[a-z]+)*)|(?P<word>[^\W\d_]+)|(?P<mark>(?<=[a-z])'s\b|[^\w\s]|_)"
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
    return [Token(*m.span(), m.group(), m.lastgroup or "mark") for m in found]
