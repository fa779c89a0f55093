"""The scales Marsad speaks in, and the crosswalks from its kinds to UCDP, ACLED and PLOVER.

Kinds and crosswalks: Marsad's codebook. Precision: UCDP GED Codebook 23.1 (Högbladh 2023). Sub-event types: ACLED Codebook
(2023). Event types: PLOVER (Halterman et al. 2023). Likelihood words: US Intelligence Community Directive 203 (2015).
Source grades: NATO AJP-2.1, the "Admiralty" system.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from importlib.resources import files


class Family(StrEnum):
    """What sort of thing a kind is."""

    ATTACK = "attack"
    OPERATION = "operation"
    CONTROL = "control"
    POSTURE = "posture"
    UNREST = "unrest"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Kind:
    """An event kind, its crosswalks, and its name in both languages (codebooks/kinds.tsv)."""

    name: str
    family: Family
    acled: str
    plover: str
    en: str
    ar: str


def _kinds() -> dict[str, Kind]:
    rows = files("marsad.codebooks").joinpath("kinds.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {k.name: k for k in (Kind(n, Family(f), *rest) for n, f, *rest in (row.split("\t") for row in rows))}


KINDS: dict[str, Kind] = _kinds()
FAMILY_OF: dict[str, Family] = {name: kind.family for name, kind in KINDS.items()}


class Realis(StrEnum):
    """Did it happen? Only ACTUAL makes incidents by itself (codebook, section 3)."""

    ACTUAL = "actual"
    BACKGROUND = "background"
    PLANNED = "planned"
    THREATENED = "threatened"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    FOILED = "foiled"


class DatePrecision(IntEnum):
    """UCDP date_prec: how exactly the date of an event is known."""

    DAY = 1
    DAYS = 2  # two to six days
    WEEK = 3
    MONTH = 4
    YEAR = 5  # a year or worse


class DateBasis(StrEnum):
    """What an event's date rests on."""

    TEXT = "text"
    RELATIVE = "relative"
    PUBLISHED = "published"
    BY = "by"  # on or before: the day somebody spoke of it


class WherePrecision(IntEnum):
    """UCDP where_prec: how exactly the place of an event is known."""

    EXACT = 1
    NEAR = 2
    ADMIN2 = 3
    ADMIN1 = 4
    LINE = 5  # a line or border region
    COUNTRY = 6
    SEA_OR_AIR = 7


class Sensitivity(StrEnum):
    """Who may see it. Whatever rests on several sources inherits the highest."""

    PUBLIC = "public"
    PARTNERS = "partners"
    INTERNAL = "internal"


SENSITIVITY_ORDER = (Sensitivity.PUBLIC, Sensitivity.PARTNERS, Sensitivity.INTERNAL)


def highest(levels: "list[Sensitivity] | tuple[Sensitivity, ...]") -> Sensitivity:
    """The most restrictive of `levels`; public if there are none."""
    return max(levels, key=SENSITIVITY_ORDER.index, default=Sensitivity.PUBLIC)


@dataclass(frozen=True, slots=True)
class Band:
    """A likelihood word with its probability range, both ends included (ICD 203, first row of terms)."""

    low: float
    high: float
    en: str
    ar: str


LIKELIHOOD: tuple[Band, ...] = (
    Band(0.01, 0.05, "almost no chance", "احتمال شبه معدوم"),
    Band(0.05, 0.20, "very unlikely", "مستبعد جداً"),
    Band(0.20, 0.45, "unlikely", "مستبعد"),
    Band(0.45, 0.55, "roughly even chance", "احتمالان متقاربان"),
    Band(0.55, 0.80, "likely", "مرجّح"),
    Band(0.80, 0.95, "very likely", "مرجّح جداً"),
    Band(0.95, 0.99, "almost certain", "شبه مؤكد"),
)


def likelihood(p: float) -> Band:
    """The ICD-203 band of probability `p`. A value on a border takes the band nearer to even; 0 and 1 take the outer bands.

    Raises ValueError outside 0..1 and for NaN.
    """
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"a probability is between 0 and 1, not {p}")
    if p <= 0.5:
        return next(b for b in LIKELIHOOD if p < b.high)
    return next(b for b in reversed(LIKELIHOOD) if p > b.low)


SOURCE_GRADES: dict[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
INFORMATION_GRADES: dict[int, str] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
