"""What changed: two to five sentences. Signals first, then the tempo, the gravest incident, posture, and what sources say."""

from marsad.brief.document import Block, Sentence
from marsad.brief.sections import posture
from marsad.brief.sections.incidents import day_label, tolls, weight
from marsad.brief.sections.signals import telling, trend
from marsad.brief.writer import TOLLS, Writer
from marsad.records import Incident, reckoned
from marsad.scales import Family

MOST = 5


def blocks(w: Writer) -> tuple[Block, ...]:
    """At most five sentences, each on its own."""
    found = [*_signals(w), *_tempo(w), *_gravest(w), *_posture(w), *_trends(w), *_most_told(w)]
    return (Block(points=tuple(found[:MOST] or [w.say("quiet", ())])),)


def _signals(w: Writer) -> list[Sentence]:
    strong = sorted((s for s in w.material.signals if not s.thin), key=lambda s: (s.p if s.p is not None else 1.0, s.id))
    return [w.say("signal_says", [s.id], headline=getattr(s, f"headline_{w.lang}").rstrip(".")) for s in strong[:2]]


def _tempo(w: Writer) -> list[Sentence]:
    found = [i for i in w.material.current if i.family is Family.ATTACK]
    noun = "attack"
    if not found:
        found, noun = [i for i in w.material.current if i.family is not Family.POSTURE], "incident"
    if not found:
        return []
    start, end = w.material.period
    areas = {(p.country, p.admin1) for i in found for p in i.places[:1] if p.admin1}
    before = [i for i in w.material.former if noun == "incident" or i.family is Family.ATTACK]
    covered = any(r.published and start - (end - start) <= r.published < start for r in w.material.reports.values())
    return [
        w.say(
            "tempo", [i.id for i in (*found, *(before if covered else ()))], n=len(found), noun=noun, areas=len(areas),
            period=w.words.phrase("period", days=w.words.days(start, end)), before=len(before) if covered else None,
            days=(end - start).days + 1,
        )
    ]  # fmt: skip


def _gravest(w: Writer) -> list[Sentence]:
    worst = _worst(w)
    if worst is None:
        return []
    ids = [s for s in worst.statements if any(getattr(w.material.statements[s], t) for t in TOLLS)]
    toll = w.words.join(tolls(w, worst)[:2])
    return [
        w.say("deadliest", [worst.id, *ids], what=w.kind(worst.kind), where=w.placed(worst), when=_when(w, worst), toll=toll)
    ]


def _worst(w: Writer) -> Incident | None:
    told = [i for i in w.material.current if reckoned(i.killed)]
    return max(told, key=lambda i: (reckoned(i.killed) or 0, i.voices, i.id), default=None)


def _posture(w: Writer) -> list[Sentence]:
    found = posture.changes(w)
    if not found:
        return []
    kinds = [w.words.phrase("kind_n", kind=w.kind(k), n=n) for k, n in posture.summary(found)]
    forces = w.actors(dict.fromkeys(a for i in found for a in i.actors))
    return [
        w.say(
            "posture_sum",
            [i.id for i in found],
            n=len(found),
            kinds=kinds,
            forces=forces[:5] if len(forces) > 6 else forces,
            more=len(forces) > 6,
        )
    ]


def _trends(w: Writer) -> list[Sentence]:
    fresh = {r.id for r in w.material.fresh}
    found = [s for s in w.material.statements.values() if s.cls == "trend" and s.report in fresh]
    return [trend(w, s) for s in sorted(found, key=telling)[:1]]


def _most_told(w: Writer) -> list[Sentence]:
    gravest = _worst(w)
    found = max((i for i in w.material.current if i is not gravest), key=lambda i: (i.voices, weight(i), i.id), default=None)
    if found is None or found.voices < 2:
        return []
    return [
        w.say("most_told", [found.id], what=w.kind(found.kind), where=w.placed(found), when=_when(w, found), n=found.voices)
    ]  # fmt: skip


def _when(w: Writer, incident: Incident) -> str:
    told = w.words.when(incident.when)
    return told[:1].lower() + told[1:] if incident.when else day_label(w, incident)
