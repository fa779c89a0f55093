"""What we got wrong last time: forecasts that have come due, against what the record now holds."""

from marsad.brief.periods import days_of, period_words
from marsad.brief.sections.outlook import BASELINES, middle
from marsad.brief.sections.signals import unit_names
from marsad.brief.writer import Writer
from marsad.records import Block, Forecast, Incident, Sentence

MOST = 6


def blocks(w: Writer) -> tuple[Block, ...]:
    """How many held, and each that did not, the widest miss first."""
    due = [f for f in w.material.forecasts if f.method not in BASELINES and _due(w, f)]
    if not due:
        return (Block(sentences=(w.say("ledger_none", ()),)),)
    checked = [(f, _seen(w, f), middle(f)) for f in sorted(due, key=lambda f: (f.target, f.unit, f.origin))]
    missed = sorted((c for c in checked if not c[2][0] <= len(c[1]) <= c[2][1]), key=lambda c: (-_miss(c), c[0].id))
    head = w.say("ledger_sum", [f.id for f in due], n=len(due), inside=len(due) - len(missed))
    return (Block(sentences=(head,), points=tuple(_told(w, *c) for c in missed[:MOST])),)


def _due(w: Writer, f: Forecast) -> bool:
    start, end = days_of(f.target)
    return w.material.period[0] <= end <= w.material.as_of and start > days_of(f.origin)[1]


def _seen(w: Writer, f: Forecast) -> list[Incident]:
    area, _, what = f.unit.rpartition(" ")
    country, _, unit = area.partition("/")
    start, end = days_of(f.target)
    return [
        i for i in w.material.incidents
        if not i.recalled and i.when and start <= i.when.start <= end and what in (i.family, i.kind)
        and any(p.country == country and p.admin1 == unit for p in i.places[:1])
    ]  # fmt: skip


def _miss(checked: tuple[Forecast, list[Incident], tuple[float, float]]) -> float:
    _, seen, (low, high) = checked
    return max(low - len(seen), len(seen) - high)


def _told(w: Writer, f: Forecast, seen: list[Incident], middle_: tuple[float, float]) -> Sentence:
    area, family = unit_names(w, f.unit)
    ids = [f.id, *(i.id for i in seen)]
    low, high = middle_
    period = period_words(w, f.target)
    return w.say("ledger_miss", ids, area=area, family=family.lower(), period=period, low=low, high=high, seen=len(seen))
