"""The nouns for people at a token, the number before them, and the adjectives behind."""

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.phrases import words
from marsad.text.numerals import Number

_WHOSE = grammar("counts", "whose")


def number_of(sent: Sentence, at: int) -> Number | None:
    """The number that begins at token `at`."""
    return next((n for n in sent.numbers if n.first == at), None) if sent.numbers else None


def noun_of(sent: Sentence, at: int) -> Hit | None:
    """The longest noun for people (or counted things) at token `at`."""
    named = sent.layer("actor")
    if named and any(a.first < at < a.last or (a.last == at and _adjective_of(sent, at)) for a in named):
        return None  # the adjective in a force's name (الجيش المصري) or right after it (قوات الجيش اليمني)
    if sent.form(at) in _WHOSE and sent.starts(at + 1, "people"):
        at += 1  # "a police colonel"
    options = sent.starts(at, "people")
    if options and any(
        w.first < at < w.last or (w.last == at and _flies(w) and sent.starts(at, "demonym")) for w in sent.layer("weapon")
    ):
        return None  # "without a pilot", an American aircraft
    return max(options, key=lambda h: (h.last, h.suffix != "ي", h.entry.info.number != "d", -len(h.prefix)), default=None)


def _flies(weapon: Hit) -> bool:
    return weapon.entry.value in ("aircraft", "drone")


def _adjective_of(sent: Sentence, at: int) -> bool:
    """Whether an Arabic demonym with the article and no "and" stands at `at`."""
    return sent.form(at).startswith("ال") and bool(sent.starts(at, "demonym"))


def behind_a_nation(sent: Sentence, at: int, lang: str) -> int:
    """The token of the noun behind a nation's adjective at `at` ("an Iraqi soldier", "three U.S. contractors"), else `at` ("US soldier" is listed)."""
    behind = max((d.last for d in sent.starts(at, "demonym")), default=at) if lang == "en" else at
    return behind if noun_of(sent, behind) is not None else at


def past_adjectives(sent: Sentence, at: int, lang: str) -> int:
    """The token after the adjectives that follow a noun for people (جنديين تركيين، حارسا مسلحا)."""
    if lang == "en":
        return at
    while at < len(sent.toks) and not sent.form(at).startswith("و"):
        if not sent.starts(at, "demonym") and sent.form(at).removeprefix("ال") not in words(lang)["adjectives"]:
            break
        at += 1
    return at
