"""Reading scores: each rule on gold of our own, and the same figures as the scorers beside the development data, where it is."""

import json
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import cli
from marsad.read.gold import to_gold
from marsad.read.reader import Reader
from marsad.records import Report
from marsad.score.pairing import cut, pairs, plain, words_of
from marsad.score.reading import alias_table, aliases, score_reports, score_sentences, set_f1

TEXT = "Ten rockets hit Taji on Wednesday, killing three soldiers. A bomb killed two people in Mosul. France will withdraw."
PLACE = {"name": "Taji", "name_en": "Taji", "country": "IQ"}


def event(kind="shelling", anchor="rockets hit Taji", **slots):
    return {"class": "event", "kind": kind, "realis": "actual", "anchor": anchor, **slots}


def scored(gold, coded, text=TEXT):
    return score_reports([{"id": "a", "text": text, "statements": gold}], [{"id": "a", "statements": coded}], names=aliases())


def test_the_same_coding_scores_full_marks():
    gold = [
        event(places=[PLACE], date_start="2020-03-11", killed={"low": 3}, count=10, unit="rounds", targets=["Iraqi Army"]),
        event("bombing", "bomb killed two", killed={"low": 2}, weapons=["ied"]),
        {"class": "outlook", "anchor": "France will", "realis": "planned"},
    ]
    told = scored(gold, gold)
    assert (told.precision, told.recall, told.f1) == (1.0, 1.0, 1.0)
    assert {name: s.value for name, s in told.slots.items()} == dict.fromkeys(told.slots, 1.0)
    assert (told.classes["outlook"].found, told.classes["outlook"].gold, told.classes["trend"].gold) == (1, 1, 0)


def test_missed_and_added_events_stand_under_their_kind():
    told = scored([event(), event("bombing", "bomb killed two")], [event("air_strike"), event("protest", "bomb killed two")])
    assert (told.matched, told.missed, told.extra) == (1, 1, 1)
    assert asdict(told.kinds["shelling"]) == {"gold": 1, "matched": 1, "kind_right": 0, "missed": 0, "extra": 0}
    assert told.kinds["bombing"].missed == 1
    assert told.kinds["protest"].extra == 1


@pytest.mark.parametrize(
    ("coded", "matched"),
    [
        (event(anchor="killing three soldiers"), 1),  # the same sentence
        (event(anchor="bomb killed two"), 0),  # another sentence, nothing else shared
        (event(anchor="bomb killed two", places=[PLACE], date_start="2020-03-11"), 1),  # place and day
        (event(anchor="bomb killed two", places=[PLACE], date_start="2020-03-12"), 0),
        (event("raid", anchor="rockets hit Taji"), 0),  # another family
        (event(anchor=TEXT), 0),  # words over three sentences locate nothing
        (event(anchor="", start=4, end=11), 1),
        (event(anchor={"start": 4, "end": 11}), 1),
    ],
)
def test_events_match_by_family_and_sentence_or_place_and_day(coded, matched):
    assert scored([event(places=[PLACE], date_start="2020-03-11")], [coded]).matched == matched


def test_as_many_pairs_as_can_be_come_before_better_ones():
    gold = [event("shelling"), event("bombing", places=[PLACE], date_start="2020-03-11")]
    coded = [event("bombing"), event("bombing", "bomb killed two", places=[PLACE], date_start="2020-03-11")]
    assert pairs(gold, coded, TEXT) == [(0, 0), (1, 1)]


def test_an_uncertain_event_may_be_coded_or_left():
    gold = [event(), event("bombing", "bomb killed two", uncertain=True)]
    for coded in ([event()], [event(), event("bombing", "bomb killed two")]):
        told = scored(gold, coded)
        assert (told.matched, told.missed, told.extra) == (1, 0, 0)


def test_a_plan_called_actual_is_counted_and_is_an_extra():
    plan = {"class": "event", "kind": "withdrawal", "realis": "planned", "anchor": "France will withdraw"}
    told = scored([plan], [plan | {"realis": "actual"}])
    assert (told.called_actual.hits, told.called_actual.of, told.extra) == (1, 1, 1)
    assert scored([plan], [plan]).called_actual.hits == 0


