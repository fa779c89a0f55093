"""Statements made by hand for the tests of linking."""

from datetime import date
from typing import Any

from marsad.collect import report_id
from marsad.records import Count, Party, Place, Report, Span, Statement, Toll, Weapon, When
from marsad.scales import DateBasis, DatePrecision, Realis, WherePrecision

MARK = Span(0, 1)


def place(
    name: str,
    admin1: str = "",
    country: str = "IQ",
    precision: WherePrecision | None = WherePrecision.EXACT,
    point: tuple[float, float] | None = None,
) -> Place:
    return Place(
        name=name,
        span=MARK,
        name_en=name,
        country=country,
        admin1=admin1,
        precision=precision,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
    )


TAJI = place("Taji", "Baghdad")
IRAQ = place("Iraq", precision=WherePrecision.COUNTRY)


def report(name: str, published: date | None = date(2020, 3, 12), **fields: Any) -> Report:
    fields.setdefault("text", f"the text of report {name} with words of its own {name * 3}")
    return Report(id=report_id(fields["text"]), lang="en", published=published, **fields)


def day(
    start: date | None,
    end: date | None = None,
    precision: DatePrecision = DatePrecision.DAY,
    basis: DateBasis = DateBasis.TEXT,
) -> When | None:
    return None if start is None else When(start=start, end=end or start, precision=precision, basis=basis, span=MARK)


def toll(n: int | None) -> Toll | None:
    return None if n is None else Toll(low=n, best=n, high=n)


def event(
    said: Report,
    kind: str = "shelling",
    when: When | date | None = date(2020, 3, 11),
    where: tuple[Place, ...] = (TAJI,),
    *,
    n: int = 0,
    who: tuple[str, ...] = (),
    killed: int | None = None,
    injured: int | None = None,
    count: int | None = None,
    unit: str = "rounds",
    aggregate: bool = False,
    weapons: tuple[str, ...] = (),
    realis: Realis = Realis.ACTUAL,
    confidence: float | None = None,
) -> Statement:
    return Statement(
        id=f"{said.id[:10]}-{n}", report=said.id, cls="event", anchor=Span(n * 10, n * 10 + 5), kind=kind, realis=realis, confidence=confidence,
        when=day(when) if isinstance(when, date) else when, places=where, actors=tuple(Party(w, MARK) for w in who),
        killed=toll(killed), injured=toll(injured), weapons=tuple(Weapon(w, MARK) for w in weapons),
        count=Count(value=count, unit=unit) if count is not None else None, aggregate=aggregate,
    )  # fmt: skip
