"""What the rest of a report tells of an event whose own words leave it out: where, against whom, from the air.

Only what is the same throughout a report is carried over: the areas its events are in, the two sides of its fighting, and who flies.
"""

from collections import Counter, defaultdict
from itertools import pairwise

from marsad.read.annotate import Annotated
from marsad.read.draft import Draft
from marsad.read.kinds import standing
from marsad.read.load import forces_of, grammar
from marsad.read.mention import force_name, government
from marsad.read.placehood import BULLETS
from marsad.records import Party, Place, Span, Weapon
from marsad.scales import Family, Realis, WherePrecision

_TOLD = (Realis.ACTUAL, Realis.BACKGROUND)
_GROUND = frozenset(("mortar", "rocket", "artillery"))
BROAD = frozenset(("civilians", "journalists", "protesters", "unknown armed group", "police", "military", "security forces"))


def complete(note: Annotated, found: list[Draft], home: str) -> None:
    """Fill places, sides and aircraft of the drafts of one report, in place. home: the country that it is most about, or ""."""
    _listed(found)
    _they(found)
    _those_strikes(found)
    _one_air_force(found)
    _from_the_air(note, found)
    _sides(note, found)
    _against(found)
    _from_whom(found, home)
    _by_the_state(note, found, home)
    _announced(note, found, home)
    _places(found)


def _listed(found: list[Draft]) -> None:
    """What a list tells is of the day, the place and the doers of the line that opens it ("raids that led to the following: - 14 arrests")."""
    opening: Draft | None = None
    for draft in found:
        if draft.sent.form(0) not in BULLETS:
            opening = draft if draft.sent.form(len(draft.sent.toks) - 1) == ":" else None
        elif opening is not None and draft.realis is opening.realis:
            draft.actors = draft.actors or opening.actors
            draft.places = draft.places or opening.places
            if draft.when is None:
                draft.when, draft.when_sent = opening.when, opening.when_sent


def _they(found: list[Draft]) -> None:
    """ "They burned the houses", «وأحرقوا», «وقصف موقعا»: those who did what was told last."""
    for last, draft in pairwise(found):
        verb = draft.acts[0]
        near = draft.sent.at - last.sent.at <= 1 and draft.realis is last.realis
        act = verb.entry.info.role == "act" and verb.entry.info.tense == "past"  # "twelve were killed" tells of no doer
        plural = near and act and draft.sent.form(verb.first).endswith("وا")
        goes_on = near and act and _opens_without_subject(last, draft)
        told = plural or goes_on or (draft.sent.form(verb.first - 1) in _THEY and verb.entry.info.pos in ("verb", "phrase"))
        if told and not draft.actors and draft.family in (Family.ATTACK, Family.OPERATION, Family.CONTROL):
            draft.actors = last.actors


def _opens_without_subject(last: Draft, draft: Draft) -> bool:
    """Whether an Arabic sentence opens with "and" on a verb that tells of no doer and counts nobody, in the gender of the verb told last."""
    verb = draft.acts[0]
    opens = verb.first == 0 and verb.prefix == "و" and verb.entry.info.pos == "verb" and verb.entry.info.voice != "p"
    before = next((h for h in last.acts if any(v.entry.info[0] == "past" for v in last.sent.starts(h.first, "verb"))), None)
    if not opens or before is None or draft.tolls or last.sent is draft.sent:
        return False
    return last.sent.form(before.first).endswith("ت") == draft.sent.form(verb.first).endswith("ت")


_THEY = grammar("context", "they")


def _by_the_state(note: Annotated, found: list[Draft], home: str) -> None:
    """What forces search, find or whom they arrest with no word of by whom: those of a state that acted last in the report did it, else
    the security forces of the country; a curfew is its government's (codebook, section 2: both are done by a state)."""
    last: tuple[Party, ...] = ()
    for draft in found:
        forces = tuple(a for a in draft.actors if standing(a.name) in ("state", "ally"))
        if not draft.actors and draft.realis in _TOLD:
            if draft.family is Family.OPERATION:
                draft.actors = last or _of_the_country(note, draft, force_name("security forces", home) if home else "")
            elif draft.kind == "curfew":
                draft.actors = _of_the_country(note, draft, government(home) if home else "")
        last = forces or last