@pytest.mark.parametrize(
    ("slot", "gold", "coded", "value"),
    [
        ("killed", {"killed": {"low": 3, "best": 3}}, {"killed": {"low": 4}}, 0.0),
        ("killed", {"killed": 3}, {"killed": {"best": 3}}, 1.0),
        ("killed left empty", {}, {"killed": {"low": 4}}, 0.0),
        ("date_start", {"date_start": "2020-03-11"}, {}, 0.0),
        ("place", {"places": [{"name": "الموصل"}]}, {"places": [{"name": "بالموصل"}]}, 1.0),
        ("place", {"places": [PLACE]}, {"places": [{"name": "التاجي", "name_en": "taji"}]}, 1.0),
        ("country", {"places": [PLACE]}, {"places": [{"name": "Taji", "country": "SY"}]}, 0.0),
        ("actors (set F1)", {"actors": ["Islamic State"]}, {"actors": ["Daesh", "police"]}, 2 / 3),
        ("count", {"count": 10, "unit": "rounds"}, {"count": 9}, 0.0),
    ],
)
def test_slots_are_compared_where_gold_fills_them(slot, gold, coded, value):
    assert scored([event(**gold)], [event(**coded)]).slots[slot].value == pytest.approx(value)


@pytest.mark.parametrize(
    "gold", [{"date_start": "2020-03-11", "date_basis": "by"}, {"count": 1, "unit": "rounds"}, {"count": 9, "unit": "homes"}]
)
def test_what_gold_leaves_open_is_not_compared(gold):
    assert set(scored([event(**gold)], [event()]).slots) == {"kind", "killed left empty", "injured left empty"}


def test_reports_that_nobody_coded_count_as_missed():
    told = score_reports([{"id": "a", "text": TEXT, "statements": [event()]}], [])
    assert (told.unanswered, told.missed, told.f1) == (1, 1, 0.0)


def test_tables_of_actors_in_both_forms_are_read():
    assert alias_table("canonical\tkind\tcountry\taliases\nX\ta\t\tY; زيد\n") == {"x": "X", "y": "X", "زيد": "X"}
    assert set_f1(["داعش"], ["ISIL"], aliases()) == 1.0


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text())
def test_any_text_is_cut_whole_and_any_name_evens_out_once(text, name):
    assert "".join(text[a:b] for a, b in cut(text)) == text
    assert plain(plain(name)) == plain(name)
    found = words_of({"anchor": name}, text)
    assert found is None or text[found[0] : found[1]] == name


JUDGED = [
    {"id": "1", "event_type": "ASSAULT", "label": "yes"}, {"id": "2", "event_type": "ASSAULT", "label": "yes"},
    {"id": "3", "event_type": "ASSAULT", "label": "easy no", "audit": "no"}, {"id": "4", "event_type": "ASSAULT", "label": "easy no", "audit": "yes"},
    {"id": "5", "event_type": "PROTEST", "label": "yes"}, {"id": "6", "event_type": "PROTEST", "label": "difficult no"},
]  # fmt: skip


def test_sentences_fire_by_kind_and_realis():
    coded = [
        {"id": "1", "statements": [event("raid")]}, {"id": "2", "statements": [event(realis="actual") | {"realis": "planned"}]},
        {"id": "3", "statements": [event("territory_seized") | {"realis": "background"}]}, {"id": "4", "statements": [event("arrest")]},
        {"id": "5", "statements": [event("riot")]},
    ]  # fmt: skip
    told = score_sentences(JUDGED, coded)
    assault = told["ASSAULT"]
    assert (assault.recall.hits, assault.recall.of) == (1, 2)
    assert (assault.clean_no.hits, assault.clean_no.of) == (1, 1)
    assert (assault.audited_yes.hits, assault.audited_yes.of) == (0, 1)
    assert assault.f1_all == pytest.approx(0.5)
    assert (told["PROTEST"].recall.value, told["PROTEST"].unanswered) == (1.0, 1)


# --- the command, and the scorers beside the data ----------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch, capsys):
    def command(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["marsad", "score", "read", *args])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main()
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return command


def lines(path: Path, rows) -> str:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return str(path)


def test_the_command_reads_the_texts_and_scores_them(run, tmp_path):
    coded = [to_gold(s, TEXT) for s in Reader().read(Report(id="a", text=TEXT, lang="en"))]
    gold = lines(tmp_path / "gold.jsonl", [{"id": "a", "lang": "en", "published": None, "text": TEXT, "statements": coded}])
    code, out, _ = run(gold, "--json", "--out", str(tmp_path / "out.jsonl"))
    told = json.loads(out)
    assert (code, told["f1"], told["matched"] > 1) == (0, 1.0, True)
    assert run(gold, "--json", "--predicted", str(tmp_path / "out.jsonl"))[1] == out
    assert "Actual events by kind" in run(gold)[1]


