"""Which coded event is which gold event: the best one-to-one matching inside a report, and when two slots agree.

Two events can match when they are of one family and either touch one sentence or share a place and a start date. Of all
matchings the one with most pairs is taken, and among these the one whose pairs agree best (sentence 2, kind 3, place 2,
start date 1, killed 1): an assignment problem (Kuhn 1955; Crouse 2016 as in scipy).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from marsad.scales import FAMILY_OF

Coded = Mapping[str, Any]
"""A statement in the gold format (codebook, section 6)."""
Cut = tuple[int, int]

_UNITED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_STOP = re.compile(r"[.!?؟\n]+\s*")
_CLITIC = re.compile(r"(?:[وفبلك]?ال|لل|[وفبلك](?=ال))")
_WIDEST = 2
"""Sentences: words over more than two sentences locate nothing."""
_MATCHED = 1000.0
"""More than any agreement is worth, so that a pair more always wins."""


def plain(name: str | None) -> str:
    """A name for comparing: compatibility forms, marks, case, hamza seats and white space evened out."""
    bare = "".join(c for c in unicodedata.normalize("NFKC", name or "") if not unicodedata.combining(c))
    return " ".join(bare.translate(_UNITED).split()).casefold()


def without_article(name: str | None) -> str:
    """A place name, evened out, without the Arabic article and the one-letter words written to it."""
    folded = plain(name)
    found = _CLITIC.match(folded)
    return folded[found.end() :] if found else folded


def cut(text: str) -> list[Cut]:
    """Sentences as (start, end), cut after stops and line ends; the same cut for gold and coded words."""
    edges = [0, *(m.end() for m in _STOP.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def words_of(statement: Coded, text: str) -> Cut | None:
    """Where the anchor stands: its own offsets, those beside it, else its first occurrence; None where it is nowhere."""
    anchor = statement.get("anchor")
    if isinstance(anchor, Mapping):
        return int(anchor["start"]), int(anchor["end"])
    if "start" in statement and "end" in statement:
        return int(statement["start"]), int(statement["end"])
    at = text.find(anchor) if anchor else -1
    return (at, at + len(str(anchor))) if at >= 0 else None


def touched(words: Cut | None, cuts: Sequence[Cut]) -> frozenset[int]:
    """Which sentences `words` touch; none where they touch more than two."""
    if words is None:
        return frozenset()
    hit = frozenset(n for n, (a, b) in enumerate(cuts) if words[0] < b and words[1] > a)
    return hit if len(hit) <= _WIDEST else frozenset()


def place_keys(place: Coded) -> frozenset[str]:
    """What a place can be known by: its written name without article, its English name."""
    return frozenset((without_article(place.get("name")), plain(place.get("name_en")))) - {""}


def places_of(statement: Coded) -> frozenset[str]:
    """What the places of a statement can be known by."""
    return frozenset(key for place in statement.get("places") or () for key in place_keys(place))


def toll(statement: Coded, slot: str) -> float | None:
    """The low value of a toll (its best where no low is told); None where nothing is told."""
    told = statement.get(slot)
    if isinstance(told, Mapping):
        told = told.get("low", told.get("best"))
    return told if isinstance(told, int | float) else None


def _same_day(gold: Coded, coded: Coded) -> bool:
    return bool(gold.get("date_start")) and gold["date_start"] == coded.get("date_start")


def _worth(gold: Coded, coded: Coded, same_sentence: bool) -> float:
    killed = toll(gold, "killed")
    return float(
        2.0 * same_sentence
        + 3.0 * (gold["kind"] == coded["kind"])
        + 2.0 * bool(places_of(gold) & places_of(coded))
        + 1.0 * _same_day(gold, coded)
        + 1.0 * (killed is not None and killed == toll(coded, "killed"))
    )


def pairs(gold: Sequence[Coded], coded: Sequence[Coded], text: str) -> list[tuple[int, int]]:
    """(index in gold, index in coded) of each matched pair, in order of gold."""
    cuts = cut(text)
    gold_at = [touched(words_of(g, text), cuts) for g in gold]
    coded_at = [touched(words_of(c, text), cuts) for c in coded]
    worth = np.zeros((len(gold), len(coded)))
    for i, g in enumerate(gold):
        for j, c in enumerate(coded):
            if FAMILY_OF.get(g["kind"]) is not FAMILY_OF.get(c.get("kind", "")):
                continue
            same = bool(gold_at[i] & coded_at[j])
            if same or (_same_day(g, c) and places_of(g) & places_of(c)):
                worth[i, j] = _MATCHED + _worth(g, c, same)
    if not worth.any():
        return []
    rows, columns = linear_sum_assignment(-worth)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j]]
