"""What two drafts have in common, and in what they contradict each other: doers, towns, areas, days, tolls."""

import datetime as dt

from marsad.read.draft import Draft
from marsad.read.kinds import standing
from marsad.scales import Family


def doers(draft: Draft) -> set[str]:
    """The names of who is told to have done it, without the unknown."""
    return {a.name for a in draft.actors if not a.name.startswith("unknown")}


def strangers(one: Draft, other: Draft) -> bool:
    """Whether both name who did it, and none is the other or a branch of it (Islamic State West Africa Province)."""
    ours, theirs = doers(one), doers(other)
    return bool(ours and theirs) and not any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)


def dated(draft: Draft) -> bool:
    """Whether a day is told for the act itself, and not for the speech about it."""
    return draft.when is not None and draft.when.start is not None and not draft.of_speech


def another_day(one: Draft, other: Draft) -> bool:
    """Whether `other` has a day of its own that is not known to be that of `one`."""
    a, b = _span(one), _span(other)
    return dated(other) and not (dated(one) and a and b and a[0] == b[0])


def apart(one: Draft, other: Draft) -> bool:
    """Whether both have days, and none in common."""
    a, b = _span(one), _span(other)
    if one.of_speech or other.of_speech or a is None or b is None:
        return False
    return b[0] > a[1] or a[0] > b[1]


def within(part: Draft, whole: Draft) -> bool:
    """Whether the day of one lies in the few days of the other ("on Friday", of fighting on Thursday and Friday)."""
    a, b = _span(part), _span(whole)
    return bool(a and b and b[0] <= a[0] and a[1] <= b[1] and (b[1] - b[0]).days <= _DAYS)


def _span(draft: Draft) -> tuple[dt.date, dt.date] | None:
    """The first and the last day told."""
    when = draft.when
    return (when.start, when.end) if when is not None and when.start and when.end else None


_DAYS = 3


def towns(draft: Draft) -> set[str]:
    """The gazetteer's numbers of the towns, or the names of those that it does not hold."""
    return {p.gazetteer or p.name_en or p.name for p in draft.towns}


def areas(draft: Draft) -> set[str]:
    """The first-order units of the places."""
    return {p.admin1 for p in draft.places if p.admin1}


def everywhere(draft: Draft) -> bool:
    """Whether what is told as known ("the protesters", القصف) goes on in every town: where it is, it is an event of its own."""
    return draft.family is Family.UNREST or (draft.kind in ("shelling", "air_strike") and not draft.tolls)


def bare(draft: Draft) -> bool:
    """A reference to a known event, with nothing of its own."""
    return not draft.places and draft.when is None and not any(t.group.low for t in draft.tolls)


def by_a_state(draft: Draft) -> bool:
    """Whether a state or its allies did it."""
    return any(standing(a.name) in ("state", "ally") for a in draft.actors)


def low(draft: Draft, name: str) -> int | None:
    """At least how many people were killed (...), or nothing where no number is told."""
    lows = [t.group.low for t in draft.tolls if t.name == name and not t.unsplit]
    return sum(lows) if lows else None


TOLLS = ("killed", "injured", "abducted", "arrested")


def shared_toll(one: Draft, other: Draft) -> bool:
    """Whether both tell the same number of killed (...); one person is the same only where nothing says that he is another."""
    return any(
        (a := low(one, name)) is not None and a > 0 and a == low(other, name) and not (a == 1 and _another(one, other, name))
        for name in TOLLS
    )


def _another(one: Draft, other: Draft, name: str) -> bool:
    """Whether those of one toll are of other groups than those of the other (a preacher, an officer)."""
    a, b = ({g for t in d.tolls if t.name == name for g, n in t.group.by.items() if n} for d in (one, other))
    return bool(a and b) and "unknown" not in a | b and not a & b


def other_toll(one: Draft, other: Draft) -> bool:
    """Whether both tell how many were killed (...), and the numbers differ."""
    for name in TOLLS:
        a, b = low(one, name), low(other, name)
        if a and b and a != b and not (a < b and _loose(one, name)) and not (b < a and _loose(other, name)):
            return True
    return False


def _loose(draft: Draft, name: str) -> bool:
    """Whether a toll is only told loosely (dozens), so that any greater number agrees with it."""
    return any(t.name == name and t.group.best is None for t in draft.tolls)


def other_count(one: Draft, other: Draft) -> bool:
    """Whether both count their acts, and differently, with no word that points back ("five air strikes", "four air strikes")."""
    counts = one.count, other.count
    if counts[0] is None or counts[1] is None or other.definite or one.sent is other.sent:
        return False
    return counts[0].unit == counts[1].unit and counts[0].value != counts[1].value and one.kind == other.kind


def same_great_toll(one: Draft, other: Draft) -> bool:
    """The same large toll of one kind: one event, though the days told for it differ by one."""
    a, b = one.when, other.when
    near = a and b and a.start and b.start and abs((a.start - b.start).days) <= 1
    return bool(
        near and one.kind == other.kind and (low(one, "killed") or 0) >= 10 and low(one, "killed") == low(other, "killed")
    )
