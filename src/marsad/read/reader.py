"""The reader: a report in, its statements out. Pure: the same text, day and version give the same statements."""

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import Any, Literal, cast

from marsad.read import attribution, others
from marsad.read.amounts import held
from marsad.read.annotate import Annotated, Sentence, annotate
from marsad.read.capital import note_capital
from marsad.read.company import no_casualties
from marsad.read.confidence import Features, confidence, features
from marsad.read.context import complete
from marsad.read.days import dated
from marsad.read.draft import Draft
from marsad.read.events import drafts
from marsad.read.genre import figurative, in_earnest, of_a_conflict, private
from marsad.read.merge import merge
from marsad.read.pause import uncollected
from marsad.read.placehood import note_names
from marsad.read.refer import refer_back
from marsad.read.standins import resolve_generics
from marsad.read.told import Told, TollName
from marsad.read.totals import over_a_period
from marsad.read.where import home
from marsad.records import Party, Report, Span, Statement, Toll, When
from marsad.scales import Family, Realis

NAME = "lexical"
VERSION = "14"
_HEADLINE_TOKENS = 26
_Group = Literal["civilians", "security_forces", "militants", "unknown"]


class Reader:
    """Reads Arabic and English reports by the codebook's words."""

    version = f"{NAME}-{VERSION}"

    @uncollected()
    def read(self, report: Report) -> tuple[Statement, ...]:
        """What `report` says, in the order in which it first tells of each. Never raises; a text without events gives no statements."""
        note, country, told, began = self._told(report)
        gas = any(s.has_cue(("accident.gas",), 0, len(s.toks)) for s in note.sents)
        leads = _leads(note)
        sure = [(s, why) for s, why in told if not _doubtful(note, s, why, leads) and not (gas and _by_accident(s))]
        reasons = {id(s): why for s, why in sure}
        made = _without_covered([*(s for s, _ in sure), *others.statements(report, note, country, self.version)])
        made.sort(key=lambda s: (s.anchor.start, s.anchor.end))
        said = list(zip(made, attribution.attributed(note, made), strict=True))
        # a lead that a later sentence tells in full stays first
        said.sort(key=lambda s: began.get(s[0].anchor, s[0].anchor.start))
        return tuple(_whole(s, at, reasons.get(id(s)), who) for at, (s, who) in enumerate(said))

    @uncollected()
    def weighed(self, report: Report) -> list[tuple[Statement, Features]]:
        """The events of `report` with what their confidence rests on (read/confidence.py), not yet numbered."""
        return self._told(report)[2]

    def _told(self, report: Report) -> tuple[Annotated, str, list[tuple[Statement, Features]], dict[Span, int]]:
        note = annotate(report.text, report.lang, report.published)
        note_names(note)
        country = home(note)
        note_capital(note, country)
        resolve_generics(note, country)
        headline = _headlines(note)
        told = [s for s in note.sents if not _repeats(note, s, headline)]
        drill = any(s.has_cue(("drill.lead",), 0, len(s.toks)) for s in note.sents[:2])
        first = [d for s in told for d in drafts(note, s, country) if not (drill and _rehearsed(d))]
        if first and (genre := figurative(note)):
            first = [d for d in first if in_earnest(d, genre)]
        if first and private(note):
            first = [d for d in first if of_a_conflict(d)]
        no_casualties(told, first, note.lang)
        refer_back(note, first)
        found = merge(first, headline)
        complete(note, found, country)
        days = zip(found, dated(note, found), strict=True)
        made = [_event(report, note, draft, slot, real) for draft, (slot, real) in days]
        weighed = [(s, features(note, d, s, len(made))) for s, d in zip(made, found, strict=True)]
        began = {
            s.anchor: note.folded.span(d.began, d.began)[0] for s, d in zip(made, found, strict=True) if d.began is not None
        }
        return note, country, weighed, began


