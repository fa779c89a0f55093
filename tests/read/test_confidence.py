"""Confidence: a probability on every event, better than the base rate, higher for what is told fully."""

import csv
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from marsad.cli.score_read import rows
from marsad.read.confidence import confidence
from marsad.read.gold import to_gold
from marsad.read.reader import Reader
from marsad.records import Report
from marsad.score.pairing import pairs

OWN = Path(__file__).parent.parent / "eval"
PUBLISHED = date(2021, 3, 8)


def _cases(name: str) -> list[tuple[float, bool]]:
    """(confidence, whether gold has it) of every event called actual."""
    found: list[tuple[float, bool]] = []
    for row in rows(OWN / name):
        day = date.fromisoformat(row["published"]) if row["published"] else None
        made = Reader().read(Report(id=row["id"], text=row["text"], lang=row["lang"], published=day))
        ours = [s for s in made if s.cls == "event" and s.realis.value == "actual"]
        gold = [s for s in row["statements"] if s["class"] == "event" and s.get("realis", "actual") == "actual"]
        hit = {b for _, b in pairs(gold, [to_gold(s, row["text"]) for s in ours], row["text"])}
        found += [(s.confidence or 0.0, at in hit) for at, s in enumerate(ours)]
    return found


@pytest.mark.parametrize("name", ["arabic.jsonl", "english.jsonl"])
def test_confidence_tells_more_than_the_base_rate(name: str) -> None:
    """Weights that no longer fit what the reader tells (renamed features, another scale) score worse than one constant."""
    said, came = (np.array(x, dtype=float) for x in zip(*_cases(name), strict=True))
    assert float(np.mean((said - came) ** 2)) < 0.9 * came.mean() * (1 - came.mean())
    assert abs(said.mean() - came.mean()) < 0.06


def test_every_weight_belongs_to_a_feature_that_is_told() -> None:
    """A feature renamed in code but not in the codebook would silently weigh nothing."""
    text = files("marsad.codebooks").joinpath("confidence.tsv").read_text(encoding="utf-8")
    listed = {r["feature"] for r in csv.DictReader((x for x in text.splitlines() if not x.startswith("#")), delimiter="\t")}
    told: set[str] = set()
    for row in rows(OWN / "arabic.jsonl"):
        for _, why in Reader().weighed(Report(id="r", text=row["text"], lang="ar", published=PUBLISHED)):
            told |= set(why)
    assert listed <= told
    assert told <= listed


def test_an_event_told_with_town_day_and_toll_is_surer_than_a_bare_noun() -> None:
    """The order that a desk reads by."""
    text = "قتل خمسة جنود في هجوم شنه مسلحون من تنظيم داعش على نقطة تفتيش في كركوك أمس. وتواصلت المعارك."
    events = [s for s in Reader().read(Report(id="r", text=text, lang="ar", published=PUBLISHED)) if s.cls == "event"]
    assert events
    assert all(s.confidence is not None and 0 < s.confidence < 1 for s in events)
    full, bare = {"constant": 1.0, "actor": 1.0, "dated": 1.0, "toll": 1.0, "town": 1.0}, {"constant": 1.0, "nobody": 1.0}
    assert confidence(full, True) > confidence(bare, True)
