"""The events of a whole report: headline, lead and details that tell of one event become one draft (codebook, section 5).

A draft is compared with those told before it, the nearest first. Slots that contradict each other keep two drafts apart; what
brings them together is that the later one points back (the attack, هذا الهجوم), tells a toll again, or brings nothing of its own.
"""

from itertools import pairwise

from marsad.read.annotate import Annotated, Sentence
from marsad.read.counts import words
from marsad.read.draft import Draft
from marsad.read.kinds import standing
from marsad.read.load import grammar
from marsad.read.told import Told, nobody
from marsad.read.tolls import tolls
from marsad.scales import DatePrecision, Family, Realis

_VIOLENT = (Family.ATTACK, Family.OPERATION)
_ACTUAL = (Realis.ACTUAL, Realis.BACKGROUND)
_VAGUE = frozenset(("armed_attack", "killing"))
_OF_THEIR_OWN = frozenset(("arson", "abduction"))
_ALIKE = (
    {"clash", "raid"},
    {"armed_attack", "clash"},
    {"bombing", "suicide_bombing"},
    {"shelling", "air_strike"},
    {"assassination", "bombing"},
    {"abduction", "killing"},
    {"territory_seized", "territory_retaken"},
)
_LEADS, _REMEMBERED = 4, 40  # drafts that a new one is compared with: the report's first and the last; keeps merging linear
_LOOK_BACK = 6  # sentences
_COUNTRY = 6  # UCDP where_prec of a country
_FOUND = 6  # tokens after a verb of finding
_WAR = 1000  # people: so many died in no attack of the news
_TOLLS = ("killed", "injured", "abducted", "arrested")


def merge(note: Annotated, drafts: list[Draft], headline: int) -> list[Draft]:
    """One draft an event, in order of the text. headline: how many leading sentences are headlines."""
    kept: list[Draft] = []
    attacks = [d for d in drafts if d.family is Family.ATTACK and d.realis is Realis.ACTUAL]
    _by_the_attackers(drafts)
    for draft in drafts:
        if _comes_or_goes(draft, attacks) or (kept and _the_attacker_shot(draft, attacks)):
            continue
        near = (
            *range(len(kept) - 1, max(_LEADS, len(kept) - _REMEMBERED) - 1, -1),
            *range(min(_LEADS, len(kept)) - 1, -1, -1),
        )
        same_as = [k for k in near if _same(kept[k], draft, headline)]
        at = max(same_as, key=lambda k: _agreement(kept[k], draft), default=None)
        if at is None:
            if not (draft.definite and _bare(draft) and kept):
                draft.leads = draft.family is Family.ATTACK and not any(k.family is Family.ATTACK for k in kept)
                kept.append(draft)
            continue
        same, last = kept[at], max(kept[at].last_told, draft.sent.at)
        if same.sent.at < headline <= draft.sent.at or _richer(same, draft):
            _fill(draft, same)
            draft.began = min(same.first_told, draft.first_told)
            draft.before, draft.leads = min(same.first_sent, draft.first_sent), same.leads
            kept[at] = draft
        else:
            _fill(same, draft)
        kept[at].again = last
    sums = [at for at, d in enumerate(kept) if _sums_up(d, kept[max(0, at - _REMEMBERED) : at + _REMEMBERED])]
    for at in sums:
        _hand_down(kept[at], kept[at + 1 : at + _REMEMBERED])
    totals = set(sums)
    return [d for at, d in enumerate(kept) if at not in totals]


def _agreement(one: Draft, other: Draft) -> int:
    """How much of two tellings is the same: the toll, the town, the kind. Of several that may be meant the nearest with most is."""
    return 3 * _shared_toll(one, other) + 2 * bool(_towns(one) & _towns(other)) + (one.kind == other.kind)


