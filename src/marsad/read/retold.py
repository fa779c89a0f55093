"""Whether one draft tells again of what another told: slots that contradict each other keep two apart; what brings them together is
that the later one points back (the attack, هذا الهجوم), tells a toll again, or brings nothing of its own."""

from marsad.read.alike import (
    another_day,
    apart,
    areas,
    bare,
    by_a_state,
    dated,
    doers,
    everywhere,
    other_count,
    other_toll,
    same_great_toll,
    shared_toll,
    strangers,
    towns,
    within,
)
from marsad.read.draft import Draft
from marsad.read.load import grammar
from marsad.read.phrases import words
from marsad.read.rolewords import words as roles
from marsad.scales import DatePrecision, Family, Realis

ACTUAL = (Realis.ACTUAL, Realis.BACKGROUND)
_VAGUE = frozenset(("armed_attack", "killing"))
_OF_THEIR_OWN = frozenset(("arson", "abduction"))
_FALLEN = {"territory_seized", "territory_retaken"}
_ALIKE = (
    {"clash", "raid"},
    {"armed_attack", "clash"},
    {"bombing", "suicide_bombing"},
    {"shelling", "air_strike"},
    {"assassination", "bombing"},
    {"abduction", "killing"},
    _FALLEN,
)
LOOK_BACK = 6  # sentences
_WAR = 1000  # people: so many died in no attack of the news


def same(one: Draft, other: Draft, headline: int) -> bool:
    """Whether `other` tells again of what `one` told. headline: how many leading sentences are headlines."""
    if _of_the_riot(one, other):
        return True
    if one.family is not other.family and {one.family, other.family} != {Family.ATTACK, Family.OPERATION}:
        return False
    if not (one.realis in ACTUAL and other.realis in ACTUAL):
        return _no_news_again(one, other)
    from_headline = one.sent.at < headline <= other.sent.at
    if _when_it_began(one, other):
        return True
    if _no_retelling(one, other, headline) or _contradicted(one, other, from_headline):
        return False
    near = other.sent.at - one.last_told <= LOOK_BACK
    if near and (
        _at_the_site(one, other) or _told_again(one, other) or _fought_after(one, other) or _in_the_operation(one, other)
    ):
        return True
    if other.plural and not one.plural and one.kind != other.kind and not other.definite and not from_headline:
        return False  # "an attack ..., and the assassinations that"
    if not kin(one, other) or (not from_headline and _each_its_own(one, other)):
        pointed_at = other.definite and other.sent.at - one.sent.at <= 2 and bare(other)
        return pointed_at or (from_headline and shared_toll(one, other))
    if one.family is not other.family:
        return (from_headline or other.definite) and shared_toll(one, other)
    if other.definite and not (everywhere(other) and towns(other) - towns(one)):
        return True
    if from_headline:
        lead = other.sent.at == headline and one.kind == other.kind and doers(one) & doers(other)  # whatever each counts
        if lead or towns(one) & towns(other) or shared_toll(one, other):
            return True
        return not other_toll(one, other) and (one.kind == other.kind or not strangers(one, other))
    return near and _nothing_new(one, other)


def _no_retelling(one: Draft, other: Draft, headline: int) -> bool:
    """Whether `other` is told for itself: of a list, as fresh, of a war, or recalled with its day though called "the attacks"."""
    if one.kind != "clash" and other.kind != "clash" and other.tolls and since_it_began(other):
        return True
    listed = (other.sent.item or other.sent.bullet) and one.sent is not other.sent and one.sent.at >= headline
    recalled = other.recalled and not one.recalled and not other.of_speech
    dead = any(t.group.low for t in other.tolls) and not shared_toll(one, other)
    history = dead and one.realis is not other.realis and one.sent is not other.sent
    return listed or recalled or history or other.fresh or any(t.group.low >= _WAR for t in other.tolls)


