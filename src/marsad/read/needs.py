"""The company that a trigger word needs to tell of an event: forces, a place, people, captives beside it."""

from marsad.read.annotate import Sentence
from marsad.read.asides import clause_around, reach
from marsad.read.lexicon import QUOTES, Hit
from marsad.read.load import grammar
from marsad.read.placehood import word_here
from marsad.read.rolewords import words
from marsad.scales import FAMILY_OF, Family

_FORCES = frozenset(("military", "police", "security", "coalition", "armed_group", "militia", "force", "unknown"))
_BEFORE = 9  # tokens before a passive verb where those whom it befell stand
_REACH = {Family.POSTURE: (12, 12), Family.CONTROL: (5, 14)}  # tokens before and after a trigger where its company may stand


_AGREED, _LAID_DOWN = 16, 22  # tokens between a truce and where it is told that it was agreed, and what it lays down


def met(sent: Sentence, hit: Hit, need: str, lang: str) -> bool:
    """Whether the company that a trigger needs stands in its clause, near it."""
    if need in _BY_THEMSELVES:
        return _BY_THEMSELVES[need](sent, hit, lang)
    quoted = sent.form(hit.first - 1) in QUOTES and sent.form(hit.last) in QUOTES  # "neutralized" three terrorists
    through = quoted or FAMILY_OF[hit.entry.info.kind] is not Family.ATTACK
    first, last = clause_around(sent, hit.first, lang, through_quotes=through)
    if need == "agreed" and sent.in_set(need, max(0, hit.first - _AGREED), hit.first) is not None:
        return True  # "the two sides agreed, at a meeting in X, on a truce"
    if need == "ceasefire":
        return sent.in_set(need, hit.last, hit.last + _LAID_DOWN) is not None
    before, after = _REACH.get(FAMILY_OF[hit.entry.info.kind], (12 if need == "arms" else 8, 14))
    first, last = max(first, reach(sent, hit.first, -before, lang)), min(last, reach(sent, hit.last, after, lang))
    if any(h is not None and not hit.first <= h.first < hit.last for h in [sent.in_set(need, first, last)]):
        return True
    if sent.in_set(need, hit.last, last) is not None:
        return True
    if hit.entry.info.pos == "phrase" and sent.in_set(need, hit.first + 1, hit.last) is not None:
        return True  # "the handover of the base"
    if need == "bombed":
        return sent.bombed and any(v.entry.info[0] == "past" for v in sent.starts(hit.last, "verb"))
    if need == "whose":
        return bool(sent.starts(hit.last, "demonym"))  # "Israeli strikes"
    if need == "forces":
        return any(a.entry.info[0] in _FORCES for a in sent.layer("actor", first, last))
    if need == "territory":
        told_first = hit.entry.info.lemma == "سقط" or bool(hit.suffix)
        told_first = told_first or any(sent.form(k) in _UPON_IT for k in range(hit.last, hit.last + 3))
        return bool(sent.layer("place", max(0, hit.first - 8) if told_first else hit.last, last))
    if need == "captives":
        return _captives(sent, hit)
    return need == "people" and _people(sent, hit, last, lang)


def _people(sent: Sentence, hit: Hit, last: int, lang: str) -> bool:
    """Whether those whom an act befell are told behind it: people, a group, a number that ends its clause; or before it in the passive."""
    if lang == "en" and _passive(sent, hit):
        before = sent.layer("people", max(0, hit.first - _BEFORE - 3), hit.first)
        if any(not p.entry.info.not_people for p in before):
            return True  # "Seventy people, most of them minors, were arrested"
    if any(n.first == hit.last and sent.form(n.last) in _STOPS for n in sent.numbers):
        return True  # "and detained 34."
    if lang == "ar" and any(not d.definite for d in sent.layer("demonym", hit.last, last)):
        return True  # "seized two Syrians"
    behind = any(not p.entry.info.not_people for p in sent.layer("people", hit.last, last))
    return behind or bool(sent.layer("actor", hit.last, last))


_STOPS = frozenset(".,;،؛")
_UPON_IT = grammar("needs", "upon_it")


def _captives(sent: Sentence, hit: Hit) -> bool:
    """Whether civilians are seized: told right behind the verb, or before it in the passive with no town or arms between."""
    passive = _passive(sent, hit)
    first, last = (max(0, hit.first - _BEFORE), hit.first) if passive else (hit.last, hit.last + 5)
    before = sent.layer("people", max(0, hit.first - 2 * _BEFORE), hit.first)
    gunmen = not passive and any(p.entry.info.group == "militants" for p in before)
    groups = ("civilians", "unknown") if gunmen else ("civilians",)  # "masked men led four brothers away"
    if passive and hit.entry.info.kind == "abduction":
        groups = ("civilians", "security_forces")  # "two policemen were seized"
    seized = [p for p in sent.layer("people", first, last) if p.entry.info.group in groups and not p.entry.info.not_people]
    return bool(seized) and not any(sent.in_set(name, first, last) for name in ("territory", "arms"))


def _entered(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether those who bear arms enter a place that nobody holds or defends any more."""
    near = (max(0, hit.first - _GIVEN_UP), hit.last + _GIVEN_UP)
    given_up = hit.entry.info.tense == "past" and sent.in_set("given_up", *near) is not None
    return given_up and _armed_doer(sent, hit, lang) and met(sent, hit, "territory", lang)


_GIVEN_UP = 30  # tokens to the words that tell that a place was given up


def _armed_doer(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether forces or a group are told right before a verb, in Arabic also right behind it."""
    first, last = clause_around(sent, hit.first, lang)
    near = (max(first, hit.first - _DOER), min(last, hit.last + (_DOER if lang == "ar" else 0)))
    armed = sent.in_set("forces", *near) is not None or bool(sent.layer("generic", *near))
    return armed or any(a.entry.info[0] in _FORCES for a in sent.layer("actor", *near))


_DOER = 4  # tokens


def _takes_a_place(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether those who bear arms take what a place right behind the verb names ("took Wad Madani", "they had taken the Panjshir valley")."""
    at = hit.last + (sent.form(hit.last) == "the")
    place = max(sent.starts(at, "place"), key=lambda p: p.last, default=None)
    if place is None or hit.entry.info.tense == "ing" or sent.form(place.last) in _TAKEN_ASIDE or _passive(sent, hit):
        return False
    they = any(sent.form(k) in _THEY for k in range(max(0, hit.first - 2), hit.first))
    said = they and any(a.entry.info[0] in _FORCES for a in sent.layer("actor", 0, hit.first))
    return not word_here(sent, place, lang) and (said or _armed_doer(sent, hit, lang))


_TAKEN_ASIDE, _THEY = grammar("needs", "taken_aside"), grammar("needs", "they")
_BY_THEMSELVES = {"entered": _entered, "armed_doer": _armed_doer, "takes_a_place": _takes_a_place}


def _passive(sent: Sentence, hit: Hit) -> bool:
    return hit.entry.info.tense == "past" and any(sent.form(k) in words("en")["be"] for k in (hit.first - 1, hit.first - 2))


def company(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Time, place, weapon or people beside a weak trigger."""
    first, last = clause_around(sent, hit.first, lang)
    return bool(
        sent.dates
        or sent.layer("place", first, last)
        or sent.layer("weapon", first, last)
        or sent.layer("actor", first, last)
        or sent.layer("generic", first, last)
        or [p for p in sent.layer("people", first, last) if not p.entry.info.not_people]
    )
