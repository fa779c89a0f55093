"""Count series: from the record (actual incidents by area and family or kind), or from anybody's CSV."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal, get_args

import numpy as np

from marsad.errors import SeriesError, UsageError
from marsad.panel import DEATHS
from marsad.periods import Calendar, Freq, consecutive
from marsad.records import Incident, Report, Series, reckoned
from marsad.scales import DatePrecision, highest

Level = Literal["family", "kind"]
Measure = Literal["incidents", "deaths"]
REACH = timedelta(days=7)
"""A report tells of the days before it: a period is covered if a report was published in it or so soon after its end."""


def counts(
    incidents: Iterable[Incident],
    reports: Iterable[Report],
    *,
    freq: str = "W",
    as_of: date,
    level: str = "family",
    measure: str = "incidents",
) -> list[Series]:
    """Counts per area and `level` ("family", "kind") in whole periods up to `as_of`, in order of unit ("IQ/Diyala attack").

    An incident counts one, whatever its rounds, troops or raids; measure "deaths" counts its killed (best,
    else low) instead, under the unit "IQ/Diyala attack deaths"; a period whose incidents have no toll told is missing, a unit without any is left out.
    Only what is said to have happened counts: not what is recalled, and no total over a period. What is not dated to one period
    is left out; up to six days that touch two count in the first. Series begin with the first period in which reports were
    read; a period that no report covers is missing, not zero. exposure: reports published in the period. An area that is told only
    as a country is called "IQ/unknown". Raises UsageError for a freq, level or measure that does not exist.
    """  # fmt: skip
    _check(freq, level, measure)
    calendar = Calendar(freq)  # type: ignore[arg-type]
    published = sorted(r.published for r in reports if r.published is not None and r.published <= as_of)
    last = calendar.holding(as_of + timedelta(days=1)) - 1  # the last whole period
    if not published or (first := calendar.holding(published[0])) > last:
        return []
    size = last - first + 1
    exposure, covered = _coverage(published, calendar, first, size)
    held: dict[str, list[tuple[int, Incident]]] = defaultdict(list)
    suffix = DEATHS if measure == "deaths" else ""
    for incident in incidents:
        column = _column(incident, calendar)
        if column is not None and first <= column <= last:
            held[f"{area(incident)} {incident.family if level == 'family' else incident.kind}{suffix}"].append(
                (column - first, incident)
            )
    if measure == "deaths":  # where no report tells a toll there is nothing to count
        held = {unit: each for unit, each in held.items() if any(_killed(i) is not None for _, i in each)}
    labels = calendar.labels(first, size)
    return [_series(unit, freq, labels, held[unit], exposure, covered, measure) for unit in sorted(held)]


def _check(freq: str, level: str, measure: str) -> None:
    asked = {"freq": (freq, get_args(Freq)), "level": (level, get_args(Level)), "measure": (measure, get_args(Measure))}
    for name, (value, allowed) in asked.items():
        if value not in allowed:
            raise UsageError(f"no {name} is called {value!r}", mend=f"Take one of {', '.join(allowed)}.")


def _coverage(published: Sequence[date], calendar: Calendar, first: int, size: int) -> tuple[Any, Any]:
    """(reports read in each period, whether any report covers it)."""
    exposure = np.zeros(size)
    covered = np.zeros(size, dtype=bool)
    for day in published:
        here = calendar.holding(day) - first
        if here < size:
            exposure[here] += 1
        covered[max(0, calendar.holding(day - REACH) - first) : here + 1] = True
    return exposure, covered


def area(incident: Incident) -> str:
    """The area of an incident's lead place: "IQ/Diyala", "IQ/unknown", "unknown"."""
    lead = incident.places[0] if incident.places else None
    if lead is None or not lead.country:
        return "unknown"
    return f"{lead.country}/{lead.admin1 or 'unknown'}"


def _column(incident: Incident, calendar: Calendar) -> int | None:
    when = incident.when
    if when is None or incident.recalled or incident.aggregate:
        return None
    first, last = calendar.holding(when.start), calendar.holding(when.end)
    return first if first == last or when.precision <= DatePrecision.DAYS else None


