"""marsad demo: the main job on the example reports, from files to the two briefs."""

import time
from datetime import date
from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli import link, watch
from marsad.cli.common import JSON, console, print_json, progress, tell_rejected
from marsad.errors import UsageError
from marsad.records import Incident, Signal
from marsad.scales import Family
from marsad.store import Store

NOTE = "examples"
AS_OF = date(2020, 4, 8)
DAYS = 100


def command(
    reports: Path = typer.Option(Path("examples/reports"), "--reports", help="The folder of example reports."),
    out: Path = typer.Option(Path("demo"), "--out", help="Where the store and the briefs go."),
    as_json: bool = JSON,
) -> None:
    """Run the whole path on the example reports: a table of incidents, signals and posture changes, and two briefs.

    Example: `marsad demo`
    """
    if not reports.is_dir():
        raise UsageError(
            "the example reports are not here",
            where=str(reports),
            mend="Run it in the project's folder, or name the folder with --reports.",
        )
    began = time.perf_counter()
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("demo.db*"):
        old.unlink()
    with Store.open(str(out / "demo.db")) as store:
        with progress("collect", None) as tick:
            taken = pipeline.collect(store, [reports], progress=tick)
        with progress("read", taken.new) as tick:
            said = pipeline.read(store, progress=tick)
        incidents, _ = pipeline.link(store)
        signals = pipeline.watch(store, as_of=AS_OF)
        forecasts = pipeline.forecast(store, as_of=AS_OF)
        paths = pipeline.brief(store, out, as_of=AS_OF, days=DAYS, note=NOTE)
    counts = {
        "reports": taken.new,
        "statements": said,
        "forecasts": len(forecasts),
        "seconds": round(time.perf_counter() - began, 1),
    }
    if as_json:
        rows = {"incidents": [link.row(i) for i in incidents], "signals": [watch.row(s) for s in signals]}
        print_json({**counts, **rows, "briefs": [str(p) for p in paths]})
    else:
        _show(incidents, signals, counts, paths)
    tell_rejected(taken.rejected)


def _show(incidents: list[Incident], signals: list[Signal], counts: dict[str, float], paths: list[Path]) -> None:
    link.show([i for i in incidents if i.family is not Family.POSTURE])
    link.show([i for i in incidents if i.family is Family.POSTURE], "Posture changes")
    strong = [s for s in signals if not s.thin]
    watch.show(strong)
    if thin := len(signals) - len(strong):
        console.print(f"For {thin} more pairs of area and kind the record is too thin to speak; `marsad watch` lists them.")
    console.print(
        f"{counts['reports']} reports, {counts['statements']} statements, {len(incidents)} incidents, {len(strong)} signals, "
        f"{counts['forecasts']} forecasts in {counts['seconds']} s."
    )
    console.print("The briefs:")
    for path in paths:
        console.print(f"  {path}", soft_wrap=True)
