"""Which trigger words of a sentence tell of an event: those in the right company and not in the wrong one."""

from functools import cache

from marsad.read import no_acts
from marsad.read.annotate import Sentence
from marsad.read.crowds import a_crowd
from marsad.read.english import is_no_verb
from marsad.read.kinds import closes_a_road
from marsad.read.lexicon import Hit, Trigger
from marsad.read.load import grammar
from marsad.read.nearby import handed_on, just_before, near
from marsad.read.needs import company, met
from marsad.read.senses import other_sense
from marsad.scales import FAMILY_OF, Family


def triggers(sent: Sentence, lang: str) -> list[Hit]:
    """The triggers of `sent` that stand, in order of the text, one per token."""
    kept: list[Hit] = []
    for hit in sent.layer("trigger"):
        if kept and kept[-1].last > hit.first and kept[-1].first == hit.first and kept[-1].last >= hit.last:
            if _rank(hit) < _rank(kept[-1]) and stands(sent, hit, lang):
                kept[-1] = hit
            continue
        if kept and (_object_of(sent, kept[-1], hit) or _struck(sent, kept[-1], hit) or _bomber_hit(sent, kept[-1], hit)):
            continue
        if (lang == "ar" and is_noun(sent, hit)) or _side_of_a_clash(sent, hit, kept, lang):
            continue
        if _circumstance(sent, hit, kept, lang):
            continue
        if stands(sent, hit, lang):
            if kept and kept[-1].last == hit.first and _family(kept[-1]) is Family.POSTURE is _family(hit):
                kept.pop()  # "sending fewer advisers": the second word tells the kind
            kept.append(hit)
    return kept


def _struck(sent: Sentence, act: Hit, hit: Hit) -> bool:
    """Whether forces that move are only what an attack hit (قصف الطيران تعزيزات كانت في طريقها)."""
    moved = _family(hit) is Family.POSTURE and hit.entry.info.pos == "noun" and not hit.prefix
    attacked = _family(act) is Family.ATTACK and act.entry.info.pos != "noun" and act.entry.info.role != "result"
    between = range(act.last, hit.first)
    return moved and attacked and len(between) <= _OBJECT and not any(sent.form(k) in "،,." for k in between)


def _bomber_hit(sent: Sentence, act: Hit, hit: Hit) -> bool:
    """Whether a suicide attacker is only whom an Arabic verb killed or held (قتلت الشرطة انتحاريا)."""
    bomber = hit.entry.info.kind == "suicide_bombing" and hit.entry.info.role == "weak" and hit.last - hit.first == 1
    hit_him = act.entry.info.pos == "verb" and act.entry.info.kind in ("killing", "arrest") and act.entry.info.voice != "p"
    return bomber and hit_him and sent.form(hit.first).endswith(("ا", "ين")) and 0 < hit.first - act.last <= _OBJECT


def _object_of(sent: Sentence, act: Hit, hit: Hit) -> bool:
    """Whether `hit` is the noun that a verb needs to tell of its act ("carried out 14 strikes"): it tells of the same."""
    near = act.entry.info.pos in ("verb", "phrase") and 0 <= hit.first - act.last < _OBJECT
    repelled = act.entry.info.lemma == "repel" and hit.entry.info.pos == "noun"  # "repelled a second attack"
    return near and (repelled or hit.entry.info.role == "weak") and sent.form(hit.first) in act.entry.info.objects


_OBJECT = 9  # tokens


def _side_of_a_clash(sent: Sentence, hit: Hit, before: list[Hit], lang: str) -> bool:
    """ "Clashes between the police and protesters", "protesters clashed with": the crowd is a side of the clash, not another event."""
    crowd = a_crowd(sent, hit)
    if not (hit.entry.info.role == "weak" if lang == "ar" else crowd) or _family(hit) is not Family.UNREST:
        return False
    if crowd and any(
        h.entry.info.kind == "clash" and h.entry.info.pos == "verb" for h in sent.layer("trigger", hit.last, hit.last + 4)
    ):
        return True
    if not before or before[-1].entry.info.kind != "clash":
        return False
    between = range(before[-1].last, hit.first)
    return hit.first - before[-1].last <= _SIDES and any(sent.form(k) in ("بين", "مع", "between", "with") for k in between)


