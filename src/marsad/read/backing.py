"""Those who support a doer do it with him ("the army, backed by tribal fighters")."""

from marsad.read.leftward import AGENT, BOTH
from marsad.read.scene import Scene

_APPOSED, _BACKERS = 3, 16  # tokens between a doer and "backed by", and from there to the last who back him


def take_backers(scene: Scene) -> None:
    """Give those told right behind a doer to back him his side, in place."""
    sent, support = scene.sent, scene.words["support"]
    for doer in [m for side, m in scene.sides.values() if side in (AGENT, BOTH) and m.side != "civil"]:
        at = next((k for k in range(doer.last, doer.last + _APPOSED) if sent.form(k) in support), None)
        if at is None or any(sent.starts(k, "trigger") for k in range(doer.last, at)):
            continue
        stop = next((k for k in range(at, at + _BACKERS) if sent.form(k) in "،,.؛"), at + _BACKERS)
        for other in scene.all:
            if at < other.first < stop and other.side != "civil" and not scene.verb_among(range(at + 1, other.first)):
                scene.take(other, AGENT)
