"""The day of each event of a report: its own, or that of what was told before it, if that is of the news (a list of one day's events)."""

from dataclasses import replace
from datetime import date, timedelta

from marsad.read.annotate import Annotated
from marsad.read.context import BROAD
from marsad.read.draft import Draft
from marsad.read.when import when
from marsad.records import When
from marsad.scales import DateBasis, DatePrecision, Family, Realis

_LEAD = 4  # sentences, titles among them
_HAPPENED = (Realis.ACTUAL, Realis.BACKGROUND)


def dated(note: Annotated, found: list[Draft]) -> list[tuple[When | None, Realis]]:
    """When each of `found`, in order, happened, and whether that makes it history."""
    told = _Told(note, found)
    return [told.day_of(draft) for draft in found]


class _Told:
    """The days that a report has told of, as far as it has been read."""

    def __init__(self, note: Annotated, found: list[Draft]) -> None:
        self._note = note
        self._latest = _day_of_writing(found)
        self._of_today = note.published is None and any(_of_an_unknown_day(d) for d in found)
        self._day: When | None = None  # told last, be it the news's or not
        self._news: tuple[When, Draft] | None = None  # the news's day told last, and of what
        # days told, by their sentence: that of a headline's event may stand far below
        self._ahead: list[tuple[int, When, Draft]] = []
        self._days: dict[int, When] = {}  # by the identity of the draft: days of what happened
        self._past: Draft | None = None  # the last, if it is history
        # the day of attacks that the report leads with, and the last told of them
        self._series: tuple[When, Draft] | None = None

    def day_of(self, draft: Draft) -> tuple[When | None, Realis]:
        """The day and realis of the next event."""
        for heard in [a for a in self._ahead if a[0] <= draft.sent.at]:
            self._news = heard[1:]
            self._ahead.remove(heard)
        goes_on = self._news is not None and _goes_on(self._note, self._news[1], draft)
        inherited = self._news[0] if self._news and goes_on else None
        inherited = _pointed_to(draft, self._day) or self._of_the_scene(draft) or self._one_by_one(draft) or inherited
        slot, real = when(self._note, draft, inherited, self._latest)
        if real is Realis.ACTUAL and slot is not None and self._is_past(draft, slot):
            real = Realis.BACKGROUND
        if real is Realis.ACTUAL and self._past is not None and _ended(self._past, draft):
            slot, real = None, Realis.BACKGROUND
        self._past = draft if real is Realis.BACKGROUND else None
        if slot is not None and slot.precision is DatePrecision.DAY:
            self._day = slot
            if draft.plural and draft.leads and draft.when is not None and self._is_news(slot):
                self._series = slot, draft
        if slot is not None and real is Realis.ACTUAL:
            self._days[id(draft)] = slot
        if (
            slot is not None
            and real is Realis.ACTUAL
            and draft.when is not None
            and not draft.recalled
            and self._is_news(slot)
        ):
            self._ahead.append(((draft.when_sent or draft.sent).at, slot, draft))
        elif self._news and goes_on and draft.when is None:
            self._news = self._news[0], draft
        return slot, real

    def _one_by_one(self, draft: Draft) -> When | None:
        """The day of a series of attacks that a report leads with and then tells one by one, without their day."""
        if self._series is None or draft.when is not None or draft.realis is not Realis.ACTUAL:
            return None
        day, last = self._series
        if draft.family is not last.family or draft.sent.at - last.sent.at > 1:
            return None
        self._series = day, draft
        return replace(day, basis=DateBasis.RELATIVE, span=None)

    def _of_the_scene(self, draft: Draft) -> When | None:
        """The day of the event that this one goes on from, where it was, in the same sentence or the next."""
        before = draft.follows
        decided = draft.family is Family.MEASURE or draft.kind == "deployment"  # told as what authorities now announce
        if before is None or decided or not 0 <= draft.sent.at - before.last_told <= 1:
            return None
        day = self._days.get(id(before))
        return None if day is None else replace(day, basis=DateBasis.RELATIVE, span=None)

    def _is_past(self, draft: Draft, slot: When) -> bool:
        """Whether news "on Monday" of no known year tells of a month with its year, as of the past."""
        return self._of_today and draft.first_sent >= _LEAD and slot.precision >= DatePrecision.MONTH

    def _is_news(self, slot: When) -> bool:
        published = self._note.published
        return published is not None and slot.end <= published and (published - slot.start).days <= 1


def _ended(past: Draft, draft: Draft) -> bool:
    """Whether what is told to have come before an undated end is history («سيطرت عليها عام 2015، قبل أن يستعيدها الجيش»)."""
    sent, at = draft.sent, draft.acts[0].first
    undated = draft.family is Family.CONTROL and draft.when is None
    return past.sent is sent and undated and sent.forms[max(0, at - 2) : at] == ["قبل", "ان"]


def _of_an_unknown_day(draft: Draft) -> bool:
    """Whether the first sentences tell of a day ("on Monday") that nobody can place."""
    day = draft.when
    return day is not None and day.start is None and day.precision <= DatePrecision.DAY and draft.first_sent < _LEAD


def _day_of_writing(found: list[Draft]) -> date | None:
    """The day from which things are recalled in a report of no known day: the last that it tells of, but no later than the event that its
    first sentences tell with its day (an account of one attack goes on to the trial of years after)."""
    told = [d for d in found if d.when is not None and d.when.end is not None and d.realis in _HAPPENED]
    lead = (
        d.when.end for d in told if d.when and d.when.precision == 1 and d.first_sent < _LEAD and d.realis is Realis.ACTUAL
    )
    return next(lead, None) or max((d.when.end for d in told if d.when and d.when.end), default=None)


def _pointed_to(draft: Draft, told: When | None) -> When | None:
    """The day that "the same day" or "the next day" means after the one told last."""
    if told is None or not (draft.same_day or draft.next_day or draft.previous_day):
        return None
    day = told.start + timedelta(days=int(draft.next_day) - int(draft.previous_day))
    return replace(told, start=day, end=day, basis=DateBasis.RELATIVE, span=None)


def _goes_on(note: Annotated, before: Draft, draft: Draft) -> bool:
    """Whether an event is told on, as of the same day, after one that has its day: in the same unit, or of the same war; none of a list."""
    if draft.sent.item or (note.lang == "ar" and draft.sent.at - before.last_told > 1):
        return False  # an Arabic report that goes on without a day tells of the day of the paper, an agency's of the day told last
    if draft.sent.has_cue(("connective.meanwhile",), 0, draft.acts[0].first):
        return True
    here, there = ({p.admin1 for p in d.places if p.admin1} for d in (draft, before))
    ours, theirs = ({a.name for a in (*d.actors, *d.targets)} - BROAD for d in (draft, before))
    return not here or not there or bool(here & there) or any(not n.startswith("unknown") for n in ours & theirs)
