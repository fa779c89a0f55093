"""Events told in one sentence: triggers grouped, the most specific kind chosen, slots filled from the group's own words."""

from dataclasses import replace
from datetime import timedelta

from marsad.read.amounts import amount
from marsad.read.annotate import Annotated, Sentence
from marsad.read.beside import (
    day_of_both,
    day_of_those_hit,
    died_in_it,
    leave_tolls_to_attacks,
    nobody_hurt,
    orphans,
    shot_in_the_raid,
    turned_violent,
    went_back,
    where_it_goes_on,
)
from marsad.read.clauses import borders, of_speech
from marsad.read.crowds import a_crowd, by_a_mob, without_those_hit
from marsad.read.dated import date_of
from marsad.read.draft import Draft
from marsad.read.earlier import Earlier, around, day_of, earlier
from marsad.read.groups import another, grouped, in_answer, segment_of, what_followed
from marsad.read.history import standing
from marsad.read.kinds import by_actor, by_victim, kind_of
from marsad.read.known import points_back
from marsad.read.lexicon import Hit
from marsad.read.load import grammar, grammar_of
from marsad.read.means import meant, weapons_of
from marsad.read.roles import roles
from marsad.read.stopped import stopped
from marsad.read.told import Told
from marsad.read.tolls import tolls
from marsad.read.towns import by_town, sites
from marsad.read.triggers import by_shots, triggers
from marsad.scales import FAMILY_OF, Family, Realis
from marsad.text.dates import Found


def drafts(note: Annotated, sent: Sentence, home: str) -> list[Draft]:
    """The events of one sentence, in order of their first trigger."""
    found = triggers(sent, note.lang)
    told = tolls(sent, note.lang)
    found = without_those_hit(sent, found, told)
    if not found or (not told and _of_fiction(sent)):
        return []
    before = earlier(sent, note.lang)
    cuts = borders(sent, before, note.lang)
    groups = grouped(sent, found, told, cuts, before, note.lang)
    made: list[Draft] = []
    for at, (group, real, cue) in enumerate(groups):
        draft = _draft(note, sent, group, real, cue, segment_of(sent, groups, at, cuts), told, home, cuts)
        if draft is not None:
            _when_told_before(note, draft, before)
            _goes_on(sent, draft, made)
            if made and _and_before(sent, draft.acts[0]):
                where_it_goes_on(draft, made[-1])
            if not any(joins(draft, made) for joins in (went_back, turned_violent, shot_in_the_raid, died_in_it)):
                made += by_town(note, draft)
    orphans(made, told)
    leave_tolls_to_attacks(made)
    nobody_hurt(made, [t for t in told if not t.group.low and t.name in ("killed", "injured")])
    day_of_those_hit(made)
    day_of_both(sent, made)
    return made


def _of_fiction(sent: Sentence) -> bool:
    """Whether a sentence without dead or wounded is of sport, film or the stock exchange, and not of a crowd that a film angers."""
    return sent.has_cue(("fiction.strong",), 0, len(sent.toks)) and not any(a_crowd(sent, h) for h in sent.layer("trigger"))


def _when_told_before(note: Annotated, draft: Draft, before: list[Earlier]) -> None:
    """The day of what "two days after" is said of; and of the news itself, hours after what has a day."""
    if draft.when is not None:
        return
    mine = around(before, draft.acts[0].first)
    if mine is not None:
        draft.when = day_of(note, draft.sent, mine)
        draft.recalled = True
        return
    hours = [p for p in before if p.unit == "hour"]
    draft.when = next((f for f in draft.sent.dates if any(p.has(f.first) for p in hours)), None)


def _goes_on(sent: Sentence, draft: Draft, made: list[Draft]) -> None:
    """A verb with "and" and no subject of its own has that of the act before it (وقصف أهدافا أخرى)."""
    hit = draft.acts[0]
    if draft.actors or not made or hit.entry.info.pos != "verb" or hit.entry.info.role != "act" or not _and_before(sent, hit):
        return
    doers = {t.name for t in draft.targets}
    draft.actors = tuple(a for a in made[-1].actors if a.name not in doers)
    _with_a_crowd(draft)


