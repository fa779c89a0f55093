"""When an event happened: its own words, else the news's day; and whether that makes it history (codebook, sections 3 and 4)."""

from datetime import date, timedelta

from marsad.read.annotate import Annotated, Sentence
from marsad.read.clauses import of_speech
from marsad.read.draft import Draft
from marsad.read.events import RECENT
from marsad.read.load import grammar
from marsad.read.retold import since_it_began
from marsad.records import Span, When
from marsad.scales import DateBasis, DatePrecision, Family, Realis
from marsad.text.dates import Found

_LEAD = 2  # sentences
_WAR = 2000  # people: no single event of the news kills so many; a toll like that sums up a war
_BATTLE = 100  # the same where they are counted since it began; fewer may be those of the days that the news is of


def when(note: Annotated, draft: Draft, inherited: When | None, latest: date | None = None) -> tuple[When | None, Realis]:
    """The date slot and the realis of a draft. inherited: the date of the event told just before, for a continuation; latest: the last
    day that the report tells of, from which it is recalled where nobody knows when it was published."""
    real = draft.realis
    found = draft.when
    if real not in (Realis.ACTUAL, Realis.BACKGROUND):
        return (_slot(note, draft.when_sent or draft.sent, found), real) if found and found.start else (None, real)
    since = draft.kind == "killing" and draft.only_counts and since_it_began(draft)
    if real is Realis.BACKGROUND or any(t.group.low >= (_BATTLE if since else _WAR) for t in draft.tolls):
        return _slot(note, draft.when_sent or draft.sent, found), Realis.BACKGROUND
    if note.published is None and draft.recalled:
        return None, Realis.BACKGROUND  # told as so long before the news
    if found is None:
        if draft.day_before and note.published is not None:
            day = note.published - timedelta(days=1)
            return When(start=day, end=day, precision=DatePrecision.DAY, basis=DateBasis.RELATIVE), real
        return inherited or _news(note), real
    if found.start is None:
        long_ago = found.precision >= DatePrecision.MONTH and draft.first_sent >= _LEAD and not _of_this(draft, found)
        return None, Realis.BACKGROUND if found.year_only or long_ago else real
    slot = _slot(note, draft.when_sent or draft.sent, found)
    since_a_year = found.role == "since" and found.precision >= DatePrecision.YEAR
    if since_a_year or (note.published is None and draft.recalled):
        return slot, Realis.BACKGROUND
    if note.published is None:
        long_before = latest is not None and found.end is not None and found.end < latest - RECENT
        of_a_year = found.year_only or found.precision >= DatePrecision.YEAR
        return slot, Realis.BACKGROUND if long_before or of_a_year else real
    if found.end is not None and found.start + (found.end - found.start) / 2 < note.published - RECENT:
        return slot, real if _goes_on(draft, found) else Realis.BACKGROUND
    if found.start > note.published:
        return slot, Realis.PLANNED if real is Realis.ACTUAL else real
    if found.precision >= DatePrecision.YEAR and not _this_year(found, note):
        return slot, Realis.BACKGROUND
    return slot, real


def _goes_on(draft: Draft, found: Found) -> bool:
    """Whether what began long before still goes on: a present verb, "since" (تحاصر القوات المدينة منذ مايو)."""
    present = any(h.entry.info.pos == "verb" and h.entry.info.tense == "present" for h in draft.acts)
    return found.role == "since" and found.precision < DatePrecision.YEAR and present and draft.family is Family.MEASURE


def _of_this(draft: Draft, found: Found) -> bool:
    """Whether a month is the one of the news ("this month", الشهر الجاري)."""
    sent = draft.when_sent or draft.sent
    return any(sent.form(k) in _THIS for k in range(found.first - 1, found.last + 1))


_THIS = grammar("when", "this")


def _this_year(found: Found, note: Annotated) -> bool:
    return note.published is not None and found.end is not None and found.end >= note.published


def _news(note: Annotated) -> When | None:
    if note.published is None:
        return None
    return When(start=note.published, end=note.published, precision=DatePrecision.DAY, basis=DateBasis.PUBLISHED)


def _slot(note: Annotated, sent: Sentence, found: Found | None) -> When | None:
    if found is None or found.start is None or found.end is None:
        return None
    toks = sent.toks
    span = Span(*note.folded.span(toks[found.first].start, toks[found.last - 1].end))
    limit = of_speech(sent, found, note.lang) or by_date(sent, found)
    basis = DateBasis.BY if limit else DateBasis(found.basis)
    if basis is DateBasis.RELATIVE and note.published == found.start == found.end and _is_today(sent, found):
        basis = DateBasis.PUBLISHED
    end, precision = found.end, found.precision
    if found.role == "since" and note.published is not None and found.start <= note.published:
        end, precision = note.published, max(4, precision)  # since then, up to the news
    return When(start=found.start, end=end, precision=DatePrecision(precision), basis=basis, span=span)


def _is_today(sent: Sentence, found: Found) -> bool:
    return found.last - found.first == 1 and sent.form(found.first) in ("اليوم", "today", "الليله")


def by_date(sent: Sentence, found: Found) -> bool:
    """Whether the words before a date make it a limit (بحلول, by)."""
    return sent.form(found.first - 1).removeprefix("و") in ("بحلول", "حلول", "by")
