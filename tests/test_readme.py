"""The README keeps its word: its Python runs, its commands and options exist, its links arrive."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
OTHERS = {"signals.md", "forecast.md", "linking.md", "store.md", "formats.md", "reading.md"}
"""Pages that are written with their stages."""


def fenced(lang: str) -> list[str]:
    return re.findall(rf"```{lang}\n(.*?)```", README, re.S)


def test_the_python_of_the_readme_runs(tmp_path):
    (code,) = fenced("python")
    assert len(code.strip().splitlines()) <= 12
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stderr
    assert {p.name for p in (tmp_path / "brief").iterdir()} == {"brief.ar.html", "brief.en.html"}


def test_its_commands_exist_with_their_options():
    lines = [line.split("#")[0].split() for block in fenced("sh") for line in block.splitlines() if line.strip()]
    verbs = {tuple(line[1:2]): set() for line in lines if line[0] == "marsad"}
    for line in lines:
        if line[0] == "marsad":
            verbs[tuple(line[1:2])] |= {w for w in line if w.startswith("--")}
    assert len(verbs) >= 8
    for (verb,), options in verbs.items():
        run = subprocess.run(
            [Path(sys.executable).parent / "marsad", verb, "--help"], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, verb
        assert all(option in run.stdout for option in options), (verb, options)
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert {line[1] for line in lines if line[0] == "make"} <= set(targets)


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name
)
def test_links_inside_the_project_arrive(page: Path):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    missing = []
    for link in re.findall(r"\]\(([^)#\s]+)\)", text):
        target = page.parent / link
        if "://" not in link and not target.exists() and not (target.parent == ROOT / "docs" and target.name in OTHERS):
            missing.append(link)
    assert missing == []


def test_it_says_what_a_reader_must_know():
    for words in ("does not know", "Responsible use", "Licences", "examples", "بالعربية"):
        assert words in README
    assert [int(n) for n in re.findall(r"^\| (\d+) \|", README, re.M)] == list(range(1, 11))
    assert (ROOT / "docs" / "images" / "brief.png").stat().st_size < 300_000
