"""What the events of one sentence tell of each other: whose toll it is, on which day both were, that who attacked went away again."""

from itertools import pairwise

from marsad.read.annotate import Sentence
from marsad.read.crowds import a_crowd
from marsad.read.draft import Draft
from marsad.read.history import past_perfect
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.told import Told
from marsad.scales import Family, Realis


def orphans(made: list[Draft], told: list[Told]) -> None:
    """A toll that no event took is of the one told before it that has none such (a march; "and three of them were hurt")."""
    taken = {id(t) for d in made for t in d.tolls}
    for lost in told:
        if id(lost) in taken or not lost.group.low or lost.name not in ("killed", "injured"):
            continue
        before = [d for d in made if d.acts[0].first < lost.head and d.family in (Family.ATTACK, Family.UNREST)]
        if before and before[-1].realis is Realis.ACTUAL and all(t.name != lost.name for t in before[-1].tolls):
            before[-1].tolls = [*before[-1].tolls, lost]


def went_back(draft: Draft, made: list[Draft]) -> bool:
    """ "They raided the village and withdrew": that those who attacked went away again is no withdrawal."""
    if draft.kind != "withdrawal" or not made or made[-1].family not in (Family.ATTACK, Family.OPERATION):
        return False
    doers, before = {a.name for a in draft.actors}, {a.name for a in made[-1].actors}
    joined = draft.acts[0].prefix.startswith("و") or draft.sent.form(draft.acts[0].first - 1) in ("and", "before", "قبل")
    same = doers == before or any(d.startswith("unknown") for d in doers)
    gone = draft.acts[0].entry.info.pos in ("verb", "noun") and not draft.towns
    return gone and ((joined and not doers) or (bool(doers) and same))


def where_it_goes_on(draft: Draft, last: Draft) -> None:
    """ "They cut the road to X and laid an ambush": what "and" joins to an act, with no place of its own, was where that was; in place."""
    moves = draft.family in (Family.POSTURE, Family.CONTROL)
    if draft.acts[0].entry.info.pos != "noun" and not moves and not draft.places and draft.realis is last.realis:
        draft.places = last.towns


def shot_in_the_raid(draft: Draft, made: list[Draft]) -> bool:
    """ "Two were killed and ten wounded by live fire while the army stormed the town": the toll told before is that of the raid, which gets
    it in place."""
    before, hit = made[-1] if made else None, draft.acts[0]
    if before is None or draft.kind != "raid" or hit.entry.info.pos == "verb" or before.realis is not draft.realis:
        return False
    while_it = draft.sent.form(hit.first - 1).removeprefix("و") in _WHILE
    counted = before.kind in ("armed_attack", "killing") and all(h.entry.info.pos == "phrase" for h in before.acts if _does(h))
    doers = {a.name for a in before.actors} - {a.name for a in draft.actors}
    if not (while_it and counted and draft.actors and before.tolls) or doers:
        return False
    draft.tolls, draft.when = [*before.tolls, *draft.tolls], draft.when or before.when
    draft.when_sent, draft.targets = draft.when_sent or before.when_sent, draft.targets or before.targets
    draft.places = draft.places or before.places
    made[-1] = draft
    return True


def died_in_it(draft: Draft, made: list[Draft]) -> bool:
    """ "Protests in which 19 people were killed", احتجاجات قتل فيها 19: the toll is that of the march told right before, which gets it in
    place."""
    before, hit, sent = made[-1] if made else None, draft.acts[-1], draft.sent
    if before is None or before.family is not Family.UNREST or not draft.only_counts:
        return False
    inside = sent.form(hit.last) in _IN_IT or any(w in _IN_WHICH for w in sent.forms[before.acts[-1].last : hit.first])
    if not inside or not all(a.name.startswith("unknown") for a in draft.actors):
        return False
    before.tolls = [*before.tolls, *draft.tolls]
    return True


_IN_IT, _IN_WHICH = grammar("beside", "in_it"), grammar("beside", "in_which")


def _does(hit: Hit) -> bool:
    return bool(hit.entry.info.role == "act")


_WHILE = grammar("triggers", "during")


def turned_violent(draft: Draft, made: list[Draft]) -> bool:
    """Whether those who protest go on to clash or to burn («أغلق محتجون الطريق واشتبكوا مع الشرطة», "threw stones and torched"): their
    protest, which `draft` is added to in place, is then a riot."""
    crowd = made[-1] if made else None
    if crowd is None or not _of_the_crowd(draft, crowd):
        return False
    theirs_to = draft.actors if draft.kind == "clash" else draft.targets
    crowd.actors = crowd.actors if crowd.family is Family.UNREST or not draft.actors else draft.actors
    crowd.kind, crowd.acts = "riot", [*crowd.acts, *draft.acts]
    crowd.targets, crowd.tolls = (*crowd.targets, *theirs_to), [*crowd.tolls, *draft.tolls]
    crowd.weapons = crowd.weapons or draft.weapons
    crowd.places = crowd.places or draft.places
    crowd.when, crowd.when_sent = (crowd.when, crowd.when_sent) if crowd.when else (draft.when, draft.when_sent)
    return True


