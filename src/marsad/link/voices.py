"""Which reports are one voice: one wire text published twice, or retellings of one page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from marsad.records import Report
from marsad.text.fold import fold_text

ALIKE = 0.8
"""Jaccard similarity of word 5-grams from which two texts are one (Broder 1997 counts pages at .5 to .8 as resembling)."""
GRAM = 5
_WORD = re.compile(r"[^\W_]+")
_PART = "\x1e"  # parts texts that are folded at once


@dataclass(slots=True)
class Groups:
    """Union-find; the name of a group is its smallest member."""

    parent: dict[str, str] = field(default_factory=dict)

    def find(self, item: str) -> str:
        """The name of the group that `item` is in."""
        path = []
        while (up := self.parent.get(item, item)) != item:
            path.append(item)
            item = up
        for passed in path:
            self.parent[passed] = item
        return item

    def join(self, a: str, b: str) -> None:
        """Make one group of the two."""
        a, b = sorted((self.find(a), self.find(b)))
        self.parent[b] = a


def wires(reports: Sequence[Report]) -> dict[str, str]:
    """Report id -> the name of its wire: reports of one text, or of one page that they retell, share it."""
    groups = Groups()
    for a, b in alike({r.id: r.text for r in reports}):
        groups.join(a, b)
    pages: dict[str, list[str]] = defaultdict(list)
    for r in sorted(reports, key=lambda r: r.id):
        for page in {r.retells, r.url} - {""}:
            pages[page].append(r.id)
    for retold in {r.retells for r in reports} - {""}:
        for other in pages[retold][1:]:
            groups.join(pages[retold][0], other)
    return {r.id: groups.find(r.id) for r in reports}


def voices(reports: Iterable[Report], wire_of: Mapping[str, str]) -> dict[str, str]:
    """Report id -> the name of its voice: its wire, and beyond it the outlet, which does not become two by writing twice.

    A report that retells a page speaks for that page, not for the collection that it stands in.
    """
    groups = Groups()
    given = sorted(reports, key=lambda r: r.id)
    spokesman: dict[str, str] = {}
    for r in given:
        groups.join(r.id, wire_of[r.id])
        if r.source and not r.retells:
            groups.join(r.id, spokesman.setdefault(r.source, r.id))
    return {r.id: groups.find(r.id) for r in given}


def alike(texts: Mapping[str, str], threshold: float = ALIKE) -> Iterator[tuple[str, str]]:
    """Pairs of texts with Jaccard similarity of word 5-grams of at least `threshold`; exact.

    Prefix filtering (Chaudhuri et al. 2006; Bayardo et al. 2007): two sets that similar share one of their few rarest members,
    so only texts that do are compared. Texts without words match nothing.
    """
    given = sorted(texts.items())
    if not given:
        return
    folded = fold_text(_PART.join(text.replace(_PART, " ") for _, text in given)).split(
        _PART
    )  # one fold: many small ones are slow
    grams = {name: g for (name, _), text in zip(given, folded, strict=True) if (g := _grams(text))}
    often = Counter(g for members in grams.values() for g in members)
    index: dict[int, list[str]] = defaultdict(list)
    for name, members in grams.items():
        rarest = sorted(members, key=lambda g: (often[g], g))[: len(members) - ceil(threshold * len(members)) + 1]
        for other in sorted({o for g in rarest for o in index[g]}):
            theirs = grams[other]
            if min(len(members), len(theirs)) < threshold * max(len(members), len(theirs)):
                continue
            both = len(members & theirs)
            if both >= threshold * (len(members) + len(theirs) - both):
                yield other, name
        for gram in rarest:
            index[gram].append(name)


def _grams(text: str) -> frozenset[int]:
    words = _WORD.findall(text)
    if not words:
        return frozenset()
    return frozenset(hash(tuple(words[i : i + GRAM])) for i in range(max(1, len(words) - GRAM + 1)))
