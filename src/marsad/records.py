"""The nouns of Marsad, frozen. Everything else is verbs over these.

Three times stand on what the store keeps: *happened* (`When`), *published* (of the report) and *recorded* (by this store).
Empty means not told; it never means zero or none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from typing import TYPE_CHECKING, Literal

from marsad.errors import SeriesError
from marsad.scales import FAMILY_OF, DateBasis, DatePrecision, Family, Realis, Sensitivity, WherePrecision

if TYPE_CHECKING:  # reading needs none of it, and its import takes a tenth of a second
    import numpy as np
    from numpy.typing import NDArray

Lang = Literal["ar", "en"]
Group = Literal["civilians", "security_forces", "militants", "unknown"]
StatementClass = Literal["event", "trend", "outlook", "indicator", "message", "advice"]
Bound = Literal["exact", "at_least", "about"]
Params = Mapping[str, float | int | str | bool | None]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` of a report's stored text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One published text. `text` is kept to the letter, since every span counts in it.

    id: SHA-256 of the canonical text. published: the day it was published, None if unknown. recorded: when this store took it
    (UTC), None before it is stored. key: the id its source gave it. retells: the address whose facts it retells, if it does.
    grade: Admiralty letter of the source (scales.SOURCE_GRADES).
    """

    id: str
    text: str
    lang: Lang
    source: str = ""
    url: str = ""
    title: str = ""
    published: date | None = None
    recorded: datetime | None = None
    key: str = ""
    retells: str = ""
    grade: str = "F"
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One input that cannot be taken, kept whole with the reason, so that nothing is lost.

    where: file, and line where there is one. raw: its bytes; None where the law forbids keeping them (a takedown) or where
    they are too many (`size` and `sha256` still tell which they were).
    """

    where: str
    reason: str
    mend: str
    raw: bytes | None
    size: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}. {self.mend}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as a report names it, and what it was resolved to.

    name, span: as written, clitics left out. Coordinates are WGS84 degrees and stand only where a point is known: never 0,0,
    never a centroid posing as a point. country: ISO 3166-1 alpha-2.
    """

    name: str
    span: Span
    name_en: str = ""
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: WherePrecision | None = None
    gazetteer: str = ""  # id of the gazetteer entry


