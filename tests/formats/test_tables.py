"""Other people's tables in and out again: every column that has a home keeps its value, and nothing leaves that may not."""

import csv
import gzip
import hashlib
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.test_formats import incidents as any_incident

from marsad import formats
from marsad.errors import Rejected, UsageError
from marsad.formats import acled, load, mapping, package, parquet, plover, rows, table, ucdp
from marsad.formats.release import at_people, public
from marsad.link import link
from marsad.read.placenames import names
from marsad.records import Incident, Place, Rejection, Report, Span, Statement, Toll
from marsad.scales import KINDS, Sensitivity, WherePrecision

GED = "ucdp_ged_candidate_2023-10.csv.gz"
cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=12) | st.sampled_from(
    ["=1+1", "+7", "-x", "@cmd", "'=a", "a: b", "\\", "\\n", "a\nb", "الموصل", '"q"', "a;b"]
)
small = st.integers(0, 99).map(str)
days = st.dates(date(1989, 1, 1), date(2030, 1, 1))


def alone(row: dict[str, str], teller, origin) -> tuple[Incident, dict[str, Statement], dict[str, Report]]:
    report, statement = rows.record(row, teller(row), origin)
    (incident,) = link([statement], [report])
    return incident, {statement.id: statement}, {report.id: report}


@pytest.fixture(scope="module")
def ged(shared: Path) -> Path:
    file = shared / "data" / GED
    assert hashlib.sha256(file.read_bytes()).hexdigest()[:16] == "ad7755dba54a7f47"
    return file


def test_the_real_ucdp_file_comes_back_equal_in_every_column(ged):
    with gzip.open(ged, "rt", encoding="utf-8-sig", newline="") as source:
        given_rows = {r["id"]: r for r in csv.DictReader(source)}
    pairs = [i for i in load.load(ged, "ucdp-ged") if not isinstance(i, Rejection)]
    statements, reports = {s.id: s for _, s in pairs}, {r.id: r for r, _ in pairs}
    incidents = link(statements.values(), reports.values())
    assert len(incidents) == len(given_rows) == 2391  # one table tells its events apart
    out = io.StringIO(newline="")
    assert ucdp.dump(incidents, statements, reports, out) == 2391
    wrong = []
    for row in csv.DictReader(io.StringIO(out.getvalue(), newline="")):
        wrong += [(row["id"], c) for c in ucdp.COLUMNS if row[c] != ucdp.safe_text(given_rows[row["id"]][c])]
    assert wrong == []
    assert all(
        i.places[0].lat is None for i in incidents if i.places[0].precision and i.places[0].precision >= WherePrecision.ADMIN2
    )


@st.composite
def ged_rows(draw: st.DrawFn) -> dict[str, str]:
    start = draw(days)
    numbers = sorted(draw(st.lists(st.integers(0, 500), min_size=3, max_size=3)))
    row = {c: draw(cell) for c in ucdp.COLUMNS}
    row |= {"type_of_violence": draw(st.sampled_from("123")), "date_start": f"{start} 00:00:00.000", "date_end": f"{start} 00:00:00.000",
            "date_prec": draw(st.sampled_from("12345")), "where_prec": draw(st.sampled_from("1234567")), "country": "Iraq", "country_id": "645",
            "latitude": str(draw(st.floats(-90, 90))), "longitude": str(draw(st.floats(-180, 180))), "year": str(start.year)}  # fmt: skip
    row |= dict(zip(("low", "best", "high"), map(str, numbers), strict=True)) | {
        c: draw(small) for c in ucdp.COLUMNS if c.startswith("deaths_")
    }
    return row


@settings(deadline=None, max_examples=60)
@given(ged_rows())
def test_any_ucdp_row_comes_back_equal(row):
    incident, statements, reports = alone(row, ucdp.told, load.kinds("ucdp-ged")[0])
    assert {c: v for c, v in ucdp.row_of(incident, statements, reports).items() if v} == {c: v for c, v in row.items() if v}