def _and_before(sent: Sentence, hit: Hit) -> bool:
    """Whether "and" joins a verb to the act before it, and nothing but "then" stands between ("detained 14 men and found a cache")."""
    before = sent.form(hit.first - 1)
    then = before in ("then", "later", "also") and sent.form(hit.first - 2) == "and"
    return hit.prefix.startswith("و") or then or (before == "and" and hit.entry.info.tense == "past")


def _draft(
    note: Annotated,
    sent: Sentence,
    group: list[Hit],
    real: Realis,
    cue: Hit | None,
    segment: tuple[int, int],
    told: list[Told],
    home: str,
    cuts: dict[int, int],
) -> Draft | None:
    first, last = segment
    mine = [t for t in told if first <= t.head < last or first <= t.group.first < last]
    weapons = weapons_of(sent, first, last)
    kind = _kind(sent, group, weapons, mine, note.lang)
    if not _stands(sent, group, mine, first, last):
        return None
    draft = Draft(sent, first, last, kind, real, group, cue)
    draft.weapons = meant(note, sent, group, kind, weapons)
    draft.tolls = mine if FAMILY_OF[kind] not in (Family.POSTURE, Family.MEASURE) else []
    draft.when = date_of(sent, group, first, last, note.lang, told=note.published if real is Realis.ACTUAL else None)
    draft.when_sent = sent
    if real is Realis.ACTUAL and (standing(note, sent, group, segment, draft.when) or _of_years(group, mine, draft.when)):
        draft.realis = Realis.BACKGROUND
    elif real is Realis.ACTUAL and _yet_to_come(note, draft.when):
        draft.realis = Realis.PLANNED
    draft.actors, draft.targets = roles(note, sent, group, draft.tolls, segment, home, kind)
    _with_a_crowd(draft)
    draft.places = () if _at_the_morgue(sent, group) else sites(note, draft, home, cuts)
    _not_without_loss(draft)
    _as_its_sides_tell(draft)
    _as_its_kind_tells(draft, kind)
    if stopped(draft, told, note.lang):
        draft.realis = Realis.FOILED
    draft.count = amount(note, sent, group, kind, segment)
    draft.of_speech = draft.when is not None and of_speech(sent, draft.when, note.lang)
    draft.recalled = _long_ago(note, draft.when)
    _points(note, draft, mine)
    return draft


def _as_its_sides_tell(draft: Draft) -> None:
    """The kind by who did it and whom it hit (codebook, section 2)."""
    killed = next((t.group for t in draft.tolls if t.name == "killed"), None)
    militants = killed is not None and set(killed.by) == {"militants"}
    draft.kind = by_actor(draft.sent, draft.kind, draft.actors, draft.acts, militants=militants)
    draft.kind = by_victim(draft.sent, draft.kind, draft.actors, {w.name for w in draft.weapons}, killed)


def _kind(sent: Sentence, group: list[Hit], weapons: list[Hit], told: list[Told], lang: str) -> str:
    """The kind that its words and weapons tell, or a riot where a mob did it."""
    kind = kind_of(sent, group, weapons)
    deadly = any(t.name == "killed" and t.group.low for t in told)
    return "riot" if by_a_mob(sent, group[0], kind, {w.entry.value for w in weapons}, lang, deadly=deadly) else kind


def _as_its_kind_tells(draft: Draft, read_as: str) -> None:
    """What changes with the kind that a doer gives: who close a road and are no crowd; whom a group "arrests" it holds."""
    if (draft.kind == "blockade" and read_as != "blockade") or draft.kind in ("arrest", "raid", "seizure"):
        draft.actors = tuple(a for a in draft.actors if a.name != "protesters")
    if draft.kind == "abduction":
        draft.tolls = [replace(t, name="abducted") if t.name == "arrested" else t for t in draft.tolls]


