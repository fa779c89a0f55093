"""The events of a whole report: headline, lead and details that tell of one event become one draft (codebook, section 5)."""

from marsad.read.annotate import Annotated
from marsad.read.events import Draft
from marsad.scales import Family, Realis

_ACTUAL = (Realis.ACTUAL, Realis.BACKGROUND)
_VAGUE = frozenset(("armed_attack", "killing", "clash"))
_LOOK_BACK = 6  # sentences


def merge(note: Annotated, drafts: list[Draft], headline: int) -> list[Draft]:
    """One draft an event, in order of the text. headline: how many leading sentences are headlines."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((k for k in reversed(kept) if _same(note, k, draft, headline)), None)
        if same is None:
            if not (draft.definite and _bare(draft) and kept):
                kept.append(draft)
        elif same.sent.at < headline <= draft.sent.at:
            _fill(draft, same)
            kept[kept.index(same)] = draft
        else:
            _fill(same, draft)
    return kept


def _bare(draft: Draft) -> bool:
    """A reference to a known event, with nothing of its own."""
    return not draft.places and draft.when is None and not any(t.group.low for t in draft.tolls)


def _same(note: Annotated, one: Draft, other: Draft, headline: int) -> bool:
    """Whether `other` tells again of what `one` told: kinds akin, nothing that contradicts, and nothing new of its own."""
    if one.family is not other.family and {one.family, other.family} != {Family.ATTACK, Family.OPERATION}:
        return False
    if (one.realis in _ACTUAL) != (other.realis in _ACTUAL):
        return False
    if one.realis not in _ACTUAL:
        return one.realis is other.realis and one.kind == other.kind and other.definite
    if other.fresh or (one.sent is other.sent and not other.definite) or _clash_of_slots(note, one, other):
        return False
    from_headline = one.sent.at < headline <= other.sent.at
    if _bare(one) and not _bare(other) and not from_headline:
        return False
    if one.family is not other.family:
        return (from_headline or other.definite) and _shared_toll(one, other)
    if not _kin(one, other):
        return other.definite and other.sent.at - one.sent.at <= 2 and _bare(other)
    if from_headline or other.definite or _shared_toll(one, other):
        return True
    return other.sent.at - one.sent.at <= _LOOK_BACK and not _news_of_its_own(one, other)


def _news_of_its_own(one: Draft, other: Draft) -> bool:
    """A day, a town or a toll that the earlier draft does not have."""
    if _towns(other) - _towns(one) or (other.when is not None and one.when is not None and other.when.start != one.when.start):
        return True
    return any(
        _low(other, name) is not None and _low(one, name) not in (None, _low(other, name)) for name in ("killed", "injured")
    )


def _kin(one: Draft, other: Draft) -> bool:
    """Whether two kinds can name one event: the same, or one of them vague."""
    if one.kind == other.kind or one.kind in _VAGUE or other.kind in _VAGUE:
        return True
    return {one.kind, other.kind} <= {"bombing", "suicide_bombing"} or {one.kind, other.kind} <= {"shelling", "air_strike"} or (one.family is not Family.ATTACK and one.family is not Family.POSTURE)  # fmt: skip


def _clash_of_slots(note: Annotated, one: Draft, other: Draft) -> bool:
    """Whether days, towns or tolls of the two contradict each other."""
    if _apart(one, other):
        return True
    ours, theirs = _towns(one), _towns(other)
    if ours and theirs and not ours & theirs:
        return True
    if (
        not ours
        and not theirs
        and one.places
        and other.places
        and not {p.country for p in one.places} & {p.country for p in other.places}
    ):
        return True
    mine, yours = _low(one, "killed"), _low(other, "killed")
    return mine is not None and yours is not None and mine != yours and not other.definite


def _apart(one: Draft, other: Draft) -> bool:
    """Whether both have days, and none in common."""
    a, b = one.when, other.when
    if a is None or b is None or a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    return b.start > a.end or a.start > b.end


def _towns(draft: Draft) -> set[str]:
    return {p.gazetteer or p.name for p in draft.places if p.precision is None or p.precision <= 4}


def _low(draft: Draft, name: str) -> int | None:
    lows = [t.group.low for t in draft.tolls if t.name == name]
    return sum(lows) if lows else None


def _shared_toll(one: Draft, other: Draft) -> bool:
    return any(
        (a := _low(one, name)) is not None and a > 0 and a == _low(other, name)
        for name in ("killed", "injured", "arrested", "abducted")
    )


def _fill(main: Draft, other: Draft) -> None:
    """Give `main` what only `other` tells."""
    if main.when is None:
        main.when, main.when_sent = other.when, other.when_sent
    have = {p.gazetteer or p.name for p in main.places}
    extra = tuple(p for p in other.places if (p.gazetteer or p.name) not in have)
    main.places = tuple(sorted((*main.places, *extra), key=lambda p: p.precision or 0)) if not _towns(main) else main.places
    main.actors = main.actors or other.actors
    main.targets = main.targets or tuple(t for t in other.targets if t.name not in {a.name for a in main.actors})
    main.weapons = main.weapons or other.weapons
    main.count = main.count or other.count
    told = {t.name for t in main.tolls}
    main.tolls = [*main.tolls, *(t for t in other.tolls if t.name not in told)]
    if (main.kind in _VAGUE and other.kind not in _VAGUE and main.family is other.family) or (
        main.kind == "killing" and other.kind in _VAGUE
    ):
        main.kind = other.kind
    if other.kind == "suicide_bombing" and main.kind == "bombing":
        main.kind = other.kind
