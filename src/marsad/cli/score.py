"""marsad score: what came of what we said?"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from marsad import pipeline
from marsad.cli.common import AS_OF, JSON, STORE, console, day, opened, print_json, table

app = typer.Typer(add_completion=False, 
    no_args_is_help=True, rich_markup_mode="markdown",
    help="Score what was said: forecasts once the outcome is known, reading against gold.\n\nExample: `marsad score ledger`",
)  # fmt: skip


@app.command("ledger")
def ledger(
    picture: Path | None = typer.Option(None, "--picture", help="Draw it: a .html, .png or .svg file."),
    calibration: Path | None = typer.Option(
        None, "--calibration", help="Draw how often what was given such odds came: .html, .png or .svg."
    ),
    as_of: str = AS_OF,
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Every forecast whose period is over, with its score; and every expectation of a source that can be checked.

    Example: `marsad score ledger --as-of 2020-04-30`
    """
    with opened(store) as held:
        entries, verdicts = pipeline.ledger(held, as_of=day(as_of, held))
    if picture is not None:
        from marsad.cli.pictures import draw_ledger  # noqa: PLC0415

        draw_ledger(entries, picture)
    if calibration is not None:
        from marsad.cli.pictures import draw_odds  # noqa: PLC0415

        draw_odds(entries, calibration)
    if as_json:
        print_json({"forecasts": [asdict(e) for e in entries], "outlooks": [asdict(v) for v in verdicts]})
        return
    show(entries, verdicts)


@app.command("read")
def read(
    gold: Path = typer.Argument(..., help="Coded reports, or judged sentences: one JSON object a line (codebook, section 6)."),
    predicted: Path | None = typer.Option(None, "--predicted", help="Score these coded lines instead of reading the texts."),
    out: Path | None = typer.Option(None, "--out", help="Keep what the reader coded: one JSON line for each report."),
    actors: Path | None = typer.Option(None, "--actors", help="A table of actors' names (.tsv). Default: the codebook's."),
    as_json: bool = JSON,
) -> None:
    """How well are reports read? Reads the texts of GOLD and compares: events, slots, kinds and classes; or judged sentences.

    Example: `marsad score read GOLD.jsonl --json`
    """
    from marsad.cli.score_read import score_file  # noqa: PLC0415 (the reader and scipy load slowly)

    score_file(gold, predicted=predicted, out=out, actors=actors, as_json=as_json)


def show(entries: list[Any], verdicts: list[Any]) -> None:
    """The tables for people: by method, then the worst misses, then the sources' expectations."""
    if not entries:
        console.print("No forecast in this store has a known outcome yet.")
    methods = sorted({e.method for e in entries})
    rows = []
    for name in methods:
        mine = [e for e in entries if e.method == name]
        hits = [(e.some - (e.observed >= 1)) ** 2 for e in mine]
        rows.append(
            (
                name,
                len(mine),
                f"{_mean([e.crps for e in mine]):.3g}",
                f"{_mean([e.log_crps for e in mine]):.3g}",
                f"{_mean(hits):.3g}",
            )
        )
    table(
        "Forecasts whose outcome is known",
        ("method", "forecasts", "mean CRPS", "mean log-CRPS", "Brier of at least one"),
        rows,
    )
    wrong = sorted((e for e in entries if e.chance < 0.1), key=lambda e: (-e.crps, e.target, e.unit, e.method))[:10]
    table(
        "What we got wrong: outcomes given less than one chance in ten",
        ("unit", "period", "method", "expected", "came", "chance given"),
        [(e.unit, e.target, e.method, f"{e.expected:.2g}", f"{e.observed:g}", f"{e.chance:.1%}") for e in wrong],
    )
    table(
        "What sources expected",
        ("said", "kind", "where", "direction", "verdict", "why", "statement"),
        [(v.said, v.kind, v.area, v.direction, v.outcome, v.why, v.statement) for v in verdicts],
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
