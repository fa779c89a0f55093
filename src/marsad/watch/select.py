"""Which alarms are worth a reader's time: false discoveries controlled over areas and kinds, silence after an alarm, a budget."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marsad.records import Signal
from marsad.watch.method import Floats


@dataclass(frozen=True, slots=True)
class Choice:
    """kept: signals to show. left: (signal, why) of the others; nothing is dropped unsaid."""

    kept: tuple[Signal, ...]
    left: tuple[tuple[Signal, str], ...]


def q_values(p: Floats) -> Floats:
    """Benjamini and Hochberg (1995) q-values of each column (all units tested in one period): the least share of false discoveries at
    which a unit would be kept. NaN where not tested; untested units are no tests."""
    q = np.full(p.shape, np.nan)
    for column in range(p.shape[1]):
        known = np.flatnonzero(~np.isnan(p[:, column]))
        if len(known):
            order = known[np.argsort(p[known, column], kind="stable")]
            ranked = p[order, column] * len(order) / np.arange(1, len(order) + 1)
            q[order, column] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return q


def choose(
    signals: Sequence[Signal],
    *,
    fdr: float | None = None,
    budget: int | None = None,
    cooldown: int = 0,
    order: Sequence[str] = (),
) -> Choice:
    """Choose among `signals` (in order of period).

    fdr: keep those whose q (in params; p where a method has none) is at most this. cooldown: periods of silence per unit and method after
    one that is kept. budget: the most alarms in one period, least likely first. order: all period labels, to count the silence in.
    Notices of thin records pass.
    """
    place = {label: n for n, label in enumerate(order or sorted({s.period for s in signals}))}
    kept, left = [s for s in signals if s.thin], []
    quiet: dict[tuple[str, str], int] = {}
    periods: dict[str, list[Signal]] = defaultdict(list)
    for s in signals:
        if not s.thin:
            periods[s.period].append(s)
    for period in sorted(periods, key=lambda label: place[label]):
        passed: list[Signal] = []
        for s in sorted(periods[period], key=_weight):
            if fdr is not None and (q := _q(s)) > fdr:
                left.append((s, f"false discovery: q is {q:.2g}, above {fdr:g}"))
            elif place[period] <= quiet.get((s.unit, s.method), -1):
                left.append((s, f"cooldown: this unit alarmed within {cooldown} periods"))
            elif budget is not None and len(passed) >= budget:
                left.append((s, f"budget: {budget} alarms a period are less likely than this one"))
            else:
                passed.append(s)
                quiet[s.unit, s.method] = place[period] + cooldown
        kept += passed
    return Choice(tuple(sorted(kept, key=lambda s: (s.period, s.unit, s.method))), tuple(left))


def _q(s: Signal) -> float:
    q = s.params.get("q")
    return float(q) if isinstance(q, int | float) else (1.0 if s.p is None else s.p)


def _weight(s: Signal) -> tuple[float, float, str, str]:
    return _q(s), 1.0 if s.p is None else s.p, s.unit, s.method
