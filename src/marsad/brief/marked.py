"""A report's text with every word that a slot rests on marked: nested marks, split where they cross, the text itself untouched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from marsad.brief.words import visible
from marsad.records import Span, Statement

SLOTS = (
    "kind",
    "realis",
    "actors",
    "targets",
    "places",
    "when",
    "count",
    "weapons",
    "killed",
    "injured",
    "abducted",
    "arrested",
    "source",
)
"""What marks stand for, in the order of the legend; "" is the words that carry a statement."""
_SOURCES = ("claimed_by", "attributed_to", "expected_by")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a report and the slot they fill."""

    span: Span
    slot: str

    @property
    def id(self) -> str:
        """Its name within one report's text."""
        return f"{self.slot or 'said'}-{self.span.start}-{self.span.end}"


def marks(statement: Statement) -> Iterator[Mark]:
    """Every slot of a statement that has words, a mark each; its anchor first."""
    yield Mark(statement.anchor, "")
    for slot in ("actors", "targets", "places", "weapons"):
        yield from (mark_of(statement, slot, v.span) for v in getattr(statement, slot))
    for slot in ("when", "count", "killed", "injured", "abducted", "arrested", *_SOURCES):
        value = getattr(statement, slot)
        if value is not None and value.span is not None:
            yield Mark(value.span, "source" if slot in _SOURCES else slot)
    for slot, spans in statement.evidence.items():
        yield from (Mark(span, slot if slot in SLOTS else "kind") for span in spans)


def mark_of(statement: Statement, slot: str, span: Span) -> Mark:
    """The mark of a party, place or weapon. A doer whom nobody names stands on the words of the act: those are marked as such."""
    return Mark(span, "kind" if slot == "actors" and span in statement.evidence.get("kind", ()) else slot)


def _wide_first(mark: Mark) -> tuple[int, int, int]:
    """Where it begins, the longer one outside; of one length, the anchor outside, then the order of the legend."""
    return mark.span.start, -mark.span.end, SLOTS.index(mark.slot) if mark.slot else -1


def marked(text: str, wanted: Iterable[Mark], *, prefix: str = "", after: dict[Mark, Markup] | None = None) -> Markup:
    """`text` as HTML, escaped, each of `wanted` in a <span> with an id (prefix + Mark.id), a class (m and its slot) and `data-slot`.

    Marks that cross are split: the further pieces carry no id, and `data-of` names the first. after: HTML put behind a mark's end.
    Removing all tags gives `visible(text)` again. Marks outside the text or without words are left out.
    """
    inside = {m for m in wanted if 0 <= m.span.start < m.span.end <= len(text)}
    return Markup("").join(_pieces(text, sorted(inside, key=_wide_first), prefix, after or {}))


def _pieces(text: str, ordered: Sequence[Mark], prefix: str, after: dict[Mark, Markup]) -> Iterator[Markup]:
    stack: list[Mark] = []
    at = 0
    for mark in [*ordered, None]:
        start = len(text) if mark is None else mark.span.start
        while stack and (end := min(m.span.end for m in stack)) <= start:
            yield _words(text[at:end])
            at = end
            yield from _closed(stack, at, prefix, after)
        yield _words(text[at:start])
        at = start
        if mark is not None:
            yield _opened(mark, prefix, first=True)
            stack.append(mark)


def _closed(stack: list[Mark], at: int, prefix: str, after: dict[Mark, Markup]) -> Iterator[Markup]:
    """Close every mark that ends at `at`; those opened inside one that goes on are opened again."""
    deepest = next(k for k, m in enumerate(stack) if m.span.end <= at)
    for mark in reversed(stack[deepest:]):
        yield Markup("</span>")
        if mark.span.end <= at:
            yield after.get(mark, Markup(""))
    going_on = [m for m in stack[deepest:] if m.span.end > at]
    del stack[deepest:]
    for mark in going_on:
        yield _opened(mark, prefix, first=False)
        stack.append(mark)


def _opened(mark: Mark, prefix: str, *, first: bool) -> Markup:
    name = prefix + mark.id
    which = Markup(' id="{}"').format(name) if first else Markup(' data-of="{}"').format(name)
    return Markup('<span class="m {}"{}>').format(mark.slot or "said", which)


def _words(text: str) -> Markup:
    return escape(visible(text))
