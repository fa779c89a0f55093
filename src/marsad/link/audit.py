"""How right the record is, measured by the people who reviewed it.

Precision is the share of reviewed incidents that a person let stand (confirmed, or corrected in some slot) among all they judged; a
merge or a split counts as a fault of linking, since the incident was not one thing. With its 95% interval (Wilson 1927), for reviews
are few. Which incidents were reviewed is the reviewers' choice, so it speaks of those; `sample` draws some without a choice.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from marsad.records import Incident
from marsad.verdicts import Review, standing

Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """good of total, with its 95% interval."""

    good: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval; (0, 1) of nothing."""
        if not self.total:
            return 0.0, 1.0
        p, n = self.good / self.total, self.total
        middle, spread = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + Z * Z / n)), min(1.0, (middle + spread) / (1 + Z * Z / n))


@dataclass(frozen=True, slots=True)
class Audit:
    """verdicts: last verdict -> incidents. whole: incidents that stand. by_kind: the same by kind. slots: incidents that stand whose
    slot was left as it was."""

    verdicts: dict[str, int]
    whole: Share
    by_kind: dict[str, Share]
    slots: dict[str, Share]


def audit(reviews: Iterable[Review], incidents: Iterable[Incident]) -> Audit:
    """The precision report. incidents: those reviewed, rejected ones too; a review of an incident that is gone still counts."""
    last: dict[str, Review] = {}
    changed: dict[str, set[str]] = defaultdict(set)
    for r in standing(reviews):
        if r.verdict == "confirm" and r.incident in last and last[r.incident].verdict in ("merge", "split"):
            continue  # what was one of two and is confirmed after they were joined was still joined by hand
        last[r.incident] = r
        if r.verdict == "correct":
            changed[r.incident] |= {_slot(s) for s in r.values}
    kind = {i.id: i.kind for i in incidents}
    stands = {i for i, r in last.items() if r.verdict in ("confirm", "correct")}
    kinds = sorted({kind[i] for i in last if i in kind})
    return Audit(
        dict(Counter(r.verdict for r in last.values())),
        Share(len(stands), len(last)),
        {k: Share(sum(i in stands for i in last if kind.get(i) == k), sum(kind.get(i) == k for i in last)) for k in kinds},
        {s: Share(len(stands) - sum(s in changed[i] for i in stands), len(stands)) for s in ("kind", "date", "place", "actors", "targets", "killed", "injured")},
    )  # fmt: skip


def _slot(column: str) -> str:
    head = column.partition("_")[0]
    return "place" if head in ("place", "country", "admin1", "lat", "lon", "where") else head


def sample(incidents: Sequence[Incident], reviewed: Iterable[str], *, size: int, seed: int) -> list[Incident]:
    """`size` incidents that nobody has reviewed, drawn at random by `seed`, so that precision can be said of all of them."""
    done = set(reviewed)
    left = sorted((i for i in incidents if i.id not in done), key=lambda i: i.id)
    return random.Random(seed).sample(left, min(size, len(left)))
