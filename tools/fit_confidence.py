"""Fit the weights of read/confidence.py on gold, print how well the folds left out are calibrated, and draw the reliability picture.

A ridge logistic regression (Hoerl and Kennard 1970; le Cessie and van Houwelingen 1992) by Newton's method, once for events coded
as actual and once for all others. Folds hold whole reports. Calibrated means: the expected calibration error (Naeini et al. 2015,
ten equal bins) is below the 90th percentile of what perfectly calibrated forecasts of the same sizes give by chance.

Run: python tools/fit_confidence.py GOLD.jsonl ... [--write]   (the gold of tests/eval, and whole reports coded by hand)
"""

import argparse
import datetime
from pathlib import Path
from typing import NamedTuple

import altair as alt
import numpy as np
from numpy.typing import NDArray

from marsad.cli.score_read import rows
from marsad.read.gold import to_gold
from marsad.read.reader import Reader
from marsad.records import Report
from marsad.score.binary import brier, calibration
from marsad.score.pairing import pairs

Floats = NDArray[np.float64]
HOUSE = Path(__file__).resolve().parent.parent
BOOK = HOUSE / "src" / "marsad" / "codebooks" / "confidence.tsv"
PICTURE = HOUSE / "docs" / "images" / "confidence.svg"
FOLDS, REPEATS, RIDGE = 10, 5, 5.0
SHORT = 0.5  # the weight of a case cut out of its report
FREE = ("constant", "one_sentence")  # not shrunk: they only set the level of short cases and of whole reports
SIMULATED = 2000


class Case(NamedTuple):
    """An event that was read. agreed: whether gold has it, and agrees whether it happened."""

    report: str
    actual: bool
    agreed: bool
    told: dict[str, float]


def cases(gold: Path) -> list[Case]:
    """Every event read in the texts of `gold`."""
    found: list[Case] = []
    for row in rows(gold):
        day = datetime.date.fromisoformat(row["published"][:10]) if row.get("published") else None
        read = Reader().weighed(Report(id=row["id"], text=row["text"], lang=row["lang"], published=day))
        for actual in (True, False):
            listed = [
                s for s in row["statements"] if s["class"] == "event" and (s.get("realis", "actual") == "actual") == actual
            ]
            ours = [(s, told) for s, told in read if (s.realis.value == "actual") == actual]
            coded = [to_gold(s, row["text"]) for s, _ in ours]
            hit = {b for _, b in pairs(listed, coded, row["text"])}
            found += [Case(row["id"], actual, at in hit, dict(told)) for at, (_, told) in enumerate(ours)]
    return found


def fit(x: Floats, y: Floats, case: Floats, free: list[int]) -> Floats:
    """Weights (d,) of a ridge logistic regression of y (n,) in {0, 1} on x (n, d), each case weighing `case` (n,)."""
    weights, penalty = np.zeros(x.shape[1]), np.full(x.shape[1], RIDGE)
    penalty[free] = 1e-3
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x.T * (case * p * (1 - p))) @ x + np.diag(penalty), x.T @ (case * (p - y)) + penalty * weights)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def left_out(x: Floats, y: Floats, case: Floats, report: list[str], free: list[int]) -> Floats:
    """The probability of each case by weights fitted without its report: the mean over REPEATS cuts into FOLDS folds."""
    names, total = sorted(set(report)), np.zeros(len(y))
    for repeat in range(REPEATS):
        fold_of = dict(zip(names, np.random.default_rng(repeat).permutation(len(names)) % FOLDS, strict=True))
        fold = np.array([fold_of[r] for r in report])
        for k in range(FOLDS):
            total[fold == k] += 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k], case[fold != k], free)))
    return total / REPEATS


def calibration_error(p: Floats, y: Floats) -> float:
    """Expected calibration error over ten equal bins."""
    return sum(b.n * abs(b.said - b.happened) for b in calibration(p, y)) / len(y)


def line(name: str, p: Floats, y: Floats) -> str:
    """One row of the table that is printed."""
    rng = np.random.default_rng(0)
    chance = np.quantile([calibration_error(p, (rng.random(len(p)) < p).astype(float)) for _ in range(SIMULATED)], 0.9)
    base = y.mean() * (1 - y.mean())
    return f"{name:34s} {len(y):5d}  agreed {y.mean():.3f}  said {p.mean():.3f}  error {calibration_error(p, y):.3f}  by chance {chance:.3f}  Brier {brier(p, y).mean():.4f}  base {base:.4f}"


def picture(p: Floats, y: Floats) -> alt.LayerChart:
    """Said against agreed, with 90% intervals."""
    data = alt.InlineData(values=[b._asdict() for b in calibration(p, y)])
    percent = alt.Axis(format="%")
    y_axis = alt.Y("happened:Q", title="a careful coder agreed", axis=percent, scale=alt.Scale(domain=[0, 1]))
    x_axis = alt.X("said:Q", title="confidence", axis=percent, scale=alt.Scale(domain=[0, 1]))
    right = (
        alt.Chart(alt.InlineData(values=[{"v": 0}, {"v": 1}]))
        .mark_line(color="#b23a48", strokeDash=[4, 3])
        .encode(x="v:Q", y="v:Q")
    )
    bars = (
        alt.Chart(data)
        .mark_rule(color="#3b6978")
        .encode(x=x_axis, y=alt.Y("low:Q", title="a careful coder agreed"), y2="high:Q")
    )
    points = (
        alt.Chart(data)
        .mark_circle(color="#3b6978", opacity=1)
        .encode(x=x_axis, y=y_axis, size=alt.Size("n:Q", title="events"))
    )
    return alt.layer(right, bars, points).properties(width=320, height=320)


def main() -> None:
    """Fit both columns, print the table, and with --write keep weights and picture."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("gold", type=Path, nargs="+")
    ask.add_argument("--write", action="store_true", help=f"keep the weights in {BOOK.name} and the picture in the docs")
    asked = ask.parse_args()
    of = {gold.name: cases(gold) for gold in asked.gold}
    columns: dict[str, dict[str, float]] = {}
    for actual in (True, False):
        mine = [(name, c) for name, listed in of.items() for c in listed if c.actual == actual]
        names = sorted({f for _, c in mine for f in c.told}, key=lambda f: (f not in FREE, f))
        x = np.array([[c.told.get(f, 0.0) for f in names] for _, c in mine])
        y = np.array([float(c.agreed) for _, c in mine])
        free = [at for at, name in enumerate(names) if name in FREE]
        case = np.array([SHORT if "one_sentence" in c.told else 1.0 for _, c in mine])
        p = left_out(x, y, case, [c.report for _, c in mine], free)
        print(line("actual, all" if actual else "not actual, all", p, y))
        for gold in of:
            here = np.array([name == gold for name, _ in mine])
            if here.any():
                print(line(f"  {gold}", p[here], y[here]))
        columns["actual" if actual else "other"] = dict(zip(names, fit(x, y, case, free).round(3).tolist(), strict=True))
        if actual and asked.write:
            picture(p, y).save(str(PICTURE))
    if asked.write:
        write(columns)


def write(columns: dict[str, dict[str, float]]) -> None:
    """Keep the weights: one feature a line."""
    features = list(dict.fromkeys(name for column in columns.values() for name in column))
    said = [
        "# Weights of read/confidence.py, fitted by tools/fit_confidence.py; do not edit by hand.",
        "feature\tactual\tother",
    ]
    said += ["\t".join([name, *(str(columns[c].get(name, "")) for c in ("actual", "other"))]) for name in features]
    BOOK.write_text("\n".join(said) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
