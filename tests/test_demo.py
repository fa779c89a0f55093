"""The demo does the main job from files to briefs, and says what it found."""

import json
import sys

import pytest
from tests.conftest import ROOT

from marsad import cli


def demo(monkeypatch, capsys, *args: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["marsad", "demo", "--reports", str(ROOT / "examples" / "reports"), *args])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(stop.value.code or 0), capsys.readouterr().out


def test_the_demo_prints_tables_and_the_paths_of_two_briefs(monkeypatch, capsys, tmp_path):
    code, out = demo(monkeypatch, capsys, "--out", str(tmp_path))
    assert code == 0
    for words in ("Incidents", "Posture changes", "Signals", "The briefs:"):
        assert words in out
    for lang in ("ar", "en"):
        assert str(tmp_path / f"brief.{lang}.html") in out
        assert (tmp_path / f"brief.{lang}.html").stat().st_size > 100_000
    code, out = demo(monkeypatch, capsys, "--out", str(tmp_path), "--json")
    found = json.loads(out)
    assert found["reports"] >= 40
    assert {"incidents", "signals", "briefs"} <= set(found)
    assert any(i["differences"] for i in found["incidents"])


def test_without_the_examples_it_says_where_to_run_it(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["marsad", "demo"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 2
    assert "--reports" in capsys.readouterr().err
