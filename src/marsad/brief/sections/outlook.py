"""Marsad's own forecasts, as odds in words and numbers."""

import itertools
from collections.abc import Sequence

from marsad.brief.document import Block, Sentence
from marsad.brief.periods import days_of, period_words
from marsad.brief.sections.signals import UNPLACED, unit_names
from marsad.brief.writer import Writer
from marsad.panel import told
from marsad.records import Forecast
from marsad.scales import likelihood

BASELINES = ("last12", "last_value", "zero")
"""Models that stand beside the one that speaks; the first of them speaks where there is no other."""
MOST, FLOOR = 14, 0.05
"""Pairs of area and family told one by one, and the odds from which one is."""


def ahead(w: Writer) -> list[Forecast]:
    """The forecasts that speak for the future: made from the newest origin, the nearest period of each unit."""
    future = [f for f in speaking(w.material.forecasts) if days_of(f.target)[1] > w.material.as_of]
    origin = max((days_of(f.origin)[1] for f in future), default=None)
    nearest: dict[str, Forecast] = {}
    for f in sorted(future, key=lambda f: (days_of(f.target), f.id)):
        area, _, deaths = told(f.unit)  # the sentences below tell of incidents
        if days_of(f.origin)[1] == origin and area != UNPLACED and not deaths:
            nearest.setdefault(f.unit, f)
    return sorted(nearest.values(), key=lambda f: (-some(f), f.unit))


def speaking(forecasts: Sequence[Forecast]) -> list[Forecast]:
    """One forecast for each unit, origin and target: that of the model, not of what stands beside it. Zero and last value never
    speak."""
    best: dict[tuple[str, str, str], Forecast] = {}
    for f in sorted(forecasts, key=lambda f: (f.method in BASELINES, f.as_of.toordinal() * -1, f.method, f.id)):
        if f.method not in BASELINES[1:]:
            best.setdefault((f.unit, f.origin, f.target), f)
    return list(best.values())


def some(f: Forecast) -> float:
    """The probability of at least one."""
    return min(1.0, max(0.0, sum(weight for value, weight in f.atoms if value >= 1)))


def middle(f: Forecast, share: float = 0.8) -> tuple[float, float]:
    """The values between which the middle `share` of the distribution lies (its quantiles)."""
    atoms = sorted(f.atoms)
    totals = list(itertools.accumulate(weight for _, weight in atoms))
    low, high = (next((k for k, t in enumerate(totals) if t >= cut - 1e-9), -1) for cut in ((1 - share) / 2, (1 + share) / 2))
    return atoms[low][0], atoms[high][0]


def blocks(w: Writer) -> tuple[Block, ...]:
    """Odds of at least one event, then how many; areas with small odds are told together."""
    found = ahead(w)
    if not found:
        return (Block(sentences=(w.say("no_outlook", ()),)),)
    told = [f for f in found if some(f) >= FLOOR][:MOST]
    made = [Block(points=tuple(_odds(w, f) for f in told), about="odds")] if told else []
    if wide := [f for f in told if middle(f)[1] > 1]:
        made.append(Block(title=w.words.phrase("range_head"), points=tuple(_range(w, f) for f in wide), about="range"))
    return (*made, *_rest(w, found, told))


def _odds(w: Writer, f: Forecast) -> Sentence:
    area, family = unit_names(w, f.unit)
    band = likelihood(some(f))
    word = band.ar if w.lang == "ar" else band.en
    return w.say(
        "odds", [f.id], area=area, family=family.lower(), period=period_words(w, f.target), word=word, percent=w.words.percent(some(f))
    )  # fmt: skip


def _range(w: Writer, f: Forecast) -> Sentence:
    area, family = unit_names(w, f.unit)
    low, high = middle(f)
    return w.say("range80", [f.id], area=area, family=family.lower(), period=period_words(w, f.target), low=low, high=high)


def _rest(w: Writer, found: Sequence[Forecast], told: Sequence[Forecast]) -> list[Block]:
    rest = [f for f in found if f not in told]
    if not rest:
        return []
    highest = max(some(f) for f in rest)
    percent = w.words.percent(max(FLOOR, (int(highest * 100) + 1) / 100))
    period = period_words(w, rest[0].target)
    return [Block(sentences=(w.say("outlook_rest", [f.id for f in rest], n=len(rest), period=period, percent=percent),))]
