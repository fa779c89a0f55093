"""Fold text to what matters for matching, and keep the way back to every original character.

Folding drops short vowels, tatweel and direction marks; unites the alifs, ya with alif maqsura, ta marbuta with ha, and the
seats of hamza; opens Arabic presentation forms and ligatures; turns Arabic-Indic and Persian digits into 0-9; and lowers
Latin, Greek and Cyrillic letters to their unaccented base. One character may fold to none, one or several.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

_LETTERS = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    "ؤ": "و",
    "ئ": "ي",
    "ی": "ي",
    "ک": "ك",
    "ۀ": "ه",
    "ہ": "ه",
}
_MARKS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "٫": ".",
    "٬": ",",
}
_DROPPED = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x0640, 0x00AD]
_FOLDED_ALPHABETS = (range(0x41, 0x530), range(0x1E00, 0x2000))
_PRESENTATION = (range(0xFB50, 0xFDFF + 1), range(0xFE70, 0xFEFE + 1))


def _fold_one(char: str) -> str:
    """What one character of a Latin, Greek, Cyrillic or presentation-form block folds to."""
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).lower()
    return "".join(_LETTERS.get(c, c) for c in base if not unicodedata.combining(c))


@cache
def _table() -> dict[int, str]:
    """Code point -> what it folds to ("" where it is dropped), for those that fold to something else."""
    table = {cp: _fold_one(chr(cp)) or chr(cp) for block in (*_FOLDED_ALPHABETS, *_PRESENTATION) for cp in block}
    table |= {ord(source): target for source, target in {**_LETTERS, **_MARKS}.items()}
    table |= {zero + n: str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
    marks = [cp for cp in (*range(0x0300, 0x0370), *range(0x0610, 0x0700)) if unicodedata.combining(chr(cp))]
    return table | dict.fromkeys((*_DROPPED, *marks, 0), "")


@cache
def _uneven() -> re.Pattern[str]:
    """Any character that folds to none or several."""
    return re.compile("[" + "".join(re.escape(chr(cp)) for cp, to in _table().items() if len(to) != 1) + "]")


@cache
def _changed() -> re.Pattern[str]:
    """Any character that folds to something else. In most texts one in ten does: to replace these is quicker than to translate all."""
    return re.compile("[" + "".join(re.escape(chr(cp)) for cp, to in _table().items() if to != chr(cp)) + "]")


def _folded(found: re.Match[str]) -> str:
    return _table()[ord(found[0])]


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`: the folded text, n characters. `index`: n + 1 offsets into the original; `index[n]` is the original's length."""

    text: str
    index: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets that folded characters `start` up to `end` came from (0 <= start <= end <= n).

        Marks that hang on the last letter (a final tanwin, say) belong to the span.
        """
        if end <= start:
            at = self.index[start]
            return at, at
        return self.index[start], self.index[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold `text`. O(n); never raises."""
    uneven = list(_uneven().finditer(text))
    if not uneven:
        return Folded(fold_text(text), range(len(text) + 1))
    index, done = array("q"), 0
    for found in uneven:
        at = found.start()
        index.extend(range(done, at))
        index.extend([at] * len(_table()[ord(found.group())]))
        done = at + 1
    index.extend(range(done, len(text) + 1))
    return Folded(fold_text(text), index)


def fold_text(text: str) -> str:
    """The folded text alone, for keys and search: `fold(text).text`."""
    return _changed().sub(_folded, text)
