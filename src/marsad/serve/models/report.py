"""One report: its text with all its statements, which of them made an incident, and what was not used."""

from collections.abc import Mapping, Sequence
from typing import Any

from marsad.brief import names
from marsad.brief.marked import marks
from marsad.brief.words import Words
from marsad.brief.writer import Writer
from marsad.records import Report, Span, Statement
from marsad.scales import Realis
from marsad.serve.models import passage, told

Data = dict[str, Any]
CARDS = 120
"""Statements shown on one page."""


def report(w: Writer, r: Report, said: Sequence[Statement], used: Mapping[str, str], sightings: Sequence[Mapping[str, Any]], start: int = 0) -> Data:  # fmt: skip
    """The whole page. used: statement id -> id of the incident that rests on it. start: the letter at which the passage begins."""
    span = passage.page_of(r.text, start)
    here = [s for s in said if _inside(s, span)]
    piece = passage.passage(r, span, here)
    return {
        **told.head(w, r), "passage": piece, "legend": passage.legend([piece]), "statements": len(said),
        "cards": [{**passage.card(w.words, r, s), "n": n, "incident": used.get(s.id, ""), "unused": unused(s, used)}
                  for n, s in list(enumerate(said, 1)) if s in here][:CARDS],
        "silent": passage.silent(piece["text"], span.start, said) if len(r.text) <= passage.PAGE * 4 else [],
        "previous": max(0, span.start - passage.PAGE) if span.start else None, "next": span.end if span.end < len(r.text) else None,
        "sightings": [_sighting(w.words, x) for x in sightings],
    }  # fmt: skip


def _inside(s: Statement, span: Span) -> bool:
    return any(m.span.start < span.end and m.span.end > span.start for m in marks(s))


def unused(s: Statement, used: Mapping[str, str]) -> str:
    """Why a statement made no incident, "" where it did: "class", its realis, or "undated" (background needs a day and a place)."""
    if s.id in used:
        return ""
    if s.cls != "event":
        return "class"
    if s.realis is Realis.BACKGROUND:
        return "undated" if s.when is None or not s.places else "recalled"
    return s.realis.value if s.realis is not Realis.ACTUAL else "unlinked"


def _sighting(words: Words, x: Mapping[str, Any]) -> Data:
    from marsad.brief.excerpt import safe_url  # noqa: PLC0415
    from marsad.brief.words import visible  # noqa: PLC0415

    return {
        "source": visible(names.actor(x["source"], words.lang)) if x["source"] else "", "url": safe_url(x["url"]), "published": str(x["published"] or ""), "grade": x["grade"],
        "sensitivity": x["sensitivity"], "recorded": x["recorded"].isoformat(timespec="seconds"),
    }  # fmt: skip