def since_it_began(draft: Draft) -> bool:
    """Whether dead are counted since a war or an offensive began (منذ بدء الهجوم، منذ اندلاع القتال)."""
    near = range(max(0, draft.acts[0].first - LOOK_BACK), min(len(draft.sent.toks), draft.acts[-1].last + LOOK_BACK))
    return any(draft.sent.form(k) in _SINCE and draft.sent.form(k + 1).removeprefix("ال") in _BEGAN for k in near) or any(
        draft.sent.form(k) == "since" and not _BEGAN.isdisjoint(draft.sent.forms[k + 2 : k + 4]) for k in near
    )


_SINCE, _BEGAN = grammar("retold", "since"), grammar("retold", "began")


def _when_it_began(one: Draft, other: Draft) -> bool:
    """Whether the one told right before is told to have begun or ended some time ("the attack began last night")."""
    begins = {other.sent.form(k) for k in range(other.acts[0].last, other.acts[0].last + 2)}
    return other.definite and other.sent.at - one.last_told <= 1 and kin(one, other) and not begins.isdisjoint(_STARTED)


_STARTED = grammar("retold", "started")


def _contradicted(one: Draft, other: Draft, from_headline: bool) -> bool:
    """Whether the towns, days or numbers of acts of the two are different ones."""
    return bool(
        (one.town and other.town and one.town != other.town)
        or other_count(one, other)
        or (_bodies(other) and not _bodies(one) and not shared_toll(one, other))
        or _by_other_means(one, other)
        or _from_the_air(one, other)
        or (apart(one, other) and not same_great_toll(one, other))
        or (_other_town(one, other) and not (from_headline and shared_toll(one, other)))
    )


def _bodies(draft: Draft) -> bool:
    """Whether it tells of dead who were found, and not of those whom a hospital or a witness counts."""
    sent, first = draft.sent, draft.acts[0].first
    found = any(v.entry.value in _FINDS for k in range(max(0, first - LOOK_BACK), first) for v in sent.starts(k, "verb"))
    return found and draft.only_counts and sent.in_set("bodies", first - 2, draft.acts[-1].last) is not None


_FINDS = frozenset(roles("ar")["finds"] | roles("en")["finds"])
_BOMBS = frozenset(("ied", "car_bomb", "suicide_vest", "mine"))
_SHOTS = frozenset(("small_arms", "sniper", "blade"))


def _by_other_means(one: Draft, other: Draft) -> bool:
    """Whether one was a bombing and those whom the other tells of were shot, so many as nobody told before."""
    first, then = ({w.name for w in d.weapons} for d in (one, other))
    apart = (first <= _BOMBS and then <= _SHOTS) or (first <= _SHOTS and then <= _BOMBS)
    dead = any(t.name == "killed" and t.group.low for t in other.tolls)
    return bool(first and then) and apart and dead and not other.definite and not shared_toll(one, other)


def _from_the_air(one: Draft, other: Draft) -> bool:
    """Whether gunmen attacked and aircraft that are not told to be theirs bombed somebody."""
    if (
        other.kind != "air_strike"
        or one.kind not in ("armed_attack", "abduction", "arson", "assassination")
        or by_a_state(one)
    ):
        return False
    told = bool(doers(one)) or (bool(one.actors) and by_a_state(other))
    return told and not doers(one) & doers(other) and (not bare(other) or by_a_state(other))


def _nothing_new(one: Draft, other: Draft) -> bool:
    """Whether what the body tells a second time brings no toll, town, day or doer of its own."""
    if other_toll(one, other) and not _counted_otherwise(one, other):
        return False
    if (_of_a_period(other) and not _of_a_period(one)) or _several_others(one, other) or _told_anew(one, other):
        return False
    return shared_toll(one, other) or not _news_of_its_own(one, other) or _detail(one, other) or _lead_told_again(one, other)


