"""The path of a review at the command line, from reading to the precision report, and what the record tells of its own changes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad import pipeline
from marsad.cli import app
from marsad.store import Store, Which

RUN = CliRunner()
REPORTS = [
    {"id": "a", "published": "2020-04-08", "source": "A", "grade": "B", "text": "Three soldiers were killed when gunmen attacked a checkpoint in Jalawla on Tuesday."},
    {"id": "b", "published": "2020-04-08", "source": "B", "text": "Gunmen attacked an army checkpoint in the town of Jalawla on Tuesday and killed four soldiers."},
    {"id": "c", "published": "2020-04-08", "source": "C", "text": "A bomb killed two people in Mosul on Tuesday."},
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> str:
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, REPORTS)))
    where = str(tmp_path / "s.db")
    with Store.open(where) as store:
        pipeline.collect(store, [tmp_path / "in.jsonl"])
        pipeline.read(store)
        pipeline.link(store)
    return where


def call(db: str, *words: str, code: int = 0) -> str:
    done = RUN.invoke(app, [*words, "--store", db], catch_exceptions=code == 0)
    assert done.exit_code == code or (code and done.exception), done.output
    return done.output


def ids(db: str, which: Which = Which()) -> dict[str, str]:
    with Store.open(db) as store:
        return {i.places[0].name_en: i.id for i in store.incidents(which)}


def test_an_incident_is_shown_with_each_reports_own_number_and_why(db):
    seen = json.loads(call(db, "incident", ids(db)["Jalawla"], "--why", "--json"))
    assert sorted(t["killed"] for t in seen["reports"]) == ["3", "4"]
    assert seen["contradictions"]["killed"].keys() == {"3", "4"}
    assert seen["killed"]["low"] == 3
    assert seen["grade"] == "B1"
    assert any(w["with"] and w["points"] >= w["needed"] for w in seen["why"])
    assert "killed" in call(db, "incident", ids(db)["Jalawla"][:8], "--why", "--history")


def test_reviews_hold_after_reading_and_linking_again(db, monkeypatch):
    found = ids(db)
    call(db, "review", "correct", found["Jalawla"], "--set", "killed_best=4", "--by", "RH", "--note", "hospital list")
    call(db, "review", "reject", found["Mosul"], "--by", "RH")
    assert ids(db).keys() == {"Jalawla"}
    monkeypatch.setattr("marsad.read.reader.Reader.version", "lexical-99")
    with Store.open(db) as store:
        assert pipeline.read(store) == 0 or store.readers()[-1] == "lexical-99"
        pipeline.link(store)
        (kept,) = store.incidents()
        assert (kept.id, kept.review, kept.killed.best) == (found["Jalawla"], "corrected", 4)
        assert {i.review for i in store.incidents(Which(rejected=True))} == {"corrected", "rejected"}
        assert [r.verdict for r in store.reviews()] == ["correct", "reject"]
    assert "lexical-99" in call(db, "diff")


def test_two_are_merged_and_one_is_torn_by_hand(db):
    found = ids(db)
    call(db, "review", "merge", found["Jalawla"], found["Mosul"], "--by", "RH")
    assert len(ids(db)) == 1
    with Store.open(db) as store:
        (one,) = store.incidents()
        out = [s.id for s in store.statements_by_id(one.statements) if s.kind == "bombing"]
    call(db, "review", "split", one.id, "--statement", out[0], "--by", "RH")
    assert ids(db).keys() == found.keys()


def test_the_precision_report_counts_what_people_let_stand(db):
    found = ids(db)
    call(db, "review", "confirm", found["Jalawla"], "--by", "RH")
    call(db, "review", "reject", found["Mosul"], "--by", "RH")
    report = json.loads(call(db, "review", "report", "--json"))
    share = report["shares"]["incidents that stand"]
    assert (share["good"], share["total"]) == (1, 2)
    assert share["low"] < 0.5 < share["high"]
    assert json.loads(call(db, "review", "sample", "--json")) == []
    assert "1" in call(db, "review", "report")


def test_changes_tell_what_came_changed_and_ended(db):
    call(db, "review", "correct", ids(db)["Mosul"], "--set", "killed_best=3", "--by", "RH")
    rows = json.loads(call(db, "changes", "--since", "2020-01-01", "--json"))
    assert {r["what"] for r in rows} == {"new"}
    call(db, "changes", "--since", "2020-01-01")
    with Store.open(db) as store:
        first = store.history(ids(db)["Mosul"])[0].recorded
    since = first.isoformat()
    (row,) = json.loads(call(db, "changes", "--since", since, "--json"))
    assert row["what"] == "changed"
    assert row["changed"]["killed"] == ["2/2/2", "3/3/3"]


def test_search_and_takedown_at_the_command_line(db):
    (found,) = json.loads(call(db, "search", "checkpoint jalawla soldiers were", "--json"))
    assert "erased" in call(db, "takedown", found["id"], "--reason", "asked")
    assert json.loads(call(db, "search", "soldiers were", "--json")) == []
    rows = json.loads(call(db, "changes", "--since", "2020-01-01", "--json"))
    assert [r["reason"] for r in rows if r["what"] == "report taken down"] == ["asked"]


@pytest.mark.parametrize("words", [
    ("review", "confirm", "i-none", "--by", "R"), ("incident", "i-none"), ("incident", "i-"), ("changes", "--since", "soon"), ("diff",), ("search", "a"),
    ("review", "correct", "Jalawla", "--set", "killed_best", "--by", "R"), ("export", "x.csv", "--release", "all"), ("import", "none.csv", "--format", "acled"),
])  # fmt: skip
def test_what_cannot_be_is_refused(db, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = RUN.invoke(app, [*(ids(db).get(w, w) for w in words), "--store", db])
    assert done.exception is not None
    assert type(done.exception).__name__ == "UsageError"
    assert not (tmp_path / "x.csv").exists()


def test_every_read_takes_a_day_and_a_clock(db, tmp_path):
    key = ids(db)["Mosul"]
    assert json.loads(call(db, "incident", key, "--as-of", "2020-04-08", "--json"))["id"] == key
    for words in (
        ("incident", key, "--as-of", "2020-04-07"),
        ("incident", key, "--as-of", "2020-04-08", "--clock", "recorded"),
    ):
        assert type(RUN.invoke(app, [*words, "--store", db]).exception).__name__ == "UsageError"
    assert json.loads(call(db, "search", "Mosul", "--as-of", "2020-04-07", "--json")) == []
    assert len(json.loads(call(db, "search", "Mosul", "--as-of", "2020-04-08", "--json"))) == 1
    call(db, "export", str(tmp_path / "x.jsonl"), "--as-of", "2020-04-07")
    assert (tmp_path / "x.jsonl").read_text() == ""
