"""How likely is it that a careful coder would agree with an event? A logistic regression over how the event is told.

The features are plain facts of a statement: what tells it (verb, noun, only a toll), which slots its words fill, how
far down in its report, and of how many events that one tells. Their weights stand in codebooks/confidence.tsv, fitted
on gold by `tools/fit_confidence.py`, which prints how well the folds that were left out are calibrated (docs/reading.md).
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log

from marsad.read.annotate import Annotated
from marsad.read.draft import Draft
from marsad.records import Statement
from marsad.scales import DateBasis, Realis

Features = Mapping[str, float]
_DEEP = 20  # sentences; further down all tell of the same things
_SHORT = ("actor", "dated", "no_act", "toll", "town")


def features(note: Annotated, draft: Draft, made: Statement, events: int) -> Features:
    """What is known of an event, by name; each 0 to about 5. events: how many the report tells."""
    acts = [h.entry.info for h in draft.acts if h.entry.info.role == "act"]
    tolls = [t for t in draft.tolls if t.group.low]
    named = [p for p in (*draft.actors, *draft.targets) if not p.name.startswith("unknown")]
    told = made.when is not None and made.when.basis is not DateBasis.PUBLISHED
    deep = log(1 + min(draft.sent.at, _DEEP))
    values = {
        "constant": 1.0,
        "no_act": not acts,
        "toll": bool(tolls),
        "town": bool(draft.towns),
        "actor": any(not a.name.startswith("unknown") for a in draft.actors),
        "nobody": not named,
        "weapon": bool(made.weapons),
        "dated": told,
        "deep": deep,
        "deep_squared": deep**2 / 2,
        "events": log(events),
        "one_sentence": len(note.sents) == 1,
        "background": made.realis is Realis.BACKGROUND,
    }
    if values["one_sentence"]:  # a case cut out of its report: there its own words decide more
        values |= {f"short_{name}": values[name] for name in _SHORT}
    return {name: float(value) for name, value in values.items() if value}


def confidence(told: Features, actual: bool) -> float:
    """The probability that a careful coder has this event too, and agrees that it happened (actual) or did not."""
    weights = _weights()["actual" if actual else "other"]
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in told.items())))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """ "actual" or "other" -> feature -> weight; a feature that is not listed weighs nothing."""
    text = files("marsad.codebooks").joinpath("confidence.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
    return {column: {r["feature"]: float(r[column]) for r in rows if r[column]} for column in ("actual", "other")}