def _announced(note: Annotated, found: list[Draft], home: str) -> None:
    """Militants whose killing a ministry of defence or the interior announces, with no word of by whom: its forces killed them."""
    for draft in found:
        dead = [t.group for t in draft.tolls if t.name == "killed" and t.group.low]
        ours = dead and all(set(g.by) == {"militants"} for g in dead) and draft.realis in _TOLD
        if ours and draft.family is Family.ATTACK and all(a.name.startswith("unknown") for a in draft.actors):
            draft.actors = _its_forces(note, draft, home) or draft.actors


def _its_forces(note: Annotated, draft: Draft, home: str) -> tuple[Party, ...]:
    """The forces of the ministry that speaks in the sentence of a draft; none where none does."""
    sent = draft.sent
    ministry = next((k for k in range(draft.acts[0].first) if sent.form(k) in _MINISTRIES), None)
    if ministry is None or not any(sent.is_cue(k, "speech.verbs") for k in range(ministry - 2, ministry + 4)):
        return ()
    near = range(ministry - 1, ministry + 4)
    force = next((_OF_MINISTRY[sent.form(k)] for k in near if sent.form(k) in _OF_MINISTRY), "")
    land = next((d.entry.value for k in near for d in sent.starts(k, "demonym")), home)
    token = sent.toks[ministry]
    span = Span(*note.folded.span(token.start, token.end))
    return (Party(force_name(force, land), span),) if force and land else ()


_MINISTRIES = grammar("context", "ministries")
_OF_MINISTRY = {
    **dict.fromkeys(grammar("context", "of_defence"), "military"),
    **dict.fromkeys(grammar("context", "of_the_interior"), "security forces"),
}


def _of_the_country(note: Annotated, draft: Draft, name: str) -> tuple[Party, ...]:
    """A party told by the words of the act alone; none where no country is known."""
    return (Party(name, Span(*note.folded.span(draft.acts[0].start, draft.acts[0].end))),) if name else ()


def _those_strikes(found: list[Draft]) -> None:
    """ "The bombardment hit X", told right after strikes from the air with no doer and no gun of its own: those strikes."""
    for last, draft in pairwise(found):
        near = draft.sent.at - last.sent.at <= 1 and (last.kind, draft.kind) == ("air_strike", "shelling")
        known = draft.definite or draft.acts[0].prefix.endswith("ال")
        if near and known and not (draft.actors or draft.weapons) and draft.realis is last.realis:
            draft.kind, draft.actors, draft.targets = "air_strike", last.actors, draft.targets or last.targets


def _one_air_force(found: list[Draft]) -> None:
    """Where a report names one that strikes from the air, the strikes without a doer are its ("... 14 strikes. Near Hit, three strikes ...")."""
    strikes = [d for d in found if d.kind == "air_strike"]
    fliers = {a.name: a for d in strikes if d.realis in _TOLD for a in d.actors if a.name not in BROAD}
    for draft in strikes if len(fliers) == 1 else ():
        if draft.realis is Realis.ACTUAL and not draft.actors and not any(t.name in fliers for t in draft.targets):
            draft.actors = tuple(fliers.values())


def _from_the_air(note: Annotated, found: list[Draft]) -> None:
    """A doer that the report has striking from the air shells from it too, where no gun is told; an air strike has aircraft."""
    flying = {a.name for d in found if d.kind == "air_strike" for a in d.actors}
    for draft in found:
        names = {w.name for w in draft.weapons}
        if draft.kind == "shelling" and not names & _GROUND and any(a.name in flying for a in draft.actors):
            draft.kind = "air_strike"
        if draft.kind == "air_strike" and not names & {"aircraft", "drone"}:
            span = Span(*note.folded.span(draft.acts[0].start, draft.acts[0].end))
            draft.weapons = (*draft.weapons, Weapon("aircraft", span))


