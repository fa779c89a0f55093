"""Trigger words that mean something else where they stand: drones that are no marches, a sentence of death, an attack in words."""

from marsad.read.annotate import Sentence
from marsad.read.asides import reach
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.scales import FAMILY_OF, Family

_WHOM = 9  # tokens after "stopped" where those detained may stand, who did it and when between


def other_sense(sent: Sentence, hit: Hit) -> bool:
    """Forms that mean something else where they stand."""
    lemma = hit.entry.info.lemma
    if lemma in ("اعدام", "اعدامات", "أعدم") and sent.has_cue(("court.words",), 0, len(sent.toks)):
        return True  # a sentence, not a murder
    if sent.in_set("talked_of", hit.last, hit.last + _WHOM) is not None and lemma in ("شن", "هجوم", "قصف", "هاجم"):
        return True  # an attack on a decision is made in words
    if (
        hit.entry.info.kind == "territory_seized"
        and sent.form(hit.last) in ("عليها", "عليه", "عليهم")
        and hit.entry.info.tense == "present"
    ):
        return True  # "an area that the group holds"
    if lemma in ("مسيرات", "مسيره") and (
        hit.prefix.endswith("ب")
        or sent.form(hit.last).removeprefix("ال") in _OF_DRONES
        or bool(sent.starts(hit.last, "demonym"))
        or _struck_by(sent, hit)
    ):
        return True  # drones, no marches
    if hit.entry.info.kind == "bombing" and hit.entry.info.objects:
        near = {sent.form(k).removeprefix("ال") for k in range(hit.last, hit.last + 4)}
        return not near.isdisjoint(_NO_BOMBS)  # what a crowd or the police throw
    if lemma == "تراجع" and hit.entry.info.pos == "verb":  # "attacks receded", not forces
        attacks = (t for t in sent.layer("trigger", hit.first - 6, hit.first) if FAMILY_OF[t.entry.info.kind] is Family.ATTACK)
        return any(attacks) and sent.in_set("forces", hit.last, hit.last + 3) is None
    if lemma == "استعاد" and sent.form(hit.first).endswith("ستعد") and sent.form(hit.first - 1).removeprefix("و") != "لم":
        return True  # "gets ready" (تستعد), written as "take back" is after لم
    if FAMILY_OF[hit.entry.info.kind] is Family.CONTROL and lemma in _FREES and _frees_people(sent, hit.last):
        return True  # hostages who were freed
    if lemma == "وصول" and not _of_forces(sent, hit.last):
        return True  # fuel that arrives
    if lemma == "طوق" and any(sent.form(k) in _CORDONED for k in range(hit.last, hit.last + 4)):
        return True  # a cordon about where something was
    if lemma == "صفى":
        return hit.prefix == "و"  # "described", oftener than "and liquidated"
    if lemma in ("أوقف", "ايقاف", "توقيف") and hit.entry.info.kind == "arrest":
        return _stops_a_thing(sent, hit)
    return _other_sense_by_what_follows(sent, hit)


_REMAINS = grammar("senses", "remains")
_FREES, _CORDONED = grammar("senses", "frees"), grammar("senses", "cordoned")


def _frees_people(sent: Sentence, at: int) -> bool:
    """Whether people, and no place, are what is freed: told at token `at`, or behind who frees them and when (حررت القوات أمس جنديين)."""
    for k in range(at, min(at + _WHOM, len(sent.toks))):
        if sent.starts(k, "place") or sent.in_set("territory", k, k + 1):
            return False
        told = (p for p in sent.starts(k, "people") if not p.entry.info.not_people and not p.definite)
        if any(k == at or p.entry.info.number == "d" or any(n.last == k for n in sent.numbers) for p in told):
            return True
    return False


def _of_forces(sent: Sentence, at: int) -> bool:
    """Whether forces, people of arms or a number of them stand within three tokens of `at`."""
    near = range(at, at + 3)
    named = any(sent.in_set("forces", k, k + 1) or sent.starts(k, "actor") or sent.starts(k, "demonym") for k in near)
    return named or any(n.first in near for n in sent.numbers)


def _other_sense_by_what_follows(sent: Sentence, hit: Hit) -> bool:
    """Forms that mean something else by a number behind them, or by who lifts them."""
    lemma = hit.entry.info.lemma
    if lemma == "سقوط" and hit.entry.info.kind == "territory_seized":  # of dead and wounded
        return any(n.first == hit.last for n in sent.numbers) or any(p.first == hit.last for p in sent.layer("people"))
    if lemma == "عثر":  # what is left of a bomb
        return any(sent.form(k) in _REMAINS for k in range(hit.last, hit.last + _WHOM))
    if lemma == "وصل":
        return _no_forces_arrive(sent, hit)
    if hit.entry.info.kind == "blockade" and hit.entry.info.pos == "noun":  # lifted
        lifted = range(max(0, hit.first - 3), hit.first)
        return any(v.entry.value == "رفع" for k in lifted for v in sent.starts(k, "verb")) or sent.form(
            hit.first - 1
        ).endswith("رفع")
    return False


def _no_forces_arrive(sent: Sentence, hit: Hit) -> bool:
    """Whether what "reaches" is rockets, witnesses or an amount ("reaches 550 kilograms")."""
    if sent.in_set("fired", hit.first - 3, hit.first) is not None:
        return True
    if any(p.last == hit.first and p.entry.info.group == "civilians" for p in sent.layer("people")):
        return True
    counted = hit.last + (sent.form(hit.last) in ("عددهم", "عددها"))
    return sent.form(counted) == "الي" and any(n.first == counted + 1 for n in sent.numbers)


def _stops_a_thing(sent: Sentence, hit: Hit) -> bool:
    """Whether أوقف stops a thing here, and detains nobody."""
    behind = (h for h in sent.layer("people", hit.last, hit.last + 4) if h.entry.info.group != "militants")
    first = next(behind, None)
    if first is None and sent.in_set("property", hit.last, hit.last + 4):
        return True
    if first is not None and first.entry.info.not_people and first.entry.info.number in ("d", "p"):
        return True  # "gunmen stopped two buses"
    around = range(hit.first - 3, hit.last + 4)
    if any(n.first in around and h.entry.info.not_people for n in sent.numbers for h in sent.starts(n.last, "people")):
        return True  # "stopping three cars"
    far = range(around.start, reach(sent, hit.last, _WHOM, "ar"))
    whom = (h for h in sent.layer("people", far.start, far.stop) if not h.entry.info.not_people)
    return not any(n.first in around for n in sent.numbers) and all(h.prefix.startswith("ل") for h in whom)


_NO_BOMBS = grammar("senses", "no_bombs")
_OF_DRONES = grammar("senses", "of_drones")


def _struck_by(sent: Sentence, hit: Hit) -> bool:
    """Whether a verb of attack stands right before a noun that is its subject (استهدفت مسيرات المطار)."""
    return any(
        t.entry.info.pos == "verb" and FAMILY_OF[t.entry.info.kind] is Family.ATTACK and t.last == hit.first
        for t in sent.starts(hit.first - 1, "trigger")
    )
