"""How well the reader reads: floors a little under the measured figures, each with the digest of the gold it was measured on.

A change that reads worse fails here; so does a change of the gold, until the figures are measured anew (`marsad score read`).
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from marsad.cli.score_read import read_all, rows
from marsad.score.reading import Reading, score_reports, score_sentences

OWN = Path(__file__).parent
FLOORS: Mapping[str, tuple[str, float, Mapping[str, float]]] = {
    # gold: (SHA-256, events F1, share by slot)
    "arabic.jsonl": ("36054e2db348307e20e52466012881b96af221633f031d4bfd47edcdc49c7eda", 0.83, {"kind": 0.90, "date_start": 0.93, "place": 0.80, "country": 0.85, "killed": 0.86, "injured": 0.79, "actors (set F1)": 0.67, "targets (set F1)": 0.63, "weapons (set F1)": 0.81}),
    "english.jsonl": ("f8e8f555c8d610631a5f3a3e611543d0a00bfa9e51688c760ec11e5fd1a535e7", 0.86, {"kind": 0.88, "date_start": 0.93, "place": 0.87, "country": 0.91, "killed": 0.73, "injured": 0.61, "actors (set F1)": 0.71, "targets (set F1)": 0.65, "weapons (set F1)": 0.88}),
    "arabic_reports.jsonl": ("21fe89171094c5f5408e9e232f3f033bbe636ea1325abb4b043da1c448e9a459", 0.78, {"kind": 0.83, "date_start": 0.73, "place": 0.67, "country": 0.95, "killed": 0.77, "injured": 0.85, "actors (set F1)": 0.50, "targets (set F1)": 0.49, "weapons (set F1)": 0.70}),
    "english_reports.jsonl": ("03b712662d7b7d310f9842b58702e1a0ea364ad0b4a939fa599fc3ec3bf6a937", 0.74, {"kind": 0.84, "date_start": 0.71, "place": 0.72, "country": 0.88, "killed": 0.78, "injured": 0.62, "actors (set F1)": 0.42, "targets (set F1)": 0.51, "weapons (set F1)": 0.69}),
    "arabic_gold.dev.jsonl": ("788c7c12d957fca39ea6b49687148273597140052eb08771085fbd261216673f", 0.77, {"kind": 0.86, "date_start": 0.82, "place": 0.75, "country": 0.93, "killed": 0.81, "injured": 0.83, "actors (set F1)": 0.64, "targets (set F1)": 0.68, "weapons (set F1)": 0.74}),
    "english_gold.dev.jsonl": ("9fa3af4c9ea361fc8b33db9b62fd9b66c7f419302f6e3268e274384d7ac07ab0", 0.63, {"kind": 0.88, "date_start": 0.53, "place": 0.64, "country": 0.92, "actors (set F1)": 0.52, "targets (set F1)": 0.64}),
}  # fmt: skip
JUDGED = ("arabic_event_gsr.dev.jsonl", "e3ea90146bbbe99d556a275a318a0d43f32d011f1476ffe35ea67faa1b9a475e")
LIMITS: Mapping[str, tuple[float, float, float]] = {"ASSAULT": (0.96, 0.11, 0.72), "PROTEST": (0.92, 0.10, 0.74)}
"""By event type: at least of the unanimous yes, at most of the clean no, at least of the audited yes."""


def _measured(gold: Path, digest: str) -> Reading:
    assert hashlib.sha256(gold.read_bytes()).hexdigest() == digest, f"{gold.name} changed: measure the floors anew"
    wanted = rows(gold)
    return score_reports(wanted, read_all(gold, wanted))


def _holds(name: str, folder: Path) -> None:
    digest, f1, slots = FLOORS[name]
    reading = _measured(folder / name, digest)
    assert reading.f1 >= f1, f"events F1 {reading.f1:.3f}"
    for slot, floor in slots.items():
        assert reading.slots[slot].value >= floor, f"{slot} {reading.slots[slot].value:.3f}"
    assert reading.called_actual.value <= 0.14, f"non-actual called actual: {reading.called_actual}"


@pytest.mark.parametrize("name", ["arabic.jsonl", "english.jsonl", "arabic_reports.jsonl", "english_reports.jsonl"])
def test_own_gold_is_read_as_well_as_it_was(name: str) -> None:
    """One phenomenon a case, hard negatives first; and whole reports (see README.md here)."""
    _holds(name, OWN)


@pytest.mark.parametrize("name", ["arabic_gold.dev.jsonl", "english_gold.dev.jsonl"])
def test_whole_reports_are_read_as_well_as_they_were(name: str, shared: Path) -> None:
    """Real reports, coded by hand."""
    _holds(name, shared / "data")


def test_sentences_fire_where_annotators_saw_an_event_and_not_where_none_did(shared: Path) -> None:
    """Keywords fire on two thirds of sentences that only carry the words; a reader must not."""
    name, digest = JUDGED
    gold = shared / "data" / name
    assert hashlib.sha256(gold.read_bytes()).hexdigest() == digest, f"{name} changed: measure the limits anew"
    wanted = rows(gold)
    for kind, judged in score_sentences(wanted, read_all(gold, wanted)).items():
        recall, clean, audited = LIMITS[kind]
        assert judged.recall.value >= recall
        assert judged.clean_no.value <= clean
        assert judged.audited_yes.value >= audited