def _by_the_attackers(drafts: list[Draft]) -> None:
    """ "They stormed the village", told after an attack, is what the attackers did, and no search by forces; in place."""
    for last, draft in pairwise(drafts):
        verb = draft.acts[0]
        they = draft.sent.form(verb.first).endswith("وا") or draft.sent.form(verb.first - 1) in _THEY
        told = last.family is Family.ATTACK and last.realis is draft.realis and draft.sent.at - last.sent.at <= 1
        if draft.kind == "raid" and not draft.actors and they and told and verb.entry.info.pos in ("verb", "phrase"):
            if not any(standing(a.name) in ("state", "ally") for a in last.actors):
                draft.kind, draft.actors = "armed_attack", last.actors


_THEY = grammar("context", "they")


def _the_attacker_shot(draft: Draft, attacks: list[Draft]) -> bool:
    """ "The attacker was shot dead", «وقتل المهاجم»: the end of an attack told before, and none of its dead."""
    tolls = [t for t in draft.tolls if t.group.low]
    if not tolls or draft.family is not Family.ATTACK or not any(a is not draft and a.sent.at <= draft.sent.at for a in attacks):
        return False
    return all((t.group.low == 1 or t.group.bare) and _an_attacker(draft.sent, t) for t in tolls)


def _an_attacker(sent: Sentence, told: Told) -> bool:
    words = (sent.form(k) for k in range(told.group.first, told.group.last))
    known = sent.form(told.group.first) in ("the", "his") or sent.form(told.group.first - 1) == "the"
    return any(w in _ATTACKERS and (known or w.startswith("ال")) for w in words)


_ATTACKERS = grammar("merge", "attackers")


def _comes_or_goes(draft: Draft, attacks: list[Draft]) -> bool:
    """Whether a move is only how those who attack came or went ("they arrived in trucks", "took up positions in the hotel"): of gunmen,
    beside an attack by them or by nobody known, from or to no town."""
    gunmen = draft.actors and all(a.name.startswith("unknown") or standing(a.name) == "irregular" for a in draft.actors)
    if draft.family is not Family.POSTURE or not gunmen or draft.towns or draft.count is not None:
        return False
    doers = _doers(draft)
    return any(abs(a.sent.at - draft.sent.at) <= _LOOK_BACK and (not doers or not _doers(a) or doers & _doers(a)) for a in attacks)


def _hand_down(total: Draft, parts: list[Draft]) -> None:
    """The day and the doer of a total are those of its parts that name none ("14 strikes on 5 May: near Hit, three ...")."""
    for part in parts:
        if part.kind == total.kind and part.sent.at >= total.sent.at and part.realis is total.realis:
            if part.when is None and total.when is not None:
                part.when, part.when_sent = total.when, total.when_sent
            part.actors = part.actors or total.actors
            part.targets = part.targets or total.targets


def no_casualties(sents: list[Sentence], drafts: list[Draft], lang: str) -> None:
    """ "There were no casualties", "four policemen were injured" as sentences of their own: so many, for the attack told just before, in
    place; none for each of the towns it hit."""
    telling: dict[int, list[Draft]] = {}
    for draft in drafts:
        telling.setdefault(draft.sent.at, []).append(draft)
    for sent in sents:
        if sent.at in telling or not sent.layer("trigger") and not nobody(sent, lang):
            continue
        told = [d for d in telling.get(sent.at - 1) or telling.get(sent.at - 2, []) if d.family is Family.ATTACK and d.realis in _ACTUAL]
        if none := nobody(sent, lang):
            for draft in told[-1:] + [d for d in told[:-1] if d.town is not None]:
                draft.tolls = draft.tolls or none
        elif told and not sent.item:
            have = {t.name for t in told[-1].tolls}
            hurt = [t for t in tolls(sent, lang) if t.name in ("killed", "injured") and t.group.low and t.name not in have]
            told[-1].tolls = [*told[-1].tolls, *(t for t in hurt if not t.group.definite)]


def _richer(one: Draft, other: Draft) -> bool:
    """Whether the later telling says so much more that it, and not the lead, should carry the event."""
    return not _other_toll(one, other) and _said(other) >= _said(one) + 3


