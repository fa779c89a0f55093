"""What is written is read back equal, and no cell is run as a formula."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import UsageError
from marsad.formats import export, geojson, jsonl, table
from marsad.records import Difference, Incident, Place, Span, Toll, When
from marsad.scales import KINDS, DateBasis, DatePrecision, Sensitivity, WherePrecision

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "+7", "-x", "@cmd", "'=a", "a; b", "a\\;", "\\", "\\e", "", ";", "; ", "الموصل", "a\r\nb", '"q"', "\tx"]
)
several = st.lists(words, max_size=3).map(tuple)
numbers = st.none() | st.integers(0, 10**6)
days = st.dates(date(1900, 1, 1))
spans = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
tolls = st.none() | st.builds(
    Toll,
    low=numbers,
    best=numbers,
    high=numbers,
    by=st.dictionaries(st.sampled_from(["civilians", "unknown"]), st.integers(0, 9)),
)
places = st.builds(
    Place, name=words, span=spans, name_en=words, country=st.sampled_from(["IQ", ""]), admin1=words,
    lat=st.none() | st.floats(-90, 90), lon=st.none() | st.floats(-180, 180),
    precision=st.none() | st.sampled_from(WherePrecision), gazetteer=words,
)  # fmt: skip
incidents = st.builds(
    Incident, id=words, version=st.integers(1, 9), kind=st.sampled_from(sorted(KINDS)), statements=several,
    when=st.none() | st.builds(When, start=days, end=days, precision=st.sampled_from(DatePrecision),
                               basis=st.sampled_from(DateBasis), span=st.none() | spans),
    places=st.lists(places, max_size=2).map(tuple), actors=several, targets=several, weapons=several,
    count=st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)), unit=words, aggregate=st.booleans(), killed=tolls,
    injured=tolls, abducted=tolls, arrested=tolls, voices=st.integers(1, 9), recalled=st.booleans(),
    differences=st.lists(st.builds(Difference, words, st.lists(st.tuples(words, several), max_size=2).map(tuple)),
                         max_size=2).map(tuple),
    sensitivity=st.sampled_from(Sensitivity), published=st.none() | days,
    recorded=st.none() | st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)), method=words,
)  # fmt: skip
many = st.lists(incidents, max_size=3)


def written(writer, items) -> str:
    out = io.StringIO(newline="")
    assert writer(items, out) == len(items)
    return out.getvalue()


@settings(deadline=None)
@given(many)
def test_json_lines_are_read_back_equal(items):
    assert jsonl.load(io.StringIO(written(jsonl.dump, items), newline="\n")) == items


@settings(deadline=None)
@given(many)
def test_geojson_is_read_back_equal(items):
    assert geojson.load(io.StringIO(written(geojson.dump, items))) == items


@settings(deadline=None)
@given(many)
def test_csv_rows_are_read_back_equal(items):
    assert table.load(io.StringIO(written(table.dump, items), newline="")) == [table.row_of(i) for i in items]


def test_a_csv_written_before_incidents_had_a_confidence_is_still_read():
    rows = list(csv.reader(io.StringIO(written(table.dump, [ONE]), newline="")))
    at = rows[0].index("confidence")
    out = io.StringIO(newline="")
    csv.writer(out).writerows([row[:at] + row[at + 1 :] for row in rows])
    out.seek(0)
    assert table.load(out) == [replace(table.row_of(ONE), confidence=None)]


@settings(deadline=None)
@given(many)
def test_no_cell_of_text_begins_like_a_formula(items):
    numeric = {"lat", "lon"}
    for row in csv.DictReader(io.StringIO(written(table.dump, items), newline="")):
        assert all(not value.startswith(("=", "+", "-", "@")) for name, value in row.items() if name not in numeric)


@given(incidents)
def test_a_point_is_shown_only_where_one_is_known_and_longitude_comes_first(item):
    geometry = geojson.feature(item)["geometry"]
    points = [[p.lon, p.lat] for p in item.places if p.lat is not None and p.lon is not None]
    assert geometry == ({"type": "Point", "coordinates": points[0]} if points else None)


ONE = Incident(id="i-1", version=1, kind="shelling", statements=("s",))


@pytest.mark.parametrize("name", ["x.csv", "x.geojson", "x.jsonl"])
def test_a_file_that_cannot_be_finished_leaves_the_older_one(tmp_path, name):
    def broken():
        yield ONE
        raise ValueError("the store went away")

    assert export([ONE], tmp_path / name) == 1
    before = (tmp_path / name).read_bytes()
    with pytest.raises(ValueError, match="went away"):
        export(broken(), tmp_path / name)
    assert (tmp_path / name).read_bytes() == before
    assert [f.name for f in tmp_path.iterdir()] == [name]


def test_an_empty_export_is_a_valid_file(tmp_path):
    for name in ("x.csv", "x.geojson", "x.jsonl"):
        assert export([], tmp_path / name) == 0
    assert json.loads((tmp_path / "x.geojson").read_text()) == {"type": "FeatureCollection", "features": []}
    assert (tmp_path / "x.csv").read_text().strip() == ",".join(table.COLUMNS)


def test_a_format_that_is_not_known_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no format"):
        export([ONE], tmp_path / "x.xlsx")


def test_a_wrong_cell_is_told_with_its_line_and_column():
    text = written(table.dump, [ONE]).replace("i-1,1,", "i-1,one,")
    with pytest.raises(UsageError, match=r'line 2: "version" is "one"'):
        table.load(io.StringIO(text, newline=""))