_SIDES = 9  # tokens between a clash and the two sides of it


def _circumstance(sent: Sentence, hit: Hit, before: list[Hit], lang: str) -> bool:
    """ "A bomb went off while the army searched the town": the search is when it happened, no other event."""
    if lang == "ar" and _was_doing(sent, hit):
        return True
    near = range(hit.first - 1, hit.first - (2 if lang == "ar" else _OPERATION), -1)
    if not any(sent.form(k).removeprefix("و") in _DURING for k in near):
        return False
    acts = (
        h for h in before if _family(h) is Family.ATTACK and (h.entry.info.role == "act" or lang == "en") and not by_shots(h)
    )
    return _family(hit) in (Family.OPERATION, Family.POSTURE) and hit.entry.info.pos != "verb" and any(acts)


def by_shots(hit: Hit) -> bool:
    """Whether a phrase only tells with what people were hit (بالرصاص الحي): of no act beside the search in which they were."""
    return bool(hit.entry.info.pos == "phrase" and hit.entry.info.lemma.startswith(_SHOTS))


_SHOTS = ("بالرصاص", "برصاص")


def _was_doing(sent: Sentence, hit: Hit) -> bool:
    """ "The vehicle was combing the area when a mine went off" (كانت تمشط … حين): what it was doing is no event beside that."""
    if (
        hit.entry.info.pos != "verb"
        or hit.entry.info.tense != "present"
        or _family(hit) not in (Family.OPERATION, Family.POSTURE)
    ):
        return False
    was = any(sent.is_cue(k, "history.verbs") for k in range(max(0, hit.first - 4), hit.first))
    return was and any(sent.form(k) in _WHEN for k in range(hit.last, hit.last + 2 * _OPERATION))


_DURING, _WHEN = grammar("triggers", "during"), grammar("triggers", "when")
_OPERATION = 6  # tokens: "during a large counter-terrorism operation"


def _family(hit: Hit) -> Family:
    return FAMILY_OF[hit.entry.info.kind]


def is_noun(sent: Sentence, hit: Hit) -> bool:
    """Whether a form that is both a past verb and its verbal noun (قتل، سحب، قصف) stands where only the noun can."""
    if hit.entry.info.pos != "verb" or hit.entry.info.tense != "past" or hit.suffix:
        return False
    twin = any(h.entry.info.pos == "noun" and h.first == hit.first for h in sent.starts(hit.first, "trigger"))
    if not twin and hit.entry.info.lemma not in _LIKE_THEIR_NOUN:
        return False
    if not hit.prefix and any(
        a.last == hit.first and not a.prefix.startswith(("ل", "ب")) and not _done_by(sent, a) for a in sent.layer("actor")
    ):
        return False  # its subject stands before it (الجيش قصف مواقع)
    before = sent.form(hit.first - 1)
    if before in _FROM and any(v.entry.value in _MANAGES for v in sent.layer("verb", hit.first - _MANAGED, hit.first)):
        return True  # "managed, on Friday, to kill"
    opens = not before or not before[-1].isalnum() or before in _OPENERS or hit.prefix in ("و", "ف")
    opens = opens or _fronted(sent, hit) or (not twin and _so_many(sent, hit))
    return not opens and not sent.is_cue(hit.first - 1, "connective.split")


def _so_many(sent: Sentence, hit: Hit) -> bool:
    """Whether a day, or how many did it, follows a verb that stands behind a place (وفي العاصمة تظاهر اليوم نحو مئتين)."""
    if sent.form(hit.first - 1) in _PREPOSITIONS:
        return False
    return any(f.first == hit.last for f in sent.dates) or any(n.first in (hit.last, hit.last + 1) for n in sent.numbers)