def _yet_to_come(note: Annotated, told: Found | None) -> bool:
    """Whether a day told is after the report's own."""
    return note.published is not None and told is not None and told.start is not None and told.start > note.published


def _as_well(sent: Sentence, group: list[Hit]) -> bool:
    """ "It also bombed a camp in": an Arabic verb right behind كما, with a place of its own, tells of one more act."""
    verb = group[0]
    act = verb.entry.info.pos == "verb" and verb.entry.info.role == "act"
    also = act and sent.form(verb.first - 1) in _ALSO and verb.first > 1
    return also and bool(sent.layer("place", verb.last, verb.last + _CLOSE))


_ALSO = grammar("events", "also")


def _not_without_loss(draft: Draft) -> None:
    """An attack that was repelled at a loss was fought, though it is called foiled (codebook, section 3)."""
    lost = any(t.name in ("killed", "injured") and t.group.low for t in draft.tolls)
    if draft.realis is Realis.FOILED and draft.kind in ("armed_attack", "clash") and lost:
        draft.realis, draft.kind = Realis.ACTUAL, "clash"


def _points(note: Annotated, draft: Draft, mine: list[Told]) -> None:
    """How its words point to what is told before: the same day, the attack, another attack, attacks."""
    sent, group, first, last = draft.sent, draft.acts, draft.first, draft.last
    begin = group[0].first
    draft.same_day = draft.when is None and sent.has_cue(("connective.same_day",), max(0, first - 6), last)
    earlier_day = next(sent.cues(("connective.previous_day",), max(0, first - 6), last), None)
    if earlier_day is not None and (draft.when is None or earlier_day.first <= draft.when.first < earlier_day.last):
        draft.previous_day, draft.when = True, None  # "the day before": of what was told last, and not of the paper
    draft.next_day = draft.when is None and sent.has_cue(("connective.next_day",), max(0, first - 6), last)
    draft.day_before = draft.when is None and any(
        True for _ in sent.cues(("connective.day_after",), max(first, begin - 5), begin)
    )
    draft.definite = (
        points_back(sent, group, note.lang) or any(_of_the_dead(sent, t) for t in mine) or _at_the_morgue(sent, group)
    )
    draft.fresh = any(another(sent, h) for h in group) or _as_well(sent, group) or _another_bomb(draft) or _told_as_next(draft)
    draft.fresh = draft.fresh or _other_victims(draft, mine)
    told_after = in_answer(sent, max(0, begin - _ANSWER), begin, note.lang) or what_followed(sent, group[0])
    draft.fresh = draft.fresh or (begin > 0 and told_after)
    draft.plural = any(_is_plural(sent, h, note.lang) for h in group)


_ANSWER = 4  # tokens: "in retaliation for the"


def _told_as_next(draft: Draft) -> bool:
    """Whether its sentence opens as that of another act ("twenty minutes later", ردا على ذلك) and tells by whom or how it was done."""
    act = draft.acts[0].entry.info
    return (
        act.role == "act"
        and not draft.definite
        and draft.sent.has_cue(("connective.later",), 0, min(_OPENS, draft.acts[0].first))
    )


_OPENS = 8  # tokens in which a sentence says that it tells of something else


def _another_bomb(draft: Draft) -> bool:
    """Whether what went off or was fired is told as another ("another bomb killed a policeman")."""
    sent, first = draft.sent, draft.first
    told = sent.layer("weapon", first, draft.acts[0].first)
    return any(w.first > first and sent.is_cue(w.first - 1, "connective.another") for w in told)


