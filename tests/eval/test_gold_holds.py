"""The outside gold holds to the codebook's format; what it says is a person's coding, so no reader is asked here."""

import csv
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
FILES = ("arabic", "english")
REPORTS = ("arabic_reports", "english_reports", "arabic_held_out", "english_held_out")
ALL = (*FILES, *REPORTS)
LANGUAGE = {name: "ar" if name.startswith("arabic") else "en" for name in ALL}
# The least that each file must hold: cases, and among them cases in which nothing is said to have happened.
LEAST = {"arabic": (220, 70), "english": (130, 45)}
CLASSES = {"event", "trend", "outlook", "indicator", "message", "advice"}
KINDS = {
    "armed_attack",
    "bombing",
    "suicide_bombing",
    "shelling",
    "air_strike",
    "assassination",
    "abduction",
    "clash",
    "killing",
    "arson",
    "raid",
    "arrest",
    "seizure",
    "territory_seized",
    "territory_retaken",
    "withdrawal",
    "reduction",
    "redeployment",
    "handover",
    "suspension",
    "resumption",
    "retasking",
    "deployment",
    "protest",
    "riot",
    "curfew",
    "blockade",
    "agreement",
}
REALIS = {"actual", "background", "planned", "threatened", "hypothetical", "denied", "foiled"}
BASES = {"text", "relative", "published", "by"}
BOUNDS = {"exact", "at_least", "about"}
UNITS = {"attacks", "rounds", "raids", "arrests", "troops", "brigades", "homes", "bases"}
WEAPONS = {
    "mortar",
    "rocket",
    "artillery",
    "missile",
    "ied",
    "car_bomb",
    "suicide_vest",
    "grenade",
    "small_arms",
    "sniper",
    "blade",
    "aircraft",
    "drone",
    "mine",
    "fire",
    "chemical",
}
GROUPS = {"civilians", "security_forces", "militants", "unknown"}
TOLLS = ("killed", "injured", "abducted", "arrested")
SLOTS = {
    "class",
    "kind",
    "realis",
    "anchor",
    "date_start",
    "date_end",
    "date_precision",
    "date_basis",
    "places",
    "actors",
    "targets",
    "weapons",
    "count",
    "unit",
    "aggregate",
    "killed",
    "injured",
    "abducted",
    "arrested",
    "claimed_by",
    "attributed_to",
    "uncertain",
    "direction",
    "ratio",
    "unseen_for",
    "expected_by",
    "horizon",
    "conditional",
    "name",
    "value",
    "bound",
    "as_of",
    "gist",
}
# What must be the same in a translation: all but the words themselves.
WORDS = {"anchor"}


@cache
def cases(file: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (HERE / f"{file}.jsonl").read_text(encoding="utf-8").splitlines())


def sentences(text: str) -> list[str]:
    """Cut as the scorers cut, so that an anchor inside one piece is one that they can place."""
    return [piece for piece in re.split(r"(?<=[.!?؟\n])(?![.!?؟\n])\s*", text) if piece]


def statements(file: str) -> list[tuple[str, dict[str, Any]]]:
    return [(case["id"], statement) for case in cases(file) for statement in case["statements"]]


def happened(case: dict[str, Any]) -> bool:
    return any(s["class"] == "event" and s["realis"] == "actual" for s in case["statements"])


@pytest.mark.parametrize("file", FILES)
def test_there_are_enough_cases_and_enough_of_them_tell_of_nothing(file: str) -> None:
    total, empty = LEAST[file]
    assert len(cases(file)) >= total
    assert sum(not happened(case) for case in cases(file)) >= empty


def test_there_are_enough_translations_and_whole_reports() -> None:
    assert sum("pair" in case for case in cases("english")) >= 50
    assert sum(case["tag"].startswith("report.") for file in FILES for case in cases(file)) >= 30


def test_each_kind_has_a_case_in_which_it_happened() -> None:
    told = {s["kind"] for file in FILES for _, s in statements(file) if s["class"] == "event" and s["realis"] == "actual"}
    assert told == KINDS


def test_ids_and_texts_are_unique() -> None:
    both = [case for file in ALL for case in cases(file)]
    for key in ("id", "text"):
        assert [v for v, n in Counter(case[key] for case in both).items() if n > 1] == []


@pytest.mark.parametrize("file", ALL)
def test_a_case_names_its_language_day_and_phenomenon(file: str) -> None:
    for case in cases(file):
        assert set(case) - {"pair"} == {"id", "published", "lang", "tag", "text", "statements"}, case["id"]
        assert case["lang"] == LANGUAGE[file], case["id"]
        assert case["published"] is None or "2006" <= str(date.fromisoformat(case["published"]).year) <= "2026", case["id"]
        assert re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", case["tag"]), case["id"]