@st.composite
def acled_rows(draw: st.DrawFn) -> dict[str, str]:
    row = {c: draw(cell) for c in acled.COLUMNS}
    _, sub, _ = draw(st.sampled_from([r for r in rows.book("acled.tsv") if len(r) > 2 and r[2]]))
    day = draw(days)
    return row | {"sub_event_type": sub, "event_date": str(day), "year": str(day.year), "country": "Iraq", "fatalities": draw(small),
                  "time_precision": draw(st.sampled_from("123")), "geo_precision": draw(st.sampled_from("123")),
                  "latitude": str(draw(st.floats(-90, 90))), "longitude": str(draw(st.floats(-180, 180)))}  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(acled_rows())
def test_any_acled_row_comes_back_equal_and_is_internal(row):
    incident, statements, reports = alone(row, acled.told, load.kinds("acled")[0])
    assert {c: v for c, v in acled.row_of(incident, statements, reports).items() if v} == {c: v for c, v in row.items() if v}
    assert incident.sensitivity is Sensitivity.INTERNAL
    assert list(public([incident])) == []


def test_a_correction_shows_in_the_row_that_was_imported_and_nothing_else_changes():
    row = dict.fromkeys(ucdp.COLUMNS, "") | {
        "id": "7", "type_of_violence": "1", "date_start": "2023-10-01 00:00:00.000", "date_end": "2023-10-01 00:00:00.000", "date_prec": "1",
        "where_prec": "1", "country": "Iraq", "best": "3", "low": "3", "high": "3", "source_headline": "Words of a paper",
    }  # fmt: skip
    incident, statements, reports = alone(row, ucdp.told, load.kinds("ucdp-ged")[0])
    changed = ucdp.row_of(replace(incident, killed=Toll(low=4, best=4, high=4)), statements, reports)
    assert {c for c in ucdp.COLUMNS if changed.get(c, "") != row[c]} == {"best", "low", "high"}
    out = io.StringIO(newline="")
    ucdp.dump([incident], statements, reports, out, public=True)
    assert "Words of a paper" not in out.getvalue()


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\n:"), min_size=1, max_size=8), cell, max_size=5))  # fmt: skip
def test_a_row_kept_as_text_gives_its_cells_back_and_spans_cover_them(row):
    text, spans = rows.text_of(row)
    assert rows.cells(text) == {c: v for c, v in row.items() if v}
    for column, span in spans.items():
        assert rows.cells(f"{column}: {span.of(text)}")[column] == row[column]


@settings(deadline=None)
@given(st.lists(any_incident, max_size=3))
def test_parquet_rows_are_read_back_equal(items):
    out = io.BytesIO()
    assert parquet.dump(items, out) == len(items)
    assert parquet.load(io.BytesIO(out.getvalue())) == [table.row_of(i) for i in items]


@settings(deadline=None)
@given(st.lists(any_incident, max_size=3))
def test_plover_lines_are_whole_and_unknown_stays_null(items):
    out = io.StringIO()
    assert plover.dump(items, out) == len(items)
    events = [json.loads(line) for line in out.getvalue().split("\n") if line]
    assert [e["id"] for e in events] == [i.id for i in items]
    for event, item in zip(events, items, strict=True):
        assert item.killed is not None or event["magnitudes"]["dead"] is None
        assert event["type"] in {
            "ASSAULT",
            "COERCE",
            "RETREAT",
            "AID",
            "SANCTION",
            "COOPERATE",
            "MOBILIZE",
            "PROTEST",
            "SUPPORT",
            None,
        }


