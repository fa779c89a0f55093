"""What counts, when it counts, and what is missing; and anybody's CSV of counts."""

import csv
import io
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.watch.make import incident, reports, series

from marsad.errors import SeriesError, UsageError
from marsad.panel import Panel
from marsad.periods import Calendar
from marsad.records import Toll
from marsad.scales import DatePrecision
from marsad.watch.series import counts, parse_series

FIRST, LAST = date(2020, 2, 3), date(2020, 3, 29)  # Monday to Sunday
READ = reports(FIRST, LAST)


def parse(text: str):
    return parse_series(csv.DictReader(io.StringIO(text)), "counts.csv")


def values(made, unit="IQ/Diyala attack"):
    return next(s for s in made if s.unit == unit).counts.tolist()


def test_an_incident_counts_one_whatever_its_rounds() -> None:
    made = counts([incident("a", date(2020, 3, 11), count=(10, 15))], READ, as_of=LAST)
    assert sum(values(made)) == 1
    assert made[0].evidence[5] == ("a",)
    assert made[0].periods[0] == "2020-W06"
    assert made[0].periods[-1] == "2020-W13"


@pytest.mark.parametrize(
    "left_out",
    [
        incident("recalled", date(2020, 3, 11), recalled=True),
        incident("total", date(2020, 3, 11), aggregate=True, count=(30, 30)),
        incident("undated", None),
        incident("month", date(2020, 3, 1), date(2020, 3, 31), precision=DatePrecision.MONTH),
        incident("before the record", date(2019, 12, 1)),
    ],
    ids=lambda i: i.id,
)
def test_only_what_is_said_to_have_happened_then_counts(left_out) -> None:
    made = counts([incident("a", date(2020, 3, 10)), left_out], READ, as_of=LAST)
    assert [(s.unit, s.counts.sum()) for s in made] == [("IQ/Diyala attack", 1.0)]


def test_a_range_of_days_counts_once_in_the_period_it_begins_in() -> None:
    made = counts([incident("a", date(2020, 3, 13), date(2020, 3, 17), precision=DatePrecision.DAYS)], READ, as_of=LAST)
    assert values(made)[5] == 1
    assert sum(values(made)) == 1


def test_series_begin_with_reading_and_a_week_that_no_report_covers_is_missing() -> None:
    read = reports(FIRST, date(2020, 2, 9)) + reports(date(2020, 3, 16), LAST)
    made = counts([incident("a", date(2020, 2, 5))], read, as_of=LAST)
    assert np.array_equal(made[0].counts, [1, np.nan, np.nan, np.nan, np.nan, 0, 0, 0], equal_nan=True)
    assert made[0].exposure is not None
    assert made[0].exposure.tolist() == [7, 0, 0, 0, 0, 0, 7, 7]


def test_nothing_published_after_the_cut_and_no_half_period_is_in_it() -> None:
    made = counts([incident("a", date(2020, 3, 24)), incident("b", date(2020, 2, 4))], READ, as_of=date(2020, 3, 25))
    assert made[0].periods[-1] == "2020-W12"
    assert made[0].counts.sum() == 1
    assert made[0].exposure is not None
    assert made[0].exposure.sum() == 49


def test_kinds_and_unknown_areas_have_their_own_series() -> None:
    found = [
        incident("a", date(2020, 3, 3), kind="bombing"),
        incident("b", date(2020, 3, 3), admin1=""),
        incident("c", date(2020, 3, 3), country=""),
    ]
    units = [s.unit for s in counts(found, READ, as_of=LAST, level="kind")]
    assert units == ["IQ/Diyala bombing", "IQ/unknown shelling", "unknown shelling"]
    with pytest.raises(UsageError, match="family, kind"):
        counts(found, READ, as_of=LAST, level="weapon")