@pytest.mark.parametrize("file", ALL)
def test_an_anchor_stands_once_in_one_sentence(file: str) -> None:
    for case in cases(file):
        for s in case["statements"]:
            assert case["text"].count(s["anchor"]) == 1, (case["id"], s["anchor"])
            assert any(s["anchor"] in sentence for sentence in sentences(case["text"])), (case["id"], s["anchor"])


@pytest.mark.parametrize("file", ALL)
def test_classes_kinds_and_scales_are_the_codebooks(file: str) -> None:
    for where, s in statements(file):
        assert set(s) <= SLOTS, (where, set(s) - SLOTS)
        assert s["class"] in CLASSES, where
        assert s["realis"] in REALIS, where
        assert s["kind"] in KINDS if s["class"] in ("event", "trend") else s.get("kind") in KINDS | {None}, where
        assert s.get("date_basis") in BASES | {None}, where
        assert s.get("bound") in BOUNDS | {None}, where
        assert set(s.get("weapons", ())) <= WEAPONS, where
        assert all(value not in ("", [], {}, None) for value in s.values()), (where, "an empty slot is left out")
        if s["class"] == "event" and "count" in s:
            assert s["unit"] in UNITS, where
            assert s["count"] > 0, where
        if s["class"] in ("message", "advice"):
            assert s["gist"], where


@pytest.mark.parametrize("file", ALL)
def test_days_are_in_order_and_as_precise_as_they_say(file: str) -> None:
    longest = {1: 1, 2: 6, 3: 7, 4: 31, 5: 100_000}
    for case in cases(file):
        for s in case["statements"]:
            if "date_start" not in s:
                assert not {"date_end", "date_precision", "date_basis"} & set(s), case["id"]
                continue
            start, end = date.fromisoformat(s["date_start"]), date.fromisoformat(s["date_end"])
            assert start <= end, case["id"]
            assert (end - start).days + 1 <= longest[s["date_precision"]], case["id"]
            assert case["published"] or s["date_basis"] == "text", (case["id"], "nothing relative resolves without a day")
            if case["published"] and s["realis"] == "actual":
                age = (date.fromisoformat(case["published"]) - end).days
                assert 0 <= age <= 30 or s.get("aggregate") or s["class"] != "event", (case["id"], age)


@pytest.mark.parametrize("file", ALL)
def test_tolls_are_ordered_and_their_parts_do_not_exceed_the_whole(file: str) -> None:
    for where, s in statements(file):
        for toll in (s[slot] for slot in TOLLS if slot in s):
            told = [toll[k] for k in ("low", "best", "high") if k in toll]
            assert told, where
            assert told == sorted(told), where
            assert set(toll) <= {"low", "best", "high", "by"}, where
            assert set(toll.get("by", ())) <= GROUPS, where
            assert sum(toll.get("by", {}).values()) <= max(told), where


@pytest.mark.parametrize("file", ALL)
def test_a_place_is_named_as_written_without_its_clitics(file: str) -> None:
    for case in cases(file):
        for s in case["statements"]:
            for place in s.get("places", ()):
                name = place["name"]
                swallowed = "لل" + name.removeprefix("ال")  # the article loses its alif after a preposition: للفلوجة
                assert name in case["text"] or swallowed in case["text"], (case["id"], name)
                assert place["name_en"].isascii() or place["name_en"] == name, (case["id"], name)
                assert re.fullmatch(r"[A-Z]{2}", place.get("country", "XX")), (case["id"], name)
                assert place["where_precision"] in range(1, 8), (case["id"], name)


def test_a_translation_is_coded_slot_for_slot_like_its_original() -> None:
    arabic = {case["id"]: case for case in cases("arabic")}

    def slots(statement: dict[str, Any]) -> dict[str, Any]:
        kept = {k: v for k, v in statement.items() if k not in WORDS}
        places = [{k: v for k, v in p.items() if k != "name"} for p in kept.pop("places", ())]
        return kept | {"places": places}

    for case in cases("english"):
        if "pair" not in case:
            continue
        original = arabic[case["pair"]]
        assert case["published"] == original["published"], case["id"]
        assert case["tag"] == original["tag"], case["id"]
        assert [slots(s) for s in case["statements"]] == [slots(s) for s in original["statements"]], case["id"]


def test_actors_go_by_their_canonical_names(shared: Path) -> None:
    with (shared / "actors.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    canonical = {row["canonical"] for row in rows}
    aliases = {alias.casefold() for row in rows for alias in row["aliases"].split("; ")} - {
        name.casefold() for name in canonical
    }
    for file in FILES:
        for where, s in statements(file):
            names = [*s.get("actors", ()), *s.get("targets", ()), *([s["claimed_by"]] if "claimed_by" in s else ())]
            assert [name for name in names if name.casefold() in aliases] == [], where