@settings(deadline=None, max_examples=50)
@given(any_incident, st.sampled_from(["ucdp-ged", "acled"]))
def test_an_own_incident_has_a_row_in_the_columns_of_others_without_a_formula(item, form):
    out = io.StringIO(newline="")
    (ucdp.dump if form == "ucdp-ged" else acled.dump)([item], {}, {}, out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert not any(v.startswith(("=", "@", "\t", "\r")) for v in row.values())
    assert row["best" if form == "ucdp-ged" else "fatalities"] == "" or item.killed is not None


# --- a public release


def at(name: str, **slots) -> Incident:
    spot = Place(
        name="كما كتب",
        span=Span(3, 9),
        name_en=name,
        country="IQ",
        admin1="Nineveh",
        lat=36.1,
        lon=43.1,
        precision=WherePrecision.EXACT,
    )
    return Incident(id="i", version=1, kind="shelling", statements=("s",), places=(spot,), **slots)


@pytest.mark.parametrize(("incident", "is_so"), [
    (at("Hassan Sham camp"), True), (at("Al-Salam Hospital"), True), (at("Mosul"), False), (at("Mosul", targets=("health workers",)), True),
    (at("Mosul", unit="homes"), True), (at("Camp Taji"), False), (at("Camp Taji", targets=("displaced persons",)), True),
])  # fmt: skip
def test_places_of_people_in_need_are_coarsened_in_a_public_release(incident, is_so):
    assert at_people(incident) is is_so
    (out,) = public([incident])
    assert (out.places[0].lat is None) is is_so
    assert (out.places[0].precision == WherePrecision.EXACT) is not is_so


@pytest.mark.parametrize(("written", "country", "is_so"), [
    ("مخيم حسن شام", "IQ", True), ("بمخيم الهول", "SY", True), ("الهول", "SY", True), ("Zaatari", "JO", True), ("Yarmouk camp", "SY", True),
    ("معسكر زمزم", "SD", True), ("معسكر أبو شوك", "SD", True), ("Abu Shouk camp", "SD", True), ("مستشفى الجمهوري", "IQ", True),
    ("وبالمستشفى العام", "YE", True), ("بيت المختار", "IQ", True), ("مخيمات اللاجئين", "LB", True),
    ("معسكر التاجي", "IQ", False), ("قاعدة التاجي", "IQ", False), ("Taji camp", "IQ", False), ("معسكر خالد بن الوليد", "YE", False),
    ("معسكر الرشيد", "IQ", False), ("Camp Speicher", "IQ", False), ("a military camp", "IQ", False), ("بيت حانون", "PS", False), ("Khanaqin", "IQ", False),
])  # fmt: skip
def test_a_camp_of_the_displaced_is_coarsened_and_a_base_or_a_town_is_not(written, country, is_so):
    spot = replace(at("").places[0], name=written, country=country, name_en="" if written[0] > "z" else written)
    assert at_people(replace(at(""), places=(spot,))) is is_so


def test_what_the_gazetteer_resolved_decides_before_the_words():
    base = next(e for e in names("en")["camp taji"] if e.kind == "base")
    camp = next(e for e in names("en")["zamzam camp"] if e.kind == "camp")
    for found, is_so in ((base, False), (camp, True)):
        spot = replace(at(found.name_en).places[0], name="the camp", country=found.country, gazetteer=found.id)
        assert at_people(replace(at(""), places=(spot,))) is is_so


@settings(deadline=None)
@given(st.lists(any_incident, max_size=4))
def test_a_public_release_holds_public_incidents_only_and_no_word_as_written(items):
    marked = [replace(i, places=tuple(replace(p, name="كلمة من التقرير") for p in i.places)) for i in items]
    out = list(public(marked))
    assert [i.id for i in out] == [i.id for i in marked if i.sensitivity is Sensitivity.PUBLIC]
    assert all(p.name != "كلمة من التقرير" or p.name_en == p.name for i in out for p in i.places)
    assert all(d.slot not in {"place", "actors", "targets"} for i in out for d in i.differences)


def test_a_data_package_tells_types_licence_sensitivity_and_hashes(tmp_path):
    material = formats.Material(licence="CC-BY-4.0", public=True)
    assert formats.export([at("Mosul")], tmp_path / "p", "package", material) == 1
    told = json.loads((tmp_path / "p" / "datapackage.json").read_text())
    assert told["licenses"] == [{"name": "CC-BY-4.0"}]
    assert told["sensitivity"] == "public"
    for resource in told["resources"]:
        content = (tmp_path / "p" / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    assert tuple(f["name"] for f in package.schema()["fields"]) == table.COLUMNS
    with pytest.raises(UsageError, match="licence"):
        formats.export([], tmp_path / "q", "package")


# --- a table with a mapping file

MAPPING = """
source = "Field log"
sensitivity = "partners"
grade = "B"
[slots]
key = "Ref"
kind = { column = "Type", values = { IED = "bombing", SAF = "clash" } }
date = { column = "Date", form = "%d/%m/%Y" }
place = "Town"
country = { value = "IQ" }
killed = "Dead"
actors = "By"
"""


def mapped(tmp_path: Path, lines: str, book: str = MAPPING):
    (tmp_path / "log.toml").write_text(book)
    (tmp_path / "log.csv").write_text("Ref,Type,Date,Town,Dead,By\n" + lines)
    return list(load.load(tmp_path / "log.csv", str(tmp_path / "log.toml")))


def test_a_table_comes_in_by_its_mapping_and_a_bad_row_is_kept_with_its_reason(tmp_path):
    good, bad, worse = mapped(
        tmp_path, "1,IED,08/04/2020,Taji,3,A; B\n2,XXX,08/04/2020,Taji,3,A\n3,IED,2020-04-08,Taji,-3,A\n"
    )
    report, said = good
    assert (said.kind, said.when.start, said.killed.best, [p.name for p in said.actors]) == (
        "bombing",
        date(2020, 4, 8),
        3,
        ["A", "B"],
    )
    assert (report.source, report.grade, report.sensitivity) == ("Field log", "B", Sensitivity.PARTNERS)
    assert said.killed.span.of(report.text) == "3"
    assert isinstance(bad, Rejection)
    assert "XXX" in bad.reason
    assert b"Type: XXX" in bad.raw
    assert isinstance(worse, Rejection)
    assert worse.where == "log.csv line 4"


def test_a_table_of_town_names_alone_is_placed_by_the_gazetteer_and_doubt_stays_unplaced():
    slots = {"kind": {"value": "bombing"}, "date": "day", "place": "where", "country": {"value": "IQ"}}
    for name in ("هيت", "Hit"):
        known = mapping.told({"day": "2020-03-12", "where": name}, slots)
        assert (known.place, known.country, known.admin1) == (name, "IQ", "Anbar")
        assert known.lat == pytest.approx(33.64, abs=0.05)
    doubt = mapping.told({"day": "2020-03-12", "where": "Nowhere Farm"}, slots)
    assert (doubt.place, doubt.admin1, doubt.lat, doubt.where_precision) == ("Nowhere Farm", "", None, None)
    columns = slots | {"admin1": "unit"}
    assert mapping.told({"day": "2020-03-12", "where": "Hit", "unit": ""}, columns).admin1 == "", "its own empty cell stands"


@pytest.mark.parametrize(("change", "says"), [
    (("killed =", "dead ="), "no slot"), (('sensitivity = "partners"', ""), "sensitivity"), (('grade = "B"', 'grade = "Z"'), "grade"),
    (("date =", "published ="), "not mapped"), (("[slots]", "[slots"), "no TOML"), (('killed = "Dead"', "killed = 3"), "mapped to"),
])  # fmt: skip
def test_a_mapping_that_cannot_be_used_is_refused(tmp_path, change, says):
    with pytest.raises(UsageError, match=says):
        mapped(tmp_path, "", MAPPING.replace(*change))


def test_forms_and_files_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(UsageError, match="no form"):
        load.kinds("xlsx")
    with pytest.raises(UsageError, match="no such file"):
        list(load.load(tmp_path / "none.csv", "acled"))
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="UTF-8"):
        list(load.load(tmp_path / "x.csv", "acled"))


@pytest.mark.parametrize("row", [{"id": "1"}, dict.fromkeys(ucdp.COLUMNS, "x"), dict.fromkeys(ucdp.COLUMNS, "9")])
def test_what_is_no_ucdp_row_is_rejected(row):
    with pytest.raises(Rejected):
        ucdp.told(row)


@given(st.dictionaries(st.sampled_from(sorted(mapping.SLOTS)), cell, min_size=2))
def test_no_cell_breaks_a_mapping_but_by_a_rejection(slots):
    row = {f"c{n}": v for n, v in enumerate(slots.values())}
    rules = dict(zip(slots, row, strict=True)) | {"kind": {"value": "clash"}, "date": "c0"}
    try:
        said = mapping.told(row, rules)
    except Rejected:
        return
    assert said.kind in KINDS


def test_the_page_on_formats_tells_every_column_and_slot():
    page = (Path(__file__).resolve().parent.parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    told = {*table.COLUMNS, *ucdp.COLUMNS, *acled.COLUMNS, *mapping.SLOTS, *formats.FORMATS}
    assert sorted(name for name in told if f"`{name}`" not in page) == []