def _fronted(sent: Sentence, hit: Hit) -> bool:
    """Whether only "in such a place" stands before a verb of killing whose one victim follows (وفي شمال المدينة قتل عقيد)."""
    one = any(s.entry.value == "offices" and not s.definite for s in sent.starts(hit.last, "set"))
    leads = sent.form(0).removeprefix("و") in _IN or sent.form(0).startswith(("ب", "وب"))
    return one and leads and hit.first <= _PLACED and not any(sent.starts(k, "verb") for k in range(hit.first))


_IN, _PLACED = grammar("triggers", "in"), 6  # tokens
_FROM, _MANAGES, _MANAGED = grammar("triggers", "from"), grammar("triggers", "manages"), 9  # tokens


def _done_by(sent: Sentence, actor: Hit) -> bool:
    """Whether the verb before an actor has it as its subject, so that what follows is an object (تبنى الحزب قتل شرطيين)."""
    if sent.form(actor.first - 1) in ("ان", "بان"):
        return False  # "he added that the army shelled"
    return any(sent.starts(k, "verb") for k in (actor.first - 1, actor.first - 2))


_LIKE_THEIR_NOUN = grammar("triggers", "like_their_noun")
_OPENERS = grammar("triggers", "openers")


def _rank(hit: Hit) -> int:
    """Of two readings of one word, acts come before results, and attacks before posture; what a place given up tells, before all."""
    if "entered" in hit.entry.info.needs:
        return -1
    return ("act", "result", "weak").index(hit.entry.info.role) * 10 + list(Family).index(FAMILY_OF[hit.entry.info.kind])