@dataclass(frozen=True, slots=True)
class Party:
    """Who did it, to whom, or who says so: a canonical English name, and the words that name it."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The days in which it happened, both ends included. span: the words that tell it; None for basis `published`."""

    start: date
    end: date
    precision: DatePrecision
    basis: DateBasis
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Persons killed, injured, abducted or arrested as one report gives them; low <= best <= high where they are told.

    by: persons by group (UCDP's split), low values.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    by: Mapping[Group, int] = field(default_factory=dict)
    span: Span | None = None


def reckoned(toll: Toll | None) -> int | None:
    """The number of persons that is reckoned with: the best figure, else the lowest; None where neither is told."""
    return None if toll is None else toll.best if toll.best is not None else toll.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many incidents, rounds, troops... Units as the codebook names them."""

    value: int
    unit: str = ""
    bound: Bound = "exact"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon of the codebook's list, and the words that name it."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one report says, once. `cls` tells which slots can be filled (codebook, sections 1 and 4).

    id: stable for one report, reader version and content. anchor: the words that carry it, inside one sentence.
    confidence: the probability that a careful coder would agree, calibrated on gold; None where the reader gives none.
    aggregate: a total over a period ("30 attacks in March"), which is never added to single incidents.
    reader: name and version of the reader. evidence: spans of further slots, by slot name (kind, realis, direction, ...).
    """

    id: str
    report: str
    cls: StatementClass
    anchor: Span
    realis: Realis = Realis.ACTUAL
    kind: str = ""
    when: When | None = None
    places: tuple[Place, ...] = ()
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    count: Count | None = None
    killed: Toll | None = None
    injured: Toll | None = None
    abducted: Toll | None = None
    arrested: Toll | None = None
    aggregate: bool = False
    claimed_by: Party | None = None
    attributed_to: Party | None = None
    direction: Literal["", "up", "down", "new"] = ""
    ratio: float | None = None
    unseen_for: str = ""  # ISO 8601 duration
    expected_by: Party | None = None
    horizon: str = ""
    conditional: bool = False
    name: str = ""  # indicator: what is measured
    value: float | None = None
    bound: Bound | None = None
    unit: str = ""
    gist: str = ""  # message, advice
    confidence: float | None = None
    reader: str = ""
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def family(self) -> Family | None:
        """The family of `kind`, None where there is no kind."""
        return FAMILY_OF.get(self.kind)


@dataclass(frozen=True, slots=True)
class Difference:
    """A slot on which the reports of one incident disagree: each value told, with the statements that tell it."""

    slot: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The thing in the world that one or more event statements tell of, as one version.

    statements: ids of all that tell of it; voices: how many independent sources. recalled: only told as background.
    Tolls and counts are reconciled by the rule in `method`; each report's own value stays on its statement and, where
    they disagree, in `differences`. confidence: the highest of its statements, a lower bound of the probability that one of them is read
    right at least (docs/linking.md); None where no reader gave one. review: what a person said of it last; a rejected one is kept and never counted. published: the earliest day any of it was published. recorded: when this version was made.
    """

    id: str
    version: int
    kind: str
    statements: tuple[str, ...]
    when: When | None = None
    places: tuple[Place, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    count: tuple[int, int] | None = None  # lowest and highest told
    unit: str = ""
    aggregate: bool = False
    killed: Toll | None = None
    injured: Toll | None = None
    abducted: Toll | None = None
    arrested: Toll | None = None
    voices: int = 1
    recalled: bool = False
    differences: tuple[Difference, ...] = ()
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    published: date | None = None
    recorded: datetime | None = None
    method: str = ""
    review: Literal["", "confirmed", "corrected", "rejected"] = ""
    confidence: float | None = None

    @property
    def family(self) -> Family:
        """The family of `kind`."""
        return FAMILY_OF[self.kind]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Counts of one unit over consecutive periods, without gaps.

    unit: its name ("IQ/Diyala attack"). freq: "D", "W", "M". periods: n labels in time order (YYYY-MM-DD, YYYY-Www, YYYY-MM).
    counts: n values >= 0, NaN where missing (missing is not zero). exposure: reports read in each period, or None if unknown.
    evidence: ids behind each period's count, or empty. sensitivity: the highest of what it rests on. Raises SeriesError if these
    do not hold.
    """

    unit: str
    freq: Literal["D", "W", "M"]
    periods: tuple[str, ...]
    counts: "NDArray[np.float64]"
    exposure: "NDArray[np.float64] | None" = None
    evidence: tuple[tuple[str, ...], ...] = ()
    sensitivity: Sensitivity = Sensitivity.PUBLIC

    def __post_init__(self) -> None:
        if len(self.periods) != len(self.counts):
            raise SeriesError(f"{len(self.periods)} periods but {len(self.counts)} counts", where=self.unit)
        if (self.counts < 0).any() or (self.counts == inf).any():
            raise SeriesError(
                "a count is negative or infinite", where=self.unit, mend="Counts are 0 or more; leave a missing one empty."
            )
        if len(set(self.periods)) != len(self.periods):
            raise SeriesError("a period stands twice", where=self.unit, mend="Give each period one row.")

    def __len__(self) -> int:
        return len(self.periods)

    def __iter__(self) -> Iterator[tuple[str, float]]:
        return zip(self.periods, self.counts.tolist(), strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A change in the pattern that a method found, and what that method is worth at this setting.

    p: how likely so much or more would be if nothing had changed; None if the method gives none. false_alarms_per_year and
    smallest_change_seen (ratio to the expected rate, seen with 80% power in 4 periods) are of the method at these `params`.
    thin: the record is too short or sparse for the method to say anything. draft until a person approves it.
    """

    id: str
    unit: str
    period: str
    method: str
    version: str
    params: Params
    observed: float
    expected: float
    p: float | None
    effect: tuple[float, float, float] | None  # ratio to expected: low, best, high (90%)
    false_alarms_per_year: float | None
    smallest_change_seen: float | None
    headline_en: str
    headline_ar: str
    evidence: tuple[str, ...]
    as_of: date
    thin: bool = False
    status: Literal["draft", "approved", "dismissed"] = "draft"
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A predictive distribution over the count of `unit` in period `target`, made at the end of period `origin`.

    atoms: (value, weight), weights sum to 1. note: why a simpler model stood in, if one did.
    """

    id: str
    unit: str
    freq: Literal["D", "W", "M"]
    origin: str
    target: str
    atoms: tuple[tuple[float, float], ...]
    method: str
    version: str
    params: Params
    evidence: tuple[str, ...]
    as_of: date
    note: str = ""
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if: a change of posture in an area, and what followed comparable changes in the record."""

    id: str
    area: str
    kind: str  # of family posture
    start: date
    analogues: tuple[str, ...]  # incident ids of comparable changes
    before: tuple[tuple[float, float], ...]  # atoms of the count per period without the change
    after: tuple[tuple[float, float], ...]
    method: str
    version: str
    params: Params
    evidence: tuple[str, ...]
    as_of: date
    sensitivity: Sensitivity = Sensitivity.PUBLIC