def _sides(note: Annotated, found: list[Draft]) -> None:
    """Whom the known doer of an event fights throughout the report, where the event itself does not say."""
    _both_sides(found)
    against = _adversaries([d for d in found if d.realis in _TOLD])
    groups = _groups(note)
    for draft in found:
        if draft.family not in (Family.ATTACK, Family.CONTROL) or draft.realis not in _TOLD:
            continue
        known = [a for a in draft.actors if a.name in against]
        if draft.kind == "clash":
            if len(draft.actors) == 1 and known and not draft.targets:
                draft.actors = (*draft.actors, against[known[0].name])
        elif known and not draft.targets:
            draft.targets = (against[known[0].name],)
        elif not draft.targets and (draft.family is Family.CONTROL or draft.kind == "air_strike"):
            draft.targets = tuple(g for g in _the_group(note, draft, groups) if not _fights_a_group(g, against))


def _fights_a_group(group: Party, against: dict[str, Party]) -> bool:
    """Whether a group is told to fight another: whom of the two others bomb, nobody knows."""
    return group.name in against and standing(against[group.name].name) == "irregular"


def _against(found: list[Draft]) -> None:
    """Whom forces search, hold or find the arms of, where their own words do not say: those whom they fought, held or whose attack was told
    shortly before; whom they hold after a march, its protesters."""
    told: list[Draft] = []
    for draft in found:
        if draft.realis in _TOLD:
            if draft.family is Family.OPERATION and not draft.targets:
                draft.targets = _foes(draft, [d for d in told if draft.sent.at - d.sent.at <= _SHORTLY])
            told.append(draft)


def _foes(draft: Draft, before: list[Draft]) -> tuple[Party, ...]:
    """The group, or the crowd, of the nearest of the events `before`."""
    for last in reversed(before):
        if last.family is Family.UNREST:
            return tuple(a for a in last.actors if a.name == "protesters") if draft.kind == "arrest" else ()
        groups = tuple(p for p in (*last.targets, *last.actors) if standing(p.name) == "irregular" and p.name not in BROAD)
        if groups:
            return groups
    return ()


_SHORTLY = 2  # sentences


def _from_whom(found: list[Draft], home: str) -> None:
    """From whom a group takes a place, told nowhere: the forces of the country that the report is of, if it tells of them."""
    parties = (p for d in found if d.realis in _TOLD for p in (*d.actors, *d.targets) if standing(p.name) == "state")
    demonym, armed = forces_of(home)
    told = [p for p in parties if demonym and (p.name == armed or p.name.startswith(demonym))]
    forces = Counter(p.name for p in told if p.name not in BROAD and not p.name.casefold().endswith("police"))
    if not forces:
        return
    most = next(p for p in told if p.name == forces.most_common(1)[0][0])
    for draft in found:
        taken = draft.kind == "territory_seized" and draft.realis in _TOLD and not draft.targets
        if taken and draft.actors and all(standing(a.name) == "irregular" for a in draft.actors):
            draft.targets = (most,)


def _groups(note: Annotated) -> dict[str, list[Span]]:
    """The armed groups that a report names, with where, the one named most first."""
    told: dict[str, list[Span]] = {}
    for sent in note.sents:
        for hit in sent.layer("actor"):
            if hit.entry.info[0] == "armed_group":
                told.setdefault(hit.entry.value, []).append(Span(*note.folded.span(hit.start, hit.end)))
    return dict(sorted(told.items(), key=lambda named: -len(named[1])))


def _the_group(note: Annotated, draft: Draft, groups: dict[str, list[Span]]) -> tuple[Party, ...]:
    """Whom a force that is no group bombs or takes a place from, told nowhere beside it: the group that the report is about."""
    if any(a.name in groups or a.name.startswith("unknown") for a in draft.actors) or not groups:
        return ()
    if draft.kind == "territory_seized" or (draft.kind == "air_strike" and not draft.actors):
        return ()
    name, spans = next(iter(groups.items()))
    at = note.folded.span(draft.acts[0].start, draft.acts[0].end)[0]
    return (Party(name, next((s for s in reversed(spans) if s.start <= at), spans[0])),)


