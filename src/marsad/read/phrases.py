"""Words and phrases of tolls.toml, and where they stand in a sentence."""

from functools import cache

from marsad.read.annotate import Sentence
from marsad.read.load import book


@cache
def words(lang: str) -> dict[str, frozenset[str]]:
    """The word lists of tolls.toml as sets of folded phrases."""
    return {name: frozenset(listed) for name, listed in book(lang, "tolls")["words"].items()}


@cache
def firsts(phrases: frozenset[str]) -> frozenset[str]:
    """The first words of `phrases`: most words of a text are none of them."""
    return frozenset(p.split()[0] for p in phrases)


def said(sent: Sentence, at: int, phrases: frozenset[str], most: int = 4) -> int:
    """The token after the longest of `phrases` that begins at `at`, or 0."""
    if sent.form(at) not in firsts(phrases):
        return 0
    for length in range(most, 0, -1):
        if at + length <= len(sent.toks) and " ".join(sent.forms[at : at + length]) in phrases:
            return at + length
    return 0


def said_before(sent: Sentence, at: int, phrases: frozenset[str], most: int = 4) -> bool:
    """Whether one of `phrases` ends just before token `at` (its first word may carry و or ب)."""
    if at > len(sent.forms):
        return False
    for length in range(1, min(most, at) + 1):
        phrase = " ".join(sent.forms[at - length : at])
        if phrase in phrases or phrase[1:] in phrases:
            return True
    return False


def past_bound(sent: Sentence, at: int, lang: str) -> int:
    """The token after "at least" or "about" that begins at `at`; `at` itself where neither does."""
    listed = words(lang)
    return said(sent, at, listed["at_least"]) or said(sent, at, listed["about"]) or at


def said_by(sent: Sentence, last: int) -> bool:
    """Whether the people told up to token `last` only say what was told ("eight soldiers, two military sources said"), or begin a clause
    of their own (", and Prime Minister so-and-so vowed")."""
    near = range(last, last + _NAMED)
    speak = any(sent.is_cue(k, "speech.verbs") for k in near[:3])
    does = next((k for k in near if any(v.entry.info[0] == "past" for v in sent.starts(k, "verb"))), None)
    return speak or (does is not None and not sent.starts(does, "trigger") and sent.form(does) not in ("was", "were"))


_NAMED = 4  # tokens: a name of two words, and its verb