def _told_anew(one: Draft, other: Draft) -> bool:
    """Whether, with the lead behind it, a sentence tells of a march by a verb or of a bomb as "a bomb": not what was told before."""
    act = other.acts[0]
    first = one.first_sent < _LEADS or other.sent.at <= one.last_told or other.definite
    marched = other.family is Family.UNREST and act.entry.info.role == "act" and act.entry.info.pos != "noun"
    fresh = act.entry.info.role == "act" and other.sent.form(act.first - 1) in _INDEFINITE
    return not first and not shared_toll(one, other) and (marched or (fresh and other.kind in _BY_MEANS))


_LEADS = 2  # sentences: a headline and a lead, which are told again
_INDEFINITE = frozenset(("a", "an"))


def _several_others(one: Draft, other: Draft) -> bool:
    """Whether `other` counts several acts of another kind ("three car bombs went off", after one suicide attack)."""
    several = other.count is not None and other.count.value > 1 and one.count is None
    named = any(h.entry.info.pos == "noun" and h.entry.info.role == "act" for h in other.acts)
    return several and one.kind != other.kind and (other.kind in _BY_MEANS or named)


_BY_MEANS = ("bombing", "suicide_bombing", "shelling", "air_strike")


def _no_news_again(one: Draft, other: Draft) -> bool:
    """The same of two of which one at least is no news: planned, denied, threatened."""
    if (one.realis in ACTUAL) != (other.realis in ACTUAL):
        return _plan_named_again(one, other)
    alike = one.realis is other.realis and one.kind == other.kind
    return alike and (other.definite or bare(other) or towns(one) == towns(other))


def _plan_named_again(one: Draft, other: Draft) -> bool:
    """Whether `other` only names, by a noun and with no day, what `one` told as planned (the withdrawal)."""
    named = all(h.entry.info.pos == "noun" for h in other.acts) and other.when is None and not other.tolls
    who = {a.name for a in one.actors}, {a.name for a in other.actors}
    return named and one.realis is Realis.PLANNED and one.kind == other.kind and (not all(who) or bool(who[0] & who[1]))


def _at_the_site(one: Draft, other: Draft) -> bool:
    """ "Missiles struck the camp", where planes bombed a refugee camp: an attack on what the last one told was aimed at, by nobody else."""
    attacks = one.family is other.family is Family.ATTACK and other.sent.at - one.last_told <= 2 and one.sent is not other.sent
    if not attacks or doers(other) or other.when is not None or other_toll(one, other) or other.kind == "clash":
        return False
    last = other.acts[-1].last
    return any(_known_site(one, other, at) for at in range(last, last + _NEXT))


def _known_site(one: Draft, other: Draft, at: int) -> bool:
    form = other.sent.form(at)
    if other.sent.form(at - 1) == "the":
        return _indefinite(one, form)
    bare_form = form.removeprefix("ب").removeprefix("ال")
    return (
        form.startswith(("ال", "بال"))
        and other.sent.in_set("property", at, at + 1) is not None
        and _indefinite(one, bare_form)
    )


def _indefinite(one: Draft, noun: str) -> bool:
    """Whether a sentence told of "a camp", سوق, سوقا."""
    forms = one.sent.forms
    return any(
        f in (noun, noun + "ا") and (not f.isascii() or {"a", "an"} & set(forms[max(0, k - 3) : k]))
        for k, f in enumerate(forms)
    )


_NEXT = 3  # tokens behind an act where the site stands


def _told_again(one: Draft, other: Draft) -> bool:
    """Whether `other` only counts dead or wounded, with no act, town or day of its own, right after the attack `one`."""
    return (
        other.only_counts
        and other.kind in _VAGUE
        and one.family is Family.ATTACK
        and not towns(other)
        and not strangers(one, other)
        and (other.when is None or other.when.start is None or other.of_speech)
        and other.sent.at - one.last_told <= (_COUNTED if _counted_again(other) else 2)
    )


