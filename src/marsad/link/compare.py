"""Do two statements tell of one incident? Points for and against, part by part, and what rules it out.

A sum of parts in the manner of Fellegi and Sunter (1969), with weights set by hand and stated here: the record has no labelled
pairs of its own to fit them on yet. Two statements match from BAR points on.
"""

from dataclasses import dataclass
from math import asin, cos, log2, radians, sin, sqrt

from marsad.link.clues import FINE, LAND, UNIT, Clue, Spot
from marsad.records import Statement, Toll, reckoned
from marsad.scales import DateBasis, Family

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
    if a.report.id == b.report.id:
        return _one_report(*sorted((a, b), key=lambda c: (c.said.anchor.start, c.said.id)))
    if (reason := _apart(a, b)) or (reason := _places_apart(a, b)) or (reason := _days_apart(a, b)):
        return Match(ruled_out=reason)
    parts = [_kind(a, b), _days(a, b), _places(a, b), *_numbers(a, b), *_means(a, b)]
    who = _actors(a, b)
    if a.family is Family.POSTURE and who.points < -1:
        return Match(ruled_out=who.reason)
    parts.append(who)
    if (reason := _too_little(a, b, who)) != "":
        return Match((*parts, Part("rule", -BAR, reason)))
    if a.wire == b.wire:
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
    if a.said.reader == b.said.reader and a.said.reader.startswith("import "):
        return "one table tells them apart, row by row"
    if a.said.kind != b.said.kind and a.family in _NEVER_KIN and _kin(a, b) == 0:
        return f"{a.said.kind} is not {b.said.kind}"
    return ""


# --- two statements of one report


def _one_report(a: Clue, b: Clue) -> Match:
    """`a` stands before `b` in one report. They are one event (codebook, section 5) if kind, days and place are the same, or if
    `a` is the headline of what `b` tells in full; and no number is told differently.

    Where a toll is told twice in one report and grows a little, or the place is told once wide and once narrow, they may be one:
    by themselves they are not joined, yet other reports may join them. All else one report tells apart, for good.
    """
    apart = Match(ruled_out="one report tells them apart")
    alike = a.said.kind == b.said.kind or _kin(a, b) > 0
    if _apart(a, b) or not alike or _numbers_far(a.said, b.said) or _few_differ(a.said, b.said):
        return apart
    if a.headline and not b.headline and not _numbers_clash(a.said, b.said) and _tells_in_full(a, b):
        return Match((Part("report", BAR, "the headline, and the text that tells it in full"),))
    if _places_apart(a, b) or _days_apart(a, b):
        return apart
    same_days = (a.start, a.end) == (b.start, b.end) and a.start is not None
    same_place = {s.key for s in a.spots} == {s.key for s in b.spots} and bool(a.spots)
    if a.said.kind == b.said.kind and same_days and same_place and not _numbers_clash(a.said, b.said):
        return Match((Part("report", BAR, "one kind, day and place in one report"),))
    return Match((Part("report", 0.0, "one report tells of both, and they may be one"),))


def _tells_in_full(headline: Clue, text: Clue) -> bool:
    """Whether a headline's place and days leave room for those of the text. With one number (not zero) in both they need not."""
    x, y = _told(headline.said), _told(text.said)
    if any(x[k] == y[k] > 1 for k in x.keys() & y.keys()):
        return True
    if _places_apart(headline, text) or (any(s.level == FINE for s in headline.spots) and not _shared(headline, text)):
        return False
    return headline.start is None or text.start is None or _within_slack(headline, text)


def _numbers_far(a: Statement, b: Statement) -> bool:
    """Whether some number is told so differently that it is no toll that grew: 9 and 2, not 15 and 12, nor 100 and "dozens"."""
    x, y = _told(a), _told(b)
    open_ = {k for k in x.keys() & y.keys() if (_least(a, k) and y[k] >= x[k]) or (_least(b, k) and x[k] >= y[k])}
    return any(max(x[k], y[k]) > 1.6 * min(x[k], y[k]) + 1 for k in (x.keys() & y.keys()) - open_)


def _few_differ(a: Statement, b: Statement) -> bool:
    """Whether a number below ten is told differently: one report that tells of five and of eight means two events."""
    x, y = _told(a), _told(b)
    exact = (k for k in x.keys() & y.keys() if not _least(a, k) and not _least(b, k))
    return any(x[k] != y[k] and max(x[k], y[k]) < 10 for k in exact)


def _least(said: Statement, slot: str) -> bool:
    """Whether only a lower bound is told ("dozens")."""
    toll = getattr(said, slot, None)
    return isinstance(toll, Toll) and toll.best is None


def _kin(a: Clue, b: Clue) -> float:
    return _KIN.get(frozenset((a.said.kind, b.said.kind)), 0.0)


def _kind(a: Clue, b: Clue) -> Part:
    if a.said.kind == b.said.kind:
        return Part("kind", 2.0, f"both {a.said.kind}")
    return Part("kind", _kin(a, b) or -2.0, f"{a.said.kind} and {b.said.kind}")


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
    if a.start is None or b.start is None:
        return ""
    gap = _gap(a, b)
    if a.family is Family.POSTURE:
        return f"{gap} days apart" if gap > 7 and not _within_slack(a, b) else ""
    if gap <= 1:
        return ""
    return "" if _within_slack(a, b) and _late_news(a, b) else f"{gap} days apart"


