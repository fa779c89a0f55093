"""marsad link: which statements tell of one incident?"""

import json
from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import JSON, STORE, console, errors, opened, print_json, table, tell_rejected
from marsad.records import Incident, Rejection, Report
from marsad.scales import KINDS


def command(
    file: Path | None = typer.Argument(None, help="Reports as JSON lines. Without one, links the store."),
    out: Path | None = typer.Option(None, "--out", help="Write one JSON line for each event statement of an incident."),
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Link statements into incidents, each report's own numbers kept.

    Examples: `marsad link`, `marsad link IN.jsonl --out OUT.jsonl`
    """
    if file is not None:
        _link_file(file, out)
        return
    with opened(store) as held:
        incidents, new = pipeline.link(held)
        if not held.readers() and held.report_ids(limit=1):
            errors.print("No report has been read yet: run `marsad read` first.", markup=False)
    if as_json:
        print_json([row(i) for i in incidents])
        return
    show(incidents)
    console.print(f"{len(incidents)} incidents, {new} new versions.")


def _link_file(file: Path, out: Path | None) -> None:
    from marsad.collect import collect_paths  # noqa: PLC0415
    from marsad.link import link  # noqa: PLC0415
    from marsad.link.gazetteer import Gazetteer  # noqa: PLC0415
    from marsad.read.reader import Reader  # noqa: PLC0415

    reader, gazetteer = Reader(), Gazetteer()
    items = list(collect_paths([file]))
    reports = {r.id: r for r in items if isinstance(r, Report)}
    said = {r.id: gazetteer.resolved(reader.read(r), r) for r in reports.values()}
    place_of = {s.id: (reports[r].key or r, at) for r, each in said.items() for at, s in enumerate(each)}
    incidents = link([s for each in said.values() for s in each if s.cls == "event"], reports.values())
    rows = [{"incident": i.id, "report": place_of[s][0], "statement": place_of[s][1]} for i in incidents for s in i.statements]
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    if out is None:
        print(lines, end="")
    else:
        out.write_text(lines, encoding="utf-8")
    tell_rejected([r for r in items if isinstance(r, Rejection)])


def row(i: Incident) -> dict[str, object]:
    """An incident as a flat row."""
    return {
        "id": i.id, "kind": i.kind, "start": i.when.start if i.when else None, "end": i.when.end if i.when else None,
        "place": (i.places[0].name_en or i.places[0].name) if i.places else "", "admin1": i.places[0].admin1 if i.places else "",
        "country": i.places[0].country if i.places else "", "actors": list(i.actors), "targets": list(i.targets),
        "count": list(i.count) if i.count else None, "unit": i.unit, "killed": _told(i.killed), "injured": _told(i.injured),
        "voices": i.voices, "statements": len(i.statements), "recalled": i.recalled,
        "differences": {d.slot: [v for v, _ in d.values] for d in i.differences},
    }  # fmt: skip


def _told(toll: object) -> list[object] | None:
    return None if toll is None else [getattr(toll, "low", None), getattr(toll, "best", None), getattr(toll, "high", None)]


def show(incidents: list[Incident], title: str = "Incidents") -> None:
    """The table for people, and below it where reports of one incident part."""
    rows, parts = [], []
    for i in incidents:
        r = row(i)
        count = (
            ""
            if i.count is None
            else f"{i.count[0]}" + (f" to {i.count[1]}" if i.count[1] != i.count[0] else "") + f" {i.unit}"
        )
        days = f"{r['start'] or '?'}" + (f" to {r['end']}" if r["end"] != r["start"] else "")
        what = KINDS[i.kind].en if i.kind in KINDS else i.kind
        rows.append((days, what, r["place"], ", ".join(i.actors), count, f"{i.voices} ({len(i.statements)})"))
        if i.differences:
            parts.append(f"{', '.join(filter(None, (days, what, str(r['place']))))}: {_apart(i)}")
    table(
        f"{title} (voices: independent ones, and how many statements)",
        ("when", "kind", "where", "who", "how many", "voices"),
        rows,
    )
    if parts:
        console.print("Where the reports part:", style="bold")
        for line in parts:
            console.print(f"  {line}", markup=False, highlight=False)


def _apart(i: Incident) -> str:
    return "; ".join(f"{d.slot} {' or '.join(v for v, _ in d.values)}" for d in i.differences)
