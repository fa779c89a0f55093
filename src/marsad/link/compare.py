"""Do two statements tell of one incident? Points for and against, part by part, and what rules it out.

A sum of parts in the manner of Fellegi and Sunter (1969), with weights set by hand and stated here: the record has no labelled
pairs of its own to fit them on yet. Two statements match from BAR points on.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from marsad.link.clues import FINE, LAND, UNIT, Clue, Spot
from marsad.records import Statement, Toll
from marsad.scales import Family

BAR = 6.0

_KIN: dict[frozenset[str], float] = {  # kinds by which two reports may name one act; the others of a family rarely do
    frozenset(pair): points
    for points, pairs in {
        1.0: (("bombing", "suicide_bombing"), ("withdrawal", "reduction"), ("protest", "riot")),
        0.5: (
            *(("armed_attack", k) for k in ("killing", "clash", "assassination", "bombing", "suicide_bombing", "shelling",
                                            "abduction", "arson", "air_strike")),
            *(("killing", k) for k in ("assassination", "bombing", "suicide_bombing", "shelling", "air_strike", "clash",
                                       "abduction")),
            ("assassination", "bombing"), ("shelling", "air_strike"), ("raid", "arrest"), ("raid", "seizure"),
            ("withdrawal", "redeployment"), ("reduction", "redeployment"),
        ),
    }.items()
    for pair in pairs
}  # fmt: skip
_NEVER_KIN = {Family.CONTROL, Family.POSTURE, Family.MEASURE}


@dataclass(frozen=True, slots=True)
class Part:
    """Points that one slot gives, and why in a few words."""

    slot: str
    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """How well two statements agree. ruled_out: why they cannot be of one incident whatever else agrees; empty if they can."""

    parts: tuple[Part, ...] = ()
    ruled_out: str = ""

    @property
    def points(self) -> float:
        """The sum of the parts."""
        return sum(p.points for p in self.parts)

    @property
    def holds(self) -> bool:
        """Whether this is enough to join them."""
        return not self.ruled_out and self.points >= BAR


def compare(a: Clue, b: Clue) -> Match:
    """Symmetric: compare(a, b) and compare(b, a) give the same points."""
    if (reason := _apart(a, b)) or (reason := _places_apart(a, b)) or (reason := _days_apart(a, b)):
        return Match(ruled_out=reason)
    parts = [_kind(a, b), _days(a, b), _places(a, b), *_numbers(a, b), *_means(a, b)]
    who = _actors(a, b)
    if a.family is Family.POSTURE and who.points < -1:
        return Match(ruled_out=who.reason)
    parts.append(who)
    if (reason := _too_little(a, b, who)) != "":
        return Match((*parts, Part("rule", -BAR, reason)))
    if a.wire == b.wire and a.report.id != b.report.id:
        parts.append(
            Part("text", BAR if _same_numbers(a, b) and a.said.kind == b.said.kind else 1.0, "one text, published twice")
        )
    return Match(tuple(p for p in parts if p.reason))


def _apart(a: Clue, b: Clue) -> str:
    if a.family is not b.family:
        return "of different families"
    if a.aggregate != b.aggregate:
        return "a period total is no single incident"
    if a.aggregate and (a.said.kind, a.start, a.end) != (b.said.kind, b.start, b.end):
        return "totals over different periods"
    if a.said.kind != b.said.kind and a.family in _NEVER_KIN and frozenset((a.said.kind, b.said.kind)) not in _KIN:
        return f"{a.said.kind} is not {b.said.kind}"
    if a.report.id == b.report.id and not _headline_and_details(a, b):
        return "one report tells them apart"
    return ""


def _headline_and_details(a: Clue, b: Clue) -> bool:
    """Two statements of one report are one event (codebook, section 5) only if kind, days and place are the same and no number
    is told differently."""
    same_days = (a.start, a.end) == (b.start, b.end) and a.start is not None
    same_place = {s.key for s in a.spots} == {s.key for s in b.spots} and bool(a.spots)
    return a.said.kind == b.said.kind and same_days and same_place and not _numbers_clash(a.said, b.said)


def _kind(a: Clue, b: Clue) -> Part:
    if a.said.kind == b.said.kind:
        return Part("kind", 2.0, f"both {a.said.kind}")
    points = _KIN.get(frozenset((a.said.kind, b.said.kind)), -2.0)
    return Part("kind", points, f"{a.said.kind} and {b.said.kind}")


# --- when


def _gap(a: Clue, b: Clue) -> int:
    """Days between the two, 0 where they touch."""
    assert a.start is not None
    assert b.start is not None
    assert a.end is not None
    assert b.end is not None
    return max(0, b.start - a.end, a.start - b.end)


def _within_slack(a: Clue, b: Clue) -> bool:
    assert a.early is not None
    assert b.early is not None
    return max(a.early, b.early) <= min(a.end or 0, b.end or 0)


def _days_apart(a: Clue, b: Clue) -> str:
    if a.start is None or b.start is None or _within_slack(a, b):
        return ""
    gap = _gap(a, b)
    return f"{gap} days apart" if gap > (7 if a.family is Family.POSTURE else 1) else ""


def _days(a: Clue, b: Clue) -> Part:
    if a.start is None or b.start is None:
        return Part("days", 0.0, "a day is not told")
    gap = _gap(a, b)
    if gap == 0 and (a.vague or b.vague):
        return Part("days", -0.5, "only the month is told")
    if gap == 0:
        lengths = sorted(((a.end or 0) - a.start, (b.end or 0) - b.start))
        alike = lengths[1] <= 1 or lengths[0] == lengths[1]
        return Part("days", 3.0, "the same days") if alike else Part("days", 1.0, "a day within a span of days")
    if _within_slack(a, b):
        return Part("days", 1.5, f"{gap} days apart, told by the day of the report")
    if a.family is Family.POSTURE:
        return Part("days", 1.5 if gap <= 3 else 0.0, f"{gap} days apart")
    return Part("days", -1.5, "one day apart")


# --- where


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance (haversine), km."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


def _near(s: Spot, t: Spot) -> bool:
    return (
        s.point is not None
        and t.point is not None
        and s.level == t.level == FINE
        and _km(s.point, t.point) <= s.reach + t.reach
    )


def _contains(wide: Clue, narrow: Clue) -> bool:
    """Whether a place of `wide` is one that holds a place of `narrow`."""
    units = {s.key for s in wide.spots} | {f"{s.name}/{s.country}" for s in wide.spots if s.level == UNIT}
    return bool(units & narrow.around) or any(s.level == LAND and s.country in narrow.countries for s in wide.spots)


def _places_apart(a: Clue, b: Clue) -> str:
    if not a.spots or not b.spots:
        return ""
    if a.countries and b.countries and not a.countries & b.countries:
        return "in different countries"
    if _shared(a, b) or _contains(a, b) or _contains(b, a):
        return ""
    if all(s.resolved and t.resolved for s in a.spots for t in b.spots):
        return f"{a.spots[0].name} is not {b.spots[0].name}"
    return ""


def _shared(a: Clue, b: Clue) -> Spot | None:
    """A place of `a` that is, or stands within reach of, one of `b`."""
    keys = {t.key for t in b.spots}
    found = [s for s in a.spots if s.key in keys] or [s for s in a.spots for t in b.spots if _near(s, t)]
    return min(found, key=lambda s: (s.level, s.key), default=None)


def _places(a: Clue, b: Clue) -> Part:
    if not a.spots or not b.spots:
        return Part("place", 0.0, "a place is not told")
    land = 1.0 if a.family is Family.POSTURE else 0.5
    if (spot := _shared(a, b)) is not None:
        return Part("place", {FINE: 4.0, UNIT: 2.5, LAND: land}[spot.level], f"both in {spot.name}")
    if _contains(a, b) or _contains(b, a):
        wide = a if a.spots[0].level >= b.spots[0].level else b
        return Part("place", land if wide.spots[0].level == LAND else 2.0, f"{wide.spots[0].name} holds the other place")
    return Part("place", -1.0, "the places are named differently")


# --- who, how many, with what


def _actors(a: Clue, b: Clue) -> Part:
    if not a.actors or not b.actors:
        return Part("actors", 0.0, "")
    both = a.actors & b.actors
    if a.family is not Family.POSTURE:
        return Part("actors", 1.5, f"both {min(both)}") if both else Part("actors", -1.0, "different actors are named")
    # Several countries move on one day: there who it is decides, unless it is one and the same base that they leave.
    if len(both) * 2 >= len(a.actors | b.actors):
        return Part("actors", 3.0, f"both {min(both)}")
    spot = _shared(a, b)
    if spot is not None and spot.level == FINE and a.start is not None and b.start is not None and _gap(a, b) <= 3:
        return Part("actors", -1.0, "different forces, one base")
    return Part("actors", -BAR, "the forces of others")


def _numbers(a: Clue, b: Clue) -> list[Part]:
    parts = []
    for slot, weight in (("killed", 1.5), ("injured", 1.0), ("abducted", 1.5), ("arrested", 1.5)):
        x, y = _best(getattr(a.said, slot)), _best(getattr(b.said, slot))
        if x is None or y is None:
            continue
        if x == y and x > 0:
            parts.append(Part(slot, weight, f"both {x}"))
        elif abs(x - y) > 3 and max(x, y) > 3 * min(x, y):
            parts.append(Part(slot, -1.5, f"{x} and {y}"))
    x, y = _count(a.said), _count(b.said)
    if x is not None and x == y and x > 1:
        parts.append(Part("count", 1.0, f"both {x}"))
    return parts


def _means(a: Clue, b: Clue) -> list[Part]:
    parts = []
    if a.targets & b.targets:
        parts.append(Part("targets", 0.5, f"both {min(a.targets & b.targets)}"))
    arms, others = {w.name for w in a.said.weapons}, {w.name for w in b.said.weapons}
    if arms and others:
        parts.append(Part("weapons", 0.5, f"both {min(arms & others)}") if arms & others else Part("weapons", -0.5, "differ"))
    return parts


def _best(toll: Toll | None) -> int | None:
    return None if toll is None else toll.best if toll.best is not None else toll.low


def _count(said: Statement) -> int | None:
    return said.count.value if said.count else None


def _told(said: Statement) -> dict[str, int]:
    tolls = {slot: _best(getattr(said, slot)) for slot in ("killed", "injured", "abducted", "arrested")}
    count = {f"count {said.count.unit}": said.count.value} if said.count and said.count.value > 1 else {}
    return {slot: n for slot, n in tolls.items() if n is not None} | count


def _numbers_clash(a: Statement, b: Statement) -> bool:
    x, y = _told(a), _told(b)
    return any(x[slot] != y[slot] for slot in x.keys() & y.keys())


def _same_numbers(a: Clue, b: Clue) -> bool:
    return _told(a.said) == _told(b.said)


def _too_little(a: Clue, b: Clue, who: Part) -> str:
    """Where a day or a place is not told, agreement has to be strong: one text, or the same number (not zero) of one kind,
    at one narrow place in the days around publication, or on one day by or against the same. Empty if that is so."""
    dated, placed = a.start is not None and b.start is not None, bool(a.spots and b.spots)
    if dated and placed:
        return ""
    x, y = _told(a.said), _told(b.said)
    same_number = any(x[k] == y[k] > 0 for k in x.keys() & y.keys()) and not _numbers_clash(a.said, b.said)
    alike = a.said.kind == b.said.kind
    if alike and a.wire == b.wire and _same_numbers(a, b):
        return ""
    if dated and a.family is Family.POSTURE and who.points > 0 and _gap(a, b) <= 3:
        return ""
    spot = _shared(a, b)
    if not dated and alike and same_number and spot is not None and spot.level == FINE and _news_of_same_days(a, b):
        return ""
    if dated and alike and same_number and _gap(a, b) == 0 and (who.points > 0 or a.targets & b.targets):
        return ""
    return "a day or a place is not told, and too little else agrees"


def _news_of_same_days(a: Clue, b: Clue) -> bool:
    days = [c.start if c.start is not None else c.report.published.toordinal() if c.report.published else None for c in (a, b)]
    return days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= 2
