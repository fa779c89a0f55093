"""marsad watch: has the pattern changed?"""

import json
from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import AS_OF, JSON, MEASURE, STORE, day, errors, opened, print_json, table
from marsad.errors import UsageError
from marsad.formats.atomic import replacing
from marsad.records import Signal


def command(
    series: Path | None = typer.Option(None, "--series", help="Counts as CSV (wide or long) instead of the store."),
    out: Path | None = typer.Option(None, "--out", help="Write the signals as JSON lines."),
    freq: str = typer.Option("W", "--freq", help="D, W or M; of the store."),
    measure: str = MEASURE,
    methods: str = typer.Option("", "--methods", help="Names parted by commas; see docs/signals.md."),
    fdr: float | None = typer.Option(
        None, "--fdr", help="Most false discoveries allowed, as a share. Store: 0.1. Series: all alarms."
    ),
    budget: int | None = typer.Option(None, "--budget", help="Most alarms in one period."),
    cooldown: int | None = typer.Option(
        None, "--cooldown", help="Silent periods after an alarm of a unit. Store: 4. Series: 0."
    ),
    picture: Path | None = typer.Option(None, "--picture", help="With --series: draw them, .html, .png or .svg."),
    as_of: str = AS_OF,
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Look for changes; each signal with its false-alarm rate and the smallest change that its method sees.

    Examples: `marsad watch --as-of 2020-04-08`, `marsad watch --series counts.csv --out signals.jsonl`
    """
    _check(fdr, budget, cooldown)
    names = tuple(m.strip() for m in methods.split(",") if m.strip())
    if series is not None:
        found = _from_csv(series, names, fdr, budget, cooldown or 0, picture)
    else:
        with opened(store) as held:
            chosen = {"fdr": 0.1 if fdr is None else fdr, "budget": budget, "cooldown": 4 if cooldown is None else cooldown}
            found = pipeline.watch(held, as_of=day(as_of, held), freq=freq, measure=measure, methods=names, **chosen)  # type: ignore[arg-type]
        if picture is not None:
            errors.print("--picture draws the series of --series; none was drawn.")
    rows = (row(s) for s in found)
    if out is not None:
        with replacing(out) as lines:
            lines.writelines(json.dumps(r, ensure_ascii=False, default=str) + "\n" for r in rows)
    elif as_json:
        print_json(list(rows))
    else:
        show(found)


def _check(fdr: float | None, budget: int | None, cooldown: int | None) -> None:
    if fdr is not None and not 0 < fdr <= 1:
        raise UsageError(f"a share of {fdr:g} cannot be", where="--fdr", mend="Write it between 0 and 1, such as 0.1.")
    for name, value in (("--budget", budget), ("--cooldown", cooldown)):
        if value is not None and value < 0:
            raise UsageError(f"{value} is less than none", where=name, mend="Write 0 or more.")


def _from_csv(
    path: Path, methods: tuple[str, ...], fdr: float | None, budget: int | None, cooldown: int, picture: Path | None
) -> list[Signal]:
    from marsad import watch  # noqa: PLC0415
    from marsad.cli.counts import read_series  # noqa: PLC0415

    counted = read_series(path)
    found = watch.run(counted, methods=methods or watch.DEFAULT)
    if fdr is not None or budget is not None or cooldown:
        order = sorted({p for s in counted for p in s.periods})
        choice = watch.choose(found, fdr=fdr, budget=budget, cooldown=cooldown, order=order)
        found = list(choice.kept)
        if choice.left:
            errors.print(f"{len(choice.left)} alarms were left out by --fdr, --budget or --cooldown.")
    if picture is not None:
        from marsad.cli.pictures import draw_signals  # noqa: PLC0415

        draw_signals(counted, found, picture)
    return found


def row(s: Signal) -> dict[str, object]:
    """The interchange row of a signal."""
    return {
        "unit": s.unit, "period": s.period, "method": s.method, "observed": s.observed, "expected": s.expected, "p": s.p,
        "false_alarms_per_year": s.false_alarms_per_year, "smallest_change_seen": s.smallest_change_seen, "effect": s.effect,
        "q": s.params.get("q"), "thin": s.thin, "headline_en": s.headline_en, "headline_ar": s.headline_ar,
        "evidence": list(s.evidence), "as_of": s.as_of.isoformat(),
    }  # fmt: skip


def show(found: list[Signal]) -> None:
    """The table for people: the headline says what and where; the numbers beside it say what it is worth."""
    rows = [
        (s.period, s.method + (" (thin)" if s.thin else ""), s.headline_en, _number(s.false_alarms_per_year), _number(s.smallest_change_seen))
        for s in found
    ]  # fmt: skip
    table("Signals", ("period", "method", "what changed", "false alarms a year", "sees a rise of (×)"), rows)


def _number(x: float | None) -> str:
    return "" if x is None else f"{x:.3g}"