def _doubtful(note: Annotated, statement: Statement, why: Features, leads: list[tuple[int, int]]) -> bool:
    """Whether an attack said to have happened is likelier none, in a report with a day, so that it would be counted.

    The threshold is about half the F1 reached, which is where leaving an event out costs as much as keeping it (Lipton et al. 2014).
    """
    told = statement.realis is Realis.ACTUAL and statement.family is Family.ATTACK and note.published is not None
    if statement.weapons and (statement.places or "car_bomb" in {w.name for w in statement.weapons}):
        return False  # what was used, and where, is news however little else is told
    at = bisect_right(leads, (statement.anchor.start, len(note.text)))
    if len(note.sents) > 1 and at and statement.anchor.start < leads[at - 1][1]:
        return False  # the lead tells the news, as each of a list does
    return told and confidence(why, True) < _STATED_FROM


def _leads(note: Annotated) -> list[tuple[int, int]]:
    """Where in the text the sentences stand that tell the news first: the lead, and each of a list; in order."""
    told = (s for s in note.sents if s.at == 0 or s.item)
    return [(note.folded.span(0, s.toks[0].start)[1], note.folded.span(0, s.toks[-1].end)[1]) for s in told]


_STATED_FROM = 0.4


def _by_accident(statement: Statement) -> bool:
    """Whether what a report of leaking gas tells of is an explosion that nobody made."""
    nobody = all(a.name.startswith("unknown") for a in statement.actors) and not statement.claimed_by
    return statement.kind == "bombing" and nobody and not {w.name for w in statement.weapons} & {"car_bomb", "mine", "grenade"}


def _rehearsed(draft: Draft) -> bool:
    """Whether an attack that a report of an exercise tells, with no dead and no day of its own, is only played."""
    hurt = any(t.group.low for t in draft.tolls if t.name in ("killed", "injured"))
    return draft.family in (Family.ATTACK, Family.OPERATION, Family.CONTROL) and not hurt and draft.when is None


def _headlines(note: Annotated) -> int:
    """How many leading sentences are a headline: short, each on a line of its own, at most two, with more text after."""
    count = 0
    for here, after in zip(note.sents[:2], note.sents[1:3], strict=False):
        between = note.folded.text[here.toks[-1].end : after.toks[0].start]
        if "\n" not in between or len(here.toks) > _HEADLINE_TOKENS or here.toks[-1].form == "." or here.item:
            break
        count += 1
    return count


def _repeats(note: Annotated, sent: Sentence, headline: int) -> bool:
    """Whether a sentence of the body only ends in the headline again, as pages that link to themselves do."""
    if not headline or sent.at < headline:
        return False
    first = [t.form for t in note.sents[0].toks if t.kind != "mark"]
    here = [t.form for t in sent.toks if t.kind != "mark"]
    return len(first) >= 4 and here[-len(first) :] == first and len(here) <= len(first) + 8


def _without_covered(made: list[Statement]) -> list[Statement]:
    """Drop events whose first words stand inside a trend or an outlook: they tell of a rate, or of what is yet to come."""
    wide = sorted(s.anchor for s in made if s.cls in ("trend", "outlook"))
    rates = {s.anchor for s in made if s.cls == "trend"}
    longest = max((a.end - a.start for a in wide), default=0)

    def covered(event: Statement) -> bool:
        first = min(event.evidence["kind"])
        near = wide[bisect_left(wide, first.start - longest, key=_start) : bisect_right(wide, first.start, key=_start)]
        dated = event.realis in (Realis.ACTUAL, Realis.BACKGROUND) and event.when is not None and event.when.span is not None
        bare = event.count is None and not (event.killed or event.injured) and event.family is not Family.UNREST
        return bare and any(first.end <= a.end and (a in rates or not dated) for a in near)

    return [s for s in made if s.cls != "event" or not covered(s)]


def _start(span: Span) -> int:
    return span.start