def stands(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether `hit` can tell of an event where it stands."""
    info: Trigger = hit.entry.info
    if info.objects and not near(sent, hit.last, hit.last + _OBJECT, info.objects, lang):
        return False
    if sent.dates and any(f.first <= hit.first < f.last for f in sent.dates):
        return False
    if sent.form(hit.last) in info.never_after & _ARTICLES:
        return False  # "rallied the troops", but "rallied outside the gate"
    if near(sent, hit.last, hit.last + 3, _without_articles(info.never_after)) or just_before(sent, hit, info.never_before):
        return False
    if sent.form(hit.first - 1) in _RELATIVE and sent.form(hit.first - 2) in info.never_after:
        return False  # "the crisis that exploded": the subject stands before
    if (
        sent.has_cue(("fiction.words",), hit.first - 5, hit.last + 4)
        or _inside_name(sent, hit)
        or no_acts.only_heard(sent, hit)
    ):
        return False
    by_chance = info.role == "result" or info.lemma in _MAY_BE_ACCIDENTS
    if by_chance and sent.has_cue(("accident.words",), 0, len(sent.toks)):
        return False
    if sent.form(hit.last) in "-–" and sent.form(hit.last + 1).isdigit():
        return False  # the name of a missile (فجر-5)
    if hit.suffix and hit.entry.info.pos == "verb" and _family(hit) is Family.POSTURE:
        return handed_on(sent, hit)  # "published it"
    if _means_no_act_ar(sent, hit) if lang == "ar" else _means_no_act_en(sent, hit):
        return False
    if info.needs and not any(met(sent, hit, need, lang) for need in info.needs):
        return False
    return not (info.role == "weak" and not company(sent, hit, lang))


_ARTICLES = grammar("triggers", "articles")
_WANTED, _CRIMES = grammar("triggers", "wanted"), 5  # tokens


@cache
def _without_articles(words: frozenset[str]) -> frozenset[str]:
    return words - _ARTICLES


def _means_no_act_en(sent: Sentence, hit: Hit) -> bool:
    """Whether an English word tells of no act where it stands: a noun, a name, a siege of hours (gunmen in a hotel besiege no town)."""
    if hit.entry.info.lemma == "siege" and (
        any(sent.form(k) in _HELD for k in range(hit.first - 2, hit.last + 6)) or _of_hours(sent, hit)
    ):
        return True
    if sent.form(hit.last) == "down" and hit.entry.info.lemma == "shoot" and sent.form(hit.first - 1) in _BE:
        return True  # a missile was shot down
    if hit.entry.info.lemma == "fall" and sent.layer("weapon", sent.clause(hit.first)[0], hit.first):
        return True  # shells fell on Tuesday
    if hit.entry.info.lemma == "leave" and any(sent.form(k) in _IN_A_STATE for k in range(hit.last, sent.clause(hit.last)[1])):
        return True  # "left 17 rebels and six soldiers dead"
    return is_no_verb(sent, hit) or _a_town(sent, hit) or _takes_a_place(sent, hit) or no_acts.behind_it(sent, hit)


def _means_no_act_ar(sent: Sentence, hit: Hit) -> bool:
    """Whether an Arabic word tells of no act where it stands: an aim, a name, dawn, another sense."""
    if _a_noun_of(sent, hit) or (_may_be_aim(hit) and _purpose(sent, hit)):
        return True
    if hit.entry.info.pos == "verb" and hit.entry.info.tense == "past" and hit.prefix.endswith("ل"):
        return True  # what looks like a past verb behind ل is a noun that tells an aim (يفخخه لنسفه)
    if hit.entry.info.pos == "noun" and any(sent.form(k) in _WANTED for k in range(hit.first - _CRIMES, hit.first)):
        return True  # wanted for murders and attacks
    if (
        at_dawn(sent, hit)
        or _in_a_name(sent, hit)
        or no_acts.into_the_air(sent, hit)
        or no_acts.used_in(sent, hit)
        or no_acts.of_its_sides(sent, hit)
    ):
        return True
    if other_sense(sent, hit) or _frames(sent, hit) or _of_a_force(sent, hit):
        return True
    ended = _family(hit) is Family.CONTROL and (_ended(sent, hit) or no_acts.of_power(sent, hit))
    return ended or (hit.entry.info.lemma.startswith("احتجاج") and no_acts.formally(sent, hit))


_HELD = grammar("triggers", "held")
_BE = frozenset(("was", "were", "been", "being"))
_IN_A_STATE = grammar("triggers", "in_a_state")
_RELATIVE = grammar("triggers", "relative")
_MAY_BE_ACCIDENTS = grammar("triggers", "may_be_accidents")
_BEAR_NAMES, _SETTLEMENTS = grammar("triggers", "bear_names"), grammar("triggers", "settlements")
_TENTS = grammar("triggers", "tents")


def _of_hours(sent: Sentence, hit: Hit) -> bool:
    """Whether a siege is told to have lasted hours: that of a building in which gunmen were."""
    return any(sent.form(k).endswith(("hour", "hours")) for k in range(max(0, hit.first - 3), hit.last + 5))


def _takes_a_place(sent: Sentence, hit: Hit) -> bool:
    """Whether what is "captured" or "seized" in English is a place or a base, and nobody who is held."""
    if hit.entry.info.kind not in ("arrest", "abduction") or hit.entry.info.lemma not in _TAKES:
        return False
    if sent.form(hit.first - 1) in _BE and sent.layer("people", max(0, hit.first - _SO_MANY), hit.first):
        return False  # "two policewomen were seized near a camp"
    held_people = (p.first for p in sent.layer("people", hit.last, hit.last + _OBJECT) if not p.entry.info.not_people)
    people = next(held_people, hit.last + _OBJECT)
    named = any(sent.starts(k, "place") for k in range(hit.last, min(people, hit.last + 3)))
    behind = [k for k in range(hit.last, min(people, hit.last + _OBJECT)) if sent.form(k) != "of"]
    held = any(sent.in_set("base", k, k + 1) for k in range(hit.last, hit.last + _OBJECT) if sent.form(k) != "of")
    return named or held or any(sent.in_set("territory", k, k + 1) for k in behind[:_SO_MANY])


_TAKES, _SO_MANY = grammar("triggers", "takes"), 4  # tokens: "captured two more districts"


def at_dawn(sent: Sentence, hit: Hit) -> bool:
    """فجر before a day is dawn, no verb (فجر غد، فجر الجمعة)."""
    if hit.entry.info.lemma != "فجر" or hit.entry.info.pos != "verb":
        return False
    return any(f.first <= hit.last < f.last for f in sent.dates) or sent.form(hit.last) in _DAY


_DAY = grammar("triggers", "day")


def _a_town(sent: Sentence, hit: Hit) -> bool:
    """An English name after a preposition that is a verb too ("the town of Hit", "in Hit")."""
    return sent.form(hit.first - 1) in ("of", "in", "near") and any(
        p.last == hit.last for p in sent.starts(hit.first, "place")
    )


def _in_a_name(sent: Sentence, hit: Hit) -> bool:
    """A noun with its article right after a word for a quarter or a street is its name (حي التحرير، ساحة الاستقلال), and one without it
    after a word for a town (بلدة معركة)."""
    before = sent.form(hit.first - 1)
    named = hit.entry.info.pos == "noun" or sent.starts(hit.first, "place")  # the town of Tadmur, whose name is a verb
    if named and not hit.prefix and before in _SETTLEMENTS:
        return True
    if not hit.prefix and _family(hit) is Family.UNREST and before in _BEAR_NAMES | _TENTS:
        return True  # "they stormed a sit-in's square"
    return hit.prefix.endswith("ال") and hit.last - hit.first == 1 and sent.form(hit.first - 1) in _BEAR_NAMES


def _may_be_aim(hit: Hit) -> bool:
    """Whether ل on a noun may tell what something was done for: attacks, operations, the closing of a road; not to demonstrate."""
    return _family(hit) in (Family.ATTACK, Family.OPERATION) or (hit.prefix == "ل" and closes_a_road(hit))


def _purpose(sent: Sentence, hit: Hit) -> bool:
    """ "in order to shell": ل on an indefinite verbal noun tells an aim, save after a verb of undergoing (تعرض لقصف)."""
    if hit.entry.info.pos == "verb" or not hit.prefix.endswith("ل") or hit.prefix.endswith("ال"):
        return False
    return not any(
        sent.form(k).lstrip("وفبيت").startswith(("عرض", "نتيجه", "نظرا", "ضحيه", "ضحايا", "هدف", "ذكري", "الذكري", "لذكري"))
        for k in range(max(0, hit.first - 12), hit.first)
    )


def _frames(sent: Sentence, hit: Hit) -> bool:
    """ "In another attack, a source said that ... in an attack": the frame tells of the act that follows it."""
    at = hit.last + sent.is_cue(hit.last, "connective.new_event")
    framed = hit.entry.info.pos == "noun" and hit.first <= 3 and at > hit.last and sent.form(at) in "،,"
    return framed and any(h.first > at and h.entry.info.role == "act" for h in sent.layer("trigger"))


def _of_a_force(sent: Sentence, hit: Hit) -> bool:
    """ "The storming force" (القوة المداهمة): what looks like the noun of an act is an adjective right after a force with the article."""
    if hit.entry.info.pos != "noun" or not hit.prefix.endswith("ال") or not sent.form(hit.first).endswith("ه"):
        return False
    return any(s.entry.value == "forces" and s.prefix.endswith("ال") for s in sent.starts(hit.first - 1, "set"))


def _a_noun_of(sent: Sentence, hit: Hit) -> bool:
    """What is written like a verb right after a preposition is a verbal noun (فشلت في حصد أرواح)."""
    return hit.entry.info.pos == "verb" and not hit.prefix and sent.form(hit.first - 1) in _PREPOSITIONS


_PREPOSITIONS = grammar("triggers", "prepositions")


def _ended(sent: Sentence, hit: Hit) -> bool:
    """ "Ended their hold on": what is over is not taken."""
    before = range(max(0, hit.first - 6), hit.first)
    lost = any(sent.form(k).removeprefix("و").startswith(_LOST) for k in before)
    return hit.entry.info.pos != "verb" and (
        lost or any(h.entry.value == "أنهى" for k in before for h in sent.starts(k, "verb"))
    )


_LOST = tuple(sorted(grammar("triggers", "lost")))


def _inside_name(sent: Sentence, hit: Hit) -> bool:
    """A trigger word that is part of a name (حركة تحرير ..., Liberation Army) tells nothing."""
    return any(
        a.first <= hit.first and hit.last <= a.last and a.last - a.first > hit.last - hit.first for a in sent.layer("actor")
    )
