"""What the finders of statements that are no events share: their words, the end of a clause, a statement on a sentence's words."""

from functools import cache, lru_cache
from typing import Any

from marsad.read.annotate import Annotated, Sentence
from marsad.read.load import book
from marsad.read.phrases import firsts
from marsad.records import Report, Span, Statement
from marsad.scales import Family

# kinds of actors that speak as armed groups do
GROUPS = frozenset(("armed_group", "militia", "broad"))
ISO = {"day": "D", "week": "W", "month": "M", "year": "Y"}
COUNTED = (Family.ATTACK, Family.UNREST, Family.OPERATION)


@cache
def words_of(lang: str) -> dict[str, Any]:
    """The word lists and rows of others.toml, by section; folded."""
    made: dict[str, Any] = {}
    for section, lists in book(lang, "others").items():
        made[section] = lists if isinstance(lists, list) else {k: frozenset(v) for k, v in lists.items()}
    for row in (*made["indicator"], *made["capability"], *made["condition"]):
        row["said"], row["before"] = frozenset(row["said"]), frozenset(row.get("before", ()))
    changes = made["trend"]
    changes["any"] = changes["up"] | changes["down"] | firsts(changes["unseen"])
    return made


def made_of(
    report: Report, note: Annotated, sent: Sentence, reader: str, cls: Any, first: int, last: int, **slots: Any
) -> Statement:
    """A statement of class `cls` on tokens first..last (at least one)."""
    last = min(max(last, first + 1), len(sent.toks))
    anchor = Span(*note.folded.span(sent.toks[first].start, sent.toks[last - 1].end))
    return Statement(id="", report=report.id, cls=cls, anchor=anchor, reader=reader, **slots)


def plain(form: str, lang: str) -> str:
    """An Arabic form without "and" or "so" written onto it."""
    return form[1:] if lang == "ar" and len(form) > 3 and form[0] in "وف" else form


@lru_cache(1 << 16)
def has(form: str, words: frozenset[str], lang: str) -> bool:
    """Whether `form`, as it stands or plain, is among `words`."""
    return form in words or plain(form, lang) in words


def end(sent: Sentence, at: int, most: int = 24) -> int:
    """The end of the clause that begins at token `at`."""
    for here in range(at + 1, min(len(sent.toks), at + most)):
        if sent.form(here) in "،,؛;:.":
            return here
    return min(len(sent.toks), at + most)
