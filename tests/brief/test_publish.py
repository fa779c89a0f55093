"""What is written: every format for one cut, the same bytes each time, hostile text nowhere more than text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brief import make
from tests.brief.test_render import HOSTILE, hostile_cut

from marsad.brief import FORMATS, compose, markdown, pdf, publish
from marsad.brief.markdown import escaped
from marsad.errors import UsageError
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