def _of_the_riot(one: Draft, other: Draft) -> bool:
    """Whether `other` counts the dead or wounded of the riot told right before it, and says of nobody that he did it."""
    counted = other.kind in _VAGUE and other.only_counts and not other.weapons
    dispersed = one.kind == "protest" and one.sent is other.sent and not any(t.name == "killed" for t in other.tolls)
    beside = ((one.kind == "riot" and other.sent.at - one.last_told <= 1) or dispersed) and one.realis is other.realis
    return bool(beside and counted and not doers(other) and not (towns(other) - towns(one)) and not another_day(one, other))


_COUNTED = 4  # sentences between an attack and another count of its dead


def _counted_again(draft: Draft) -> bool:
    """Whether a sentence is of a hospital or a total ("a medical source spoke of 19 bodies", وكانت الحصيلة السابقة)."""
    return draft.sent.in_set("morgue", 0, len(draft.sent.toks)) is not None or not draft.sent.lacks(_TOTALS)


_TOTALS = words("ar")["total_of"] | words("en")["total_of"]


def _news_of_its_own(one: Draft, other: Draft) -> bool:
    """A town, a day or a doer that the earlier draft does not have."""
    elsewhere = not other.town_before and towns(other) - towns(one) and not (towns(one) & towns(other))
    if elsewhere and not _counted_at_a_site(one, other):
        return True
    if (
        other.when is not None
        and other.when.start
        and one.when is not None
        and other.when.start != one.when.start
        and not (within(other, one) or (one.of_speech and not doers(other) - doers(one)))
    ):
        return True
    return strangers(one, other)


def _of_a_period(draft: Draft) -> bool:
    """Whether attacks are counted over weeks or months: no single one of them."""
    return draft.plural and draft.when is not None and draft.when.precision >= DatePrecision.MONTH


def _detail(one: Draft, other: Draft) -> bool:
    """Whether `other` tells at which town an act was that `one` only placed in an area: one kind, one doer, one day told."""
    who = doers(one) & doers(other)
    if who <= {"protesters", "civilians"} and not other.only_counts and other.acts[0].entry.info.role == "act":
        return False  # a march in a town is no detail of a strike elsewhere
    undated = one.when is None or other.when is None or one.of_speech or other.of_speech
    same_day = undated or (one.when is not None and other.when is not None and one.when.start == other.when.start)
    return bool(who) and (same_day or within(other, one)) and one.kind == other.kind and not towns(one)


def _fought_after(one: Draft, other: Draft) -> bool:
    """Whether `other` is the gunfight that follows the assault `one`: one event of the first act's kind (codebook, settled cases)."""
    if other.kind != "clash" or one.kind not in _ASSAULTS or dated(other) or other.sent.at - one.last_told > 1:
        return False
    elsewhere = towns(other) and not towns(other) & towns(one)
    return not elsewhere and not (doers(one) and doers(other) and not doers(one) & doers(other))


def _in_the_operation(one: Draft, other: Draft) -> bool:
    """Whether `other` only counts whom those who search killed on the way ("during the operation, they killed five"), or names the search
    in which forces killed those told before."""
    if other.kind == "raid" and one.kind == "killing":
        counted = one.only_counts and not dated(other)
        return (
            counted and other.sent.at - one.last_told <= 2 and by_a_state(one) and not (towns(one) and _other_town(one, other))
        )
    counts = (other.kind in _VAGUE and other.only_counts) or (other.kind == "clash" and other.definite)
    if one.kind != "raid" or not counts or dated(other) or towns(other) or other.sent.at - one.last_told > 1:
        return False
    return other.kind == "clash" or (by_a_state(other) and bool(doers(one) & doers(other)))


_ASSAULTS = frozenset(("bombing", "suicide_bombing", "armed_attack", "assassination", "abduction"))


