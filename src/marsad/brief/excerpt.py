"""The words a statement rests on, in their sentence, marked; and addresses that are safe to click."""

import itertools
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from marsad.brief.words import visible
from marsad.records import Span, Statement
from marsad.text.sentences import sentences

AROUND = 400
"""Characters shown on each side at most: a line of 5 MB is one sentence too."""


_SLOTS = ("when", "count", "killed", "injured", "abducted", "arrested", "claimed_by", "attributed_to", "expected_by")


def window(statement: Statement, text: str) -> Span:
    """The sentence around a statement's anchor, cut where it is too long."""
    anchor = statement.anchor
    near = Span(max(0, anchor.start - 4 * AROUND), min(len(text), anchor.end + 4 * AROUND))
    piece = text[near.start : near.end]
    inside = [
        Span(a + near.start, b + near.start)
        for a, b in sentences(piece)
        if a + near.start < anchor.end and b + near.start > anchor.start
    ]
    start = min([s.start for s in inside], default=anchor.start)
    end = max([s.end for s in inside], default=anchor.end)
    return Span(max(start, anchor.start - AROUND), min(end, anchor.end + AROUND))


def spans_of(statement: Statement) -> list[Span]:
    """The spans of all filled slots."""
    parties = (*statement.places, *statement.actors, *statement.targets, *statement.weapons)
    told = [getattr(v, "span", None) for v in (*parties, *(getattr(statement, slot) for slot in _SLOTS))]
    return [s for s in told if s is not None] + [s for listed in statement.evidence.values() for s in listed]


def pieces(statement: Statement, text: str, shown: Span | None = None) -> list[tuple[str, bool, bool]]:
    """(words, in the anchor, in a slot) from start to end of `shown`, else of the window."""
    shown, slots = shown or window(statement, text), spans_of(statement)
    edges = {shown.start, shown.end}
    edges |= {min(max(p, shown.start), shown.end) for s in (statement.anchor, *slots) for p in (s.start, s.end)}
    return [
        (text[a:b], statement.anchor.start <= a < statement.anchor.end, any(s.start <= a < s.end for s in slots))
        for a, b in itertools.pairwise(sorted(edges))
    ]


def excerpt(statement: Statement, text: str) -> Markup:
    """The window as HTML, escaped: the anchor in <mark>, slots underlined."""
    shown = window(statement, text)
    made = "".join(_piece(*p) for p in pieces(statement, text, shown)).strip()
    before, after = ("… " if text[: shown.start].strip() else ""), (" …" if text[shown.end :].strip() else "")
    return Markup(f"{before}{made}{after}")  # every piece is escaped


def _piece(words: str, anchor: bool, slot: bool) -> str:
    inner = str(escape(visible(words)))
    if slot:
        inner = f'<span class="slot">{inner}</span>'
    return f"<mark>{inner}</mark>" if anchor else inner


def safe_url(url: str) -> str:
    """`url` if a reader may click it: http or https with a host; else empty."""
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