def _series(
    unit: str, freq: str, labels: tuple[str, ...], held: Sequence[tuple[int, Incident]], exposure: Any, covered: Any, measure: str
) -> Series:  # fmt: skip
    values = np.where(covered, 0.0, np.nan)
    evidence: list[list[str]] = [[] for _ in labels]
    told: dict[int, list[float | None]] = defaultdict(list)
    for column, incident in held:
        told[column].append(1.0 if measure == "incidents" else _killed(incident))
        evidence[column].append(incident.id)
    for column, each in told.items():
        known = [x for x in each if x is not None]
        values[column] = sum(known) if known else np.nan  # a toll that no report tells is not zero
    return Series(
        unit, freq, labels, values, exposure, tuple(tuple(e) for e in evidence), highest([i.sensitivity for _, i in held])  # type: ignore[arg-type]
    )  # fmt: skip


def _killed(incident: Incident) -> float | None:
    known = reckoned(incident.killed)
    return None if known is None else float(known)


def parse_series(rows: Iterable[Mapping[str, str | None]], where: str) -> list[Series]:
    """Series from the rows of a CSV: wide (`period`, or `month`, `week`, `date`, and a column a unit) or long
    (`unit,period,value`). An empty value is missing; missing at both ends is cut off, a unit without any value is left out.

    Raises SeriesError, with the line, for values that are no counts, doubles, gaps and unknown periods.
    """
    table = [dict(row) for row in rows]
    if not table:
        raise SeriesError(
            "there is no row", where=where, mend="The first line names the columns, each other line is a period."
        )
    header = [c for c in table[0] if c is not None]
    if {"unit", "period", "value"} <= set(header):
        return list(_long(table, where))
    if header and header[0].strip().lower() in ("period", "month", "week", "date", "day"):
        labels = [(row[header[0]] or "").strip() for row in table]
        return list(_wide(labels, {unit: [row.get(unit) for row in table] for unit in header[1:]}, where))
    raise SeriesError(
        f"the columns are {', '.join(header[:6])}", where=where,
        mend='Name the first column "period" and each other one as its unit, or name three columns "unit", "period" and "value".',
    )  # fmt: skip


def _wide(labels: Sequence[str], columns: Mapping[str, Sequence[str | None]], where: str) -> Iterator[Series]:
    calendar, _ = consecutive(labels, where)
    for unit, cells in columns.items():
        try:
            values = np.array(cells, dtype=np.float64)  # quick, where every cell is a number
            plain = bool(np.isfinite(values).all() and (values >= 0).all())
        except (TypeError, ValueError):
            plain = False
        if not plain:
            values = np.array([_value(c, f"{where} line {n}, unit {unit}") for n, c in enumerate(cells, 2)])
        yield from _cut(unit, calendar, labels, values)


def _long(table: Sequence[Mapping[str, str | None]], where: str) -> Iterator[Series]:
    calendar = Calendar.of(((row["period"] or "").strip() for row in table), where)
    units: dict[str, dict[int, float]] = defaultdict(dict)
    for line, row in enumerate(table, 2):
        at = f"{where} line {line}"
        unit, number = (row["unit"] or "").strip(), calendar.number((row["period"] or "").strip(), at)
        if not unit:
            raise SeriesError("the unit is empty", where=at, mend="Name the unit in every row.")
        if number in units[unit]:
            raise SeriesError(
                f"unit {unit} has period {calendar.label(number)} twice", where=at, mend="Give each period one row."
            )
        units[unit][number] = _value(row["value"], f"{at}, unit {unit}")
    for unit, held in units.items():
        numbers = sorted(held)
        labels = [calendar.label(n) for n in numbers]
        for before, now in pairwise(numbers):
            if now != before + 1:
                raise SeriesError(
                    f"period {calendar.label(before + 1)} is missing", where=f"{where}, unit {unit}",
                    mend="Give each period a row; leave the value empty where it is not known.",
                )  # fmt: skip
        yield from _cut(unit, calendar, labels, np.array([held[n] for n in numbers]))


def _cut(unit: str, calendar: Calendar, labels: Sequence[str], values: Any) -> Iterator[Series]:
    known = np.flatnonzero(~np.isnan(np.asarray(values)))
    if len(known):
        low, high = int(known[0]), int(known[-1]) + 1
        yield Series(unit, calendar.freq, tuple(labels[low:high]), np.asarray(values[low:high], dtype=np.float64))


def _value(cell: str | None, where: str) -> float:
    text = (cell or "").strip()
    if not text:
        return float("nan")
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or value < 0:
        raise SeriesError(
            f"{text!r} is no count", where=where, mend="Counts are numbers of 0 or more; leave a missing one empty."
        )
    return value
