"""Crowds: the people who protest, and clashes of which they are one side, which are riots (codebook, section 2)."""

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar

_CROWDS, _FORCES = grammar("crowds", "crowds"), grammar("crowds", "forces")
_WITH, _BETWEEN = grammar("crowds", "with"), grammar("crowds", "between")
_NEAR, _SIDES = 4, 9  # tokens: from the clash to the word that leads to its sides; that these take


def a_crowd(sent: Sentence, hit: Hit) -> bool:
    """Whether a trigger of protest is only the people who do it (متظاهر, "protesters")."""
    return any(p.entry.info.who == "protesters" for p in sent.starts(hit.first, "people"))


def against_a_crowd(sent: Sentence, hit: Hit) -> bool:
    """Whether protesters, youths or residents are a side of the clash, and police or soldiers the other."""
    after = range(hit.last, min(hit.last + _NEAR, len(sent.toks)))
    lead = next((k for k in after if sent.form(k) in _WITH or sent.form(k) in _BETWEEN), None)
    sides = set() if lead is None else set(range(lead + 1, _end(sent, lead + 1)))
    if lead is None or sent.form(lead) in _WITH:  # "youths clashed with soldiers", اشتبك شبان مع الجنود
        sides |= set(range(hit.last, lead or hit.last)) | set(range(_start(sent, hit.first), hit.first))
    told = {_bare(sent.form(k)) for k in sides}
    crowd = not told.isdisjoint(_CROWDS) or (not told.isdisjoint(_POLICE) and _civilians_hurt(sent, hit))
    return crowd and not told.isdisjoint(_FORCES)


def _civilians_hurt(sent: Sentence, hit: Hit) -> bool:
    """ "300 Palestinians were hurt in clashes with the police": people of a nation or civilians, and none who bear arms."""
    first = max(0, hit.first - _HURT)
    groups = {p.entry.info.group for p in sent.layer("people", first, hit.first)}
    told = "civilians" in groups or bool(sent.layer("demonym", first, hit.first))
    return told and not groups & {"militants", "security_forces"}


_POLICE, _HURT = grammar("crowds", "police"), 7  # tokens


def _end(sent: Sentence, at: int) -> int:
    return next((k for k in range(at, at + _SIDES) if sent.form(k) in _STOPS), at + _SIDES)


def _start(sent: Sentence, at: int) -> int:
    return next((k + 1 for k in range(at - 1, max(-1, at - _NEAR - 1), -1) if sent.form(k) in _STOPS), max(0, at - _NEAR))


_STOPS = frozenset((".", ",", "،", ";", "؛", ""))


def _bare(form: str) -> str:
    """A form without "and" and the article."""
    return form.removeprefix("و").removeprefix("ال") or form
