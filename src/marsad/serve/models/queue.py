"""What to review next: incidents in order of what a look at them is worth.

The value of a look is how likely it is that a person would change something, times how much the incident weighs. The chance is a
noisy-or (Pearl 1988) over what is known to go wrong: 1 - (1 - f1)(1 - f2)... with the shares in FAULTS. They are judgements, not
measurements, so the number is a rank and is never shown as a probability; the reasons are.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from marsad.brief.writer import UNKNOWN, Writer
from marsad.records import Incident, Statement, reckoned
from marsad.scales import Family
from marsad.serve.models import told
from marsad.verdicts import Review

Data = dict[str, Any]
FAULTS = {
    "disputed": 0.35, "new_reports": 0.35, "single": 0.2, "unresolved": 0.3, "no_place": 0.2, "no_day": 0.2, "unknown_actor": 0.1,
    "recalled": 0.1, "unsure": 0.3,
}  # fmt: skip
UNSURE = 0.6
"""A calibrated confidence below this is a reason to look."""


def reasons(i: Incident, said: Iterable[Statement] = (), last: Review | None = None) -> list[str]:
    """What makes a look at `i` worth while, as keys of FAULTS. last: the newest review of it."""
    lead = told.placed(i.places[0] if i.places else None)
    confidence = [s.confidence for s in said if s.confidence is not None]
    found = {
        "new_reports": last is not None and last.verdict != "split" and not _covers(last, i), "disputed": bool(i.differences),
        "single": i.voices == 1, "unresolved": lead == "unresolved", "no_place": lead == "untold", "no_day": i.when is None,
        "unknown_actor": i.family is Family.ATTACK and not set(i.actors) - UNKNOWN, "recalled": i.recalled,
        "unsure": bool(confidence) and max(confidence) < UNSURE,
    }  # fmt: skip
    return [key for key in FAULTS if found.get(key)]


def worth(i: Incident, why: Iterable[str]) -> float:
    """The value of a look: chance of a change times weight (log of persons harmed, and of sources that tell of it)."""
    doubt = 1 - math.prod(1 - FAULTS[key] for key in why)
    harmed = 3 * (reckoned(i.killed) or 0) + (reckoned(i.injured) or 0) + 2 * (reckoned(i.abducted) or 0)
    return doubt * (1 + math.log1p(harmed) + 0.5 * math.log1p(len(i.statements)))


def waiting(i: Incident, last: Review | None) -> bool:
    """Whether `i` waits for a person: never reviewed, told of by reports that came after its last review, or what a split left."""
    return i.review != "rejected" and (last is None or not _covers(last, i))


def _covers(last: Review, i: Incident) -> bool:
    """Whether a review saw all that `i` rests on now."""
    return set(i.statements) <= {*last.statements, *last.others}


def queue(w: Writer, incidents: Iterable[Incident], reviews: Mapping[str, Review], *, most: int = 50) -> list[Data]:
    """The `most` incidents whose review is worth most. reviews: the newest of each incident."""
    found = []
    for i in incidents:
        last = reviews.get(i.id)
        if waiting(i, last):
            why = reasons(i, (), last)
            found.append((worth(i, why), i, why))
    found.sort(key=lambda f: (-f[0], f[1].id))
    return [{**told.row(w, i), "reasons": why, "worth": round(value, 3)} for value, i, why in found[:most]]