def _said(draft: Draft) -> int:
    """How much a draft says of an event."""
    known = [a for a in draft.actors if not a.name.startswith("unknown")]
    tolls = sum(any(t.name == name and t.group.low for t in draft.tolls) for name in ("killed", "injured"))
    return (
        2 * bool(_towns(draft)) + bool(draft.places) + (draft.when is not None) + 2 * tolls + bool(known) + bool(draft.targets)
    )


def _bare(draft: Draft) -> bool:
    """A reference to a known event, with nothing of its own."""
    return not draft.places and draft.when is None and not any(t.group.low for t in draft.tolls)


def _same(one: Draft, other: Draft, headline: int) -> bool:
    """Whether `other` tells again of what `one` told."""
    if one.family is not other.family and {one.family, other.family} != {Family.ATTACK, Family.OPERATION}:
        return False
    if not (one.realis in _ACTUAL and other.realis in _ACTUAL):
        return _no_news_again(one, other)
    if any(t.group.low >= _WAR for t in other.tolls):
        return False
    if other.recalled and not one.recalled and not other.of_speech:
        return False  # what is recalled with its day is not the news, though it be called "the attacks"
    if (
        ((other.sent.item or other.sent.bullet) and one.sent is not other.sent and one.sent.at >= headline)  # each of a list is told for itself
        or (one.town and other.town and one.town != other.town)
        or other.fresh
        or _other_count(one, other)
        or (_apart(one, other) and not _same_great_toll(one, other))
        or (_other_town(one, other) and not (one.sent.at < headline <= other.sent.at and _shared_toll(one, other)))
    ):
        return False
    from_headline = one.sent.at < headline <= other.sent.at
    near = other.sent.at - one.last_told <= _LOOK_BACK
    if _told_again(one, other) and near:
        return True  # a toll without an act of its own belongs to the act told before it
    if near and (_fought_after(one, other) or _in_the_operation(one, other)):
        return True
    if other.plural and not one.plural and one.kind != other.kind and not other.definite and not from_headline:
        return False  # "an attack ..., and the assassinations that"
    if not _kin(one, other) or (not from_headline and _each_its_own(one, other)):
        return (other.definite and other.sent.at - one.sent.at <= 2 and _bare(other)) or (
            from_headline and _shared_toll(one, other)
        )
    if one.family is not other.family:
        return (from_headline or other.definite) and _shared_toll(one, other)
    if other.definite and not (_everywhere(other) and _towns(other) - _towns(one)):
        return True
    if from_headline and other.sent.at <= headline and one.kind == other.kind and _doers(one) & _doers(other):
        return True  # headline and lead, whatever each counts
    if from_headline:
        return not _other_toll(one, other) or _shared_toll(one, other) or bool(_towns(one) & _towns(other))
    if not near or (_other_toll(one, other) and not _counted_otherwise(one, other)):
        return False
    if _of_a_period(other) and not _of_a_period(one) and _towns(one):
        return False
    return _shared_toll(one, other) or not _news_of_its_own(one, other) or _detail(one, other) or _lead_told_again(one, other)


def _no_news_again(one: Draft, other: Draft) -> bool:
    """The same of two of which one at least is no news: planned, denied, threatened."""
    if (one.realis in _ACTUAL) != (other.realis in _ACTUAL):
        return _plan_named_again(one, other)
    alike = one.realis is other.realis and one.kind == other.kind
    return alike and (other.definite or _bare(other) or _towns(one) == _towns(other))


def _plan_named_again(one: Draft, other: Draft) -> bool:
    """Whether `other` only names, by a noun and with no day, what `one` told as planned (the withdrawal)."""
    named = all(h.entry.info.pos == "noun" for h in other.acts) and other.when is None and not other.tolls
    doers = {a.name for a in one.actors}, {a.name for a in other.actors}
    return named and one.realis is Realis.PLANNED and one.kind == other.kind and (not all(doers) or bool(doers[0] & doers[1]))