_LASTING = frozenset(("clash", "shelling", "air_strike", "armed_attack", "protest", "riot", "raid", "arrest", "seizure"))


def _late_news(a: Clue, b: Clue) -> bool:
    """Whether a report whose day was not told may be late news of the other's incident: that one's day is told, and the tolls
    are near, or it is no kind that comes again in one place day after day."""
    first, later = (a, b) if (a.start or 0) <= (b.start or 0) else (b, a)
    firm, open_ = (DateBasis.TEXT, DateBasis.RELATIVE), (DateBasis.PUBLISHED, DateBasis.BY)
    if (
        first.said.when is None
        or first.said.when.basis not in firm
        or later.said.when is None
        or later.said.when.basis not in open_
    ):
        return False
    x, y = _told(a.said), _told(b.said)
    if _numbers_far(a.said, b.said):
        return False
    return bool(x.keys() & y.keys()) or not ({a.said.kind, b.said.kind} & _LASTING)


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
        return Part("days", 1.5 if gap <= 1 else -1.0, f"{gap} days apart, told by the day of the report")
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


_GREAT = 20  # persons: tolls so great and so near are seldom those of two incidents


def _rarity(persons: int) -> float:
    """Points for a great toll: one more for each doubling from twenty on, up to four, since about half as many incidents reach it
    (tolls follow a power law: Clauset, Young and Gleditsch 2007; agreement on a rare value weighs more: Winkler 1989)."""
    return min(4.0, 1.0 + log2(persons / _GREAT)) if persons >= _GREAT else 0.0


def _numbers(a: Clue, b: Clue) -> list[Part]:
    parts = []
    for slot, weight in (("killed", 1.5), ("injured", 1.0), ("abducted", 1.5), ("arrested", 1.5)):
        x, y = reckoned(getattr(a.said, slot)), reckoned(getattr(b.said, slot))
        if x is None or y is None:
            continue
        if (_least(a.said, slot) and y >= x) or (_least(b.said, slot) and x >= y):
            continue  # "several" is no other number than fifteen
        if x == y and x > 0:
            parts.append(Part(slot, max(weight, _rarity(x)), f"both {x}"))
        elif min(x, y) >= _GREAT and max(x, y) <= 1.6 * min(x, y):
            parts.append(Part(slot, _rarity(min(x, y)), f"{x} and {y}, a size seldom reached"))
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


def _count(said: Statement) -> int | None:
    return said.count.value if said.count else None


def _told(said: Statement) -> dict[str, int]:
    tolls = {slot: reckoned(getattr(said, slot)) for slot in ("killed", "injured", "abducted", "arrested")}
    count = {f"count {said.count.unit}": said.count.value} if said.count and said.count.value > 1 else {}
    return {slot: n for slot, n in tolls.items() if n is not None} | count


def _numbers_clash(a: Statement, b: Statement) -> bool:
    x, y = _told(a), _told(b)
    return any(x[slot] != y[slot] for slot in x.keys() & y.keys())


def _same_numbers(a: Clue, b: Clue) -> bool:
    return _told(a.said) == _told(b.said)


def _too_little(a: Clue, b: Clue, who: Part) -> str:
    """Where a day or a place is not told, agreement has to be strong: one text, or the same number (not zero) of one kind, or the
    same parties, at one narrow place in the days around publication, or on one day by or against the same. Empty if that is so."""
    dated, placed = a.start is not None and b.start is not None, bool(a.spots and b.spots)
    if dated and placed:
        return ""
    x, y = _told(a.said), _told(b.said)
    clash = _numbers_far(a.said, b.said)
    same_number = any(x[k] == y[k] > 0 for k in x.keys() & y.keys()) and not _numbers_clash(a.said, b.said)
    same_parties = who.points > 0 or bool(a.targets & b.targets)
    alike = a.said.kind == b.said.kind
    if alike and a.wire == b.wire and _same_numbers(a, b):
        return ""
    if dated and a.family is Family.POSTURE and who.points > 0 and _gap(a, b) <= 3:
        return ""
    spot = _shared(a, b)
    if not dated and spot is not None and (alike or _kin(a, b) > 0) and not clash and _news_of_same_days(a, b):
        if spot.level == FINE and (same_number or same_parties):
            return ""
        if spot.level == UNIT and same_number and same_parties:
            return ""
    if dated and alike and same_number and _gap(a, b) == 0 and same_parties:
        return ""
    return "a day or a place is not told, and too little else agrees"


NEWS, LATE = 7, 2
"""Days for which an incident stays in the news; and days by which the day another report gives may lie after an undated one."""


def _news_of_same_days(a: Clue, b: Clue) -> bool:
    """Whether an undated telling was published so that it may be of the other's day (or both were published in those days)."""
    told, untold = (a, b) if a.start is not None else (b, a)
    if untold.report.published is None or (told.start is None and told.report.published is None):
        return False
    late = untold.report.published.toordinal()
    day = told.start if told.start is not None else told.report.published.toordinal()  # type: ignore[union-attr]
    return -LATE <= late - day <= NEWS
