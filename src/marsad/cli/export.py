"""marsad export: incidents in the forms that others use."""

from datetime import date
from pathlib import Path

import typer

from marsad.cli.common import CLOCK, CUT, STORE, console, cut, opened
from marsad.errors import UsageError
from marsad.scales import Sensitivity


def command(
    out: Path = typer.Argument(help="The file to write; for a package, a folder."),
    form: str = typer.Option("", "--format", help="csv, geojson, jsonl, parquet, ucdp-ged, acled, plover or package. Default: by the file's name."),
    release: str = typer.Option("internal", "--release", help="Who gets it. public: only public incidents, no words of reports, places of people in need coarsened."),
    kind: str = typer.Option("", "--kind", help="Only this kind."),
    country: str = typer.Option("", "--country", help="Only this country (ISO code)."),
    since: str = typer.Option("", "--since", help="Only what happened on or after this day."),
    until: str = typer.Option("", "--until", help="Only what happened on or before this day."),
    as_of: str = CUT,
    clock: str = CLOCK,
    licence: str = typer.Option("", "--licence", help="For a package: the licence it goes out under, such as CC-BY-4.0."),
    title: str = typer.Option("Incidents", "--title", help="For a package: its title."),
    store: str = STORE,
) -> None:  # fmt: skip
    """Write the incidents to a file.

    Examples: `marsad export incidents.csv`, `marsad export out.csv --format ucdp-ged --release public`
    """
    from marsad import formats, pipeline  # noqa: PLC0415
    from marsad.store import Which  # noqa: PLC0415

    if release not in {s.value for s in Sensitivity}:
        raise UsageError(f"there is no release {release!r}", where="--release", mend="Take public, partners or internal.")
    which = Which(kind=kind, country=country.upper(), since=_day(since), until=_day(until), at_most=Sensitivity(release))
    with opened(store) as held:
        incidents = held.incidents(which, as_of=cut(as_of), clock=clock, link=pipeline.reviewed(held))  # type: ignore[arg-type]
        statements = {s.id: s for s in held.statements_by_id({s for i in incidents for s in i.statements})}
        reports = {r.id: r for r in held.reports(ids={s.report for s in statements.values()})}
    material = formats.Material(
        statements=statements, reports=reports, public=release == "public", licence=licence, title=title
    )
    count = formats.export(incidents, out, form, material)
    console.print(f"{count} incidents written to {out}.")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise UsageError(f"{written!r} is no day", mend="Write it as YYYY-MM-DD.") from None
