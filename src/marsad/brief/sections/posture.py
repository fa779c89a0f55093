"""Posture changes, from the newest: who left, moved, paused, came, by country and date."""

from collections import Counter

from marsad.brief.document import Block
from marsad.brief.sections.incidents import differences, main, newest_first, tags, tellings
from marsad.brief.writer import Writer
from marsad.records import Incident
from marsad.scales import Family

MOST = 30


def changes(w: Writer) -> list[Incident]:
    """The posture changes of the period, from the newest."""
    return sorted((i for i in w.material.current if i.family is Family.POSTURE), key=newest_first)


def blocks(w: Writer) -> tuple[Block, ...]:
    """One block for each change."""
    found = changes(w)
    if not found:
        return (Block(sentences=(w.say("none_of", ()),)),)
    made = [block(w, i) for i in found[:MOST]]
    if rest := [i.id for i in found[MOST:]]:
        made.append(Block(sentences=(w.say("more_posture", rest, n=len(rest)),)))
    return tuple(made)


def block(w: Writer, incident: Incident) -> Block:
    """One change: who, what, where, and each telling."""
    forces = w.actors(incident.actors)
    kind = w.kind(incident.kind)
    return Block(
        title=f"{kind[:1].upper()}{kind[1:]} · {w.few(forces) if forces else w.where(incident)}",
        sentences=(main(w, incident), *differences(w, incident)),
        points=tellings(w, [w.material.statements[s] for s in incident.statements]), about=incident.id,
        tags=tags(w, incident),
    )  # fmt: skip


def summary(found: list[Incident]) -> list[tuple[str, int]]:
    """(kind, how many), the commonest first."""
    return sorted(Counter(i.kind for i in found).items(), key=lambda k: (-k[1], k[0]))
