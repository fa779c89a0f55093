"""Is the report one of sport or of markets, whose sieges, raids and bombs are figures of speech? Many of their words in it tell."""

from functools import cache

from marsad.read.annotate import Annotated
from marsad.read.context import BROAD
from marsad.read.draft import Draft
from marsad.read.kinds import standing
from marsad.read.load import book
from marsad.scales import Family
from marsad.text.tokens import Remembered

_WORDS, _SHARE = (
    5,
    0.03,
)  # different words of one genre, and the share of all words that they make; reports of events stay far below


@cache
def _genres(lang: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(listed) for name, listed in book(lang, "genres").items() if name != "private"}


def figurative(note: Annotated) -> str:
    """The genre (sport, market) of which the words are so many that what the report tells is a match or a market; "" if none."""
    known = _words_of(note)
    genres = {name: genre for name, genre in _genres(note.lang).items() if len(known & genre) >= _WORDS}
    forms = [_plain[t.form] for sent in note.sents for t in sent.toks if t.kind != "mark"] if genres else []
    for name, genre in genres.items():
        told = [form for form in forms if form in genre]
        if len(set(told)) >= _WORDS and len(told) >= _SHARE * len(forms):
            return name
    return ""


def private(note: Annotated) -> bool:
    """Whether a report is of a crime among kin or neighbours, which is no event of a conflict."""
    return len(_words_of(note) & _of_private_life(note.lang)) >= _KIN


_KIN = 4  # different words


@cache
def _of_private_life(lang: str) -> frozenset[str]:
    return frozenset(book(lang, "genres")["private"])


def _words_of(note: Annotated) -> set[str]:
    """The different words of a report, plain."""
    return set[str]().union(*(map(_plain.__getitem__, sent.forms) for sent in note.sents))


def _stripped(form: str) -> str:
    """A form without "and", prepositions and the article written onto it."""
    bare = form.lstrip("وفبلك") if "ال" in form[:4] else form
    return bare.removeprefix("ال")


_plain = Remembered(_stripped)


def of_a_conflict(draft: Draft) -> bool:
    """Whether even a report of such a crime tells of an event: gunmen, a group or an army did it."""
    arms = {w.name for w in draft.weapons} - {"small_arms", "blade", "fire"}
    return bool(arms) or any(a.name not in BROAD - {"unknown armed group"} and "olice" not in a.name for a in draft.actors)


def in_earnest(draft: Draft, genre: str) -> bool:
    """Whether even such a report tells of an event: people died, or an armed group is named that did it (a captain is of no army here); or a
    crowd is angry at the banks."""
    if genre == "market" and draft.family is Family.UNREST and not draft.definite:
        return True
    died = any(t.name == "killed" and t.group.low for t in draft.tolls)
    return died or any(standing(a.name) in ("irregular", "ally") and a.name not in BROAD for a in draft.actors)