def test_wide_and_long_csv_are_the_same_series() -> None:
    wide = parse("period,a,b\n2020-01,1,\n2020-02,,4\n2020-03,3,0\n")
    long = parse("unit,period,value\na,2020-01,1\na,2020-02,\na,2020-03,3\nb,2020-02,4\nb,2020-03,0\n")
    for one, other in zip(wide, long, strict=True):
        assert one.unit == other.unit
        assert one.periods == other.periods
        assert np.array_equal(one.counts, other.counts, equal_nan=True)
    assert np.isnan(wide[0].counts[1])
    assert wide[1].periods == ("2020-02", "2020-03")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("period,a\n2020-01,1\n2020-03,1\n", "2020-02"),
        ("period,a\n2020-01,1\n2020-01,1\n", "twice"),
        ("period,a\n2020-02,1\n2020-01,1\n", "after a later one"),
        ("period,a\n2020-01,-1\n", "line 2, unit a: '-1'"),
        ("period,a\n2020-01,nan\n", "'nan' is no count"),
        ("period,a\n2020-01,inf\n", "'inf' is no count"),
        ("period,a\n2020-13,1\n", "2020-13"),
        ("period,a\n2020-01,1\n2020-W02,1\n", "form"),
        ("unit,period,value\na,2020-01,1\na,2020-01,2\n", "line 3: unit a has period 2020-01 twice"),
        ("unit,period,value\na,2020-01,1\na,2020-03,2\n", "2020-02 is missing"),
        ("unit,period,value\n,2020-01,1\n", "unit is empty"),
        ("who,what\n1,2\n", "columns are who, what"),
        ("period,a\n", "no row"),
    ],
)
def test_a_bad_csv_is_refused_with_the_place_and_the_mend(text: str, told: str) -> None:
    with pytest.raises(SeriesError, match=told) as error:
        parse(text)
    assert error.value.mend
    assert "counts.csv" in error.value.where


@given(st.sampled_from("DWM"), st.integers(0, 4000))
def test_labels_and_numbers_are_inverse(freq, offset: int) -> None:
    calendar = Calendar(freq)
    number = calendar.holding(date(1990, 1, 1)) + offset
    assert calendar.number(calendar.label(number)) == number
    assert calendar.holding(calendar.first_day(number)) == calendar.holding(calendar.last_day(number)) == number
    assert calendar.holding(calendar.last_day(number)) + 1 == calendar.holding(calendar.first_day(number + 1))


def test_weeks_may_be_named_by_their_first_day() -> None:
    made = parse("period,a\n2006-01-01,1\n2006-01-08,2\n2006-01-15,0\n")
    assert made[0].freq == "W"
    with pytest.raises(SeriesError, match="2006-01-08"):
        parse("period,a\n2006-01-01,1\n2006-01-15,2\n2006-01-22,0\n")


def test_a_panel_aligns_series_and_shows_nothing_later() -> None:
    panel = Panel.of([series([1, 2, 3], "a"), series([1, 2, 3, 4], "b")])
    assert panel.counts.shape == (2, 4)
    assert np.isnan(panel.counts[0, 3])
    assert panel.label(4) == "2018-W05"
    assert panel.column("2018-W02") == 1
    early = panel.until(1)
    assert early.counts.tolist() == [[1, 2], [1, 2]]
    with pytest.raises(SeriesError, match="twice"):
        Panel.of([series([1], "a"), series([1], "a")])


def test_deaths_are_those_told_and_an_untold_toll_is_not_zero() -> None:
    from dataclasses import replace  # noqa: PLC0415

    told = replace(incident("a", date(2020, 3, 3)), killed=Toll(low=3, best=4, high=6))
    least = replace(incident("b", date(2020, 3, 4)), killed=Toll(low=5))
    silent = incident("c", date(2020, 3, 11))
    (made,) = counts([told, least, silent], READ, as_of=LAST, measure="deaths")
    assert made.unit == "IQ/Diyala attack deaths"
    assert made.counts[4] == 9
    assert np.isnan(made.counts[5])
    assert made.counts[6] == 0
