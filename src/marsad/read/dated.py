"""The date phrase of an event among those of its sentence: the nearest, no day of speech, no span that is only compared with."""

from datetime import date

from marsad.read.annotate import Sentence
from marsad.read.asides import asides
from marsad.read.history import MOST
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.scales import DatePrecision
from marsad.text.dates import Found


def _compared(sent: Sentence, found: Found) -> bool:
    """ "The worst of its kind this year": the span compared with, not the day of the event."""
    return found.precision >= DatePrecision.MONTH and any(
        sent.form(k).removeprefix("ال") in MOST or sent.form(k) in ("نوعه", "نوعها")
        for k in range(found.first - 6, found.first)
    )


def _introduces(sent: Sentence, found: Found, act: int) -> bool:
    """Whether a date is that of the act told behind it ("the worst since February 2009, when a bomber killed")."""
    at = found.last + (sent.form(found.last) in "،,")
    return sent.form(at) in _WHEN and at < act <= at + 2


_WHEN = grammar("dated", "when")


def _of_another(sent: Sentence, found: Found, group: list[Hit]) -> bool:
    """Whether a "since" stands too far behind an act to be of it, or is of what it describes (رواتبهم المتأخرة منذ ثلاثة أشهر)."""
    if found.role != "since" or found.precision <= _DAYS:
        return False
    behind, told_of = found.first - group[-1].last, sent.form(found.first - 1)
    return behind > (_NEAR if told_of.startswith("ال") and told_of.endswith("ه") else _REACH)


_NEXT = 4  # tokens from a "since" that opens a clause to its act
_NEAR, _REACH = 3, 9  # tokens; "the clashes going on since" are near
_DAYS = 2  # the precision of a few days: "since yesterday morning" is of the act however long its sentence


def _when_it_began(sent: Sentence, found: Found, group: list[Hit]) -> bool:
    """Whether a date tells when something else began that a clause describes ("in an operation that began a month ago")."""
    at = next((k for k in (found.first - 1, found.first - 2) if sent.form(k) in _BEGAN), None)
    return at is not None and sent.form(at - 1) in _WHICH and group[-1].last < at - _RIGHT_BEFORE


_BEGAN, _WHICH = grammar("dated", "began"), grammar("dated", "which")
_RIGHT_BEFORE = 4  # tokens from the noun that the clause describes


def _by_the_way(sent: Sentence, found: Found, act: int, lang: str) -> bool:
    """Whether a date is that of a relative clause by the way, in which the act does not stand ("the palace, which they took in April, ...")."""
    aside = asides(sent, lang)
    begun = aside.get(found.first)
    return begun is not None and aside.get(act) != begun and sent.form(begun + 1) in _RELATIVE


_RELATIVE = grammar("asides", "relative")


def date_of(sent: Sentence, group: list[Hit], first: int, last: int, lang: str, *, told: date | None = None) -> Found | None:
    """The date phrase nearest to the group's triggers in its segment, an exact day before anything wider; of what has happened (told: the
    day of the news) a day that has come before one that has not."""
    middle = group[0].first
    options = [f for f in sent.dates if first <= f.first < last and f.role != "until" and not _of_another(sent, f, group)]
    options = [f for f in options if not (_by_the_way(sent, f, middle, lang) or _when_it_began(sent, f, group))]
    if not options:
        return None

    def worth(found: Found) -> tuple[bool, bool, bool, bool, int]:
        spoken = found.first < middle and sent.has_cue(
            ("speech.verbs",), found.first - 8, found.first
        )  # "announced on Sunday"
        to_come = told is not None and found.start is not None and found.start > told
        since = found.role == "since" and not found.last <= middle <= found.last + _NEXT  # "since 20 July, 13 were killed"
        return to_come, found.year_only, since, spoken, abs(found.first - middle)

    if (introduced := next((f for f in options if _introduces(sent, f, middle)), None)) is not None:
        return introduced._replace(role="when")
    options = [f for f in options if f.last > sent.dateline] or options  # a dateline's day is that of the writing
    options = [f for f in options if not _compared(sent, f)] or [f for f in options if f.start is not None]
    if not options:
        return None  # "the heaviest in months"
    best = min(options, key=worth)
    same_year = next((f for f in options if f.year_only and f.start and not best.start), None)
    return same_year or best