def _of_the_crowd(draft: Draft, crowd: Draft) -> bool:
    """Whether `draft` is what those of `crowd`, told right before it, did by force."""
    hit = draft.acts[0]
    doers, rioters = ({a.name for a in d.actors} for d in (draft, crowd))
    elsewhere = bool({p.name for p in draft.towns} - {p.name for p in crowd.towns})
    burned = {draft.kind, crowd.kind} == {"arson", "riot"} and not elsewhere and draft.realis is crowd.realis
    if burned and (doers | rioters) <= _A_CROWD:
        return True  # "they burned two cars and threw stones"
    if not elsewhere and draft.realis is crowd.realis and _hurt_in_it(draft, crowd):
        return True  # "fourteen were hurt in riots"
    if crowd.family is not Family.UNREST:
        return False
    theirs = hit.prefix.startswith("و") and draft.sent.form(hit.first).endswith("وا")
    joined = theirs or _goes_on(draft.sent, crowd.acts[-1], hit)
    burned = draft.kind == "arson" and (doers <= rioters or crowd.kind == "riot")
    return joined and (draft.kind == "clash" or burned)


def _hurt_in_it(draft: Draft, crowd: Draft) -> bool:
    """Whether one of two that stand side by side is a riot, and the other only counts who was killed or hurt, by nobody told."""
    riot, other = (crowd, draft) if crowd.kind == "riot" else (draft, crowd)
    unknown = all(a.name.startswith("unknown") or a.name in _A_CROWD for a in other.actors)
    counts = other.kind in ("armed_attack", "killing") and other.only_counts and bool(other.tolls)
    return riot.kind == "riot" and counts and unknown and not riot.tolls


_A_CROWD = frozenset(("protesters", "civilians"))


def _goes_on(sent: Sentence, act: Hit, hit: Hit) -> bool:
    """Whether an English verb goes on soon with the subject of the act before it ("threw stones and torched", "stormed ..., clashing")."""
    if hit.entry.info.pos == "noun" or hit.first - act.last > _SOON:
        return False
    before, form = sent.form(hit.first - 1), sent.form(hit.first)
    return (before == "and" and hit.entry.info.tense == "past") or (before == "," and form.endswith("ing"))


_SOON = 10  # tokens


def nobody_hurt(made: list[Draft], none: list[Told]) -> None:
    """ "A bomb hit a convoy; no one was hurt": said of the last attack told before it."""
    for told in none:
        before = (
            d
            for d in reversed(made)
            if d.family is Family.ATTACK and d.acts[0].first < told.head and d.realis is Realis.ACTUAL
        )
        attack = next(before, None)
        if attack is not None and all(t.name != told.name for t in attack.tolls):
            attack.tolls = [*attack.tolls, told]


def day_of_those_hit(made: list[Draft]) -> None:
    """A protest that only its victims tell of ("a protester was shot on Monday") was on the day they were hit; not those that had been."""
    for draft in made:
        if draft.family is Family.UNREST and draft.when is None and all(a_crowd(draft.sent, h) for h in draft.acts):
            attacks = (d for d in made if d.family is Family.ATTACK and not past_perfect(d.sent, d.acts[0]))
            hit = next((d for d in attacks if d.when is not None and not d.recalled), None)
            draft.when = hit.when if hit else None


def day_of_both(sent: Sentence, made: list[Draft]) -> None:
    """ "They killed a leader and arrested two on Sunday": the one day of a sentence is that of both acts that "and" joins."""
    if len(sent.dates) != 1:
        return
    for one, next_one in pairwise(made):
        begin = next_one.acts[0].first
        between = sent.forms[one.acts[-1].last : begin]
        joined = next_one.acts[0].prefix.startswith("و") or "and" in between or sent.form(begin - 1) == "و"
        if one.when is None and one.realis is next_one.realis and joined and not any(f in "،,؛;:" for f in between):
            one.when = next_one.when
        if next_one.when is None and _told_before_both(sent, one, next_one):
            next_one.when, next_one.recalled = one.when, one.recalled


def _told_before_both(sent: Sentence, one: Draft, other: Draft) -> bool:
    """ "The march on 15 November ended with 40 people shot dead", "In 2021, a mob": the day before the first act is that of the second."""
    if one.when is None or one.of_speech or sent.dates[0].role != "when" or sent.dates[0].first >= other.acts[0].first:
        return False
    between = {sent.form(k) for k in range(one.acts[-1].last, other.acts[0].first)}
    aside = sent.asides or {}
    by_the_way = aside.get(sent.dates[0].first)
    if by_the_way is not None and aside.get(one.acts[0].first) == by_the_way != aside.get(other.acts[0].first):
        return False  # "which blamed X for an attack on Monday, said it was sending"
    return {one.realis, other.realis} <= {Realis.ACTUAL, Realis.BACKGROUND} and between.isdisjoint(_ELSEWHERE)


_ELSEWHERE = grammar("beside", "elsewhere")


def leave_tolls_to_attacks(made: list[Draft]) -> None:
    """The dead of an attack on a march, or of one told beside an arrest, are the attack's alone."""
    attacks = [id(t) for d in made if d.family is Family.ATTACK for t in d.tolls if t.name in ("killed", "injured")]
    held = [id(t) for d in made if d.kind == "arrest" for t in d.tolls if t.name == "arrested"]
    for draft in made:
        if draft.kind in ("protest", "arrest", "seizure"):
            draft.tolls = [t for t in draft.tolls if id(t) not in attacks]
        if draft.family is Family.ATTACK:
            draft.tolls = [t for t in draft.tolls if id(t) not in held]
