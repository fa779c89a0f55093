"""What a place name means: the words beside it, the country and unit told; and "not resolved" rather than a guess."""

import json
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import UsageError
from marsad.formats import gazetteers
from marsad.link.context import context_of, dateline
from marsad.link.gazetteer import Context, Gazetteer
from marsad.read import placenames
from marsad.read.placenames import AREAS, entries, names
from marsad.records import Report

IQ, SY, YE = (Context(((c, 1.0),)) for c in ("IQ", "SY", "YE"))
G = Gazetteer()


def found(name: str, context: Context = IQ, lang: str = "ar"):
    return G.resolve(name, lang=lang, context=context).entry


@pytest.mark.parametrize(
    ("name", "context", "kind", "country", "unit"),
    [
        ("القائم", IQ, "city", "IQ", "Anbar"), ("قضاء القائم", IQ, "admin2", "IQ", "Anbar"), ("محافظة الأنبار", IQ, "admin1", "IQ", "Anbar"),
        ("الانبار", IQ, "admin1", "IQ", "Anbar"), ("قاعدة عين الأسد", IQ, "base", "IQ", "Anbar"), ("كي وان", IQ, "base", "IQ", "Kirkuk"),
        ("وادي حوران", IQ, "basin", "IQ", "Anbar"), ("جبال مكحول", IQ, "mountain", "IQ", "Salah ad-Din"), ("قرجوغ", IQ, "mountain", "IQ", "Nineveh"),
        ("منفذ طريبيل", IQ, "crossing", "IQ", "Anbar"), ("تل رفعت", SY, "town", "SY", "Aleppo"), ("مديرية مقبنة", YE, None, "YE", "Taizz"),
        ("الشرقاط", IQ, "city", "IQ", "Salah ad-Din"), ("معسكر التاجي", IQ, "base", "IQ", "Baghdad"),
    ],
)  # fmt: skip
def test_a_name_is_placed_by_what_is_told_beside_it(name, context, kind, country, unit):
    entry = found(name, context)
    assert entry is not None
    assert (entry.country, entry.admin1) == (country, unit)
    assert kind is None or entry.kind == kind


def test_a_name_borne_in_two_countries_follows_the_report():
    assert found("رفح", Context((("EG", 1.0),))).admin1 == "North Sinai"
    assert found("رفح", Context((("PS", 1.0),))).country == "PS"
    assert found("أريحا", SY).country == "SY"
    assert found("أريحا", Context((("PS", 1.0),))).country == "PS"


def test_what_cannot_be_told_is_not_resolved_and_says_why():
    nowhere = G.resolve("السلام", lang="ar", context=IQ)
    assert nowhere.entry is None
    assert "not resolved" in nowhere.why[-1]
    assert G.resolve("السلام", lang="ar", context=Context((("IQ", 1.0),), frozenset(("Maysan",)))).entry.admin1 == "Maysan"
    assert G.resolve("قرية لا يعرفها أحد", lang="ar", context=IQ).entry is None


def test_a_port_or_a_side_of_a_town_is_near_it_and_an_area_has_no_point():
    near = G.resolve("ميناء عدن", lang="ar", context=YE)
    assert near.near
    assert near.entry.name_en == "Aden"
    assert all(e.lat is None and e.lon is None for e in entries() if e.kind in AREAS and e.kind not in ("region", "sea"))
    assert all((e.lat, e.lon) != (0.0, 0.0) for e in entries())


def test_first_order_units_of_the_region_have_arabic_and_english_names():
    codes = "IQ SY YE LY TN EG LB SD SS NG AF PS JO SA KW BH QA AE OM IR DZ MA MR ML NE TD BF SO DJ ER"
    region = frozenset(codes.split())
    units = [e for e in entries() if e.kind == "admin1" and e.country in region]
    assert {e.country for e in units} == region
    assert [e.name_en for e in units if not e.names_ar or not e.names_en] == []


def test_a_country_that_the_report_is_not_about_gives_no_small_town():
    assert found("سويف", IQ) is None or found("سويف", IQ).country == "IQ"
    assert found("تل رفعت", Context((("YE", 1.0),))) is None


@pytest.mark.parametrize(
    ("text", "lang", "country"),
    [("بغداد - رويترز\nقال", "ar", "IQ"), ("BAGHDAD (Reuters) - Two", "en", "IQ"), ("الموصل (العراق) - قال", "ar", "IQ"), ("قال مصدر - إن", "ar", "")],
)  # fmt: skip
def test_the_dateline_tells_where_a_report_was_sent_from(text, lang, country):
    assert dateline(text, lang) == country


def test_the_context_weighs_places_dateline_and_actors():
    said = Report(id="x", text="بغداد - رويترز\nنص", lang="ar", published=date(2020, 1, 1))
    assert context_of((), said).countries == (("IQ", 1.0),)


@given(st.text(max_size=30), st.sampled_from(["ar", "en"]))
def test_no_name_breaks_the_gazetteer(name, lang):
    r = G.resolve(name, lang=lang, context=IQ)
    assert (r.entry is None) == (r.confidence == "")