def _event(report: Report, note: Annotated, draft: Draft, slot: When | None, real: Realis) -> Statement:
    actors = draft.actors or _unknown_actor(note, draft)
    evidence = {"kind": tuple(Span(*note.folded.span(h.start, h.end)) for h in draft.acts)}
    if draft.cue is not None:
        evidence["realis"] = (Span(*note.folded.span(draft.cue.start, draft.cue.end)),)
    tolls = {name: _toll(note, draft, name) for name in ("killed", "injured", "abducted", "arrested")}
    return Statement(
        id="", report=report.id, cls="event", kind=draft.kind, realis=real, anchor=_anchor(note, draft), when=slot,
        places=draft.places, actors=actors, targets=draft.targets, weapons=draft.weapons, count=draft.count or held(note, draft),
        aggregate=over_a_period(draft, slot), reader=Reader.version,
        killed=tolls["killed"], injured=tolls["injured"], abducted=tolls["abducted"], arrested=tolls["arrested"], evidence=evidence,
    )  # fmt: skip


_DONE_BY_SOMEBODY = frozenset(
    ("bombing", "suicide_bombing", "armed_attack", "assassination", "abduction", "shelling", "killing")
)


def _unknown_actor(note: Annotated, draft: Draft) -> tuple[Party, ...]:
    """An attack always has a doer; where none is told, "unknown armed group" stands on the attack's own words."""
    if draft.kind not in _DONE_BY_SOMEBODY:
        return ()
    return (Party("unknown armed group", Span(*note.folded.span(draft.acts[0].start, draft.acts[0].end))),)


def _anchor(note: Annotated, draft: Draft) -> Span:
    """From the first to the last word of its triggers and tolls, within the sentence."""
    mine = [t for t in draft.tolls if draft.sent.toks and t.last <= len(draft.sent.toks) and _of_sentence(draft, t)]
    first = min([h.first for h in draft.acts] + [t.first for t in mine])
    last = max([h.last for h in draft.acts] + [t.last for t in mine])
    toks = draft.sent.toks
    if draft.town is not None:  # so that each of several towns has words of its own
        last = max(
            last,
            max(
                (k + 1 for k, t in enumerate(toks) if note.folded.span(t.start, t.end)[1] <= draft.town.span.end), default=last
            ),
        )
    start = (
        min(*(h.start for h in draft.acts if h.first == first), toks[first].end)
        if any(h.first == first for h in draft.acts)
        else toks[first].start
    )
    return Span(*note.folded.span(start, toks[last - 1].end))


def _of_sentence(draft: Draft, told: Told) -> bool:
    return draft.first <= told.first and told.last <= draft.last and told.sent is draft.sent


def _toll(note: Annotated, draft: Draft, name: TollName) -> Toll | None:
    """The draft's toll of one name: its mentions summed."""
    told = [t for t in draft.tolls if t.name == name and not t.unsplit]
    if not told:
        return None
    by: dict[_Group, int] = {}
    for t in told:
        for group, n in (t.by or t.group.by).items():
            by[cast(_Group, group)] = by.get(cast(_Group, group), 0) + n
    best = None if any(t.group.best is None for t in told) else sum(t.group.best or 0 for t in told)
    high = None if any(t.group.high is None for t in told) else sum(t.group.high or 0 for t in told)
    toks = told[0].sent.toks
    span = Span(*note.folded.span(toks[told[0].first].start, toks[max(told[0].last, told[0].first + 1) - 1].end))
    return Toll(
        low=sum(t.group.low for t in told),
        best=best,
        high=high,
        by={k: v for k, v in by.items() if k != "unknown" or v},
        span=span,
    )


def _whole(statement: Statement, at: int, why: Features | None, who: dict[str, Any]) -> Statement:
    """The statement with who says so, its confidence, and its id: stable for one report, reader version and place in the report."""
    said = f"{statement.report}|{statement.reader}|{at}|{statement.cls}|{statement.kind}|{statement.anchor.start}|{statement.anchor.end}"
    sure = confidence(why, statement.realis is Realis.ACTUAL) if why is not None else statement.confidence
    return replace(statement, id=hashlib.sha256(said.encode()).hexdigest()[:24], confidence=sure, **who)