def _other_victims(draft: Draft, mine: list[Told]) -> bool:
    """Whether others are told to have been hit, with what, as a sentence begins (وقضى شاب آخر بعبوة في): no more of the attack before."""
    sent, verb = draft.sent, draft.acts[0]
    if draft.only_counts and sent.in_set("bodies", verb.first, verb.last) is not None and sent.form(verb.last) in _FURTHER:
        return True  # "a third body was found"
    opens = verb.first <= 1 and verb.entry.info.pos == "verb" and verb.entry.info.role == "result"
    by = any(a.entry.info.role == "act" and a.entry.info.pos != "verb" and not a.definite for a in draft.acts)
    others = any(sent.form(k) in _OTHERS for t in mine[:1] for k in (t.group.last - 1, t.group.last))
    return opens and by and others


_OTHERS, _FURTHER = grammar("events", "others"), grammar("events", "further")


def _at_the_morgue(sent: Sentence, group: list[Hit]) -> bool:
    """ "The hospital received eleven bodies": another count of the dead of an attack told before, and not where it was."""
    bodies = all(sent.starts(h.first, "set") and h.entry.info.role == "result" for h in group)
    return (
        bodies
        and sent.in_set("bodies", group[0].first, group[-1].last) is not None
        and sent.in_set("morgue", 0, len(sent.toks)) is not None
    )


def _with_a_crowd(draft: Draft) -> None:
    """A clash of which one side is a crowd is a riot, and the other side its target (codebook: a clash has two armed sides)."""
    crowd = tuple(a for a in draft.actors if a.name == "protesters")
    unarmed = draft.actors and all(a.name in ("civilians", "protesters") for a in draft.actors)
    if draft.kind in ("arson", "armed_attack", "raid") and crowd and len(crowd) == len(draft.actors):
        draft.kind = "riot"
    dead = any(t.name == "killed" and t.group.low >= _WITH_ARMS for t in draft.tolls)
    if draft.kind == "clash" and unarmed and not dead and not draft.targets and {w.name for w in draft.weapons} <= {"fire"}:
        draft.kind = "riot"
    if draft.kind in ("armed_attack", "killing") and _at_a_march(draft):
        draft.kind, draft.actors, draft.targets = "protest", tuple(t for t in draft.targets if t.name == "protesters"), ()
    if draft.kind == "clash" and crowd:
        draft.kind, draft.targets = "riot", tuple(a for a in draft.actors if a.name != "protesters")
        draft.actors = crowd


_WITH_ARMS = 5  # people: so many die of no stones


def _at_a_march(draft: Draft) -> bool:
    """Whether protesters are only told to have died when their march was dispersed: a protest with intervention (codebook, section 2)."""
    near = draft.sent.forms[draft.first : draft.last + _CLOSE]
    dispersed = any(w in _DISPERSED or (w[0] in "وف" and w[1:] in _DISPERSED) for w in near)
    hit = any(t.name == "protesters" for t in draft.targets)
    shots = all(h.entry.info.role != "act" or by_shots(h) for h in draft.acts)
    return dispersed and hit and shots and draft.realis is Realis.ACTUAL


_DISPERSED = grammar("events", "dispersed")


def _of_years(group: list[Hit], mine: list[Told], told: Found | None) -> bool:
    """Hundreds of dead without an act or a day: the toll of a war, not of the news."""
    dead = (t.group for t in mine if t.name == "killed")
    great = any(g.low >= (_HUNDREDS if g.best is None else _THOUSAND) for g in dead)
    return great and told is None and all(h.entry.info.role != "act" for h in group)


_HUNDREDS, _THOUSAND = 100, 1000


def _is_plural(sent: Sentence, hit: Hit, lang: str) -> bool:
    return hit.entry.info.role == "act" and hit.entry.info.pos == "noun" and sent.form(hit.first).endswith(_PLURAL[lang])


_PLURAL = {lang: tuple(endings) for lang, endings in grammar_of("events", "plural").items()}