def _told_again(one: Draft, other: Draft) -> bool:
    """Whether `other` only counts dead or wounded, with no act, town or day of its own, right after the attack `one`."""
    only_toll = all(h.entry.info.role != "act" for h in other.acts) and other.kind in ("killing", "armed_attack")
    return (
        only_toll
        and one.family is Family.ATTACK
        and not _towns(other)
        and (other.when is None or other.when.start is None)
        and other.sent.at - one.last_told <= (_COUNTED if _counted_again(other) else 2)
    )


_COUNTED = 4  # sentences between an attack and another count of its dead


def _counted_again(draft: Draft) -> bool:
    """Whether a sentence is of a hospital or a total ("a medical source spoke of 19 bodies", وكانت الحصيلة السابقة)."""
    return draft.sent.in_set("morgue", 0, len(draft.sent.toks)) is not None or not draft.sent.lacks(_TOTALS)


_TOTALS = words("ar")["total_of"] | words("en")["total_of"]


def _news_of_its_own(one: Draft, other: Draft) -> bool:
    """A town, a day or a doer that the earlier draft does not have."""
    elsewhere = not other.town_before and _towns(other) - _towns(one) and not (_towns(one) & _towns(other))
    if elsewhere and not _counted_at_a_site(one, other):
        return True
    if other.when is not None and other.when.start and one.when is not None and other.when.start != one.when.start and not _within(other, one):
        return True
    return _strangers(one, other)


def _within(part: Draft, whole: Draft) -> bool:
    """Whether the day of one lies in the days of the other ("on Friday", of fighting on Thursday and Friday)."""
    a, b = part.when, whole.when
    dated = a and b and a.start and a.end and b.start and b.end
    return bool(dated) and b.start <= a.start and a.end <= b.end and (b.end - b.start).days <= _DAYS  # type: ignore[union-attr,operator]


_DAYS = 3


def _of_a_period(draft: Draft) -> bool:
    """Whether attacks are counted over weeks or months: no single one of them."""
    return draft.plural and draft.when is not None and draft.when.precision >= DatePrecision.MONTH


def _doers(draft: Draft) -> set[str]:
    return {a.name for a in draft.actors if not a.name.startswith("unknown")}


def _detail(one: Draft, other: Draft) -> bool:
    """Whether `other` tells at which town an act was that `one` only placed in an area: one kind, one doer, one day told."""
    doers = _doers(one) & _doers(other)
    undated = one.when is None or other.when is None or one.of_speech or other.of_speech
    same_day = undated or (one.when is not None and other.when is not None and one.when.start == other.when.start)
    return bool(doers) and same_day and one.kind == other.kind and not _towns(one)


def _fought_after(one: Draft, other: Draft) -> bool:
    """Whether `other` is the gunfight that follows the assault `one`: one event of the first act's kind (codebook, settled cases)."""
    if other.kind != "clash" or one.kind not in _ASSAULTS or _dated(other) or other.sent.at - one.last_told > 1:
        return False
    elsewhere = _towns(other) and not _towns(other) & _towns(one)
    return not elsewhere and not (_doers(one) and _doers(other) and not _doers(one) & _doers(other))


def _in_the_operation(one: Draft, other: Draft) -> bool:
    """Whether `other` only counts whom those who search killed on the way ("during the operation, they killed five"), or names the search
    in which forces killed those told before."""
    if other.kind == "raid" and one.kind == "killing":
        counted = all(h.entry.info.role != "act" for h in one.acts) and not _dated(other)
        return counted and other.sent.at - one.last_told <= 2 and _by_a_state(one) and not (_towns(one) and _other_town(one, other))
    counts = other.kind in _VAGUE and all(h.entry.info.role != "act" for h in other.acts)
    if one.kind != "raid" or not counts or _dated(other) or _towns(other) or other.sent.at - one.last_told > 1:
        return False
    return _by_a_state(other) and bool(_doers(one) & _doers(other))


