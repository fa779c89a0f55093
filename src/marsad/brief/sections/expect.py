"""What sources expect and how that has fared so far; what is announced or threatened; messages and advice."""

from datetime import timedelta

from marsad.brief.sections.signals import duration, merged
from marsad.brief.writer import Writer
from marsad.records import Block, Incident, Sentence, Statement
from marsad.scales import FAMILY_OF, Realis

MOST = 10
AHEAD = (Realis.PLANNED, Realis.THREATENED, Realis.DENIED, Realis.HYPOTHETICAL)


def blocks(w: Writer) -> tuple[Block, ...]:
    """A block for each expectation with its words, then lists of the rest."""
    fresh = {r.id for r in w.material.fresh}
    said = [s for s in w.material.statements.values() if s.report in fresh]
    made = [Block(sentences=(_expects(w, s), *_fared(w, s)), about=s.id) for s in said if s.cls == "outlook"][:MOST]
    if plans := merged(_plan(w, s) for s in said if s.cls == "event" and s.realis in AHEAD):
        made.append(Block(title=w.words.phrase("plans_head"), points=plans[:MOST]))
    for cls, head, write in (("message", "messages_head", _message), ("advice", "advice_head", _advice)):
        listed = [Block(sentences=(write(w, s),), about=s.id) for s in said if s.cls == cls][:MOST]
        if listed:
            made += [Block(title=w.words.phrase(head), sentences=listed[0].sentences, about=listed[0].about), *listed[1:]]
    return tuple(made) or (Block(sentences=(w.say("nothing_expected", ()),)),)


def _expects(w: Writer, s: Statement) -> Sentence:
    who = w.party(s.expected_by, s) if s.expected_by else w.source(s)
    return w.say(
        "expects", [s.id], who=who, direction=s.direction, what=w.kind(s.kind) if s.kind in FAMILY_OF else "",
        place=w.words.join(w.places(s.places)), horizon=duration(w, s.horizon), conditional=s.conditional,
    )  # fmt: skip


def _fared(w: Writer, s: Statement) -> list[Sentence]:
    """Incidents of the kind in as many days before the report as have gone by since; nothing where that is not a week."""
    day = w.material.reports[s.report].published
    if day is None or s.kind not in FAMILY_OF or (w.material.as_of - day).days < 7:
        return []
    span = (w.material.as_of - day).days
    units = {(p.country, p.admin1) for p in s.places if p.country}
    alike = [i for i in w.material.incidents if i.kind == s.kind and i.when and not i.recalled and _in(i, units)]
    before = [i for i in alike if i.when and day - timedelta(days=span) <= i.when.start < day]
    after = [i for i in alike if i.when and day <= i.when.start <= w.material.as_of]
    ids = [s.id, *(i.id for i in (*before, *after))]
    return [w.say("fared", ids, before=len(before), after=len(after), days=span)]


def _in(incident: Incident, units: set[tuple[str, str]]) -> bool:
    return not units or any((p.country, p.admin1) in units or (p.country, "") in units for p in incident.places)


def _plan(w: Writer, s: Statement) -> Sentence:
    when = w.words.when(s.when) if s.when else ""
    return w.say(
        "plan", [s.id], realis=w.words.label("realis", s.realis), who=w.source(s), what=w.kind(s.kind),
        actors=w.actors(p.name for p in s.actors), place=w.words.join(w.places(s.places)),
        when=when[:1].lower() + when[1:] if w.lang == "en" else when,
    )  # fmt: skip


def _message(w: Writer, s: Statement) -> Sentence:
    actors = w.actors(p.name for p in s.actors) or [w.words.phrase("an_armed_group")]
    return w.say("message", [s.id], actors=actors, who=w.source(s))


def _advice(w: Writer, s: Statement) -> Sentence:
    actors = [w.party(p, s) for p in s.actors]
    return w.say("advice", [s.id], who=w.words.join(actors) or w.source(s))
