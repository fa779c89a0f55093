"""marsad watch: has the pattern changed?"""

import json
from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import AS_OF, JSON, STORE, day, opened, print_json, table
from marsad.records import Signal


def command(
    series: Path | None = typer.Option(None, "--series", help="Counts as CSV (wide or long) instead of the store."),
    out: Path | None = typer.Option(None, "--out", help="Write the signals as JSON lines."),
    freq: str = typer.Option("W", "--freq", help="D, W or M."),
    as_of: str = AS_OF,
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """Look for changes: record highs and tactics that return; each with its false-alarm rate and the smallest change it sees.

    Examples: `marsad watch --as-of 2020-04-08`, `marsad watch --series counts.csv --out signals.jsonl`
    """
    if series is not None:
        found = _from_csv(series)
    else:
        with opened(store) as held:
            found = pipeline.watch(held, as_of=day(as_of, held), freq=freq)
    rows = [row(s) for s in found]
    if out is not None:
        out.write_text("".join(json.dumps(r, ensure_ascii=False, default=str) + "\n" for r in rows), encoding="utf-8")
    elif as_json:
        print_json(rows)
    else:
        show(found)


def _from_csv(path: Path) -> list[Signal]:
    from marsad import watch  # noqa: PLC0415
    from marsad.cli.counts import read_series  # noqa: PLC0415

    return watch.run(read_series(path))


def row(s: Signal) -> dict[str, object]:
    """The interchange row of a signal."""
    return {
        "unit": s.unit, "period": s.period, "method": s.method, "observed": s.observed, "expected": s.expected, "p": s.p,
        "false_alarms_per_year": s.false_alarms_per_year, "smallest_change_seen": s.smallest_change_seen, "effect": s.effect,
        "thin": s.thin, "headline_en": s.headline_en, "headline_ar": s.headline_ar,
    }  # fmt: skip


def show(found: list[Signal]) -> None:
    """The table for people."""
    rows = [
        (s.unit, s.period, s.method + (" (thin record)" if s.thin else ""), *map(_number, (s.observed, s.expected, s.p, s.false_alarms_per_year, s.smallest_change_seen)), s.headline_en)
        for s in found
    ]  # fmt: skip
    table(
        "Signals",
        (
            "unit",
            "period",
            "method",
            "observed",
            "expected",
            "p",
            "false alarms a year",
            "smallest change seen (×)",
            "headline",
        ),
        rows,
    )


def _number(x: float | None) -> str:
    return "" if x is None else f"{x:.3g}"