def _by_a_state(draft: Draft) -> bool:
    return any(standing(a.name) in ("state", "ally") for a in draft.actors)


_ASSAULTS = frozenset(("bombing", "suicide_bombing", "armed_attack", "assassination", "abduction"))


def _counted_otherwise(one: Draft, other: Draft) -> bool:
    """Whether `other` only gives another number for those whom `one` hit: a part of them, or what another source counts. It tells of the
    same act, or of none, and names no town, day or people that are not those of `one`."""
    told = {h.entry.info.kind for h in other.acts if h.entry.info.role == "act"}
    if any(t.name in ("arrested", "abducted") for t in other.tolls):
        return False
    people = {t.name for t in one.targets}, {t.name for t in other.targets}
    strangers = all(people) and not people[0] & people[1] and "civilians" not in people[0] | people[1]
    return not told and not strangers and not _towns(other) and not _another_day(one, other)


def _another_day(one: Draft, other: Draft) -> bool:
    """Whether `other` has a day of its own that is not known to be that of `one`."""
    return _dated(other) and not (_dated(one) and one.when is not None and other.when is not None and one.when.start == other.when.start)


def _dated(draft: Draft) -> bool:
    return draft.when is not None and draft.when.start is not None and not draft.of_speech


def _lead_told_again(one: Draft, other: Draft) -> bool:
    """Whether `other` only tells where in its area, and by whom, those were attacked of whom a lead tells that names neither."""
    lead = one.leads and other.sent.at - one.sent.at <= _TOLD_NEXT and not _towns(one)
    strangers = _strangers(one, other)
    area = not _areas(one) or not _areas(other) or _areas(one) & _areas(other)
    people = {a.name for a in one.targets}, {a.name for a in other.targets}
    same_people = bool(people[0] & people[1]) or not all(people)
    said_so = same_people or one.kind == other.kind
    return bool(lead and not strangers and area and said_so and not _dated(other))


_TOLD_NEXT = 2  # sentences after a lead in which its details may stand


def _strangers(one: Draft, other: Draft) -> bool:
    """Whether both name who did it, and none is the other or a branch of it (Islamic State West Africa Province)."""
    ours, theirs = _doers(one), _doers(other)
    return bool(ours and theirs) and not any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)


def _each_its_own(one: Draft, other: Draft) -> bool:
    """ "They attacked the town; they burned the market and took ten women": burning and abducting are told as acts of their own."""
    kinds = {one.kind, other.kind}
    acts = (any(h.entry.info.role == "act" for h in d.acts) for d in (one, other))
    return len(kinds) > 1 and bool(kinds & _OF_THEIR_OWN) and all(acts)


def _kin(one: Draft, other: Draft) -> bool:
    """Whether two kinds can name one event: the same, alike, or one of them vague."""
    kinds = {one.kind, other.kind}
    if kinds == {"shelling", "air_strike"} and _means(one) and _means(other) and not _means(one) & _means(other):
        return False  # guns, and aircraft
    if len(kinds) == 1 or kinds & _VAGUE or kinds in _ALIKE:
        return True
    return one.family not in (Family.ATTACK, Family.POSTURE, Family.CONTROL, Family.OPERATION)


def _means(draft: Draft) -> set[str]:
    return {"aircraft" if w.name == "drone" else w.name for w in draft.weapons}


def _apart(one: Draft, other: Draft) -> bool:
    """Whether both have days, and none in common."""
    a, b = one.when, other.when
    if (
        one.of_speech
        or other.of_speech
        or a is None
        or b is None
        or a.start is None
        or b.start is None
        or a.end is None
        or b.end is None
    ):
        return False
    return b.start > a.end or a.start > b.end


