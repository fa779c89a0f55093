"""Where sentences end, in Arabic and English news text.

Own rules over the folded text rather than a library: offsets must be exact, a list dot or an abbreviation (د. أ.د. U.S. No.)
must not cut, and a full stop without a space after it, common in Arabic pages, must.
"""

import re

_ABBREVIATIONS = frozenset(
    [
        "د",
        "م",
        "ا",
        "ق",
        "ص",
        "ج",
        "ت",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "maj",
        "brig",
        "cmdr",
        "adm",
        "gov",
        "sen",
        "rep",
        "st",
        "no",
        "vs",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "km",
        "approx",
        "inc",
        "ltd",
        "co",
    ]
)
_STOP = re.compile(r"[.!?؟…]+[\"'»”)\]]*|\n\s*|\s\*\s+")
_LETTER = re.compile(r"[^\W_]")
_LAST_WORD = re.compile(r"[^\s.]*\Z")


def sentences(folded: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in folded text, blank ends trimmed, in order. A line break always ends one."""
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(folded):
        if not stop.group().startswith(("\n", " ", "\t")) and not _ends(folded, stop.start(), stop.end()):
            continue
        _add(folded, start, stop.end(), spans)
        start = stop.end()
    _add(folded, start, len(folded), spans)
    return spans


def _add(folded: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = folded[start:end]
    body = piece.strip()
    if _LETTER.search(body):
        lead = len(piece) - len(piece.lstrip())
        spans.append((start + lead, start + lead + len(body)))


def _ends(folded: str, dot: int, after: int) -> bool:
    """Whether the mark at `dot` ends a sentence."""
    if folded[dot] != ".":
        return True
    following = folded[after : after + 1]
    if following.isascii() and following.isalpha() and _run_on(folded, dot, after):
        return True
    if following.isdigit() or (following.isascii() and following.isalnum()) or following in {",", "،", ";"}:
        return False
    word = _LAST_WORD.search(folded, max(0, dot - 12), dot)
    last = word.group() if word else ""
    if last in _ABBREVIATIONS:
        return False
    return not (len(last) == 1 and last.isalpha())


_WORD = re.compile(r"[a-z]+\b(?!\.[a-z])")
_DOMAINS = frozenset(("com", "org", "net", "gov", "edu", "info", "co", "tv", "me", "io"))


def _run_on(folded: str, dot: int, after: int) -> bool:
    """A full stop with no space after it, between two words too long for an abbreviation and no part of an address."""
    before = _LAST_WORD.search(folded, max(0, dot - 24), dot)
    following = _WORD.match(folded, after)
    if before is None or following is None:
        return False
    return (
        before.group().replace("-", "").replace("'", "").isalpha()
        and len(before.group()) >= 3
        and (len(following.group()) >= 2 or following.group() in ("a", "i"))
        and following.group() not in _DOMAINS
    )
