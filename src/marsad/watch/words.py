"""Headlines of signals in English and Arabic: subjects, periods, and counted nouns that agree with their number."""

from functools import cache, lru_cache
from typing import NamedTuple

from marsad.panel import told
from marsad.periods import Freq
from marsad.read.placenames import entries
from marsad.scales import KINDS, Family


class Noun(NamedTuple):
    """A counted noun: English one and many; Arabic singular, stem of the dual, plural, and singular accusative (11 to 99)."""

    en: str
    en_many: str
    ar: str
    ar_two: str
    ar_few: str
    ar_many: str
    feminine: bool = False


INCIDENT = Noun("incident", "incidents", "حادثة", "حادثت", "حوادث", "حادثة", feminine=True)
DEATH = Noun("death", "deaths", "قتيل", "قتيل", "قتلى", "قتيلاً")
PERIOD: dict[Freq, Noun] = {
    "D": Noun("day", "days", "يوم", "يوم", "أيام", "يوماً"),
    "W": Noun("week", "weeks", "أسبوع", "أسبوع", "أسابيع", "أسبوعاً"),
    "M": Noun("month", "months", "شهر", "شهر", "أشهر", "شهراً"),
}
_FAMILIES = {
    Family.ATTACK: ("attacks", "الهجمات"), Family.OPERATION: ("operations", "العمليات الأمنية"),
    Family.CONTROL: ("changes of control", "تغيّر السيطرة"), Family.POSTURE: ("changes of posture", "تحركات القوات"),
    Family.UNREST: ("unrest", "الاحتجاجات"), Family.MEASURE: ("measures", "التدابير"),
}  # fmt: skip


class Both(NamedTuple):
    """The same in English and Arabic."""

    en: str
    ar: str


_METHODS = {
    "record_high": Both("the rule of record highs", "قاعدة الرقم الأعلى"), "nb_tail": Both("the test of single counts", "اختبار العدد المفرد"),
    "nb_cusum": Both("the test of running sums", "اختبار المجموع المتراكم"), "farrington": Both("the seasonal test", "الاختبار الموسمي"),
    "tactic_return": Both("the test of silences", "اختبار مدة الصمت"), "change_point": Both("the test of lasting change", "اختبار التغيّر الدائم"),
    "vacuum": Both("the test after changes of posture", "اختبار ما بعد تغيّر الانتشار"), "cluster": Both("the search for clusters", "البحث عن التجمعات"),
}  # fmt: skip


def method(name: str) -> Both:
    """What a method is called in a sentence; one that somebody else made keeps its name."""
    return _METHODS.get(name, Both(name, name))


def plain(value: float) -> str:
    """A number as people write it: whole where it is, else to two digits."""
    return f"{value:.0f}" if abs(value - round(value)) < 1e-9 else f"{value:.2g}" if value < 100 else f"{value:.0f}"


def counted_en(n: float, noun: Noun) -> str:
    """ "1 incident", "3 incidents", "0 incidents"."""
    return f"{plain(n)} {noun.en if n == 1 else noun.en_many}"


def counted_ar(n: float, noun: Noun, *, subject: bool = False) -> str:
    """A counted noun: حادثة واحدة، حادثتين، 3 حوادث، 11 حادثة، 100 حادثة. subject: in the nominative (حادثتان)."""
    if abs(n - round(n)) > 1e-9:
        return f"{plain(n)} {noun.ar}"
    whole = round(n)
    if whole == 1:
        return f"{noun.ar} {'واحدة' if noun.feminine else 'واحد'}"
    if whole == 2:
        return noun.ar_two + ("ان" if subject else "ين")
    rest = whole % 100
    if 3 <= rest <= 10:
        return f"{whole} {noun.ar_few}"
    return f"{whole} {noun.ar_many if rest >= 11 else noun.ar}"


@lru_cache(maxsize=100_000)
def subject(unit: str) -> Both:
    """What a unit is about: "IQ/Diyala attack" -> "Diyala (attacks)", «ديالى (الهجمات)». Any other name stays as it is."""
    place, what, deaths = told(unit)
    if what in Family._value2member_map_:
        named = Both(*_FAMILIES[Family(what)])
    elif what in KINDS:
        named = Both(KINDS[what].en, KINDS[what].ar)
    else:
        return Both(unit, unit)
    where = area(place)
    if deaths:
        named = Both(f"{named.en}: deaths", f"{named.ar}: القتلى")
    return Both(f"{where.en} ({named.en})", f"{where.ar} ({named.ar})")


def of_record(unit: str) -> bool:
    """Whether a unit is of the record (area, and family or kind), so that it counts incidents or deaths."""
    what = told(unit).what
    return what in KINDS or what in Family._value2member_map_


def area(name: str) -> Both:
    """An area's name: "IQ/Diyala", "IQ/unknown", "unknown"."""
    country, _, unit = name.partition("/")
    known = _areas()
    whole = known.get((country, ""), Both(country, country))
    if unit == "unknown":
        return Both(f"{whole.en}, place not told", f"{whole.ar}، المكان غير مذكور")
    if name == "unknown":
        return Both("place not told", "مكان غير مذكور")
    return known.get((country, unit), Both(unit or whole.en, unit or whole.ar))


@cache
def _areas() -> dict[tuple[str, str], Both]:
    wanted = [e for e in entries() if e.kind in ("country", "admin1") and e.names_ar]
    return {(e.country, e.admin1 if e.kind == "admin1" else ""): Both(e.name_en, e.names_ar[0]) for e in wanted}


def amount(unit: str, n: float) -> Both:
    """A count with its noun, as a subject; where what is counted is not known, the number alone."""
    if of_record(unit):
        noun = DEATH if told(unit).deaths else INCIDENT
        return Both(counted_en(n, noun), counted_ar(n, noun, subject=True))
    return Both(f"a count of {plain(n)}", f"العدد {plain(n)}")


def span(n: float, freq: Freq) -> Both:
    """ "12 weeks", «12 أسبوعاً»."""
    return Both(counted_en(n, PERIOD[freq]), counted_ar(n, PERIOD[freq]))