def _other_town(one: Draft, other: Draft) -> bool:
    """Whether both name towns, and none in common; or lie in different countries."""
    ours, theirs = _towns(one), _towns(other)
    if ours and theirs:
        known = other.definite and not _everywhere(other)
        known = known or _counted_at_a_site(one, other)
        return not ours & theirs and not known
    ours, theirs = _areas(one), _areas(other)
    if ours and theirs and not ours & theirs and (other.tolls or not other.definite):
        return True
    if other.definite:
        return False
    a, b = {p.country for p in one.places if p.country}, {p.country for p in other.places if p.country}
    return bool(a and b and not a & b)


def _everywhere(draft: Draft) -> bool:
    """Whether what is told as known ("the protesters", القصف) goes on in every town: where it is, it is an event of its own."""
    return draft.family is Family.UNREST or (draft.kind in ("shelling", "air_strike") and not draft.tolls)


def _counted_at_a_site(one: Draft, other: Draft) -> bool:
    """Whether `other` only counts the dead or wounded at a spot that no list holds, in a place that `one` names too."""
    spot = all(not p.gazetteer for p in other.towns) and all(h.entry.info.role != "act" for h in other.acts)
    return spot and bool({p.gazetteer for p in one.places if p.gazetteer} & {p.gazetteer for p in other.places})


def _towns(draft: Draft) -> set[str]:
    return {p.gazetteer or p.name_en or p.name for p in draft.towns}


def _areas(draft: Draft) -> set[str]:
    return {p.admin1 for p in draft.places if p.admin1}


def _low(draft: Draft, name: str) -> int | None:
    lows = [t.group.low for t in draft.tolls if t.name == name and not t.unsplit]
    return sum(lows) if lows else None


def _shared_toll(one: Draft, other: Draft) -> bool:
    return any((a := _low(one, name)) is not None and a > 0 and a == _low(other, name) for name in _TOLLS)


def _other_count(one: Draft, other: Draft) -> bool:
    """Whether both count their acts, and differently, with no word that points back ("five air strikes", "four air strikes")."""
    counts = one.count, other.count
    if counts[0] is None or counts[1] is None or other.definite or one.sent is other.sent:
        return False
    return counts[0].unit == counts[1].unit and counts[0].value != counts[1].value and one.kind == other.kind


def _same_great_toll(one: Draft, other: Draft) -> bool:
    """The same large toll of one kind: one event, though the days told for it differ by one."""
    a, b = one.when, other.when
    near = a and b and a.start and b.start and abs((a.start - b.start).days) <= 1
    return bool(
        near and one.kind == other.kind and (_low(one, "killed") or 0) >= 10 and _low(one, "killed") == _low(other, "killed")
    )


def _other_toll(one: Draft, other: Draft) -> bool:
    """Whether both tell how many were killed (...), and the numbers differ."""
    for name in _TOLLS:
        a, b = _low(one, name), _low(other, name)
        if a and b and a != b and not (a < b and _loose(one, name)) and not (b < a and _loose(other, name)):
            return True
    return False


def _loose(draft: Draft, name: str) -> bool:
    """Whether a toll is only told loosely (dozens), so that any greater number agrees with it."""
    return any(t.name == name and t.group.best is None for t in draft.tolls)


def _sums_up(draft: Draft, kept: list[Draft]) -> bool:
    """Whether a draft is a total of others: attacks at no town of their own, and two or more akin told one by one.

    Its toll is as great as theirs; without a toll it names no place smaller than a country.
    """
    killed = _low(draft, "killed")
    if draft.sent.in_set("bodies", draft.acts[0].first, draft.acts[-1].last + _FOUND):
        return False  # the dead who were found are nobody's sum
    if draft.family not in _VIOLENT or (_towns(draft) and not killed) or draft.realis not in _ACTUAL:
        return False
    if not (draft.plural or killed) or (not killed and any(p.precision and p.precision < _COUNTRY for p in draft.places)):
        return False
    parts = [
        k
        for k in kept
        if k is not draft and k.family in _VIOLENT and k.realis in _ACTUAL and _towns(k) and not _apart(draft, k)
    ]
    tolls = [_low(k, "killed") or 0 for k in parts]
    if draft.plural and not _towns(draft):
        return len(parts) >= 2 and (killed is None or sum(tolls) <= killed)
    return (len([t for t in tolls if t]) >= 2 and sum(tolls) == killed) or _sum_of_next(draft, kept, killed)


