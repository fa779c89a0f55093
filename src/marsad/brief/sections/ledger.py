"""What we got wrong last time: forecasts that have come due, against what the record now holds (score/ledger.py)."""

from marsad.brief.periods import days_of, period_words
from marsad.brief.sections.outlook import middle, speaking
from marsad.brief.sections.signals import unit_names
from marsad.brief.writer import Writer
from marsad.records import Block, Forecast, Sentence
from marsad.score import Entry

MOST = 6
TAIL = 0.2
"""Two-sided: an outcome as far out as this had less than one chance in ten on its side; the middle 80% did not hold it."""


def blocks(w: Writer) -> tuple[Block, ...]:
    """How many held, and each that did not, the least likely outcome first."""
    made = {f.id: f for f in speaking(w.material.forecasts)}
    due = [(made[e.forecast], e) for e in w.material.ledger if e.forecast in made and _of_period(w, e)]
    if not due:
        return (Block(sentences=(w.say("ledger_none", ()),)),)
    missed = sorted(((f, e) for f, e in due if e.chance < TAIL), key=lambda d: (d[1].chance, d[0].id))
    head = w.say("ledger_sum", [f.id for f, _ in due], n=len(due), inside=len(due) - len(missed))
    return (Block(sentences=(head,), points=tuple(_told(w, f, e) for f, e in missed[:MOST])),)


def _of_period(w: Writer, e: Entry) -> bool:
    return w.material.period[0] <= days_of(e.target)[1] <= w.material.as_of


def _told(w: Writer, f: Forecast, e: Entry) -> Sentence:
    area, family = unit_names(w, f.unit)
    low, high = middle(f)
    return w.say(
        "ledger_miss", [f.id, *e.evidence], area=area, family=family.lower(), period=period_words(w, f.target), low=low, high=high,
        seen=e.observed,
    )  # fmt: skip
