"""Backtests see only what stood at the origin, and the files they write hold what was forecast."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from tests.watch.make import series
from typer.testing import CliRunner

from marsad import forecast, score
from marsad.cli import app
from marsad.errors import SeriesError, UsageError
from marsad.forecast.atoms import Atoms
from marsad.panel import Panel
from marsad.score import summary

RUN = CliRunner()


def panel(seed: int = 0, units: int = 12, periods: int = 90) -> Panel:
    rng = np.random.default_rng(seed)
    return Panel.of([series(rng.negative_binomial(2, 2 / (2 + 0.5 * n), periods), f"u{n}", "M") for n in range(units)])


class Spy:
    NAME, VERSION = "spy", "1"

    def __init__(self) -> None:
        self.seen: list[int] = []

    def predict(self, panel: Panel, leads: int) -> Atoms:
        self.seen.append(panel.periods)
        assert panel.counts.base is None  # a copy: nothing later hangs on it
        return Atoms.constant(np.zeros((len(panel), 1)), np.ones((len(panel), 1)), leads)


def test_a_model_is_handed_nothing_later_than_its_origin() -> None:
    whole, spy = panel(), Spy()
    windows = list(score.rolling(whole, spy, [whole.label(39), whole.label(59)], [1, 3]))
    assert spy.seen == [40, 60]
    assert windows[0].targets == (whole.label(40), whole.label(42))
    assert np.array_equal(windows[0].outcomes[:, 1], whole.counts[:, 42])


@pytest.mark.parametrize("model", list(forecast.MODELS))
def test_no_model_changes_when_the_future_does(model: str) -> None:
    whole = panel()
    changed = Panel(whole.units, whole.calendar, whole.first, whole.counts.copy(), whole.series)
    changed.counts[:, 60:] = 999.0
    one, two = (next(score.rolling(p, forecast.named(model), [whole.label(59)], [1, 2, 5])) for p in (whole, changed))
    assert np.array_equal(one.weights, two.weights)
    assert np.array_equal(one.values, two.values)


def test_origins_and_horizons_beyond_the_data_are_refused_with_the_mend() -> None:
    whole = panel()
    with pytest.raises(SeriesError, match="data end with") as error:
        list(score.rolling(whole, Spy(), [whole.label(88)], [1, 2]))
    assert "marsad forecast" in error.value.mend
    with pytest.raises(SeriesError, match="outside of the data"):
        list(score.rolling(whole, Spy(), ["1999-01"], [1]))
    with pytest.raises(UsageError, match="horizon"):
        list(score.rolling(whole, Spy(), [whole.label(10)], [0]))


def test_the_largest_unit_and_each_stratum_are_told_apart() -> None:
    counts = np.zeros((3, 40))
    counts[1], counts[2] = 4.0, 100.0
    whole = Panel.of([series(row, f"u{n}", "M") for n, row in enumerate(counts)])
    found = {name: summary.scores(name, list(score.rolling(whole, forecast.named(name), [whole.label(30)], [1, 2]))) for name in ("zero", "last12")}  # fmt: skip
    rows = {r.stratum: r for r in summary.table(found, "last12") if r.model == "zero"}
    assert [rows[s].cases for s in ("all", "all but the largest", "at peace", "low", "high")] == [6, 4, 2, 2, 2]
    assert (rows["all"].crps.mean, rows["all but the largest"].crps.mean) == (pytest.approx(104 / 3), pytest.approx(2.0))


def write(path: Path, whole: Panel) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        sheet = csv.writer(lines)
        sheet.writerow(["period", *whole.units])
        for column in range(whole.periods):
            cells = ["" if np.isnan(x) else f"{x:g}" for x in whole.counts[:, column]]
            sheet.writerow([whole.label(column), *cells])
    return path


def test_the_verb_writes_weighted_atoms_equal_to_the_bit(tmp_path: Path) -> None:
    whole = panel()
    whole.counts[3, 50:] = np.nan  # ended before the origin: no forecast of it
    counts = write(tmp_path / "counts.csv", whole)
    outs = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for out in outs:
        asked = ["backtest", str(counts), "--origins", "2015-06..2015-12/6", "2016-01", "--horizon", "3..5", "--out", str(out)]
        assert RUN.invoke(app, asked).exit_code == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    with outs[0].open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["unit", "origin", "target", "atom", "weight"]
    sums: dict[tuple[str, str, str], float] = {}
    for row in rows:
        key = row["unit"], row["origin"], row["target"]
        sums[key] = sums.get(key, 0.0) + float(row["weight"])
        assert float(row["atom"]) >= 0
    assert all(total == pytest.approx(1, abs=1e-9) for total in sums.values())
    assert {k[1] for k in sums} == {"2015-06", "2015-12", "2016-01"}
    assert "u3" not in {k[0] for k in sums}
    assert len(sums) == 11 * 3 * 3


def test_what_the_verb_refuses(tmp_path: Path) -> None:
    counts = write(tmp_path / "counts.csv", panel())
    for asked, told in (
        (["--origins", "2015-06", "--horizon", "5..3"], "no horizon"),
        (["--origins", "2017-06", "--horizon", "1..3"], "data end with"),
        (["--origins", "2015-06", "--horizon", "1..3", "--model", "oracle"], "no forecast model"),
    ):
        result = RUN.invoke(app, ["backtest", str(counts), *asked])
        assert result.exit_code == 1
        assert told in str(result.exception)


def test_the_watch_verb_writes_a_line_a_signal(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    whole = Panel.of([series(np.append(rng.poisson(2, 120), [9, 12]), f"u{n}") for n in range(4)])
    out = tmp_path / "signals.jsonl"
    assert RUN.invoke(app, ["watch", "--series", str(write(tmp_path / "c.csv", whole)), "--out", str(out)]).exit_code == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {"unit", "period", "method", "observed", "expected", "p", "false_alarms_per_year", "smallest_change_seen"} <= set(
        rows[0]
    )
    last = whole.label(121)
    assert {(r["unit"], r["method"]) for r in rows if r["period"] == last} >= {(f"u{n}", "nb_tail") for n in range(4)}