def test_the_command_reads_judged_sentences(run, tmp_path):
    rows = [r | {"text": TEXT, "lang": "en"} for r in JUDGED]
    told = json.loads(run(lines(tmp_path / "gold.jsonl", rows), "--json")[1])
    assert told["ASSAULT"]["recall"] == {"hits": 2, "of": 2}
    assert told["PROTEST"]["recall"] == {"hits": 0, "of": 1}
    assert "1.000 (2/2)" in run(str(tmp_path / "gold.jsonl"))[1]


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "empty"), ("{}\n", "line 1"), ('{"id": "a"}\nno\n', "line 2"), ('{"id": "a", "text": "x"}\n', "no gold"), ('{"id": "a", "statements": []}\n', "text")],
)  # fmt: skip
def test_a_file_that_is_no_gold_is_told_with_its_line(run, tmp_path, content, says):
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    code, _, err = run(str(path))
    assert code == 2
    assert says in err


def test_usage(run, tmp_path):
    assert run(str(tmp_path / "none.jsonl"))[0] == 2
    gold = lines(tmp_path / "gold.jsonl", [{"id": "a", "text": TEXT, "statements": []}])
    assert run(gold, "--predicted", gold, "--out", str(tmp_path / "x"))[0] == 2
    assert run(gold, "--actors", gold)[0] == 2


def part(path: Path, every: int) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[::every]]


def told_by(script: Path, gold: str, coded: str) -> str:
    return subprocess.run([sys.executable, str(script), gold, coded], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", ["arabic_gold.dev.jsonl", "english_gold.dev.jsonl"])
def test_reports_score_as_the_scorer_beside_the_data_scores_them(shared, run, tmp_path, name):
    gold, coded = lines(tmp_path / "gold.jsonl", part(shared / "data" / name, 3)), str(tmp_path / "coded.jsonl")
    ours = json.loads(run(gold, "--json", "--out", coded, "--actors", str(shared / "actors.tsv"))[1])
    theirs = told_by(shared / "tools" / "score_gold.py", gold, coded)
    event_line = re.search(r"P ([\d.]+)  R ([\d.]+)  F1 ([\d.]+)   non-actual called actual (\d+)/(\d+)", theirs)
    assert event_line
    called = ours["called_actual"]
    mine = [f"{ours[k]:.3f}" for k in ("precision", "recall", "f1")] + [f"{called['hits']:g}", str(called["of"])]
    assert mine == list(event_line.groups())
    slots = {m[1].strip(): m[2] for m in re.finditer(r"^slot   (.{20}) [\d.]+  \((.*)\)$", theirs, re.M)}
    assert {k: f"{s['hits']:g}/{s['of']}" for k, s in ours["slots"].items()} == slots
    classes = {m[1]: m.groups()[1:] for m in re.finditer(r"^class  (\w+) +found (\d+)/(\d+), predicted (\d+)$", theirs, re.M)}
    assert {k: tuple(str(c[n]) for n in ("found", "gold", "coded")) for k, c in ours["classes"].items()} == classes
    kinds = ours["kinds"].values()
    assert [sum(k[n] for k in kinds) for n in ("matched", "missed", "extra")] == [
        ours[n] for n in ("matched", "missed", "extra")
    ]


def test_sentences_score_as_the_scorer_beside_the_data_scores_them(shared, run, tmp_path):
    gold = lines(tmp_path / "gold.jsonl", part(shared / "data" / "arabic_event_gsr.dev.jsonl", 15))
    coded = str(tmp_path / "coded.jsonl")
    ours = json.loads(run(gold, "--json", "--out", coded)[1])
    theirs = told_by(shared / "tools" / "score_sentences.py", gold, coded)
    assert len(theirs.splitlines()) == 2
    for line in theirs.splitlines():
        mine = ours[line.split()[0]]
        shares = [f"({mine[k]['hits']:g}/{mine[k]['of']})" for k in ("recall", "clean_no", "audited_yes")]
        assert re.findall(r"\(\d+/\d+\)", line) == shares
        assert f"easy no {mine['f1_all']:.3f}, not answered {mine['unanswered']}" in line
