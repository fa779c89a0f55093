"""The words right before and behind a trigger: what it acts on, and what takes it for another thing."""

from functools import cache

from marsad.read.annotate import Sentence
from marsad.read.asides import asides, behind
from marsad.read.lexicon import QUOTES, Hit


def near(sent: Sentence, first: int, last: int, words: frozenset[str], lang: str = "") -> bool:
    """Whether one of `words` stands at tokens first..last, before the clause ends. With a language the words of asides, of names and of
    numbers take none of the reach: a verb's object may stand behind a long subject."""
    if not words:
        return False
    at, on = max(0, first) - 1, 0  # on: up to here an aside, which takes none of the reach
    size, long = len(sent.toks), _long(words)
    while (at := at + 1) < last and at < size:
        form = sent.forms[at]
        if form in words or (form[0] in "وبل" and form[1:] in words) or f"{form} {sent.form(at + 1)}" in words:
            return True
        if form in long and any(tuple(sent.forms[at : at + len(said)]) == said for said in long[form]):
            return True
        if form in "،,.؛:" and at >= on:
            on = _past_aside(sent, at, lang)
            last += on - at
            if on == at:
                return False
        elif lang and at >= on:
            last += max((h.last - at - 1 for name in ("actor", "place") for h in sent.layer(name, at, at + 1)), default=0)
            last += max((f.last - at for f in sent.dates if f.first == at), default=0)
    return False


@cache
def _long(words: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of three words and more among `words`, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for said in (tuple(w.split()) for w in sorted(words)):
        if len(said) > _PAIR:
            found.setdefault(said[0], []).append(said)
    return found


_PAIR = 2


def _past_aside(sent: Sentence, at: int, lang: str) -> int:
    """The token where a clause goes on that ends at the comma `at`, where an aside or a day stands behind it; else `at`."""
    if not lang or asides(sent, lang).get(at) != at:
        return sent.past_a_day(at)
    return behind(asides(sent, lang), at)


def just_before(sent: Sentence, hit: Hit, words: frozenset[str]) -> bool:
    """Whether one of `words` stands right before `hit`, with or without "and"."""
    if not words:
        return False
    quoted = sent.form(hit.first - 1) in QUOTES
    before = sent.form(hit.first - 1 - quoted)
    return any(w in words for w in (before, before.removeprefix("و"), f"{sent.form(hit.first - 2)} {before}"))


def handed_on(sent: Sentence, hit: Hit) -> bool:
    """Whether a base told before is handed to a force told right behind (وسلمتها إلى الجيش)."""
    to = hit.last if sent.form(hit.last) in _TO else hit.last - 1
    near = (to + 1, to + 4)
    forces = sent.in_set("forces", *near) is not None or bool(sent.layer("actor", *near))
    based = sent.in_set("base", 0, hit.first) is not None
    return hit.entry.info.kind == "handover" and forces and based and (to == hit.last or sent.form(hit.last).startswith("لل"))


_TO = frozenset(("الي", "ل"))
