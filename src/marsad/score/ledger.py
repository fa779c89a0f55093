"""The ledger: every forecast scored once its outcome is known, and the sources' own expectations held against the record.

Nothing is scored by hand and nothing is left out: an entry is made for each forecast whose period is over and was covered by reports.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from scipy.stats import beta, binomtest

from marsad.periods import Calendar
from marsad.records import Forecast, Incident, Report, Series, Statement
from marsad.scales import Realis
from marsad.score.crps import crps, log_crps

WINDOW = timedelta(days=90)
"""How long before and after an expectation rates are compared, where it names no horizon of its own."""
LEAST = timedelta(days=28)
DOUBT = 0.1

Outcome = Literal["borne out", "not borne out", "undecided", "too early", "not checkable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A forecast and what came of it. chance: the probability it gave to a count at least as far out as the one observed (two-sided);
    some: the probability it gave to one or more. evidence: the incidents that were counted."""

    forecast: str
    unit: str
    method: str
    origin: str
    target: str
    expected: float
    observed: float
    crps: float
    log_crps: float
    chance: float
    some: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An expectation of a source held against the record. before, after: (incidents, days). ratio: rate after over rate before, with
    its 90% interval. evidence: the statement, then the incidents counted."""

    statement: str
    kind: str
    direction: str
    area: str
    said: date | None
    before: tuple[int, int]
    after: tuple[int, int]
    ratio: tuple[float, float, float] | None
    outcome: Outcome
    why: str
    evidence: tuple[str, ...]


def settle(forecasts: Iterable[Forecast], series: Sequence[Series]) -> list[Entry]:
    """Entries of all forecasts whose outcome stands in `series`, in order of target, unit and method."""
    known: dict[tuple[str, str, str], tuple[float, tuple[str, ...]]] = {}
    for s in series:
        for n, (period, value) in enumerate(s):
            if not np.isnan(value):
                known[s.unit, s.freq, period] = (value, s.evidence[n] if s.evidence else ())
    covered = {(s.freq, period) for s in series for period, value in s if not np.isnan(value)}
    units = {(s.unit, s.freq) for s in series}
    found = []
    for f in forecasts:
        outcome = known.get((f.unit, f.freq, f.target))
        if outcome is None and (f.unit, f.freq) not in units and (f.freq, f.target) in covered:
            outcome = (0.0, ())  # read, and nothing of this unit was told
        if outcome is not None and _made_before(f):
            found.append(_entry(f, *outcome))
    return sorted(found, key=lambda e: (e.target, e.unit, e.method))


def _made_before(f: Forecast) -> bool:
    """Whether the forecast's data cut lies before its target's end: one made afterwards is no forecast."""
    calendar = Calendar.of([f.target])
    return f.as_of <= calendar.last_day(calendar.number(f.target))


def _entry(f: Forecast, observed: float, evidence: tuple[str, ...]) -> Entry:
    values, weights = (np.array([a[i] for a in f.atoms]) for i in (0, 1))
    at = np.array(observed)
    low, high = float(weights[values <= observed].sum()), float(weights[values >= observed].sum())
    return Entry(
        forecast=f.id, unit=f.unit, method=f.method, origin=f.origin, target=f.target, expected=float(values @ weights),
        observed=observed, crps=float(crps(values, weights, at)), log_crps=float(log_crps(values, weights, at)),
        chance=min(1.0, 2 * min(low, high)), some=float(weights[values >= 1].sum()), evidence=evidence,
    )  # fmt: skip


def check_outlooks(
    statements: Iterable[Statement], reports: Iterable[Report], incidents: Sequence[Incident], *, as_of: date
) -> list[Verdict]:
    """Verdicts on the outlook statements among `statements`: the rate of what was expected, before and after it was said."""
    published = {r.id: r.published for r in reports}
    first = min((d for d in published.values() if d is not None), default=as_of)
    return [_verdict(s, published.get(s.report), incidents, first, as_of) for s in statements if s.cls == "outlook"]


def _verdict(s: Statement, said: date | None, incidents: Sequence[Incident], first: date, as_of: date) -> Verdict:
    lead = s.places[0] if s.places else None
    area = f"{lead.country}/{lead.admin1}".rstrip("/") if lead and lead.country else ""
    why = _not_checkable(s, said)
    if why or said is None:
        return _made(s, area, said, (0, 0), (0, 0), None, "not checkable", why, ())
    start, end = max(first, said - WINDOW), min(as_of, said + WINDOW)
    like = [i for i in incidents if _like(i, s, area)]
    before = [i for i in like if i.when and start <= i.when.start < said]
    after = [i for i in like if i.when and said <= i.when.start <= end]
    days = (said - start).days, (end - said).days + 1
    counts = (len(before), days[0]), (len(after), days[1])
    evidence = tuple(i.id for i in (*before, *after))
    if end - said < LEAST:
        return _made(s, area, said, *counts, None, "too early", f"only {days[1]} days are over", evidence)
    if days[0] < LEAST.days or not like:
        return _made(s, area, said, *counts, None, "undecided", "the record before or after it holds too little", evidence)
    return _made(s, area, said, *counts, _ratio(*counts), *_judged(s.direction, *counts), evidence)


def _not_checkable(s: Statement, said: date | None) -> str:
    if said is None:
        return "the report has no date"
    if not s.kind or s.direction not in ("up", "down"):
        return "it names no kind of event, or no direction"
    if s.conditional or s.realis is Realis.HYPOTHETICAL:
        return "it depends on a condition"
    return ""


def _like(i: Incident, s: Statement, area: str) -> bool:
    if i.kind != s.kind or i.recalled or i.aggregate or i.when is None:
        return False
    places = {f"{p.country}/{p.admin1}".rstrip("/") for p in i.places} | {p.country for p in i.places}
    return not area or area in places


def _ratio(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float, float]:
    """Ratio of two Poisson rates: given their sum, the later count is binomial (Clopper and Pearson's interval of its share)."""
    x, n = after[0], before[0] + after[0]
    days = before[1] / after[1]
    low = float(beta.ppf(0.05, x, n - x + 1)) if x else 0.0
    high = float(beta.ppf(0.95, x + 1, n - x)) if x < n else 1.0
    scale = [s / (1 - s) * days if s < 1 else float("inf") for s in (low, x / n if n else 0.5, high)]
    return scale[0], scale[1], scale[2]


def _judged(direction: str, before: tuple[int, int], after: tuple[int, int]) -> tuple[Outcome, str]:
    share = after[1] / (before[1] + after[1])
    n = before[0] + after[0]
    up, down = (float(binomtest(after[0], n, share, alternative=side).pvalue) for side in ("greater", "less"))
    meant, other = (up, down) if direction == "up" else (down, up)
    told = f"{before[0]} in {before[1]} days before, {after[0]} in {after[1]} days after (one-sided p {meant:.2g})"
    if meant <= DOUBT:
        return "borne out", told
    return ("not borne out" if other <= DOUBT else "undecided"), told


def _made(
    s: Statement, area: str, said: date | None, before: tuple[int, int], after: tuple[int, int],
    ratio: tuple[float, float, float] | None, outcome: Outcome, why: str, evidence: tuple[str, ...],
) -> Verdict:  # fmt: skip
    return Verdict(
        statement=s.id, kind=s.kind, direction=s.direction, area=area, said=said, before=before, after=after, ratio=ratio,
        outcome=outcome, why=why, evidence=(s.id, *evidence),
    )  # fmt: skip
