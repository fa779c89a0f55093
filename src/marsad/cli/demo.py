"""marsad demo: the main job on the example reports, from files to the two briefs."""

import time
from datetime import date
from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli import link, watch
from marsad.cli.common import console, progress
from marsad.errors import UsageError
from marsad.scales import Family
from marsad.store import Store

NOTE = "examples"
AS_OF = date(2020, 4, 8)
DAYS = 100


def command(
    reports: Path = typer.Option(Path("examples/reports"), "--reports", help="The folder of example reports."),
    out: Path = typer.Option(Path("demo"), "--out", help="Where the store and the briefs go."),
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
    link.show([i for i in incidents if i.family is not Family.POSTURE])
    link.show([i for i in incidents if i.family is Family.POSTURE], "Posture changes")
    watch.show(signals)
    console.print(
        f"{taken.new} reports, {said} statements, {len(incidents)} incidents, {len(signals)} signals, {len(forecasts)} forecasts in {time.perf_counter() - began:.1f} s."
    )
    console.print("The briefs:")
    for path in paths:
        console.print(f"  {path}", soft_wrap=True)
