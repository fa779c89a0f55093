"""What is written: every format for one cut, the same bytes each time, hostile text nowhere more than text."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brief import make
from tests.brief.test_render import HOSTILE, hostile_cut

from marsad.brief import FORMATS, charts, compose, markdown, names, pdf, publish
from marsad.brief.markdown import escaped
from marsad.brief.words import Words
from marsad.brief.writer import Writer
from marsad.errors import UsageError
from marsad.records import Incident
from marsad.scales import Sensitivity


@pytest.fixture(scope="module")
def written(demo, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("all")
    publish(demo, folder, formats=FORMATS)
    return folder


def test_every_format_is_written_in_both_languages(written):
    names = {p.name for p in written.iterdir()}
    for lang in ("ar", "en"):
        assert {
            f"brief.{lang}.{suffix}" for suffix in ("html", "md", "pdf", "map.png", "timeline.png", "tempo.png", "forces.png")
        } <= names
    assert "alerts.atom" in names


def test_two_runs_give_the_same_bytes(demo, written, tmp_path):
    publish(demo, tmp_path, formats=FORMATS)
    for path in written.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_pictures_are_pictures_of_their_language(written):
    for path in written.glob("*.png"):
        raw = path.read_bytes()
        assert raw.startswith(b"\x89PNG")
        assert 600 < int.from_bytes(raw[16:20], "big") < 2000
    assert (written / "brief.ar.map.png").read_bytes() != (written / "brief.en.map.png").read_bytes()


def test_the_pdf_is_one_with_the_font_inside(written):
    for lang in ("ar", "en"):
        raw = (written / f"brief.{lang}.pdf").read_bytes()
        assert raw.startswith(b"%PDF-1.")
        assert b"IBMPlexSansArabic" in raw
        assert b"/Lang" in raw


def test_the_markdown_has_every_sentence_and_a_note_for_every_number(demo, written):
    for lang in ("ar", "en"):
        text = (written / f"brief.{lang}.md").read_text(encoding="utf-8")
        for s in compose(demo, lang).sentences:
            assert escaped(s.text) in text
        used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
        assert used == set(re.findall(r"^\[\^(\d+)\]:", text, re.M))
        for picture in re.findall(r"\]\((brief[^)]*\.png)\)", text):
            assert (written / picture).exists()
    assert text.count("](brief.en.") == 5


def test_hostile_text_is_text_in_markdown_and_pdf():
    cut = hostile_cut()
    for lang in ("ar", "en"):
        text = markdown(cut, compose(cut, lang))
        assert "<script" not in text
        assert "<img" not in text
        assert "javascript:" not in text
        assert "\u202e" not in text
        assert pdf(cut, compose(cut, lang)).startswith(b"%PDF")


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.sampled_from([HOSTILE, "- x", "1. x", "# x", "> x", "[a](b)", "a\n\nb"])
)
def test_escaped_markdown_begins_no_block_link_or_tag(text):
    made = escaped(text)
    assert "\n" not in made
    assert not re.match(r"\s*([-+*#>=]|\d+[.)])(\s|$)", made)
    assert not re.search(r"(?<!\\)[\[\]`*_<]", made)


def test_a_public_release_quotes_nothing_in_any_format(tmp_path):
    reports, statements = make.taji()
    cut = make.material(reports, statements, release=Sensitivity.PUBLIC)
    publish(cut, tmp_path, formats=("html", "md"))
    for path in tmp_path.iterdir():
        text = path.read_text(encoding="utf-8")
        assert reports[0].text[:30] not in text
        assert reports[1].text[:30] not in text
        assert reports[0].id[:12] in text


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UsageError, match="no format is called 'docx'"):
        publish(make.material([], []), tmp_path / "out", formats=("html", "docx"))
    assert not (tmp_path / "out").exists()


def test_alerts_and_pictures_of_an_earlier_brief_go_and_what_is_not_ours_stays(tmp_path):
    reports, statements = make.taji()
    first = make.material(reports, statements, signals=(make.signal(id="old"),))
    publish(first, tmp_path, formats=("png", "cap"), langs=("en",))
    (tmp_path / "brief.en.odds.png").write_bytes(b"of an earlier one")
    (tmp_path / "alert-flood.cap.xml").write_text("<alert><identifier>another's</identifier></alert>", encoding="utf-8")
    (tmp_path / "brief.ar.map.png").write_bytes(b"of the other language, which is not written now")
    assert (tmp_path / "alert-old.cap.xml").exists()
    paths = publish(
        make.material(reports, statements, signals=(make.signal(id="new"),)), tmp_path, formats=("png", "cap"), langs=("en",)
    )
    names = {p.name for p in tmp_path.iterdir()}
    assert names == {p.name for p in paths} | {"alert-flood.cap.xml", "brief.ar.map.png"}
    assert "alert-new.cap.xml" in names
    assert set(re.findall(r'href="(alert-[^"]*)"', (tmp_path / "alerts.atom").read_text(encoding="utf-8"))) == {
        "alert-new.cap.xml"
    }


def test_each_country_with_incidents_has_a_map_and_the_rest_are_named():
    reports, statements = make.taji()
    cut = make.material(reports, statements)
    (here,) = cut.current[:1]

    def abroad(n: int, country: str) -> Incident:
        return replace(
            here,
            id=f"i-{country}-{n}",
            places=(replace(here.places[0], country=country, admin1="", lat=35.0 + n, lon=38.0 + n),),
        )

    listed = [abroad(n, c) for c, many in (("SY", 5), ("YE", 4), ("LY", 3), ("LB", 2), ("JO", 1)) for n in range(many)]
    for lang in ("en", "ar"):
        w = Writer(replace(cut, incidents=tuple(listed)), Words(lang))
        maps = [f for f in charts.figures(w) if f.key.startswith("map")]
        assert [f.key for f in maps] == ["map", "map2", "map3", "map4"]
        assert [names.country(c, lang) in f.title for c, f in zip(("SY", "YE", "LY", "LB"), maps, strict=True)] == [True] * 4
        assert names.country("JO", lang) in maps[-1].note
        assert charts.drawn(maps[1], w).startswith("<svg")
