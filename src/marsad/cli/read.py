"""marsad read: what do reports say? From the store, or straight from a file."""

import json
from pathlib import Path
from typing import Any

import typer

from marsad.cli.common import JSON, STORE, console, opened, print_json, progress, table, tell_rejected
from marsad.collect import collect_paths
from marsad.errors import UsageError
from marsad.records import Rejection, Report, Statement


def command(
    file: Path | None = typer.Argument(None, help="A report (.txt, .html) or many (.jsonl). Without one, reads the store."),
    out: Path | None = typer.Option(
        None, "--out", help="Write one JSON line for each report (see docs/formats.md); with --html, the page."
    ),
    html: bool = typer.Option(False, "--html", help="Write a page: the text with its words marked, and what they say."),
    lang: str = typer.Option(
        "", "--lang", help="The language of the page's own words: ar or en. Default: that of the first report."
    ),
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Read reports into statements: who did what to whom, where, when, and whether it happened.

    Examples: `marsad read report.txt`, `marsad read report.txt --html`, `marsad read IN.jsonl --out OUT.jsonl`,
    `marsad read --store iraq.db`
    """
    if html:
        from marsad.cli.read_html import write_page  # noqa: PLC0415 (only pages need the brief's words and fonts)

        write_page(file, out, lang, as_json=as_json)
    elif file is None:
        _read_store(store)
    elif out is not None:
        _read_lines(file, out)
    else:
        _show(file, as_json)


def _read_store(where: str) -> None:
    from marsad import pipeline  # noqa: PLC0415

    with opened(where) as store, progress("read", store.counts()["reports"]) as tick:
        new = pipeline.read(store, progress=tick)
    console.print(f"{new} new statements.")


def coded(report: Report) -> list[dict[str, Any]]:
    """What the reader says of a report, in the gold format, places resolved."""
    from marsad.read.gold import to_gold  # noqa: PLC0415

    return [to_gold(s, report.text) for s in statements(report)]


def statements(report: Report) -> list[Statement]:
    """What the reader says of a report, places resolved."""
    from marsad.link.gazetteer import Gazetteer  # noqa: PLC0415
    from marsad.read.reader import Reader  # noqa: PLC0415

    return list(Gazetteer().resolved(Reader().read(report), report))


def _read_lines(file: Path, out: Path) -> None:
    """One line out for each line in, in order, duplicates too; a line that cannot be read is rejected and written without statements."""
    rejected: list[Rejection] = []
    with out.open("w", encoding="utf-8") as target, progress("read", None) as tick:
        for item in collect_paths([file]):
            if isinstance(item, Rejection):
                rejected.append(item)
                row: dict[str, Any] = {"id": None, "rejected": item.reason, "where": item.where, "statements": []}
            else:
                row = {"id": item.key or item.id, "statements": coded(item)}
            target.write(json.dumps(row, ensure_ascii=False) + "\n")
            tick(1)
    tell_rejected(rejected)


def _show(file: Path, as_json: bool) -> None:
    if not file.exists():
        raise UsageError("there is no such file", where=str(file), mend="Check the path.")
    rejected: list[Rejection] = []
    shown: list[dict[str, Any]] = []
    for item in collect_paths([file]):
        if isinstance(item, Rejection):
            rejected.append(item)
            continue
        said = coded(item)
        shown.append({"id": item.key or item.id, "statements": said})
        if not as_json:
            _table(item, said)
    if as_json:
        print_json(shown)
    tell_rejected(rejected)


def _table(report: Report, said: list[dict[str, Any]]) -> None:
    title = f"{report.title or report.key or report.id[:12]}, published {report.published or 'unknown'}"
    rows = []
    for s in said:
        days = s.get("date_start", "") + ("" if s.get("date_end") == s.get("date_start") else f" to {s.get('date_end')}")
        who = ", ".join(s.get("actors", [])) + (" → " + ", ".join(s["targets"]) if s.get("targets") else "")
        tolls = [
            f"{name} {s[name].get('best', str(s[name].get('low')) + '+')}"
            for name in ("killed", "injured", "abducted", "arrested")
            if name in s
        ]
        number = (
            f"{s['count']} {s.get('unit', '')}"
            if "count" in s
            else f"{s['value']:g}"
            if "value" in s
            else f"×{s['ratio']:g}"
            if "ratio" in s
            else ""
        )
        what = s.get("kind") or s.get("name") or s.get("gist", "")
        rows.append(
            (
                s["class"],
                what,
                s["realis"],
                days,
                ", ".join(p.get("name_en") or p["name"] for p in s.get("places", [])),
                who,
                " ".join([number, *tolls]),
                s["anchor"][:80],
            )
        )
    table(title, ("class", "what", "realis", "when", "where", "who", "how many", "words"), rows)
