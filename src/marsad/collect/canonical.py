"""When two texts are one: the canonical text, its hash, and the language a script shows."""

import hashlib
import re
import unicodedata

from marsad.records import Lang

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def canonical(text: str) -> str:
    """`text` in Unicode form NFC, each run of white space as one space, none at either end. Nothing else is changed.

    Letter case, punctuation, tashkeel and the forms of alef stay: two texts that differ there are two reports, and whether
    they are voices of one wire text is for `link` to say.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def report_id(text: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal (64 characters)."""
    return hashlib.sha256(canonical(text).encode("utf-8", "surrogatepass")).hexdigest()


def detect_lang(text: str) -> Lang:
    """Arabic if at least a third of the letters are Arabic, else English.

    A third, because an Arabic report quotes Latin names and addresses, while an English one holds a few Arabic words at most.
    """
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    return "ar" if arabic and arabic * 2 >= latin else "en"
