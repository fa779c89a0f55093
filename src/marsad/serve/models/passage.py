"""A passage of a report with the words of every slot marked. A text of millions of letters is shown by passages of a page each."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from marsad.brief.card import Card, details
from marsad.brief.excerpt import window
from marsad.brief.marked import SLOTS, Mark, marked, marks
from marsad.brief.words import Words
from marsad.records import Report, Span, Statement

Data = dict[str, Any]
PAGE = 12_000
"""Letters of a report on one page."""
WHOLE = 900
"""A report no longer than this is shown whole beside others."""


def passage(report: Report, span: Span, statements: Iterable[Statement]) -> Data:
    """The words of `report` in `span`. marks: start, end (within the passage), slot ("" for the words that carry a statement)."""
    found = {
        (max(m.span.start, span.start) - span.start, min(m.span.end, span.end) - span.start, m.slot)
        for s in statements for m in marks(s) if m.span.start < span.end and m.span.end > span.start
    }  # fmt: skip
    return {
        "report": report.id, "lang": report.lang, "dir": "rtl" if report.lang == "ar" else "ltr", "start": span.start, "end": span.end,
        "of": len(report.text), "text": span.of(report.text),
        "marks": [{"start": a, "end": b, "slot": slot} for a, b, slot in sorted(found) if b > a],
    }  # fmt: skip


def html(piece: Data, prefix: str = "") -> Markup:
    """A passage as HTML: escaped, each mark a <span>."""
    wanted = [Mark(Span(m["start"], m["end"]), m["slot"]) for m in piece["marks"]]
    return marked(piece["text"], wanted, prefix=prefix)


def around(report: Report, statement: Statement) -> Span:
    """The part of a report that shows a statement: all of a short one, else the sentence with what stands beside it."""
    if len(report.text) <= WHOLE:
        return Span(0, len(report.text))
    return window(statement, report.text)


def page_of(text: str, start: int, size: int = PAGE) -> Span:
    """The page of `text` that begins at `start`, cut at a space where one is near."""
    start = min(max(start, 0), max(len(text) - 1, 0))
    end = min(len(text), start + size)
    if end < len(text) and (cut := max(text.rfind(" ", end - 200, end), text.rfind("\n", end - 200, end))) > start:
        end = cut + 1
    return Span(start, end)


def card(words: Words, report: Report, statement: Statement) -> Data:
    """What a statement says, line by line, each value with the words it rests on."""
    told = details(Card(words, report, statement))
    lines = [
        {"slot": slot, "label": label,
         "values": [{"text": v.text, "note": v.note, "mark": v.mark.slot if v.mark else "", "start": v.mark.span.start if v.mark else None,
                     "end": v.mark.span.end if v.mark else None} for v in values]}
        for slot, label, values in told["lines"]
    ]  # fmt: skip
    return {
        "id": statement.id, "cls": statement.cls, "cls_label": told["cls"], "kind": statement.kind, "kind_label": told["kind"],
        "realis": statement.realis.value, "realis_label": told["realis"], "anchor": told["anchor"][:400], "start": statement.anchor.start,
        "end": statement.anchor.end, "lines": lines, "confidence": statement.confidence, "reader": statement.reader,
    }  # fmt: skip


def legend(pieces: Iterable[Data]) -> list[str]:
    """The slots marked in `pieces`, in the order of the legend."""
    used = {m["slot"] for p in pieces for m in p["marks"]}
    return [s for s in SLOTS if s in used]


def silent(text: str, at: int, statements: Sequence[Statement]) -> list[Data]:
    """The sentences of `text` (which begins at offset `at` of its report) that no statement rests on."""
    from marsad.text.sentences import sentences  # noqa: PLC0415

    anchors = [s.anchor for s in statements]
    found = []
    for a, b in sentences(text):
        start, end = at + a, at + b
        if text[a:b].strip() and not any(s.start < end and s.end > start for s in anchors):
            found.append({"start": start, "end": end, "text": text[a:b].strip()[:600]})
    return found
