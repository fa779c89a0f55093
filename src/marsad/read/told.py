"""One toll as a sentence tells it, and how it tells that nobody was hurt."""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from marsad.read.annotate import Sentence
from marsad.read.counts import Group, firsts, said, words

TollName = Literal["killed", "injured", "abducted", "arrested"]
TOLLS: tuple[TollName, ...] = ("killed", "injured", "abducted", "arrested")


@dataclass(slots=True)
class Told:
    """One toll: which, how many, and the tokens from its word to its people."""

    name: TollName
    group: Group
    first: int
    last: int
    head: int
    sent: Sentence
    by: dict[str, int] = field(default_factory=dict)  # told subsets
    unsplit: bool = False  # dead and wounded together: it tells of an event, and fills no slot


def with_clitics(said: list[str], lang: str) -> frozenset[str]:
    """The words and, in Arabic, the words with each legal proclitic."""
    return frozenset(said) | (frozenset(p + w for w in said for p in _PROCLITICS) if lang == "ar" else frozenset())


_PROCLITICS = ("و", "ف", "ب", "ال", "ل", "وال", "وب")


@cache
def _none_said(lang: str) -> frozenset[str]:
    return with_clitics(sorted(words(lang)["none"]), lang)


def nobody(sent: Sentence, lang: str) -> list[Told]:
    """ "No casualties": none killed and none injured."""
    out: list[Told] = []
    none = _none_said(lang)
    beginning = firsts(none)
    if sent.lacks(beginning):
        return out
    for at, form in enumerate(sent.forms):
        after = said(sent, at, none) if form in beginning else 0
        if not after:
            continue
        for here in range(after, min(after + 4, len(sent.toks))):
            if last := said(sent, here, words(lang)["casualties"]):
                zero = Group(0, 0, 0, at, last)
                out += [Told("killed", zero, at, last, at, sent), Told("injured", zero, at, last, at, sent)]
                break
        if out:
            break
    return out
