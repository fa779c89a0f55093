"""How well the bundled gazetteer knows Iraq, measured on a reference that it was not made from (test only, never bundled)."""

import hashlib
from pathlib import Path

import pytest
from tests.places import measure

from marsad.formats import gazetteers
from marsad.link.gazetteer import Context, Gazetteer
from marsad.read import placenames

DIGEST = "6b944d1ddc9df903"


@pytest.fixture(scope="module")
def path(shared: Path) -> Path:
    file = shared / "data" / "iraq_places_reference.csv.gz"
    assert hashlib.sha256(file.read_bytes()).hexdigest()[:16] == DIGEST
    return file


@pytest.fixture(scope="module")
def reference(path: Path) -> list[measure.Row]:
    return measure.rows(path)


def forget() -> None:
    for cached in (placenames.added, placenames.names, placenames.entries):
        cached.cache_clear()


@pytest.fixture
def loaded(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MARSAD_PLACES", str(tmp_path))
    gazetteers.save(gazetteers.load(path), "reference")
    forget()
    yield Gazetteer()
    monkeypatch.undo()
    forget()


def test_every_governorate_most_districts_and_sub_districts_are_right_by_name_alone(reference):
    share, _ = measure.units(reference, Gazetteer(), told=False)
    assert share["adm1"] == 1.0
    assert share["adm2"] >= 0.92  # measured .931: seven districts bear the very name of their governorate
    assert share["adm3"] >= 0.79  # measured .806


def test_with_level_and_governorate_told_every_district_is_right(reference):
    share, _ = measure.units(reference, Gazetteer(), told=True)
    assert share["adm2"] == 1.0
    assert share["adm3"] >= 0.80


def test_with_the_file_added_every_unit_is_right(reference, loaded):
    share, wrong = measure.units(reference, loaded, told=True)
    assert wrong == []
    assert set(share.values()) == {1.0}


@pytest.mark.parametrize("added", [False, True])
def test_at_most_two_in_a_hundred_localities_are_wrong_with_high_confidence(reference, added, request):
    gazetteer = request.getfixturevalue("loaded") if added else Gazetteer()
    counts = measure.localities(reference, gazetteer)
    assert counts.get("wrong with high confidence", 0) <= 0.02 * measure.SAMPLE
    assert counts["resolved"] >= (400 if added else 10)


def test_a_name_of_many_villages_is_not_resolved_even_when_all_are_known(loaded):
    found = loaded.resolve("قرية السادة", lang="ar", context=Context((("IQ", 1.0),)))
    assert found.entry is None
    assert "as likely" in found.why[-1]