def _counted_otherwise(one: Draft, other: Draft) -> bool:
    """Whether `other` only gives another number for those whom `one` hit: a part of them, or what another source counts. It tells of no
    act, or names the same bombing, and has no town, day or people that are not those of `one`."""
    if any(t.name in ("arrested", "abducted") for t in other.tolls):
        return False
    people = {t.name for t in one.targets}, {t.name for t in other.targets}
    strange = all(people) and not people[0] & people[1] and "civilians" not in people[0] | people[1]
    told = not other.only_counts and not _names_the_bombing(one, other)
    return not told and not strange and not towns(other) and not another_day(one, other)


def _names_the_bombing(one: Draft, other: Draft) -> bool:
    """ "Ten soldiers died in the bombing of the mosque", in an update of a report that counted 17 dead."""
    acts = [h.entry.info for h in other.acts if h.entry.info.role == "act"]
    bombed = one.kind in ("bombing", "suicide_bombing") and all(a.kind == "bombing" and a.pos != "verb" for a in acts)
    return bombed and not other.plural and (not areas(other) or bool(areas(one) & areas(other)))


def _lead_told_again(one: Draft, other: Draft) -> bool:
    """Whether `other` only tells where in its area, and by whom, those were attacked of whom a lead tells that names neither."""
    lead = one.leads and other.sent.at - one.sent.at <= _TOLD_NEXT and not towns(one)
    area = not areas(one) or not areas(other) or areas(one) & areas(other)
    people = {a.name for a in one.targets}, {a.name for a in other.targets}
    same_people = bool(people[0] & people[1]) or not all(people)
    said_so = same_people or one.kind == other.kind
    return bool(lead and not strangers(one, other) and area and said_so and not dated(other))


_TOLD_NEXT = 2  # sentences after a lead in which its details may stand


def _each_its_own(one: Draft, other: Draft) -> bool:
    """ "They attacked the town; they burned the market and took ten women": burning and abducting are told as acts of their own."""
    kinds = {one.kind, other.kind}
    return len(kinds) > 1 and bool(kinds & _OF_THEIR_OWN) and not one.only_counts and not other.only_counts


def kin(one: Draft, other: Draft) -> bool:
    """Whether two kinds can name one event: the same, alike, or one of them vague."""
    kinds = {one.kind, other.kind}
    if kinds == {"shelling", "air_strike"} and _means(one) and _means(other) and not _means(one) & _means(other):
        return False  # guns, and aircraft
    if kinds == _FALLEN and doers(one) and doers(other) and not doers(one) & doers(other):
        return False  # a town that one side took, and the other took back
    return len(kinds) == 1 or bool(kinds & _VAGUE) or kinds in _ALIKE or (kinds == {"protest", "riot"} and not _turns(other))


def _turns(draft: Draft) -> bool:
    """Whether a verb tells what a crowd did by force: no more the protest told before."""
    return draft.kind == "riot" and draft.acts[0].entry.info.pos != "noun"


def _means(draft: Draft) -> set[str]:
    return {"aircraft" if w.name == "drone" else w.name for w in draft.weapons}


def _other_town(one: Draft, other: Draft) -> bool:
    """Whether both name towns, and none in common; or lie in different countries."""
    ours, theirs = towns(one), towns(other)
    if ours and theirs:
        known = (other.definite and not everywhere(other)) or _counted_at_a_site(one, other)
        return not ours & theirs and not known
    ours, theirs = areas(one), areas(other)
    if ours and theirs and not ours & theirs and (other.tolls or not other.definite):
        return True
    if other.definite:
        return False
    a, b = {p.country for p in one.places if p.country}, {p.country for p in other.places if p.country}
    return bool(a and b and not a & b)


def _counted_at_a_site(one: Draft, other: Draft) -> bool:
    """Whether `other` only counts the dead or wounded at a spot that no list holds, in a place that `one` names too."""
    spot = other.only_counts and all(not p.gazetteer for p in other.towns)
    return spot and bool({p.gazetteer for p in one.places if p.gazetteer} & {p.gazetteer for p in other.places})
