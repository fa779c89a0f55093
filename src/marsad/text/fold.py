"""Fold text to what matters for matching, and keep the way back to every original character.

Folding drops short vowels, tatweel and direction marks; unites the alifs, ya with alif maqsura, ta marbuta with ha, and the
seats of hamza; opens Arabic presentation forms and ligatures; turns Arabic-Indic and Persian digits into 0-9; and lowers
Latin, Greek and Cyrillic letters to their unaccented base. One character may fold to none, one or several.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

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
_DROP = 0
_EXPAND = 0x110000  # not a code point: marks a character that folds to several


def _fold_one(char: str) -> str:
    """What one character of a Latin, Greek, Cyrillic or presentation-form block folds to."""
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).lower()
    return "".join(_LETTERS.get(c, c) for c in base if not unicodedata.combining(c))


@cache
def _tables() -> tuple[NDArray[np.uint32], dict[int, str]]:
    """(code point -> folded code point, or a marker), and what the marked ones become."""
    table = np.arange(0x10000, dtype=np.uint32)
    several: dict[int, str] = {}
    for block in (*_FOLDED_ALPHABETS, *_PRESENTATION):
        for cp in block:
            folded = _fold_one(chr(cp))
            if len(folded) == 1:
                table[cp] = ord(folded)
            elif folded:
                table[cp], several[cp] = _EXPAND, folded
    for source, target in {**_LETTERS, **_MARKS}.items():
        table[ord(source)] = ord(target)
    for zero in (0x0660, 0x06F0):
        table[zero : zero + 10] = np.arange(48, 58)
    marks = [cp for cp in (*range(0x0300, 0x0370), *range(0x0610, 0x0700)) if unicodedata.combining(chr(cp))]
    table[[*_DROPPED, *marks, 0]] = _DROP
    return table, several


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`: the folded text, n characters. `index`: n + 1 offsets into the original; `index[n]` is the original's length."""

    text: str
    index: NDArray[np.int64]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets that folded characters `start` up to `end` came from (0 <= start <= end <= n).

        Marks that hang on the last letter (a final tanwin, say) belong to the span.
        """
        if end <= start:
            at = int(self.index[start])
            return at, at
        return int(self.index[start]), int(self.index[end - 1]) + 1


def fold(text: str) -> Folded:
    """Fold `text`. O(n); never raises."""
    table, several = _tables()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded = np.where(points < 0x10000, table[np.minimum(points, 0xFFFF)], points)
    index = np.arange(len(points), dtype=np.int64)
    if np.any(folded == _EXPAND):
        folded, index = _expand(points, folded, index, several)
    kept = folded != _DROP
    letters = folded[kept].astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    return Folded(letters, np.append(index[kept], len(points)))


def _expand(
    points: NDArray[np.uint32], folded: NDArray[np.uint32], index: NDArray[np.int64], several: dict[int, str]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Open each marked character into its several; all of them point back to the one original."""
    out_points: list[NDArray[np.uint32]] = []
    out_index: list[NDArray[np.int64]] = []
    done = 0
    for at in np.flatnonzero(folded == _EXPAND).tolist():
        became = np.array([ord(c) for c in several[int(points[at])]], dtype=np.uint32)
        out_points += [folded[done:at], became]
        out_index += [index[done:at], np.full(len(became), at, dtype=np.int64)]
        done = at + 1
    return np.concatenate([*out_points, folded[done:]]), np.concatenate([*out_index, index[done:]])


class _ByChar(dict[int, int | str | None]):
    """Code point -> what it folds to, worked out when first met."""

    def __missing__(self, cp: int) -> int | str | None:
        table, several = _tables()
        to = int(table[cp]) if cp < 0x10000 else cp
        self[cp] = None if to == _DROP else several[cp] if to == _EXPAND else to
        return self[cp]


_BY_CHAR = _ByChar()


def fold_text(text: str) -> str:
    """The folded text alone, for keys and search: `fold(text).text`, quicker on short text."""
    return text.translate(_BY_CHAR)
