"""Several tellings of one slot -> one value, and where they disagree. Every report's own value stays on its statement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marsad.link.clues import Clue
from marsad.link.compare import compare
from marsad.records import Difference, Party, Statement, Toll, When
from marsad.scales import DateBasis

TOLLS = ("killed", "injured", "abducted", "arrested")

# The most specific means first (codebook, section 2).
_SPECIFIC = (
    "suicide_bombing", "assassination", "abduction", "bombing", "shelling", "air_strike", "arson", "clash", "armed_attack",
    "killing", "seizure", "arrest", "raid", "withdrawal", "reduction", "redeployment", "riot", "protest",
)  # fmt: skip
_BASIS = (DateBasis.TEXT, DateBasis.RELATIVE, DateBasis.PUBLISHED, DateBasis.BY)


@dataclass(frozen=True, slots=True)
class Telling:
    """A clue with the voice that tells it. Tellings of one incident stand in order of publication."""

    clue: Clue
    voice: str

    @property
    def said(self) -> Statement:
        """The statement itself."""
        return self.clue.said


def kind(told: Sequence[Telling]) -> str:
    """The most specific kind told."""
    names = {t.said.kind for t in told}
    return next((k for k in _SPECIFIC if k in names), min(names))


def when(told: Sequence[Telling]) -> When | None:
    """The days told most exactly; among equals by the firmer basis, then by more voices, then the earlier."""
    given = [t.said.when for t in told if t.said.when is not None]
    voices: dict[tuple[object, object], set[str]] = defaultdict(set)
    for t in told:
        if t.said.when is not None:
            voices[t.said.when.start, t.said.when.end].add(t.voice)
    order = {id(w): n for n, w in enumerate(given)}
    return min(
        given,
        key=lambda w: (w.precision, _BASIS.index(w.basis), -len(voices[w.start, w.end]), w.start, w.end, order[id(w)]),
        default=None,
    )


def toll(told: Sequence[Telling], slot: str) -> Toll | None:
    """low: the lowest told. high: the highest told. best: what most voices tell; among equals what was published last.

    A number told only as a least ("at least 5") bounds `low`, and is a best where its report gives one. Empty if none tells.
    """
    given = [(t, v) for t in told if (v := getattr(t.said, slot)) is not None]
    every = [n for _, v in given for n in (v.low, v.best, v.high) if n is not None]
    if not every:
        return None
    voices: dict[int, set[str]] = defaultdict(set)
    last: dict[int, int] = {}
    for n, (t, v) in enumerate(given):
        if v.best is not None:
            voices[v.best].add(t.voice)
            last[v.best] = n
    best = max(voices, key=lambda n: (len(voices[n]), last[n]), default=None)
    closed = [n for _, v in given for n in (v.best, v.high) if n is not None]
    fullest = max((v for _, v in given if best is None or v.best == best), key=lambda v: (len(v.by), sum(v.by.values())))
    open_ended = any(v.best is not None and v.high is None and v.best == max(every) for _, v in given)
    return Toll(low=min(every), best=best, high=None if open_ended or not closed else max(every), by=dict(fullest.by))


def count(told: Sequence[Telling]) -> tuple[tuple[int, int] | None, str]:
    """((lowest, highest), unit) told in the unit that most statements use; rounds and troops before plain "attacks"."""
    given = [t.said.count for t in told if t.said.count is not None]
    if not given:
        return None, ""
    units = Counter(c.unit for c in given)
    unit = min(units, key=lambda u: (u in {"attacks", ""}, -units[u], u))
    values = [c.value for c in given if c.unit == unit]
    return (min(values), max(values)), unit


def confidence(told: Sequence[Telling]) -> float | None:
    """The highest that a reader gives one of them; None where none gives any.

    P(A or B) >= max(P(A), P(B)) whatever the errors have in common, so it is a lower bound of the probability that one telling at least
    is read right. It is not multiplied up: a reader errs alike on texts that are alike, and a repost, read twice, adds nothing.
    """
    return max((t.said.confidence for t in told if t.said.confidence is not None), default=None)


def names(parties: Iterable[Party], unknown: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Each name once, in order of first telling; one that says "unknown" only where no other stands."""
    every = tuple(dict.fromkeys(p.name for p in parties))
    return tuple(n for n in every if n not in unknown) or every


