"""Words of acts that tell of none where they stand: shots into the air, a protest in form only, an attack that says who somebody is."""

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.scales import FAMILY_OF, Family
from marsad.text.tokens import Remembered


def into_the_air(sent: Sentence, hit: Hit) -> bool:
    """Whether shots are told to have been fired into the air."""
    at = next((k for k in range(hit.last, sent.clause(hit.first)[1]) if sent.form(k) in _AIR), None)
    return at is not None and at - hit.last <= _UP and not hit.entry.info.objects.isdisjoint(_SHOT)


def used_in(sent: Sentence, hit: Hit) -> bool:
    """Whether an attack only tells what something was used in, or who took part (السيارات المستخدمة في الهجوم)."""
    return hit.definite and sent.form(hit.first - 1) == "في" and sent.form(hit.first - 2) in _USED


def of_its_sides(sent: Sentence, hit: Hit) -> bool:
    """Whether a fight only tells who the sides of something are (طرفا القتال)."""
    return hit.definite and hit.entry.info.kind == "clash" and sent.form(hit.first - 1) in _SIDES


_SIDES = grammar("triggers", "sides")
_AIR, _UP = grammar("triggers", "air"), 6  # tokens
_SHOT, _USED = grammar("triggers", "shot"), grammar("triggers", "used")


def of_power(sent: Sentence, hit: Hit) -> bool:
    """Whether what is seized is power, and no place (استولى ضباط على السلطة)."""
    on = (k for k in range(hit.last, sent.clause(hit.first)[1]) if sent.form(k - 1) == "علي")
    return sent.form(next(on, hit.last)) in _POWER


_POWER = grammar("triggers", "power")


def formally(sent: Sentence, hit: Hit) -> bool:
    """Protest that is the reason of something else: of an attack, a resignation, an ambassador's recall."""
    if not (hit.prefix in ("لل", "ولل") or sent.form(hit.first).removeprefix("و") == "احتجاجا"):
        return False
    first = max(0, hit.first - _REASON)
    attacks = (h for h in sent.layer("trigger", first, hit.first) if h.entry.info.role == "act" and h.entry.info.pos != "verb")
    return sent.has_cue(("formal.protest",), first, hit.first) or any(
        FAMILY_OF[h.entry.info.kind] is Family.ATTACK for h in attacks
    )


_REASON = 9  # tokens


def only_heard(sent: Sentence, hit: Hit) -> bool:
    """ "The sound of explosions": noise of an attack told elsewhere."""
    if "heard" in sent.forms[hit.last : hit.last + 3]:  # "explosions were heard"
        return True
    before = sent.forms[max(0, hit.first - 3) : hit.first]
    return any(map(_noise.__getitem__, before))


_NOISE = grammar("triggers", "noise")
_noise = Remembered(lambda form: form.removeprefix("و").removeprefix("ب") in _NOISE)


def behind_it(sent: Sentence, hit: Hit) -> bool:
    """ "A facilitator of the shrine blast": an attack that only tells who somebody is."""
    if hit.entry.info.pos == "verb":
        return False
    of = next((k for k in range(hit.first - 1, hit.first - 6, -1) if sent.form(k) in ("of", "in", "behind")), 0)
    return of > 0 and sent.form(of - 1) in _PERPETRATORS


_PERPETRATORS = grammar("triggers", "perpetrators")