def _stands(sent: Sentence, group: list[Hit], mine: list[Told], first: int, last: int) -> bool:
    """Whether the words of `group` tell of an event where they stand."""
    if all(h.entry.info.pos == "noun" for h in group) and not _company(sent, group, mine, first, last):
        return False
    if any(h.entry.info.role == "act" or (h.entry.info.role == "weak" and _strengthened(sent, h, first, last)) for h in group):
        return True
    return _tells(sent, group, mine, first, last)


def _strengthened(sent: Sentence, hit: Hit, first: int, last: int) -> bool:
    """Whether a weak word tells of an event here: protesters always do; "targeted" with a weapon, or a place and a day."""
    if FAMILY_OF[hit.entry.info.kind] is Family.UNREST or sent.layer("weapon", first, last):
        return True
    return bool(sent.layer("place", first, last)) and any(first <= f.first < last for f in sent.dates)


def _tells(sent: Sentence, group: list[Hit], mine: list[Told], first: int, last: int) -> bool:
    """Whether words of killing or wounding alone tell of an event: with a toll of their own, or as a verb or verbal noun of killing."""
    if any(t.name in ("killed", "abducted") and t.group.low > 0 for t in mine):
        return True
    if any(t.name == "injured" and t.group.low > 0 for t in mine):
        return bool(sent.layer("weapon", first, last) or sent.dates or sent.layer("place", first, last))
    return any(
        (h.entry.info.pos == "verb" or _with_light_verb(sent, h))
        and h.entry.info.role == "result"
        and not h.entry.info.weak_alone
        for h in group
    )


def _with_light_verb(sent: Sentence, hit: Hit) -> bool:
    """ "They did the killing of": قام ... بقتل."""
    return hit.prefix == "ب" and any(
        v.entry.value == "قام" for k in range(hit.first - 7, hit.first) for v in sent.starts(k, "verb")
    )


def _of_the_dead(sent: Sentence, told: Told) -> bool:
    """ "Ten of the dead": part of a toll told before."""
    last = min(told.group.last + 2, len(sent.toks))
    return any(
        sent.form(k) in ("من", "بين", "of", "among") and sent.form(k + 1) in _DEAD for k in range(told.group.first, last)
    )


RECENT = timedelta(days=30)  # older is background (codebook, section 3)
_DEAD = grammar("events", "dead")


def _company(sent: Sentence, group: list[Hit], mine: list[Told], first: int, last: int) -> bool:
    """Something that ties bare nouns ("the bombings") to an event: a toll, a day, a verb of happening, or a place or party close by."""
    if mine or any(first <= f.first < last for f in sent.dates) or what_followed(sent, group[0]):
        return True
    begin, end = min(h.first for h in group), max(h.last for h in group)
    if begin and any(h.prefix == "و" and h.entry.info.kind == "seizure" for h in group):
        return True  # "killed five, and the recovery of rifles": told of the act before it
    if sent.in_set("happening", max(first, begin - _CLOSE), min(last, end + 5)) is not None or _by_somebody(sent, end):
        return True
    if all(h.definite and FAMILY_OF[h.entry.info.kind] is not Family.UNREST for h in group):
        return False  # known by itself, and nothing is told of it here
    hours = all(FAMILY_OF[h.entry.info.kind] is Family.MEASURE for h in group)  # "from 8 p.m. to 5 a.m. in Kasserine"
    near = (max(first, begin - 5), last if hours else min(last, end + _CLOSE))
    if sent.layer("place", *near) or sent.layer("actor", *near) or sent.layer("generic", *near):
        return True
    return any(not p.entry.info.not_people for p in sent.layer("people", *near))


_CLOSE = 8  # tokens


def _by_somebody(sent: Sentence, at: int) -> bool:
    """Whether "at the hands of" follows the noun of an act (للخطف على أيدي)."""
    return f"{sent.form(at)} {sent.form(at + 1)}" in _HANDS


_HANDS = grammar("events", "hands")


def _long_ago(note: Annotated, told: Found | None) -> bool:
    return bool(told and told.end and note.published and told.end < note.published - RECENT)
