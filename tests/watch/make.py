"""Series and incidents made by hand for the tests of watching."""

from datetime import date, timedelta

import numpy as np

from marsad.collect import report_id
from marsad.periods import Calendar, Freq
from marsad.records import Incident, Place, Report, Series, Span, When
from marsad.scales import DateBasis, DatePrecision

START = {"D": date(2018, 1, 1), "W": date(2018, 1, 1), "M": date(2010, 1, 1)}


def series(counts: list[float] | np.ndarray, unit: str = "IQ/Diyala attack", freq: Freq = "W") -> Series:
    calendar = Calendar(freq)
    labels = calendar.labels(calendar.holding(START[freq]), len(counts))
    evidence = tuple(tuple(f"i{n}-{j}" for j in range(int(np.nan_to_num(c)))) for n, c in enumerate(counts))
    return Series(unit, freq, labels, np.asarray(counts, dtype=np.float64), None, evidence)


def place(admin1: str = "Diyala", country: str = "IQ", lat: float | None = None, lon: float | None = None) -> Place:
    return Place(name="x", span=Span(0, 1), name_en="x", country=country, admin1=admin1, lat=lat, lon=lon)


def incident(
    name: str,
    start: date | None,
    end: date | None = None,
    *,
    kind: str = "shelling",
    admin1: str = "Diyala",
    country: str = "IQ",
    precision: DatePrecision = DatePrecision.DAY,
    recalled: bool = False,
    aggregate: bool = False,
    count: tuple[int, int] | None = None,
    point: tuple[float, float] | None = None,
) -> Incident:
    when = None if start is None else When(start=start, end=end or start, precision=precision, basis=DateBasis.TEXT)
    where = place(admin1, country, *(point or (None, None)))
    return Incident(
        id=name, version=1, kind=kind, statements=(f"s-{name}",), when=when, places=(where,) if country else (),
        recalled=recalled, aggregate=aggregate, count=count, unit="rounds" if count else "", published=start,
    )  # fmt: skip


def reports(first: date, last: date, every: int = 1) -> list[Report]:
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, every)]
    return [Report(id=report_id(str(d)), text=str(d), lang="en", published=d) for d in days]