def _sum_of_next(draft: Draft, kept: list[Draft], killed: int | None) -> bool:
    """Whether the toll is what the two to four attacks told next add up to ("21 dead in the province": 11 in one raid, 10 in a bombing)."""
    after = [_low(k, "killed") for k in kept if k is not draft and k.sent.at > draft.sent.at and k.family in _VIOLENT]
    sums = (after[:n] for n in (2, 3, 4) if len(after) >= n)
    return bool(killed) and any(all(run) and sum(t or 0 for t in run) == killed for run in sums)


def _fill(main: Draft, other: Draft) -> None:
    """Give `main` what only `other` tells."""
    began = other.when is not None and other.when.role == "since"  # how long it has gone on is no day of the news
    if not began and (main.when is None or (main.of_speech and other.when is not None and not other.of_speech)):
        main.when, main.when_sent, main.of_speech = other.when, other.when_sent, other.of_speech
    have = {p.gazetteer or p.name for p in main.places}
    extra = tuple(p for p in other.places if (p.gazetteer or p.name) not in have)
    if not _towns(main):
        main.places = tuple(sorted((*main.places, *extra), key=lambda p: p.precision or 0))
    known = [a for a in main.actors if not a.name.startswith("unknown")]
    hit = {t.name for t in main.targets}
    main.actors = main.actors if known else tuple(a for a in other.actors if a.name not in hit) or main.actors
    main.targets = main.targets or tuple(t for t in other.targets if t.name not in {a.name for a in main.actors})
    main.weapons = main.weapons or other.weapons
    main.count = main.count or other.count
    if not (main.realis is Realis.ACTUAL and other.realis is Realis.BACKGROUND):
        _fill_tolls(main, other)
    named_only = _bare(other) and other.kind != "abduction"  # "the clashes", said of an attack; that some are held tells more
    fought = main.kind == "armed_attack" and other.kind == "clash"  # the first act's kind (codebook, settled cases)
    if not named_only and not fought and _tells_more(main.kind, other.kind) and (main.family is other.family or main.kind == "killing"):
        main.kind = other.kind


def _fill_tolls(main: Draft, other: Draft) -> None:
    """Tolls that only `other` tells; where both do and `other` counts more, that is the high of two figures in one report."""
    for name in dict.fromkeys(t.name for t in other.tolls):
        ours = [t for t in main.tolls if t.name == name]
        theirs = [t for t in other.tolls if t.name == name]
        if not ours:
            main.tolls = [*main.tolls, *theirs]
        elif main.kind == "clash" and main.sent is other.sent and not set(ours[0].group.by) & set(theirs[0].group.by):
            main.tolls = [*main.tolls, *theirs]  # "five soldiers were killed in a clash, while eleven rebels were killed"
        elif len(ours) == 1 and _vague_number(ours[0]) and theirs[0].group.best is not None:
            main.tolls = [*(t for t in main.tolls if t.name != name), theirs[0]]  # "killing several people": six, as told later
        elif len(ours) == len(theirs) == 1 and (high := theirs[0].group.low) > ours[0].group.low > 0:
            ours[0].group.high = max(high, ours[0].group.high or 0)


def _vague_number(told: Told) -> bool:
    """Whether a toll only says that they were several ("several people", "civilians")."""
    return told.group.best is None and told.group.low <= _SEVERAL


_SEVERAL = 3


def _tells_more(kind: str, other: str) -> bool:
    """Whether `other` is the more specific of two kinds."""
    order = {"killing": 0, "armed_attack": 1, "clash": 2, "raid": 2}
    if {kind, other} == {"bombing", "suicide_bombing"}:
        return other == "suicide_bombing"
    return order.get(other, 3) > order.get(kind, 3)
