"""Killed, injured, abducted, arrested: found by the words that tell them, each with its place in the sentence.

Arabic tells a toll before its people (مقتل ثلاثة، قُتل ثلاثة), on both sides (ثلاثة قتلوا), as the counted noun (ثلاثة قتلى) or with a noun
after it (لقي ثلاثة حتفهم); English before and after ("killed three", "three were killed"). "Among them two children" fills groups only.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from marsad.read.annotate import Sentence
from marsad.read.counts import Group, firsts, group_at, said, said_before, words
from marsad.read.lexicon import Hit
from marsad.read.load import book

TollName = Literal["killed", "injured", "abducted", "arrested"]
TOLLS: tuple[TollName, ...] = ("killed", "injured", "abducted", "arrested")
_STOP = frozenset("،,;؛:().")
_REACH = 7


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
    revised: bool = False


@cache
def _heads(lang: str) -> dict[str, dict[str, frozenset[str]]]:
    return {name: {part: _with_clitics(said, lang) for part, said in book(lang, "tolls")[name].items()} for name in TOLLS}


@cache
def _tellers(lang: str) -> frozenset[str]:
    """The first words of all that can tell a toll, but for verbs: most words of a text are none of them."""
    parts = (part for name in TOLLS for which, part in _heads(lang)[name].items() if which != "verb")
    return frozenset(said.split()[0] for part in parts for said in part)


def _with_clitics(said: list[str], lang: str) -> frozenset[str]:
    """The words and, in Arabic, the words with each legal proclitic."""
    return frozenset(said) | (frozenset(p + w for w in said for p in _PROCLITICS) if lang == "ar" else frozenset())


_PROCLITICS = ("و", "ف", "ب", "ال", "ل", "وال", "وب")


def tolls(sent: Sentence, lang: str) -> list[Told]:
    """All tolls of a sentence, in order, no person counted twice."""
    found: list[Told] = []
    taken: set[int] = set()  # first tokens of groups already used, per toll
    for at, form in enumerate(sent.forms):
        for told in _at(sent, at, lang) if form in _tellers(lang) or sent.starts(at, "trigger") else ():
            span = set(range(told.group.first, told.group.last))
            if span & taken and told.first != told.last:
                continue
            taken |= span
            found.append(told)
    _subsets(sent, found, lang)
    zeros = nobody(sent, lang)
    found = [t for t in found if not any(z.first <= t.head < z.last for z in zeros)] + zeros
    return [t for t in found if not _is_subset(sent, t, lang)]


def _at(sent: Sentence, at: int, lang: str) -> list[Told]:
    """The toll whose word stands at token `at`."""
    for name in TOLLS:
        book_of = _heads(lang)[name]
        verb = (
            next(
                (
                    h
                    for h in sent.starts(at, "trigger")
                    if h.entry.info.pos == "verb" and h.entry.info.lemma in book_of["verb"]
                ),
                None,
            )
            if at in sent.starting
            else None
        )
        if verb is not None:
            return _verb(sent, verb, name, lang)
        head = _head(sent, at, book_of["head"])
        if head:
            return _head_then_group(sent, at, head, name, lang)
        if sent.form(at) in book_of["after"]:
            group = _with_others(sent, at, lang) or _group_before(sent, at, lang) or _group_back(sent, at, lang)
            return [Told(name, group, group.first, at + 1, at, sent)] if group else []
    return _own(sent, at, lang)


def _head(sent: Sentence, at: int, forms: frozenset[str]) -> int:
    """The token after a head word or phrase at `at`, 0 if none."""
    if sent.form(at) in forms:
        return at + 1
    return at + 2 if f"{sent.form(at)} {sent.form(at + 1)}" in forms else 0


def _search(sent: Sentence, at: int, lang: str, reach: int = _REACH, *, numbers_only: bool = False) -> Group | None:
    """The first group of people from token `at` on, over words that may stand between; none beyond a stop or preposition."""
    here, stop = at - 1, min(at + reach, len(sent.toks))
    while (here := here + 1) < stop:
        group = group_at(sent, here, lang, toll=True)
        if group is not None and not (numbers_only and group.bare):
            return group
        form = sent.form(here)
        after = said(sent, here, words(lang)["at_least"]) or said(sent, here, words(lang)["about"])
        if after:
            here = after - 1
            continue
        if form in _STOP or sent.starts(here, "weapon"):
            return None
        if form in _PREPOSITIONS[lang] or ((here > at or form.startswith("و")) and _acts(sent, here, lang)):
            return None
    return None


def _acts(sent: Sentence, at: int, lang: str) -> bool:
    """Whether another word that tells of an event begins here: what follows is its people."""
    hits = sent.starts(at, "trigger")
    return bool(hits) and (lang == "en" or any(h.entry.info.pos == "verb" for h in hits))


_PREPOSITIONS = {
    "ar": frozenset(("في", "علي", "اثر", "جراء", "خلال", "بعد", "قبل", "حين", "عندما", "بين", "الي", "عن", "فيما", "بينما", "ان", "كما", "داخل", "قرب")),
    "en": frozenset(("in", "on", "at", "when", "after", "before", "during", "near", "to", "with", "and", "but", "while", "that", "who", "which", "from", "by")),
}  # fmt: skip


def _verb(sent: Sentence, verb: Hit, name: TollName, lang: str) -> list[Told]:
    """A verb of killing (...): its object or passive subject."""
    before = _group_before(sent, verb.first, lang)
    after = _search(sent, verb.last, lang)
    if lang == "en":
        return _english_verb(sent, verb, name, before, after)
    with_others = _and_himself(sent, verb.last, lang) if verb.entry.info.number == "s" else None
    if with_others is not None:
        return [Told(name, with_others, verb.first, with_others.last, verb.first, sent)]
    if verb.suffix:  # "and killed them": those told of just before
        one = before is not None and before.bare and before.low == 1
        known = before if verb.suffix in ("هم", "هما") or (one and verb.suffix in ("ه", "ها")) else None
        return [Told(name, known, known.first, verb.last, verb.first, sent)] if known else []
    if after is not None and _is_agent(after) and verb.entry.info.voice != "p":
        victims = _object(sent, after.last, lang)
        if victims is None and verb.entry.info.lemma in words(lang)["done_by_militants"]:
            victims = Group(1, 1, 1, after.last, after.last, {"unknown": 1}, bare=True)  # somebody named
        after = victims if victims is not None else after
    if verb.entry.info.number == "p" and before is not None and (after is None or (after.bare and not _is_agent(before))):
        after = None
    group = after or before
    if after is not None and verb.entry.info.number == "s":
        _with_companions(sent, after, lang)
    if group is None or (after is None and before is not None and before.definite and before.bare and _is_agent(before)):
        return []
    return [Told(name, group, min(verb.first, group.first), max(verb.last, group.last), verb.first, sent)]


def _with_companions(sent: Sentence, group: Group, lang: str) -> None:
    """Add those who died with the one named ("the leader so-and-so was killed with three of his guards")."""
    if not (group.bare and group.low == 1):
        return
    for at in range(group.last, min(group.last + 6, len(sent.toks))):
        form = sent.form(at)
        if form in _STOP or form in _PREPOSITIONS[lang] or sent.starts(at, "trigger"):
            return
        others = group_at(sent, at + 1, lang, toll=True) if form == "مع" else None
        if others is not None:
            if not others.bare:
                group.add(others)
            return


def _object(sent: Sentence, at: int, lang: str) -> Group | None:
    """The people right after the doer of an active verb (قتل مسلحون ثلاثة جنود); no verb, "and" or preposition between."""
    for here in range(at, min(at + 4, len(sent.toks))):
        form = sent.form(here)
        if form in _STOP or form in _PREPOSITIONS[lang] or form.startswith("و") or sent.starts(here, "verb"):
            return None
        group = group_at(sent, here, lang, toll=True)
        if group is not None:
            return group if not group.definite else None
    return None


def _english_verb(sent: Sentence, verb: Hit, name: TollName, before: Group | None, after: Group | None) -> list[Told]:
    """Passive ("three were killed", "three killed in") takes the people before, active those after."""
    passive = any(sent.form(k) in _BE for k in range(max(0, verb.first - 3), verb.first)) or verb.entry.info.lemma == "die"
    group = before if passive else after
    if group is None:
        group = after if passive else before if verb.entry.info.tense == "past" and after is None else None
    return [Told(name, group, min(verb.first, group.first), max(verb.last, group.last), verb.first, sent)] if group else []


_BE = frozenset(("was", "were", "been", "being", "be", "is", "are", "got"))


def _is_agent(group: Group) -> bool:
    """Whether the phrase after an active verb is its doer: militants or a force, with no number, known or several."""
    doers = [h for h in group.who if h.entry.layer == "actor" or h.entry.info.group in ("militants", "security_forces")]
    return bool(doers) and group.bare


def _group_before(sent: Sentence, at: int, lang: str) -> Group | None:
    """The nearest people before token `at` within the clause, the one with a number first."""
    first, _ = sent.clause(at, through_quotes=True)
    best: Group | None = None
    here = max(first, at - 12)
    while here < at:
        group = group_at(sent, here, lang, toll=lang == "en")
        if group is not None and group.last <= at:
            part = best is not None and sent.form(here - 1).removeprefix("و") in words(lang)["subset"]  # "six, among them two"
            if not part and (best is None or not group.bare or best.bare):
                best = group
            here = group.last
        else:
            here += 1
    return best


def _with_others(sent: Sentence, at: int, lang: str) -> Group | None:
    """ "He met his death with 40 others": those and he."""
    return _and_himself(sent, at + 1, lang) if sent.form(at).endswith(("ه", "ها")) else None


def _and_himself(sent: Sentence, at: int, lang: str) -> Group | None:
    """ "With 40 others" at `at`, told of one who was named before: those and he."""
    group = group_at(sent, at + 1, lang, toll=True) if sent.form(at) == "مع" else None
    if group is None or group.bare:
        return None
    best, high = (None if n is None else n + 1 for n in (group.best, group.high))
    return Group(group.low + 1, best, high, at, group.last, {"unknown": group.low + 1}, group.who)


def _group_back(sent: Sentence, at: int, lang: str) -> Group | None:
    """A number without a noun before حتفهم: لقي ثمانية حتفهم."""
    number = next((n for n in reversed(sent.numbers) if n.last <= at and at - n.last <= 3), None)
    return group_at(sent, number.first, lang, toll=True) if number else None


def _head_then_group(sent: Sentence, at: int, after: int, name: TollName, lang: str) -> list[Told]:
    both = sent.form(after).startswith("و") and any(
        _head(sent, after, _heads(lang)[other]["head"]) for other in TOLLS if other != name
    )
    after_other = sent.form(at).startswith("و") and any(
        _head(sent, at - 1, _heads(lang)[other]["head"]) for other in TOLLS if other != name
    )
    if both or after_other:
        return []  # "killed and injured" together: no one knows how many of each
    if name == "killed" and any(sent.form(k) in _heads(lang)[name]["after"] for k in range(after, after + _REACH)):
        return []  # "met with their death": told by that word
    group = _search(sent, after, lang)
    if group is not None and group.definite and group.bare and group.best is None:
        return []  # "the victims fell": those told of before
    if group is None:
        return _suffixed(sent, at, name, lang)
    if lang == "en" and {sent.form(group.last), sent.form(group.last + 1)} & _heads(lang)["injured"]["after"]:
        return []  # "left 29 people injured"
    return [Told(_by_noun(sent, group, name, lang), group, at, group.last, at, sent)]


def _by_noun(sent: Sentence, group: Group, name: TollName, lang: str) -> TollName:
    """What "fell" tells is said by the counted noun: سقوط عشرة جرحى are ten wounded."""
    own = _heads(lang)
    nouns = [n for k in range(group.first, group.last) for n in ("killed", "injured") if sent.form(k) in own[n]["own"]]
    return "injured" if name == "killed" and nouns[:1] == ["injured"] else name


def _suffixed(sent: Sentence, at: int, name: TollName, lang: str) -> list[Told]:
    """A head whose victim has a name we must not read as a group: مقتل القيادي فلان is found as a noun; a bare name is one person."""
    form = sent.form(at + 1)
    if lang != "ar" or not form or form in _STOP or form in _PREPOSITIONS["ar"] or name != "killed" or form.startswith("و"):
        return []
    if (
        sent.form(at) not in ("مقتل", "اغتيال", "بمقتل", "استشهاد", "ومقتل", "واغتيال")
        or sent.starts(at + 1, "actor")
        or sent.starts(at + 1, "place")
        or sent.form(at - 1) in words(lang)["tries"]
    ):
        return []
    return [Told(name, Group(1, 1, 1, at + 1, at + 2, {"unknown": 1}, bare=True), at, at + 2, at, sent)]


def _own(sent: Sentence, at: int, lang: str) -> list[Told]:
    """A number with a noun that itself tells: 3 قتلى و20 جريحا; 12 dead."""
    number = next((n for n in sent.numbers if n.last == at and n.first < at), None)
    for name in ("killed", "injured"):
        if sent.form(at) not in _heads(lang)[name]["own"]:
            continue
        if number is None:
            if lang == "ar" and (bare := _bare_own(sent, at, name)) is not None:
                return [bare]
            if lang == "ar" and sent.form(at).startswith("وال") and said_before(sent, at - 1, words(lang)["several"]):
                return [Told(name, Group(2, None, None, at, at + 1, {"unknown": 2}, bare=True), at, at + 1, at, sent)]
            if (
                sent.form(at)[:1] == "و"
                or said_before(sent, at, words(lang)["none"])
                or sent.form(at).startswith(("ال", "وال", "بال", "لل"))
            ):
                return []
            group = (
                group_at(sent, at, lang)
                if lang == "ar" and sent.form(at - 1) in ("سقوط", "سقط", "وقوع", "خلف", "اوقع")
                else None
            )
            return [Told(name, group, at, at + 1, at, sent)] if group else []
        if lang == "ar" and any(
            sent.form(k).removeprefix("و") in _heads(lang)[o]["own"] and sent.form(k).startswith("و")
            for k in (at + 1,)
            for o in TOLLS
        ):
            return []  # "66 dead and wounded": no one knows how many of each
        at_least = said_before(sent, number.first, words(lang)["at_least"]) or bool(
            said(sent, at + 1, words(lang)["after_at_least"])
        )
        low = int(number.value)
        group = Group(low, None if number.loose else low, None if number.loose or at_least else low, number.first, at + 1)
        follow = group_at(sent, at + 2, lang) if sent.form(at + 1) in words(lang)["of"] else None
        group.by = {next(iter(follow.by)): low} if follow and follow.by else {"unknown": low}
        group.who = follow.who if follow else []
        return [Told(name, group, number.first, at + 1, at, sent)]
    return []


def _bare_own(sent: Sentence, at: int, name: TollName) -> Told | None:
    """Without a number: a dual says two (أردوهما قتيلين، أسفر عن جريحين); "dead and wounded fell" is at least two of each."""
    form, before = sent.form(at), sent.form(at - 1)
    dead_before = before in _heads("ar")["killed"]["own"] and sent.form(at - 2) in words("ar")["befall"]
    if name == "injured" and form == "وجرحي" and dead_before:
        return Told(name, Group(2, None, None, at, at + 1, {"unknown": 2}, bare=True), at, at + 1, at, sent)
    if form.endswith(("ين", "ان")) and form in words("ar")["two"]:
        return Told(name, Group(2, 2, 2, at, at + 1, {"unknown": 2}, bare=True), at, at + 1, at, sent)
    return None


def _subsets(sent: Sentence, found: list[Told], lang: str) -> None:
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
                if sent.form(here) in _STOP or sent.form(here) in _PREPOSITIONS[lang] or sent.starts(here, "trigger"):
                    break
                here += 1
                continue
            for name, n in group.by.items():
                if name != "unknown":
                    before[-1].by[name] = before[-1].by.get(name, 0) + n
            before[-1].group.who += group.who
            here = group.last


def _is_subset(sent: Sentence, told: Told, lang: str) -> bool:
    """Whether the people of this toll are only part of those told before (بينهم 3 قتلى)."""
    return any(
        sent.form(k).removeprefix("و") in words(lang)["subset"] for k in range(max(0, told.group.first - 3), told.group.first)
    )


@cache
def _with_clitics_of_none(lang: str) -> frozenset[str]:
    return _with_clitics(sorted(words(lang)["none"]), lang)


def nobody(sent: Sentence, lang: str) -> list[Told]:
    """ "No casualties": none killed and none injured."""
    out: list[Told] = []
    if sent.lacks(firsts(_with_clitics_of_none(lang))):
        return out
    for at in range(len(sent.toks)):
        after = said(sent, at, _with_clitics_of_none(lang))
        if not after:
            continue
        for here in range(after, min(after + 4, len(sent.toks))):
            if said(sent, here, words(lang)["casualties"]):
                zero = Group(0, 0, 0, at, here + 1)
                out += [Told("killed", zero, at, here + 1, at, sent), Told("injured", zero, at, here + 1, at, sent)]
                break
        if out:
            break
    return out
