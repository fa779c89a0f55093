"""Tokens of folded text: words, numbers and single marks, with their offsets."""

import re
from typing import NamedTuple

# A number keeps its separators when digits follow; a Latin word its inner apostrophes and hyphens. No nested repeats: linear.
_TOKEN = re.compile(r"(?P<number>\d+(?:[.,]\d+)*)|(?P<latin>[a-z]+(?:['\-][a-z]+)*)|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s]|_)")


class Token(NamedTuple):
    """A piece of folded text. kind: number, latin, word (any other script) or mark."""

    start: int
    end: int
    form: str
    kind: str


def tokens(folded: str) -> list[Token]:
    """All tokens of `folded`, in order."""
    return [Token(m.start(), m.end(), m.group(), m.lastgroup or "mark") for m in _TOKEN.finditer(folded)]
