"""Who did it, and to whom: actors and targets of an event (see scene.py for how a mention gets its side)."""

from collections.abc import Iterable
from dataclasses import replace

from marsad.read.annotate import Annotated, Sentence
from marsad.read.kinds import standing
from marsad.read.leftward import CIVIL
from marsad.read.lexicon import Hit
from marsad.read.load import coalitions, grammar
from marsad.read.mention import force_name, span_of
from marsad.read.rolewords import words
from marsad.read.scene import Scene
from marsad.read.told import Told
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
    scene.take_supporters()
    actors, targets = scene.parties()
    if FAMILY_OF[kind] in (Family.ATTACK, Family.CONTROL):  # what a government does by force its army does
        actors = [replace(a, name=_FIGHTS.get(a.name, a.name)) for a in actors]
    if kind == "air_strike" and "drone" not in {w.entry.value for w in sent.layer("weapon", *segment)}:
        groups = [a for a in actors if standing(a.name) == "irregular"]  # they fly nothing: what was told of them was hit
        actors, targets = [a for a in actors if a not in groups], [*targets, *groups]
    if kind == "suicide_bombing":
        actors = [a for a in actors if standing(a.name) != "state"]
    if not targets and kind != "clash" and FAMILY_OF[kind] is Family.ATTACK:
        targets = [p for p in scene.whose_is_hit() if p.name not in {a.name for a in actors}]
    if not targets and kind != "clash" and FAMILY_OF[kind] is Family.ATTACK:
        begin, end = min(a.first for a in acts), max(a.last for a in acts)
        targets = _stood_for(note, sent, max(segment[0], begin - _NEAR), min(segment[1] + 1, end + _NEAR), home)
    if kind in CIVIL:  # a crowd is told as what it is made of
        actors = [replace(a, name="protesters") if a.name == "civilians" else a for a in actors]
    if kind == "protest":  # thousands of Sudanese are not their army
        actors = [a for a in actors if standing(a.name) != "state"]
    if not actors and kind in CIVIL:
        actors = [Party("protesters", span_of(note, acts[0]))]
    crowd = [t for t in targets if t.name == "protesters"]
    if kind in CIVIL and crowd:  # "the killing of protesters" tells of their protest too
        actors, targets = crowd, []
    if kind == "handover" and any(h.entry.info.lemma in _RECEIVE for h in acts):
        actors, targets = targets, actors
    if FAMILY_OF[kind] is Family.POSTURE and kind not in ("handover", "suspension"):
        moved, targets = targets, []  # a force that moves moves nobody else's
        if not actors and any(h.entry.info.lemma in words(note.lang)["sends"] for h in acts):
            actors = moved  # whom their own side sent
    if kind == "killing" and all(h.entry.info.lemma in words(note.lang)["finds"] for h in acts):
        actors = []  # who found the bodies
    if FAMILY_OF[kind] is Family.OPERATION and not actors:
        actors = scene.speaking_forces()
    doers = {a.name for a in actors}
    return _known(_unique(actors)), _known(tuple(t for t in _unique(targets) if t.name not in doers))


_FIGHTS: dict[str, str] = coalitions()["fights"]
_NEAR = 12  # tokens
_RECEIVE = grammar("roles", "receive")


def _known(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Without the unknown, where somebody is known."""
    return tuple(p for p in parties if not p.name.startswith("unknown")) or parties


def _stood_for(note: Annotated, sent: Sentence, first: int, last: int, home: str) -> list[Party]:
    """The target that a place stands for: a market means civilians, a barracks the army."""
    named = {k for a in sent.layer("actor") for k in range(a.first, a.last)}  # al-Qaeda is no base
    hits = (h for h in sent.layer("stands_for", first, last) if h.first not in named)
    hit = next((h for h in hits if h.entry.value != "protesters" or sent.form(h.first - 1) in _ON), None)
    if hit is None:
        return []
    name = hit.entry.value if hit.entry.value in ("civilians", "protesters") else force_name(hit.entry.value, home)
    return [Party(name, Span(*note.folded.span(hit.start, hit.end)))]


_ON = grammar("roles", "on")


def _unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.name, party)
    return tuple(seen.values())
