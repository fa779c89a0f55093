"""Words around place names, and a place as its words tell it."""

from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.load import book
from marsad.records import Place, Span


@cache
def words(lang: str) -> dict[str, frozenset[str]]:
    """The word lists of where.toml, folded."""
    return {name: frozenset(listed) for name, listed in book(lang, "where").items() if isinstance(listed, list)}


def among(form: str, words: frozenset[str], lang: str) -> bool:
    """Whether `form`, with or without its one-letter proclitics, is among `words`."""
    return form in words or (
        lang == "ar"
        and len(form) > 2
        and ((form[1:] in words and form[0] in "وفبلك") or (form[2:] in words and form[:2] in ("وب", "ول", "فب")))
    )


def bare_start(sent: Sentence, at: int, words: frozenset[str]) -> int:
    """Where the word at token `at` begins without its proclitics."""
    form = sent.form(at)
    cut = next(k for k in range(3) if form[k:] in words)
    return sent.toks[at].start + cut


def placed(note: Annotated, start: int, end: int, **slots: object) -> Place:
    """A place named by folded characters start..end."""
    span = Span(*note.folded.span(start, end))
    return Place(name=note.text[span.start : span.end], span=span, **slots)  # type: ignore[arg-type]
