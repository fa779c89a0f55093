"""What a sentence says by the way, between two commas or in brackets: the clause around it goes on after it.

"The brigade, which is part of X, seized"; «قالت الحركة، في بيان، إنها»: a subject stands before its aside and its verb after it, so that
what looks for either must step over the words between. An aside is told by the word that opens it and by the verb that follows it.
"""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from marsad.read.annotate import Sentence
from marsad.read.load import grammar
from marsad.read.rolewords import words

_LONGEST = 30  # tokens
_COMMAS = frozenset("،,")


def asides(sent: Sentence, lang: str) -> Mapping[int, int]:
    """Token -> the first token of the aside that it is in, for the tokens of asides, their commas or brackets with them."""
    if sent.asides is None:
        sent.asides = _found(sent, lang)
    return sent.asides


def clause_around(sent: Sentence, at: int, lang: str, *, through_quotes: bool = False) -> tuple[int, int]:
    """Tokens of the clause around token `at`, which goes on past its asides."""
    aside = asides(sent, lang)
    first, last = sent.clause(at, through_quotes=through_quotes)
    while last < len(sent.toks) and aside.get(last) == last and at not in aside:
        last = sent.clause(behind(aside, last), through_quotes=through_quotes)[1]
    while first > 1 and (opened := aside.get(first - 1)) is not None and at not in aside and opened > 0:
        first = sent.clause(opened - 1, through_quotes=through_quotes)[0]
    return first, last


def behind(aside: Mapping[int, int], at: int) -> int:
    """The token behind the aside that begins at token `at`."""
    begun = at
    while aside.get(at) is not None and aside[at] >= begun:
        at += 1
    return at


def reach(sent: Sentence, at: int, tokens: int, lang: str) -> int:
    """The token so many before (if negative) or behind token `at`, asides not counted."""
    aside, step = asides(sent, lang), 1 if tokens > 0 else -1
    left = abs(tokens)
    while left and 0 < at < len(sent.toks):
        at += step
        left -= at not in aside
    return at


def _found(sent: Sentence, lang: str) -> dict[int, int]:
    commas = [k for k, form in enumerate(sent.forms) if form in _COMMAS]
    found: dict[int, int] = {}
    for first, last in reversed(list(pairwise(commas))):
        goes_on = last in found or _verb_at(sent, last + 1, lang)
        goes_on = goes_on or (sent.form(first + 1) in _RELATIVE and sent.form(last + 1) in _MEANWHILE)
        always = _said(sent, first + 1, _always(lang)) or _a_day_alone(sent, first, last) or _who_says(sent, first, last)
        if last - first <= _LONGEST and (always or (goes_on and _opens(sent, first, last, lang))):
            found |= dict.fromkeys(range(first, last + 1), first)
    opened = -1
    for at, form in enumerate(sent.forms):
        if form == "(":
            opened = at
        elif form == ")" and opened >= 0 and at - opened <= _LONGEST:
            found |= dict.fromkeys(range(opened, at + 1), opened)
            opened = -1
    return found


def _who_says(sent: Sentence, first: int, last: int) -> bool:
    """Whether nothing but who says so stands between two commas (", a spokesman said on Friday,")."""
    short = last - first <= _SAYS and sent.form(first + 1) not in ("and", "but")
    return (
        short
        and sent.has_cue(("speech.verbs",), first, last)
        and not any(sent.starts(k, "trigger") for k in range(first, last))
    )


_SAYS = 10  # tokens


def _a_day_alone(sent: Sentence, first: int, last: int) -> bool:
    """Whether nothing but a day, or an hour of it, stands between two commas (، صباح اليوم الأحد،)."""
    days = [f for f in sent.dates if first < f.first and f.last <= last]
    others = [k for k in range(first + 1, last) if not any(f.first <= k < f.last for f in days)]
    return bool(days) and (len(others) <= _BESIDE or (len(others) <= _HOUR and not any(_acts_at(sent, k) for k in others)))


_BESIDE, _HOUR = 2, 5  # tokens: "on the evening of", "at a late hour of the evening of"


def _acts_at(sent: Sentence, at: int) -> bool:
    """Whether somebody, some place or something done is told of from token `at` on."""
    people = any(not h.entry.info.not_people for h in sent.starts(at, "people"))
    return people or any(sent.starts(at, layer) for layer in ("verb", "trigger", "actor", "place", "generic"))


@cache
def _always(lang: str) -> frozenset[str]:
    """What opens an aside whatever follows it."""
    return words(lang)["support"] | words(lang)["aside_always"]


def _opens(sent: Sentence, first: int, last: int, lang: str) -> bool:
    """Whether the words after the comma at `first` open an aside that the comma at `last` ends: by its first words, or a day alone."""
    word = sent.form(first + 1)
    if _said(sent, first + 1, words(lang)["aside"]):
        return True
    if lang == "en" and word.endswith("ing") and len(word) > 4 and not sent.starts(first + 1, "trigger"):
        return True  # "the Rangers, acting on a tip-off, traded fire"
    if lang == "en" and any(v.entry.info[:2] == ("past", "ap") for v in sent.starts(first + 1, "verb")):
        return True  # "training, paused in April, had restarted"
    return any(first < f.first <= first + 2 and last - f.last <= 1 for f in sent.dates)


_RELATIVE, _MEANWHILE = grammar("asides", "relative"), grammar("asides", "meanwhile")


def _said(sent: Sentence, at: int, listed: frozenset[str]) -> bool:
    """Whether one of `listed`, of one word or two, stands at `at`."""
    return sent.form(at) in listed or f"{sent.form(at)} {sent.form(at + 1)}" in listed


def _verb_at(sent: Sentence, at: int, lang: str) -> bool:
    """Whether a finite verb, with no "and", or the word that what was said begins with stands at `at`."""
    if sent.form(at) in words(lang)["goes_on"]:
        return True
    if any(t.entry.info.pos == "phrase" for t in sent.starts(at, "trigger")):
        return True
    return any(v.entry.info[0] != "ing" and not v.prefix.startswith(("و", "ف")) for v in sent.starts(at, "verb"))
