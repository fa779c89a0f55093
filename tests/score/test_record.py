"""From the store to signals, forecasts and the ledger: what was published by the day, and no more."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.store.make import READER, event, incident, report
from typer.testing import CliRunner

from marsad import pipeline
from marsad.cli import app
from marsad.store import Store

FIRST = date(2018, 1, 1)
RUN = CliRunner()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of 100 weeks: an attack every second week, then five in the last one, a report for each."""
    where = tmp_path_factory.mktemp("store") / "marsad.db"
    days = [FIRST + timedelta(weeks=n) for n in range(0, 100, 2)] + [FIRST + timedelta(weeks=100, days=n) for n in range(5)]
    with Store.open(where) as store:
        incidents = []
        for n, day in enumerate(days):
            said = report(f"report {n}", day)
            told = event(said, day=day)
            store.put_reports([said])
            store.put_readings(READER, [(said.id, (told,))])
            incidents.append(incident(told, name=f"i{n}", published=day))
        for n in range(100):  # other news, so that quiet weeks are covered
            store.put_reports([report(f"other {n}", FIRST + timedelta(weeks=n, days=3))])
        store.put_incidents(incidents)
    return where


def test_signals_from_the_record_rest_on_its_incidents(path: Path) -> None:
    with Store.open(path) as store:
        found = [s for s in pipeline.watch(store, as_of=date(2019, 12, 8)) if not s.thin]
        stored = {s.id for s in store.signals()}
    high = next(s for s in found if s.method == "record_high" and s.period == "2019-W49")
    assert high.observed == 5
    assert set(high.evidence) == {f"i{n}" for n in range(50, 55)}
    assert high.as_of == date(2019, 12, 8)
    assert {s.id for s in found} <= stored


def test_a_day_before_nothing_of_it_is_seen(path: Path) -> None:
    with Store.open(path) as store:
        found = pipeline.watch(store, as_of=date(2019, 11, 30))
    assert not [s for s in found if s.period >= "2019-W49" and not s.thin and s.method != "tactic_return"]


def test_forecasts_are_kept_and_settle_by_themselves(path: Path) -> None:
    with Store.open(path) as store:
        made = pipeline.forecast(store, as_of=date(2019, 10, 27), horizon=4)
        assert {f.method for f in made} == {"pool", "last12", "zero", "last_value"}
        assert {f.target for f in made} == {"2019-W44", "2019-W45", "2019-W46", "2019-W47"}
        assert pipeline.ledger(store, as_of=date(2019, 10, 27))[0] == []
        entries, verdicts = pipeline.ledger(store, as_of=date(2019, 11, 17))
    assert {(e.method, e.target) for e in entries} == {(m, t) for m in ("pool", "last12", "zero", "last_value") for t in ("2019-W44", "2019-W45", "2019-W46")}  # fmt: skip
    assert verdicts == []


def test_the_verbs_show_it(path: Path, tmp_path: Path) -> None:
    for verb in (
        ["forecast", "--as-of", "2019-10-27"],
        ["score", "ledger", "--as-of", "2019-11-17", "--picture", str(tmp_path / "ledger.html")],
        ["watch", "--as-of", "2019-12-08", "--freq", "M"],
    ):
        result = RUN.invoke(app, [*verb, "--store", str(path)])
        assert result.exit_code == 0, result.output
        assert result.output.strip()
    page = (tmp_path / "ledger.html").read_text(encoding="utf-8")
    assert "The ledger" in page
    assert "cdn.jsdelivr" not in page


@pytest.mark.parametrize("told", [[], ["--json"]])
def test_a_forecast_counts_the_record_once(path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    counted, count = [], pipeline.series
    monkeypatch.setattr(pipeline, "series", lambda *a, **k: counted.append(k) or count(*a, **k))
    done = RUN.invoke(app, ["forecast", "--store", str(path), "--as-of", "2019-10-27", "--model", "last12", *told])
    assert done.exit_code == 0, done.output
    assert len(counted) == 1


def test_the_methods_that_are_named_look_at_the_record_and_no_other(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.jsonl"
    done = RUN.invoke(
        app, ["watch", "--store", str(path), "--as-of", "2019-12-08", "--methods", "change_point", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert {json.loads(line)["method"] for line in out.read_text(encoding="utf-8").splitlines()} == {"change_point"}
    assert RUN.invoke(app, ["watch", "--store", str(path), "--methods", "guess"]).exit_code != 0
    assert RUN.invoke(app, ["watch", "--store", str(path), "--fdr", "2"]).exit_code != 0


def test_the_odds_of_the_future_are_written_as_those_of_a_backtest(tmp_path: Path) -> None:
    counts, out = tmp_path / "c.csv", tmp_path / "o.csv"
    counts.write_text("period,A\n" + "".join(f"2020-{m:02d},{m % 3}\n" for m in range(1, 13)), encoding="utf-8")
    done = RUN.invoke(app, ["forecast", "--series", str(counts), "--model", "last12", "--horizon", "2", "--out", str(out)])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert list(rows[0]) == ["unit", "origin", "target", "atom", "weight"]
    for target in ("2021-01", "2021-02"):
        assert {r["atom"]: float(r["weight"]) for r in rows if r["target"] == target} == pytest.approx(
            {"0": 1 / 3, "1": 1 / 3, "2": 1 / 3}
        )