def _both_sides(found: list[Draft]) -> None:
    """A battle of which one side is told has the doer of the act told in the same sentence as its other ("seized ... after battles with")."""
    together = _by_sentence(found)
    for at, draft in enumerate(found):
        if draft.kind == "clash" and len(draft.actors) < 2 and not draft.sent.lacks(_SIDES):
            draft.actors = _the_two(draft, found[max(0, at - _LAST) : at])
    for draft in found:
        if draft.kind != "clash" or len(draft.actors) != 1 or draft.realis not in _TOLD:
            continue
        beside = next((d for d in together[draft.sent.at] if d is not draft and d.actors and d.realis in _TOLD), None)
        if beside is not None:
            others = [a for a in beside.actors if a.name != draft.actors[0].name and a.name not in BROAD]
            draft.actors = (*others, *draft.actors)


_SIDES = grammar("context", "sides")


def _the_two(draft: Draft, before: list[Draft]) -> tuple[Party, ...]:
    """ "Clashes between the two sides": the one named with them, and those that acted last before."""
    named = {a.name: a for a in draft.actors if a.name not in BROAD}
    for earlier in reversed(before):
        for party in (*earlier.actors, *earlier.targets):
            if len(named) < 2 and party.name not in BROAD:
                named.setdefault(party.name, party)
    return tuple(named.values()) if len(named) == 2 else draft.actors


_LAST = 4  # events before, among whose parties the two sides are sought


def _adversaries(found: list[Draft]) -> dict[str, Party]:
    """Party -> the one it is told to fight most; both ways. Those who do something together fight each other in no battle of three."""
    votes: dict[str, Counter[str]] = {}
    parties: dict[str, Party] = {}
    together = {frozenset((a.name, b.name)) for d in found if d.kind != "clash" for a in d.actors for b in d.actors}
    for draft in found:
        pairs = [(a, t) for a in draft.actors for t in draft.targets]
        if draft.kind == "clash":
            pairs += [(a, b) for a in draft.actors for b in draft.actors if frozenset((a.name, b.name)) not in together]
        for one, other in pairs:
            if (
                not {one.name, other.name}.isdisjoint(BROAD)
                or one.name == other.name
                or not (standing(one.name) and standing(other.name))
            ):
                continue
            parties |= {one.name: one, other.name: other}
            votes.setdefault(one.name, Counter())[other.name] += 1
            votes.setdefault(other.name, Counter())[one.name] += 1
    return {name: parties[count.most_common(1)[0][0]] for name, count in votes.items()}


def _places(found: list[Draft]) -> None:
    """Give drafts without a place that of their sentence, else that of the event told shortly before, else the areas that events before them
    were in: a report goes on about where it is until it says otherwise."""
    together = _by_sentence(found)
    areas: tuple[Place, ...] = ()
    last: Draft | None = None
    for draft in found:
        if draft.realis not in _TOLD:
            continue
        if not draft.places:
            beside = next((d for d in together[draft.sent.at] if d.places), None)
            near = last is not None and draft.sent.at - last.last_told <= _NEXT
            draft.follows = beside or (last if near else None)
            draft.places = draft.follows.places if draft.follows else areas
        areas = _areas_after(areas, draft.places)
        last = draft if draft.places else last


_NEXT = 3  # sentences


def _areas_after(before: tuple[Place, ...], places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The areas the report is in after an event at `places`: theirs, or still those before, unless it went to a town elsewhere."""
    told = tuple(p for p in places if p.precision is not None and p.precision >= WherePrecision.ADMIN2)
    if told:
        return told
    units = {p.admin1 for p in before if p.admin1}
    return () if any(p.admin1 and units and p.admin1 not in units for p in places) else before


def _by_sentence(found: list[Draft]) -> dict[int, list[Draft]]:
    made: dict[int, list[Draft]] = defaultdict(list)
    for draft in found:
        made[draft.sent.at].append(draft)
    return made
