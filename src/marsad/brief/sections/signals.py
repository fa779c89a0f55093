"""Signals in the record, what sources say of the trend, and the conditions they report."""

import math
import re
from collections.abc import Iterable

from marsad.brief import names
from marsad.brief.document import Block, Sentence
from marsad.brief.periods import period_words
from marsad.brief.writer import Writer
from marsad.panel import told
from marsad.records import Signal, Statement
from marsad.scales import Family
from marsad.watch.words import method

MOST = 12
THIN = 4
"""Thin signals told one by one; there is one for each pair of area and kind, and none of them says much."""
TRENDS = 8
UNPLACED = "unknown"
_DURATION = re.compile(r"P(\d+)([YMWD])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


def blocks(w: Writer) -> tuple[Block, ...]:
    """A block for each signal, then the trends and conditions that reports of the period tell of."""
    found = sorted((s for s in w.material.signals if not s.thin), key=lambda s: (s.p if s.p is not None else 1.0, s.id))
    made = [_signal(w, s) for s in found[:MOST]] or [
        Block(sentences=(w.say("no_signals" if w.material.signals else "no_signal_run", ()),))
    ]
    made += _thin(w)
    fresh = {r.id for r in w.material.fresh}
    said = [s for s in w.material.statements.values() if s.report in fresh]
    if found_trends := sorted((s for s in said if s.cls == "trend"), key=telling):
        points = merged(trend(w, s) for s in found_trends)
        rest = [key for p in points[TRENDS:] for key in p.evidence]
        more = (w.say("more_trends", rest, n=len(rest)),) if rest else ()
        made.append(Block(title=w.words.phrase("trend_head"), points=(*points[:TRENDS], *more)))
    if conditions := merged(indicator(w, s) for s in said if s.cls == "indicator"):
        made.append(Block(title=w.words.phrase("conditions_head"), points=conditions))
    return tuple(made)


def merged(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Sentences of one text as one, with the evidence of all."""
    found: dict[str, tuple[str, ...]] = {}
    for s in sentences:
        found[s.text] = tuple(dict.fromkeys((*found.get(s.text, ()), *s.evidence)))
    return tuple(Sentence(text, ids) for text, ids in found.items())


def unit_names(w: Writer, unit: str) -> tuple[str, str]:
    """(area, family or kind) of a series' unit ("IQ/Diyala attack") in the language of the brief."""
    area, what, deaths = told(unit)
    named = w.words.label("families", what) if what in set(Family) else w.kind(what)
    return area_name(w, area), f"{named}: {w.words.label('slots', 'killed')}" if deaths else named


def area_name(w: Writer, area: str) -> str:
    """What the area of a series is called; "unknown" is what no report places (watch/series.py)."""
    country, _, unit = area.partition("/")
    if UNPLACED not in (country, unit):
        return names.area(area, w.lang)
    return w.words.phrase("unplaced_in", place=names.country(country, w.lang)) if unit else w.words.phrase("no_place")


def _signal(w: Writer, s: Signal) -> Block:
    area, what = unit_names(w, s.unit)
    headline = getattr(s, f"headline_{w.lang}").rstrip(".")
    sentences = [
        w.say("signal_says", [s.id], headline=headline),
        w.say("signal_method", [s.id], observed=s.observed, expected=s.expected, p=None if s.p is None else _p(w, s.p)),
    ]
    if s.false_alarms_per_year is not None:
        worth = {
            "method": getattr(method(s.method), w.lang),
            "alarms": s.false_alarms_per_year,
            "smallest": s.smallest_change_seen,
        }
        sentences.append(w.say("signal_worth", [s.id], **worth))
    return Block(title=f"{area} · {what}", sentences=tuple(sentences), about=s.id, tags=(period_words(w, s.period), s.method))


def _thin(w: Writer) -> list[Block]:
    """Where the record is too thin for a method: told together, those that could have seen the smallest rise one by one."""
    found = sorted((s for s in w.material.signals if s.thin), key=lambda s: (s.smallest_change_seen or math.inf, s.id))
    if not found:
        return []
    seen = [s.smallest_change_seen for s in found if s.smallest_change_seen]
    low, high = (min(seen), max(seen)) if seen else (0.0, 0.0)
    head = w.say("thin_sum", [s.id for s in found], n=len(found), low=low, high=high)
    points = tuple(w.say("signal_says", [s.id], headline=getattr(s, f"headline_{w.lang}").rstrip(".")) for s in found[:THIN])
    return [Block(title=w.words.phrase("thin_head"), sentences=(head,), points=points)]


def _p(w: Writer, p: float) -> str:
    return "<0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def trend(w: Writer, s: Statement) -> Sentence:
    """What a source says of a rate."""
    return w.say(
        "trend", [s.id], who=w.source(s), what=w.kinds(s.kind),
        direction=s.direction, ratio=s.ratio, since=duration(w, s.unseen_for), place=w.words.join(w.places(s.places)),
    )  # fmt: skip


def telling(s: Statement) -> tuple[bool, bool, bool, bool]:
    """Order of trends: those with a number first, then with a span of time, a kind, a place."""
    return (s.ratio is None, not s.unseen_for, not s.kind, not s.places)


def duration(w: Writer, iso: str) -> str:
    """An ISO 8601 duration in words ("P2Y" -> two years), empty where it is none of one unit."""
    found = _DURATION.fullmatch(iso)
    return w.words.counted(int(found[1]), _UNITS[found[2]], "gen") if found else ""


def indicator(w: Writer, s: Statement) -> Sentence:
    """A condition with its number, if one is told."""
    number = ""
    if s.value is not None:
        number = w.words.number(s.value)
        bound = {"at_least": "at_least", "about": "about"}.get(s.bound or "")
        number = w.words.phrase(bound, value=number) if bound else number
    when = w.words.days(s.when.start, s.when.end) if s.when else ""
    return w.say("indicator", [s.id], name=names.actor(s.name, w.lang), told=number, who=w.source(s), when=when)
