"""Totals: what a report counts of many events and then tells one by one."""

from marsad.read.alike import apart, areas, low, strangers, towns
from marsad.read.draft import Draft
from marsad.read.load import grammar
from marsad.read.retold import ACTUAL, kin
from marsad.records import When
from marsad.scales import Family

_COUNTRY = 6  # UCDP where_prec of a country
_FOUND = 6  # tokens after a verb of finding
_VIOLENT = (Family.ATTACK, Family.OPERATION)


def sums_up(draft: Draft, kept: list[Draft]) -> bool:
    """Whether a draft is a total of others: attacks at no town of their own, and two or more akin told one by one.

    Its toll is as great as theirs; without a toll it names no place smaller than a country.
    """
    killed = low(draft, "killed")
    if draft.sent.in_set("bodies", draft.acts[0].first, draft.acts[-1].last + _FOUND):
        return False  # the dead who were found are nobody's sum
    if draft.family not in _VIOLENT or (towns(draft) and not killed) or draft.realis not in ACTUAL or draft.sent.item:
        return False
    if not (draft.plural or killed) or (not killed and any(p.precision and p.precision < _COUNTRY for p in draft.places)):
        return False
    others = [k for k in kept if k is not draft and k.family in _VIOLENT and k.realis in ACTUAL]
    parts = [k for k in others if towns(k) and not apart(draft, k) and not strangers(draft, k)]
    if towns(draft) and any(areas(k) and not areas(k) & areas(draft) for k in parts):
        return False  # a town's dead are no sum of another province's
    tolls = [low(k, "killed") or 0 for k in parts]
    if draft.plural and not towns(draft):
        tolls = [low(k, "killed") or 0 for k in parts if kin(draft, k)]
        return len(tolls) >= 2 and (killed is None or sum(tolls) <= killed)
    if towns(draft) and not draft.only_counts and not all(_in_it(draft, k) for k in parts):
        return False  # an attack on one town, with its own dead
    return (len([t for t in tolls if t]) >= 2 and sum(tolls) == killed) or (
        (draft.only_counts or draft.plural or (bool(draft.places) and not towns(draft))) and _sum_of_next(draft, kept, killed)
    )


def of_the_country(draft: Draft) -> bool:
    """Whether dead are only counted all over a country ("117 people were killed across the country"): a total (codebook, section 1)."""
    sent, first = draft.sent, draft.acts[0].first
    near = range(first, draft.acts[-1].last + 2 * _FOUND)
    at = next((k for k in near if sent.form(k) in _EVERYWHERE), None)
    if (
        at is None
        or not draft.only_counts
        or draft.kind != "killing"
        or sent.in_set("bodies", first, draft.acts[-1].last + _FOUND)
    ):
        return False
    return not _THE_COUNTRY.isdisjoint(sent.forms[at + 1 : at + 3]) or any(p.first == at + 1 for p in sent.countries())


_EVERYWHERE, _THE_COUNTRY = grammar("totals", "everywhere"), grammar("totals", "country")


def over_a_period(draft: Draft, when: When | None) -> bool:
    """Whether an event is a total over a period ("30 attacks in March", "61 killed since the month began"; codebook, section 5)."""
    days = 0 if when is None else (when.end - when.start).days
    if days >= _FEW_DAYS and draft.count is not None and draft.count.value > 1 and draft.count.unit in _INCIDENTS:
        return True
    tolled = any(t.group.low for t in draft.tolls)
    return days >= _WEEK and tolled and (draft.plural or draft.only_counts)


_FEW_DAYS, _WEEK = 2, 6  # days between the first and the last
_INCIDENTS = ("attacks", "raids", "rounds")


def _in_it(whole: Draft, part: Draft) -> bool:
    """Whether a part lies where its whole does, as far as both are told."""
    return bool(towns(part) & towns(whole) or areas(part) & areas(whole))


def _sum_of_next(draft: Draft, kept: list[Draft], killed: int | None) -> bool:
    """Whether the toll is what the two to four attacks told next add up to ("21 dead in the province": 11 in one raid, 10 in a bombing)."""
    after = [low(k, "killed") for k in kept if k is not draft and k.sent.at > draft.sent.at and k.family in _VIOLENT]
    sums = (after[:n] for n in (2, 3, 4) if len(after) >= n)
    return bool(killed) and any(all(run) and sum(t or 0 for t in run) == killed for run in sums)


def hand_down(total: Draft, parts: list[Draft]) -> None:
    """The day and the doer of a total are those of its parts that name none ("14 strikes on 5 May: near Hit, three ...")."""
    for part in parts:
        if part.kind == total.kind and part.sent.at >= total.sent.at and part.realis is total.realis:
            if part.when is None and total.when is not None:
                part.when, part.when_sent = total.when, total.when_sent
            part.actors = part.actors or total.actors
            part.targets = part.targets or total.targets