def differences(told: Sequence[Telling]) -> tuple[Difference, ...]:
    """Each slot on which tellings disagree, with the statements per value. More detail is no disagreement."""
    found = [_kinds(told), _days(told), _places(told), _named(told, "actors"), _named(told, "targets"), *_counts(told)]
    found += [_tolls(told, slot) for slot in TOLLS]
    return tuple(d for d in found if d is not None)


def _difference(slot: str, values: Iterable[tuple[str, str]]) -> Difference | None:
    by_value: dict[str, list[str]] = defaultdict(list)
    for value, statement in values:
        by_value[value].append(statement)
    return Difference(slot, tuple((v, tuple(ids)) for v, ids in by_value.items())) if len(by_value) > 1 else None


def _kinds(told: Sequence[Telling]) -> Difference | None:
    return _difference("kind", ((t.said.kind, t.said.id) for t in told))


def _days(told: Sequence[Telling]) -> Difference | None:
    dated = [t for t in told if t.said.when is not None]
    spans = [(w.start, w.end) for t in dated if (w := t.said.when) is not None]
    if not spans or max(s for s, _ in spans) <= min(e for _, e in spans):
        return None
    shown = (w.start.isoformat() if w.start == w.end else f"{w.start.isoformat()}/{w.end.isoformat()}"
             for t in dated if (w := t.said.when) is not None)  # fmt: skip
    return _difference("days", zip(shown, (t.said.id for t in dated), strict=True))


def _places(told: Sequence[Telling]) -> Difference | None:
    placed = [t for t in told if t.clue.spots]
    differ = any(
        "named differently" in part.reason
        for n, a in enumerate(placed)
        for b in placed[n + 1 :]
        if a.clue.spots[0].key != b.clue.spots[0].key  # most name one place: nothing to compare
        for part in compare(a.clue, b.clue).parts
        if part.slot == "place"
    )
    lead = ((t.said.places[0].name_en or t.said.places[0].name, t.said.id) for t in placed)
    return _difference("place", lead) if differ else None


def _named(told: Sequence[Telling], slot: str) -> Difference | None:
    sets = [(frozenset(p.name for p in getattr(t.said, slot)) - {"unknown armed group"}, t.said.id) for t in told]
    given = [(s, i) for s, i in sets if s]
    if all(a <= b or b <= a for a, _ in given for b, _ in given):
        return None
    return _difference(slot, (("; ".join(sorted(s)), i) for s, i in given))


def _counts(told: Sequence[Telling]) -> list[Difference | None]:
    units = sorted({t.said.count.unit for t in told if t.said.count is not None})
    return [
        _difference("count" if len(units) == 1 else f"count of {unit or 'incidents'}", (
            (_bounded(c.value, c.bound), t.said.id) for t in told if (c := t.said.count) is not None and c.unit == unit
        ))
        for unit in units
    ]  # fmt: skip


def _bounded(value: int, bound: str) -> str:
    return {"at_least": f"{value}+", "about": f"~{value}"}.get(bound, str(value))


def _tolls(told: Sequence[Telling], slot: str) -> Difference | None:
    return _difference(slot, ((shown(v), t.said.id) for t in told if (v := getattr(t.said, slot)) is not None))


def shown(value: Toll) -> str:
    """A toll as short text: "3", "5+" (at least), "2–4"."""
    low, high = value.low if value.low is not None else value.best, value.high
    if low is None:
        return str(high) if high is not None else ""
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}–{high}"
