"""The Admiralty grade of an incident: the letter of its best source, and the digit of the information (NATO AJP-2.1).

The two are never multiplied or averaged: a reliable source may be wrong, and an unreliable one right. The letter is the user's own
judgement of a source (codebooks/sources.tsv, or the `grade` that a report came in with); the digit follows from the record.
"""

from collections.abc import Iterable

from marsad.records import Difference, Incident, Report

_CORE = frozenset(("kind", "days", "place", "actors"))


def grade(incident: Incident, reports: Iterable[Report], contradictions: Iterable[Difference] = ()) -> tuple[str, int]:
    """(letter, digit) of `incident`, which rests on `reports`.

    1 where a person confirmed it, or two voices or more agree on what, when, where and who; 2 where two voices or more tell of it
    and disagree on one of these, or one voice of grade A or B tells it; 3 one voice of grade C; 4 one of D or E; 6 one whose
    reliability cannot be judged; 5 where a person rejected it.
    """
    letter = min((r.grade for r in reports if r.grade), default="F")
    if incident.review == "rejected":
        return letter, 5
    if incident.review in ("confirmed", "corrected"):
        return letter, 1
    if incident.voices >= 2:
        return letter, 2 if any(d.slot in _CORE for d in contradictions) else 1
    return letter, {"A": 2, "B": 2, "C": 3, "D": 4, "E": 4}.get(letter, 6)
