"""Who did it, and to whom: actors and targets of an event (see scene.py for how a mention gets its side)."""

from collections.abc import Iterable
from dataclasses import replace

from marsad.read.annotate import Annotated, Sentence
from marsad.read.backing import take_backers
from marsad.read.kinds import standing
from marsad.read.leftward import CIVIL
from marsad.read.lexicon import Hit
from marsad.read.load import coalitions, grammar
from marsad.read.mention import force_name, span_of
from marsad.read.scene import Scene
from marsad.read.told import Told
from marsad.read.whose import beside_whose, whose_is_hit
from marsad.records import Party, Span
from marsad.scales import FAMILY_OF, Family


def roles(
    note: Annotated, sent: Sentence, acts: list[Hit], tolls: list[Told], segment: tuple[int, int], home: str, kind: str
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """(actors, targets) of the event told by `acts` within the segment."""
    scene = Scene(note, sent, acts, tolls, segment, home, kind)
    for act in acts:
        scene.take_inside(act)
    for act in acts:
        scene.walk_left(act)
        scene.walk_right(act)
    if note.lang == "ar" and FAMILY_OF[kind] is not Family.UNREST:
        for act in acts:
            scene.carry_subject(act)
    take_backers(scene)
    sides = scene.parties()
    if FAMILY_OF[kind] in (Family.ATTACK, Family.CONTROL):
        sides = _by_force(scene, *sides)
    elif kind in CIVIL:
        sides = _by_a_crowd(scene, *sides)
    else:
        sides = _by_a_state(scene, *sides)
    actors, targets = sides
    doers = {a.name for a in actors}
    return _known(_unique(actors)), _known(tuple(t for t in _unique(targets) if t.name not in doers))


Sides = tuple[list[Party], list[Party]]
"""(actors, targets)."""


def _by_force(scene: Scene, actors: list[Party], targets: list[Party]) -> Sides:
    """An attack or the taking of a place: a government acts by its army, groups fly nothing, and what is hit may tell whose it is."""
    kind, sent, first, last = scene.kind, scene.sent, scene.first, scene.last
    actors, targets = _whose_place(scene, actors, targets)
    actors = [replace(a, name=_FIGHTS.get(a.name, a.name)) for a in actors]
    if kind == "air_strike" and "drone" not in {w.entry.value for w in sent.layer("weapon", first, last)}:
        groups = [
            a for a in actors if standing(a.name) == "irregular" and a.name not in _FLY
        ]  # they fly nothing: what was told of them was hit
        actors, targets = [a for a in actors if a not in groups], [*targets, *groups]
    if kind == "suicide_bombing":
        actors = [a for a in actors if standing(a.name) != "state"]
    if not targets and kind != "clash" and FAMILY_OF[kind] is Family.ATTACK:
        targets = [p for p in whose_is_hit(scene) if p.name not in {a.name for a in actors}]
        begin, end = min(a.first for a in scene.acts), max(a.last for a in scene.acts)
        doers = {a.name for a in actors}
        targets = targets or [p for p in beside_whose(scene, begin) if p.name not in doers]
        targets = targets or _stood_for(scene, max(first, begin - _NEAR), min(last + 1, end + _NEAR)) or _nationals(scene)
    if kind == "killing" and all(h.entry.info.lemma in scene.words["finds"] for h in scene.acts):
        actors = []  # who found the bodies
    return actors, targets


def _whose_place(scene: Scene, actors: list[Party], targets: list[Party]) -> Sides:
    """ "Its hold on the army's headquarters" (سيطرتها على مقر الجيش): a force behind the noun is whose place it was."""
    noun = scene.acts[0]
    whose = noun.entry.info.pos != "verb" and scene.sent.form(noun.first).endswith(_THEIR)
    if FAMILY_OF[scene.kind] is not Family.CONTROL or not whose:
        return actors, targets
    held = [a for a in actors if a.span.start >= span_of(scene.note, noun).end]
    return ([a for a in actors if a not in held], [*targets, *held]) if len(held) < len(actors) else (actors, targets)


_THEIR = ("ها", "هم", "هما")


def _by_a_crowd(scene: Scene, actors: list[Party], targets: list[Party]) -> Sides:
    """Unrest: the crowd does it, be it told as what it is made of or as whom others hit."""
    actors = [replace(a, name="protesters") if a.name == "civilians" else a for a in actors]
    if scene.kind == "protest":  # thousands of Sudanese are not their army
        actors = [a for a in actors if standing(a.name) != "state" and a.name != "unknown armed group"]
    else:  # whom a crowd fights did not riot
        forces = [a for a in actors if standing(a.name) == "state" or a.name in ("police", "military", "security forces")]
        actors, targets = [a for a in actors if a not in forces], [*targets, *forces]
    crowd = [t for t in targets if t.name == "protesters"]
    if crowd:  # "the killing of protesters" tells of their protest too
        return crowd, []
    return actors or [Party("protesters", span_of(scene.note, scene.acts[0]))], targets


def _by_a_state(scene: Scene, actors: list[Party], targets: list[Party]) -> Sides:
    """What forces do that is no attack: they move, hand over, search."""
    lemmas, family = {h.entry.info.lemma for h in scene.acts}, FAMILY_OF[scene.kind]
    if scene.kind == "handover" and lemmas & _RECEIVE:
        return targets, actors
    if family is Family.POSTURE and scene.kind not in ("handover", "suspension"):  # a force that moves moves nobody else's
        return actors or (targets if lemmas & scene.words["sends"] else []) or _speaking_forces(scene), []
    if family is Family.OPERATION:  # what the forces say was searched, seized or whom arrested, they did
        if scene.kind == "seizure":  # those whose bombs were found did not find them
            actors = [a for a in actors if not a.name.startswith("unknown")]
        return actors or _speaking_forces(scene), targets
    return actors, targets


def _speaking_forces(scene: Scene) -> list[Party]:
    """The forces of a state that speak in the sentence: what they say was searched, seized or whom arrested, they did."""
    spoke = [m for m in scene.all if m.side == "state" and m.first not in scene.at and not m.rules]
    return [p for m in spoke[:1] for p in m.parties]


_FIGHTS: dict[str, str] = coalitions()["fights"]
_FLY = frozenset(coalitions()["flies"])
_NEAR = 12  # tokens
_RECEIVE = grammar("roles", "receive")


def _known(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Without the unknown, where somebody is known."""
    return tuple(p for p in parties if not p.name.startswith("unknown")) or parties


def _stood_for(scene: Scene, first: int, last: int) -> list[Party]:
    """The target that a place stands for: a market means civilians, a barracks the army."""
    sent = scene.sent
    actors = (a for a in sent.layer("actor") if a.entry.value != "protesters")
    named = {k for a in actors for k in range(a.first, a.last)}  # al-Qaeda is no base
    hits = (h for h in sent.layer("stands_for", first, last) if h.first not in named)
    hit = next((h for h in hits if h.entry.value != "protesters" or sent.form(h.first - 1) in _ON), None)
    if hit is None:
        return []
    name = hit.entry.value if hit.entry.value in ("civilians", "protesters") else force_name(hit.entry.value, scene.home)
    return [Party(name, Span(*scene.note.folded.span(hit.start, hit.end)))]


_ON = grammar("roles", "on")


def _nationals(scene: Scene) -> list[Party]:
    """The civilians that people told by their nation alone are ("killed three Germans", 21 مصريا)."""
    for told in scene.tolls:
        group = told.group
        nation = next(iter(scene.sent.layer("demonym", group.first, group.last)), None)
        if nation is not None and set(group.by) <= {"unknown"} and not told.unsplit:
            return [Party("civilians", span_of(scene.note, nation))]
    return []


def _unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.name, party)
    return tuple(seen.values())
