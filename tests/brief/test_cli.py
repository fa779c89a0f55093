"""`marsad brief` at the command line: period, area, families, formats, release, and the linter with its exit code."""

import sys

import pytest

from marsad import cli


@pytest.fixture
def run(monkeypatch, capsys, demo_store, tmp_path):
    def command(*args: str) -> tuple[int, str, str]:
        where = ["--store", demo_store.where, "--as-of", "2020-04-08"]
        monkeypatch.setattr(sys, "argv", ["marsad", "brief", *where, "--out", str(tmp_path / "out"), *args])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main()
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return command


def page(tmp_path, lang="en"):
    return (tmp_path / "out" / f"brief.{lang}.html").read_text(encoding="utf-8")


def test_the_linter_runs_and_writes_nothing(run, tmp_path):
    assert run("--lint", "--days", "100")[:2] == (0, "No sentence breaks a rule.\n")
    assert not (tmp_path / "out").exists()


def test_a_fault_ends_the_linter_with_code_1(run, monkeypatch):
    from marsad.brief import lint  # noqa: PLC0415

    monkeypatch.setitem(lint.__globals__, "_bands", lint.__globals__["_bands"])
    words = lint.__globals__["book"]

    def strict(lang, name):
        return {**words(lang, name), "loaded": ["record", "السجل"]} if name == "lint" else words(lang, name)

    lint.__globals__["_pattern"].cache_clear()
    monkeypatch.setitem(lint.__globals__, "book", strict)
    code, out, _ = run("--lint")
    lint.__globals__["_pattern"].cache_clear()
    assert code == 1
    assert "loaded" in out
    assert "faults." in out


def test_the_period_is_told_by_days_or_by_its_first_day(run, tmp_path):
    assert run("--from", "2020-03-01")[0] == 0
    assert "1 March to 8 April 2020" in page(tmp_path)
    assert run("--days", "8")[0] == 0
    assert "1 to 8 April 2020" in page(tmp_path)
    code, _, err = run("--from", "2021-01-01")
    assert (code, "ends before it begins" in err) == (2, True)
    assert run("--from", "yesterday")[0] == 2


def test_area_and_family_are_asked_for_by_name(run, tmp_path):
    assert run("--area", "IQ/Nineveh", "--family", "posture", "--days", "100")[0] == 0
    made = page(tmp_path)
    assert "Situation brief: Nineveh" in made
    assert "Camp Taji" not in made
    code, _, err = run("--area", "IQ/Atlantis")
    assert (code, "Units of IQ: Anbar" in err) == (2, True)
    assert run("--area", "Iraq")[0] == 2
    assert run("--family", "weather")[0] == 2


def test_formats_are_asked_for_with_commas(run, tmp_path):
    assert run("--format", "md, cap")[0] == 0
    assert {p.suffix for p in (tmp_path / "out").iterdir()} == {".md", ".atom"}
    assert run("--format", "docx")[0] == 2


def test_a_public_release_is_marked_and_quotes_nothing(run, tmp_path):
    assert run("--release", "public", "--days", "100")[0] == 0
    made = page(tmp_path)
    assert "carries no quotations" in made
    assert "<mark>" not in made


def test_arabic_digits_are_a_choice(run, tmp_path):
    assert run("--digits", "arab", "--days", "100")[0] == 0
    assert "٨ نيسان/أبريل ٢٠٢٠" in page(tmp_path, "ar")
    assert "8 April 2020" in page(tmp_path, "en")
