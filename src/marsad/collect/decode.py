"""Bytes -> text: UTF-8, UTF-16 and UTF-32 by their marks, and the single-byte encodings that Arabic pages still use."""

import codecs
import re

from marsad.errors import Rejected

_MARKS = (  # UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ["cp1256", "cp1252", "iso8859_6"]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_WORD = re.compile(r"[\u0620-\u065f\u066e-\u06ff]+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")

BINARY = "this is not text (control bytes as in an image, an archive or a program)"
UNKNOWN = "the letters cannot be read in UTF-8, UTF-16, windows-1256, ISO 8859-6 or windows-1252"
AS_UTF8 = "Save the file as UTF-8 text and run the same command again."


def decode(raw: bytes, *, declared: str = "") -> str:
    """The text in `raw`, without its byte-order mark.

    declared: the encoding that a page names, tried before guessing. Raises Rejected if `raw` is not text, or if no encoding
    turns it mostly into Arabic or Latin words.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _checked(_strict(raw[len(mark) :], name))
    if b"\x00" in raw:
        raise Rejected(BINARY, mend=AS_UTF8)
    for name in ("utf-8", declared):
        if (text := _tried(raw, name)) is not None:
            return _checked(text)
    from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to load, and nearly every text is UTF-8)

    guess = from_bytes(raw, cp_isolation=_SINGLE_BYTE).best()
    text = str(guess) if guess is not None else ""
    if not _mostly_words(text):
        raise Rejected(UNKNOWN, mend=AS_UTF8)
    return _checked(text)


def _strict(raw: bytes, name: str) -> str:
    text = _tried(raw, name)
    if text is None:
        raise Rejected(f"the file says that it is {name.upper()}, but its bytes are not", mend=AS_UTF8)
    return text


def _tried(raw: bytes, name: str) -> str | None:
    """`raw` read strictly as `name`; None if it is not that, or if there is no encoding of text of that name."""
    try:
        return raw.decode(name) if name else None
    except (ValueError, LookupError):
        return None


def _checked(text: str) -> str:
    # One stray control character is a scar of conversion; more than one in fifty is not writing.
    if "\x00" in text or len(_CONTROL.findall(text)) * 50 > len(text):
        raise Rejected(BINARY, mend=AS_UTF8)
    return text


def _mostly_words(text: str) -> bool:
    """Whether four fifths of the words are of one script each: a wrong encoding mixes Arabic and accented letters in a word."""
    words = _WORD.findall(text)
    whole = sum(1 for w in words if _ARABIC_WORD.fullmatch(w) or _LATIN_WORD.fullmatch(w))
    return bool(words) and whole * 5 >= len(words) * 4