def test_the_names_file_leads_to_places_that_bear_the_name():
    table = names("ar")
    for key in list(table)[::97]:
        for entry in table[key]:
            assert key in {" ".join(placenames.fold_text(n).split()) for n in entry.names_ar}


# --- what a user adds

GEONAMES = "99\tAl Anbar\tAl Anbar\tالأنبار\t33.0\t42.0\tA\tADM1\tIQ\t\t01\t\t\t\t100\t\t\tAsia/Baghdad\t2020\n" + (
    "98\tTell Xyz\tTell Xyz\tتل كذا,Tal Xyz\t33.5\t42.5\tP\tPPL\tIQ\t\t01\t\t\t\t0\t\t\tAsia/Baghdad\t2020\n"
)
CODAB = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": {
    "ADM2_EN": "Xyz", "ADM2_AR": "كذا", "ADM2_PCODE": "IQG01Q99", "ADM1_EN": "Al-Anbar", "ADM0_PCODE": "IQ"}}]}  # fmt: skip
NEWER = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": {
    "adm3_name": "Xyz", "adm3_name1": "كذا", "adm3_pcode": "IQG01Q99N1", "adm2_name": "Hit", "adm1_name": "Al-Anbar"}}]}  # fmt: skip
WOF = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [42.5, 33.5]}, "properties": {
    "wof:id": 7, "wof:name": "Xyz", "wof:country": "IQ", "wof:placetype": "locality", "name:ara_x_preferred": ["كذا"],
    "geom:latitude": 33.5, "geom:longitude": 42.5, "wof:population": 20000}}  # fmt: skip


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_a_geonames_dump_is_read_with_its_units(tmp_path):
    put(tmp_path, "IQ.txt", GEONAMES)
    with zipfile.ZipFile(tmp_path / "IQ.zip", "w") as archive:
        archive.write(tmp_path / "IQ.txt", "IQ.txt")
    for name in ("IQ.txt", "IQ.zip"):
        unit, village = gazetteers.load(tmp_path / name)
        assert (unit.kind, unit.admin1, unit.lat) == ("admin1", "Anbar", None)
        assert (village.kind, village.admin1, village.lat, village.names_ar, village.risk) == (
            "village",
            "Anbar",
            33.5,
            ("تل كذا",),
            1,
        )


@pytest.mark.parametrize(("document", "kind"), [(CODAB, "admin2"), (NEWER, "admin3"), (WOF, "village")])
def test_cod_ab_and_whos_on_first_are_read(tmp_path, document, kind):
    (entry,) = gazetteers.load(put(tmp_path, "x.geojson", json.dumps(document)))
    assert (entry.kind, entry.country, entry.names_ar, entry.name_en) == (kind, "IQ", ("كذا",), "Xyz")
    assert (entry.lat is None) == (kind != "village")
    assert entry.admin1 == "Anbar", "told by the file, or by the unit that holds the point"


def test_a_whos_on_first_database_is_read(tmp_path):
    with sqlite3.connect(tmp_path / "w.db") as db:
        db.execute("CREATE TABLE spr (id, name, placetype, country, latitude, longitude, is_current)")
        db.execute("CREATE TABLE names (id, language, name)")
        db.execute("INSERT INTO spr VALUES (7, 'Xyz', 'locality', 'IQ', 33.5, 42.5, -1)")
        db.execute("INSERT INTO names VALUES (7, 'ara', 'كذا')")
    (entry,) = gazetteers.load(tmp_path / "w.db")
    assert (entry.names_ar, entry.lat, entry.admin1) == (("كذا",), 33.5, "Anbar")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.csv", "a,b\n1,2\n", "name_ar"), ("x.csv", "name_ar,lat,lon\nكذا,33,42\n", "--country"), ("x.geojson", "{}", "type"),
        ("x.csv", "name_ar,country,lat,lon\nكذا,IQ,133,42\n", "no coordinate"), ("x.txt", "", "name_ar"),
    ],
)  # fmt: skip
def test_what_is_no_gazetteer_is_refused_with_what_to_do(tmp_path, name, content, says):
    with pytest.raises(UsageError, match=says):
        list(gazetteers.load(put(tmp_path, name, content)))


def test_what_was_added_is_found_by_reader_and_gazetteer_and_kept_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("MARSAD_PLACES", str(tmp_path / "kept"))
    csv = put(
        tmp_path,
        "x.csv",
        "name_ar,name_en,country,admin1,lat,lon,population\nتل الكذا الكبير,Big Xyz,IQ,Al-Anbar,33.5,42.5,5000\n",
    )
    _, count = gazetteers.save(gazetteers.load(csv), "x")
    for cached in (placenames.added, placenames.names, placenames.entries):
        cached.cache_clear()
    try:
        assert count == 1
        entry = Gazetteer().resolve("تل الكذا الكبير", lang="ar", context=IQ).entry
        assert (entry.name_en, entry.admin1, entry.lat) == ("Big Xyz", "Anbar", 33.5)
        with pytest.raises(UsageError, match="no place"):
            gazetteers.save(iter(()), "x")
        assert len(placenames.added()) == 1
    finally:
        monkeypatch.undo()
        for cached in (placenames.added, placenames.names, placenames.entries):
            cached.cache_clear()
