"""What sources expect and how that has fared so far; what is announced or threatened; messages and advice."""

from marsad.brief.sections.signals import duration, merged
from marsad.brief.writer import Writer
from marsad.records import Block, Sentence, Statement
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
        "expects", [s.id], who=who, direction=s.direction, what=w.kinds(s.kind) if s.kind in FAMILY_OF else "",
        place=w.words.join(w.places(s.places)), horizon=duration(w, s.horizon), conditional=s.conditional,
    )  # fmt: skip


def _fared(w: Writer, s: Statement) -> list[Sentence]:
    """What came of it so far (score/ledger.py); nothing where it cannot be checked."""
    told = next((v for v in w.material.verdicts if v.statement == s.id and v.outcome != "not checkable"), None)
    if told is None:
        return []
    (before, days_before), (after, days_after) = told.before, told.after
    ids = [e for e in told.evidence if w.material.knows(e)]
    outcome = w.words.label("outcomes", told.outcome)
    return [
        w.say("fared", ids, before=before, days_before=days_before, after=after, days_after=days_after, outcome=outcome)
    ]  # fmt: skip


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
