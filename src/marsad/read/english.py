"""What an English verb form is where it stands: its own verb, a noun, an adjective, an aim or a habit.

English writes "fight" for the noun, the infinitive and the present alike; the words before tell them apart.
"""

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.scales import FAMILY_OF, Family, Realis

_DETERMINERS = grammar("english", "determiners")
_AUXILIARIES = grammar("english", "auxiliaries")
_GOES_ON = grammar("english", "goes_on")


def is_no_verb(sent: Sentence, hit: Hit) -> bool:
    """Whether a verb form stands as a noun ("the fight against") or before a noun as its adjective ("the besieged districts")."""
    info = hit.entry.info
    before = sent.form(hit.first - 1)
    if info.pos == "verb" and info.tense == "present" and info.number == "s" and sent.form(hit.last) in _AFTER_NOUN:
        return True  # "PKK targets in northern Iraq"
    if info.pos == "verb" and info.tense == "present" and any(w.last == hit.first for w in sent.layer("weapon")):
        return True  # "rocket shells"
    if info.pos == "verb" and info.tense == "present" and _is_noun_too(sent, hit):
        return True
    if (
        info.tense == "past"
        and FAMILY_OF[info.kind] is Family.CONTROL
        and sent.form(hit.last) in ("near", "from", "in", "during", "at")
    ):
        return before not in _AUXILIARIES  # "equipment captured near the town"
    if info.lemma == "wound" and info.tense == "present" and not _whom(sent, hit.last):
        return True  # "29 bodies with bullet wounds"
    freed = any(sent.form(k) in _FREES for k in range(max(0, hit.first - _COUNTED), hit.first))
    if freed and info.tense == "past" and sent.starts(hit.last, "people"):
        return True  # "rescued 72 kidnapped hostages"
    if info.lemma == "station" and before not in _AUXILIARIES:
        return True  # "soldiers stationed in the town"
    if describes_people(sent, hit) or (sent.form(hit.first).endswith("ing") and before in _OF_THINGS):
        return True  # "an inferno of burning cars"
    if info.pos != "verb" or before not in _DETERMINERS:
        return False
    if info.tense == "present":
        return True
    return info.tense == "past" and sent.form(hit.last).replace("-", "").isalpha() and sent.form(hit.last) not in _AFTER_VERB


def _whom(sent: Sentence, at: int) -> bool:
    """Whether people or a number of them stand at token `at` or right after it."""
    return any(sent.starts(k, "people") for k in (at, at + 1)) or any(n.first in (at, at + 1) for n in sent.numbers)


def describes_people(sent: Sentence, hit: Hit) -> bool:
    """Whether a past verb is the adjective of people behind a preposition ("recovered from killed militants")."""
    past = hit.entry.info.pos == "verb" and hit.entry.info.tense == "past"
    return past and sent.form(hit.first - 1) in ("from", "of", "with") and bool(sent.starts(hit.last, "people"))


def _is_noun_too(sent: Sentence, hit: Hit) -> bool:
    """ "Clashes broke out", "heavy shelling": a form that is a noun as well is one, unless who does it stands before it."""
    if not any(h.entry.info.pos == "noun" for h in sent.starts(hit.first, "trigger")):
        return False
    before = hit.first - 1
    if sent.form(before) in _RANKS:
        return True  # "a major attack"
    if sent.form(before) in _SUBJECTS or sent.form(before) in _AUXILIARIES:
        return False
    return not any(h.entry.layer in ("actor", "people", "generic") and h.last == hit.first for h in sent.hits)


_FREES, _COUNTED = grammar("english", "frees"), 4  # tokens
_OF_THINGS = grammar("english", "of_things")
_RANKS = grammar("english", "ranks")
_SUBJECTS = grammar("english", "subjects")
_BY_MEANS = grammar("english", "by_means")
_AFTER_NOUN = grammar("english", "after_noun") | {",", "."}
_AFTER_VERB = grammar("english", "after_verb")


def purpose_told(sent: Sentence, at: int) -> bool:
    """Whether the infinitive at token `at` is told as done ("using fighter aircraft to conduct air strikes", "went on to kill")."""
    return sent.form(at - 2) in _GOES_ON or any(sent.form(k) in _BY_MEANS for k in range(at - 6, at - 1))


def tense_realis(sent: Sentence, hit: Hit, *, headline: bool) -> Realis | None:
    """What the form of a verb alone says: an infinitive is an aim, a plain present a habit (a headline's is news); None if nothing."""
    info = hit.entry.info
    if info.pos != "verb" or info.tense != "present":
        return None
    before, two = sent.form(hit.first - 1), sent.form(hit.first - 2)
    if before == "to" and purpose_told(sent, hit.first):
        return None
    if before == "to":
        aimed = two not in _GOES_ON and info.kind != "protest"  # "they blocked the road to protest"
        return Realis.PLANNED if aimed else None
    if before in _AUXILIARIES or headline:
        return None
    return Realis.BACKGROUND


def to_carry_out(sent: Sentence, hit: Hit) -> bool:
    """Whether the infinitive of a verb that only carries the noun stands before it ("asked its fighters to carry out attacks")."""
    near = range(hit.first - 1, max(0, hit.first - _CARRIED), -1)
    at = next((k for k in near if sent.form(k) in CARRY and sent.form(k - 1) == "to"), None)
    return at is not None and not purpose_told(sent, at)


CARRY, _CARRIED = grammar("realis", "carry"), 5


def after_noun(sent: Sentence, hit: Hit) -> Realis | None:
    """What an English noun of an act is said to be going to do ("a curfew will take effect", "an offensive would set the region ablaze")."""
    for at in range(hit.last, hit.last + _SOON):
        form = sent.form(at)
        if form in _BE and sent.form(at + 1) in _AHEAD:
            return Realis.PLANNED  # "an offensive is expected"
        if form in _MODALS and sent.form(at - 1) not in BEFORE_MONTHS:
            return Realis.PLANNED if form == "will" else Realis.HYPOTHETICAL
        if form in STOPS or form in _WHICH or any(v.entry.info[0] == "past" for v in sent.starts(at, "verb")):
            return None
    return None


_SOON = 6  # tokens
_BE, _AHEAD = frozenset(("is", "are")), grammar("realis", "lies_ahead")
_MODALS, _WHICH = grammar("realis", "modals"), grammar("realis", "which")
BEFORE_MONTHS = grammar("realis", "before_months")
STOPS = frozenset("،,;؛:.!?؟()")
