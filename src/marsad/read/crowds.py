"""Crowds: the people who protest, and clashes of which they are one side, which are riots (codebook, section 2)."""

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.told import Told
from marsad.scales import FAMILY_OF, Family

_CROWDS, _FORCES = grammar("crowds", "crowds"), grammar("crowds", "forces")
_DOERS, _MOBS, _STONES = grammar("crowds", "doers"), grammar("crowds", "mobs"), grammar("kinds", "stones")
_WITH, _BETWEEN = grammar("crowds", "with"), grammar("crowds", "between")
_NEAR, _SIDES = 4, 9  # tokens: from the clash to the word that leads to its sides; that these take


def a_crowd(sent: Sentence, hit: Hit) -> bool:
    """Whether a trigger of protest is only the people who do it (متظاهر, "protesters")."""
    return any(p.entry.info.who == "protesters" for p in sent.starts(hit.first, "people"))


def by_a_mob(sent: Sentence, act: Hit, kind: str, weapons: set[str], lang: str, *, deadly: bool) -> bool:
    """Whether a crowd attacks or storms with no weapon told (هاجمت حشود غاضبة متاجر, "a mob stormed"), or others with stones.

    deadly: people died of it; then only a mob by its name is no armed side."""
    info, doers = act.entry.info, _MOBS if deadly else _DOERS
    if kind not in ("armed_attack", "raid", "killing", "arson") or info.voice == "p":
        return False
    if not deadly and (kind == "killing" or info.role == "result"):
        return False
    if lang == "en" and (info.pos == "noun" or sent.form(act.first - 1) in _BE):
        return False
    if kind != "raid" and not _STONES.isdisjoint(sent.forms[act.last : act.last + _SIDES]):
        return weapons <= {"fire"}
    if weapons:
        return False
    first, last = _around(sent, act, lang)
    if any(p.entry.info.group in _ARMED for p in sent.layer("people", first, last)):
        return False
    if lang == "ar":
        if info.number == "p":
            return False  # its subject is in the verb: فتشوا عشرات المنازل
        counted = next((n.last for n in sent.numbers if n.first == act.last), act.last)
        return any(_bare(sent.form(k)) in doers and not sent.starts(k, "actor") for k in (act.last, counted))
    return any(sent.form(k) in doers for k in range(first, last))


def _around(sent: Sentence, act: Hit, lang: str) -> tuple[int, int]:
    """Where the subject of a verb stands: right behind it in Arabic, before it in English."""
    if lang == "ar":
        return act.last, act.last + _SUBJECT
    far = max(0, act.first - _SIDES)
    return next((k + 1 for k in range(act.first - 1, far - 1, -1) if sent.form(k) in _STOPS), far), act.first


_ARMED, _SUBJECT = ("militants", "security_forces"), 3  # tokens
_BE = frozenset(("was", "were", "been", "being", "be"))


def without_those_hit(sent: Sentence, found: list[Hit], told: list[Told]) -> list[Hit]:
    """The triggers without a crowd of which nothing is told but that it was hit (قتل متظاهران, "opened fire on demonstrators")."""

    def hit(at: int, crowd: Hit) -> bool:
        attacks = [h for h in found if FAMILY_OF[h.entry.info.kind] is Family.ATTACK]
        counted = any(t.name in ("killed", "injured") and t.group.first <= crowd.first < t.group.last for t in told)
        aimed_at = at and found[at - 1] in attacks and sent.form(crowd.first - 1) in _ON
        return bool(attacks) and (counted or bool(aimed_at))

    return [h for at, h in enumerate(found) if not (a_crowd(sent, h) and _only_hit(sent, h) and hit(at, h))]


_ON = grammar("roles", "on")


def _only_hit(sent: Sentence, crowd: Hit) -> bool:
    """Whether no clause tells what a crowd did."""
    after = [sent.form(k) for k in range(crowd.last, crowd.last + 2)]
    return not any(w in _WHO or (w.endswith(("وا", "ون", "ين", "ing")) and len(w) > _NEAR) for w in after)


_WHO = grammar("crowds", "who")


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


_BY_FORCE = ("armed_attack", "raid", "arson")


def does(sent: Sentence, last: Hit, hit: Hit, lang: str) -> bool:
    """Whether of two words side by side one is a crowd and the other what it does by force."""
    english = lang == "en" and _does_in_english(sent, last, hit)
    return _does_the_noun(sent, last, hit) or _does_the_verb(sent, last, hit) or _does_what_is_told(sent, last, hit) or english


def _does_what_is_told(sent: Sentence, act: Hit, crowd: Hit) -> bool:
    """Whether a crowd stands right behind the Arabic noun of what it did (اقتحام محتجين المبنى)."""
    info = act.entry.info
    by_force = info.pos == "noun" and info.role == "act" and info.kind in ("raid", "arson") and not act.definite
    return by_force and a_crowd(sent, crowd) and crowd.first == act.last and not crowd.prefix.startswith(("ل", "ب"))


def _does_the_verb(sent: Sentence, act: Hit, hit: Hit) -> bool:
    """Whether protesters are the subject of the violent verb right before them (هاجم آلاف المتظاهرين مكتبا)."""
    if hit.entry.info.role != "weak" or FAMILY_OF[hit.entry.info.kind] is not Family.UNREST or act.entry.info.pos != "verb":
        return False
    counted = next((n.last for n in sent.numbers if n.first == act.last), act.last)
    does = act.entry.info.kind in _BY_FORCE and act.entry.info.role == "act" and act.entry.info.voice != "p"
    return does and hit.prefix in ("", "ال") and hit.first in (act.last, counted)


def _does_the_noun(sent: Sentence, crowd: Hit, act: Hit) -> bool:
    """Whether protesters are the subject of a light verb that carries the noun right behind them (رد محتجون بإحراق سيارة)."""
    light = any(v.entry.info[0] == "past" for v in sent.starts(crowd.first - 1, "verb"))
    does = act.entry.info.pos == "noun" and act.prefix == "ب" and act.entry.info.kind in _BY_FORCE
    return light and does and a_crowd(sent, crowd) and act.first == crowd.last


def _does_in_english(sent: Sentence, crowd: Hit, act: Hit) -> bool:
    """ "Protesters set fire to": an English crowd right before the violent verb that it is the subject of."""
    if not a_crowd(sent, crowd) or act.first - crowd.last > 1 or sent.form(act.first - 1) in ("was", "were", "being", "been"):
        return False
    active = act.entry.info.pos != "noun" and sent.form(act.last) != "by"
    return active and act.entry.info.kind in _BY_FORCE and act.entry.info.role == "act"
