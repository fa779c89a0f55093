"""What a sentence beside an attack tells of it: how those who attacked came, what became of them, that nobody was hurt."""

from itertools import pairwise

from marsad.read.alike import by_a_state, doers
from marsad.read.annotate import Sentence
from marsad.read.draft import Draft
from marsad.read.kinds import standing
from marsad.read.load import grammar
from marsad.read.retold import ACTUAL
from marsad.read.told import Told, nobody
from marsad.read.tolls import tolls
from marsad.scales import Family


def by_the_attackers(drafts: list[Draft]) -> None:
    """ "They stormed the village", told after an attack, is what the attackers did, and no search by forces; in place."""
    for last, draft in pairwise(drafts):
        verb = draft.acts[0]
        they = draft.sent.form(verb.first).endswith("وا") or draft.sent.form(verb.first - 1) in _THEY
        told = last.family is Family.ATTACK and last.realis is draft.realis and draft.sent.at - last.sent.at <= 1
        stormed = draft.kind == "raid" and not draft.actors and verb.entry.info.pos in ("verb", "phrase")
        if stormed and they and told and not by_a_state(last):
            draft.kind, draft.actors = "armed_attack", last.actors


_THEY = grammar("context", "they")


def whose_the_first_was(drafts: list[Draft]) -> None:
    """ "The army took X and cleared Y", سيطرتها على … وتطهير: who took the one place took the next, which "and" joins to it; in place."""
    for last, draft in pairwise(drafts):
        joined = draft.sent is last.sent and (draft.kind == last.kind) and draft.realis is last.realis
        if joined and draft.family is Family.CONTROL and not draft.actors:
            draft.actors = last.actors


def the_attacker_shot(draft: Draft, attacks: list[Draft]) -> bool:
    """ "The attacker was shot dead", «وقتل المهاجم»: the end of an attack told before, and none of its dead."""
    dead = [t for t in draft.tolls if t.group.low]
    attacked = any(a is not draft and a.sent.at <= draft.sent.at for a in attacks)
    if not dead or draft.family is not Family.ATTACK or not attacked:
        return False
    return all((t.group.low == 1 or t.group.bare or _all(draft.sent, t)) and _an_attacker(draft.sent, t) for t in dead)


def _all(sent: Sentence, told: Told) -> bool:
    """Whether all of those told before are meant ("all five attackers")."""
    return "all" in (sent.form(told.group.first), sent.form(told.group.first - 1))


def _an_attacker(sent: Sentence, told: Told) -> bool:
    words = (sent.form(k) for k in range(told.group.first, told.group.last))
    known = sent.form(told.group.first) in ("the", "his") or sent.form(told.group.first - 1) == "the" or _all(sent, told)
    return any(w in _ATTACKERS and (known or w.startswith("ال")) for w in words)


_ATTACKERS = grammar("merge", "attackers")


def comes_or_goes(draft: Draft, attacks: list[Draft]) -> bool:
    """Whether a move is only how those who attack came or went ("they arrived in trucks", "took up positions in the hotel"): of gunmen,
    beside an attack by them or by nobody known, from or to no town."""
    gunmen = draft.actors and all(a.name.startswith("unknown") or standing(a.name) == "irregular" for a in draft.actors)
    if draft.family is not Family.POSTURE or not gunmen or (draft.towns and not draft.town_before) or draft.count is not None:
        return False
    who = doers(draft)
    return any(abs(a.sent.at - draft.sent.at) <= _NEAR and (not who or not doers(a) or who & doers(a)) for a in attacks)


_NEAR = 2  # sentences


_SINCE = grammar("company", "since")  # "64 dead since the start of the year", "across the country" are not of one attack


def no_casualties(sents: list[Sentence], drafts: list[Draft], lang: str) -> None:
    """ "There were no casualties", "four policemen were injured" as sentences of their own: so many, for the attack told just before, in
    place; none for each of the towns it hit."""
    telling: dict[int, list[Draft]] = {}
    for draft in drafts:
        telling.setdefault(draft.sent.at, []).append(draft)
    for sent in sents:
        if sent.at in telling:
            continue
        none = nobody(sent, lang)
        before = telling.get(sent.at - 1) or telling.get(sent.at - 2, [])
        told = [d for d in before if (d.family is Family.ATTACK or d.kind == "riot") and d.realis in ACTUAL]
        if none:
            for draft in told[-1:] + [d for d in told[:-1] if d.town is not None]:
                draft.tolls = draft.tolls or none
        elif told and sent.layer("trigger") and not sent.item and sent.vocabulary.isdisjoint(_SINCE):
            have = {t.name for t in told[-1].tolls}
            hurt = [t for t in tolls(sent, lang) if t.name in ("killed", "injured") and t.group.low and t.name not in have]
            told[-1].tolls = [*told[-1].tolls, *(t for t in hurt if not t.group.definite)]
