"""What the reader finds in a text written for a test."""

from collections.abc import Iterable
from datetime import date

from marsad.read.reader import Reader
from marsad.records import Party, Report, Statement
from marsad.scales import Realis

MONDAY = date(2015, 8, 3)


def events(text: str, day: date | None = MONDAY) -> list[Statement]:
    """The events of `text`, published on `day`; its letters tell the language."""
    lang = "ar" if any("\u0600" <= c <= "\u06ff" for c in text) else "en"
    report = Report(id="0" * 64, text=text, lang=lang, published=day)  # type: ignore[arg-type]
    return [s for s in Reader().read(report) if s.cls == "event"]


def actual(text: str, day: date | None = MONDAY) -> list[Statement]:
    """Those of them that are said to have happened."""
    return [s for s in events(text, day) if s.realis is Realis.ACTUAL]


def names(parties: Iterable[Party]) -> set[str]:
    """What the parties are called."""
    return {p.name for p in parties}


def first_of(text: str, kind: str, day: date | None = MONDAY) -> Statement:
    """The first event of `kind`; that there is one is asserted."""
    found = events(text, day)
    told = [s for s in found if s.kind == kind]
    assert told, [(s.kind, s.realis.value) for s in found]
    return told[0]
