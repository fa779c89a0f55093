"""Small nouns for the tests of the store."""

from datetime import UTC, date, datetime, timedelta

from marsad.collect import report_id
from marsad.records import Incident, Party, Place, Report, Span, Statement, Toll, When
from marsad.scales import DateBasis, DatePrecision, Sensitivity

READER = "rules 1"


class Ticks:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.time = datetime(2024, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def to(self, day: date) -> None:
        self.time = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def step(self) -> None:
        self.time += timedelta(seconds=1)


def report(
    text: str, published: date | None = None, source: str = "S", sensitivity: Sensitivity = Sensitivity.PUBLIC
) -> Report:
    return Report(
        id=report_id(text),
        text=text,
        lang="en",
        source=source,
        published=published,
        title=f"On {text}",
        sensitivity=sensitivity,
    )


def event(
    said: Report, *, killed: int | None = None, reader: str = READER, n: int = 0, day: date = date(2020, 3, 11)
) -> Statement:
    when = When(start=day, end=day, precision=DatePrecision.DAY, basis=DateBasis.TEXT, span=Span(0, 1))
    place = Place(name="التاجي", span=Span(0, 2), name_en="Taji", country="IQ", admin1="Baghdad", gazetteer="iq-taji")
    return Statement(
        id=f"{said.id[:12]}/{reader}/{n}",
        report=said.id,
        cls="event",
        anchor=Span(0, 3),
        kind="shelling",
        when=when,
        places=(place,),
        actors=(Party("unknown armed group", Span(0, 1)),),
        reader=reader,
        gist="words of the text",
        killed=Toll(low=killed, best=killed, high=killed) if killed is not None else None,
    )


def incident(*told: Statement, name: str = "i1", killed: int | None = None, published: date | None = None) -> Incident:
    first = told[0]
    return Incident(
        id=name,
        version=1,
        kind=first.kind,
        statements=tuple(s.id for s in told),
        when=first.when,
        places=first.places,
        killed=Toll(best=killed) if killed is not None else None,
        published=published,
    )
