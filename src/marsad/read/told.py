"""One toll as a sentence tells it, and how it tells that nobody was hurt."""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from marsad.read.annotate import Sentence
from marsad.read.counts import Group, group_at
from marsad.read.phrases import firsts, said, words
from marsad.read.victims import STOP

TollName = Literal["killed", "injured", "abducted", "arrested"]
TOLLS: tuple[TollName, ...] = ("killed", "injured", "abducted", "arrested")


@dataclass(slots=True)
class Told:
    """One toll: which, how many, and the tokens from its word to its people."""

    name: TollName
    group: Group
    first: int
    last: int
    head: int
    sent: Sentence
    by: dict[str, int] = field(default_factory=dict)  # told subsets
    unsplit: bool = False  # dead and wounded together: it tells of an event, and fills no slot


def with_clitics(said: list[str], lang: str) -> frozenset[str]:
    """The words and, in Arabic, the words with each legal proclitic."""
    return frozenset(said) | (frozenset(p + w for w in said for p in _PROCLITICS) if lang == "ar" else frozenset())


_PROCLITICS = ("و", "ف", "ب", "ال", "ل", "وال", "وب")


@cache
def _none_said(lang: str) -> frozenset[str]:
    return with_clitics(sorted(words(lang)["none"]), lang)


def nobody(sent: Sentence, lang: str) -> list[Told]:
    """ "No casualties": none killed and none injured."""
    out: list[Told] = []
    none = _none_said(lang)
    beginning = firsts(none)
    if sent.lacks(beginning):
        return out
    for at in [k for k, form in enumerate(sent.forms) if form in beginning]:
        after = said(sent, at, none)
        if not after:
            continue
        for here in range(after, min(after + 4, len(sent.toks))):
            if sent.form(here) in words(lang)["unreported"] or sent.form(here - 1) in words(lang)["unreported"]:
                break
            if last := said(sent, here, words(lang)["casualties"]):
                zero = Group(0, 0, 0, at, last)
                out += [Told("killed", zero, at, last, at, sent), Told("injured", zero, at, last, at, sent)]
                break
        if out:
            break
    return out


def fill_subsets(sent: Sentence, found: list[Told], lang: str) -> None:
    """ "Among them two children": into the groups of the toll before it, which it never adds to."""
    for at, form in enumerate(sent.forms if found else ()):
        if form.removeprefix("و") not in words(lang)["subset"]:
            continue
        before = [t for t in found if min(t.head, t.group.first) < at]
        here = at + 1
        if not before:
            continue
        while here < min(at + 10, len(sent.toks)):
            group = group_at(sent, here, lang)
            if group is None:
                if sent.form(here) in STOP or sent.form(here) in words(lang)["prepositions"] or sent.starts(here, "trigger"):
                    break
                here += 1
                continue
            for name, n in group.by.items():
                if name != "unknown":
                    before[-1].by[name] = before[-1].by.get(name, 0) + n
            before[-1].group.who += group.who
            here = group.last


def is_subset(sent: Sentence, told: Told, lang: str) -> bool:
    """Whether the people of this toll are only part of those told before (بينهم 3 قتلى)."""
    near = range(max(0, told.group.first - 3), told.group.first)
    among = next((k for k in near if sent.form(k).removeprefix("و") in words(lang)["subset"]), None)
    if among is not None and among < told.head < told.group.first and sent.form(told.head).startswith("و"):
        return False  # "four, among them a woman, and the wounding of 17"
    return among is not None and not (among == told.head + 1 and told.head < told.group.first)  # but "killed of them 45"
