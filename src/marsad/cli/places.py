"""marsad places: the gazetteer. Where is a place of this name, and why that one? Add what you downloaded."""

from pathlib import Path
from typing import Any

import typer

from marsad.cli.common import JSON, console, print_json, table
from marsad.errors import UsageError

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="The gazetteer: find a name, add a file, list what was added, remove it."
)


@app.command("find")
def find(
    name: str = typer.Argument(help="The name, in Arabic or English."),
    country: str = typer.Option("", "--country", help="ISO code of the country that the report is about."),
    admin1: str = typer.Option("", "--admin1", help="A first-order unit that is named beside it, in English."),
    kind: str = typer.Option("", "--kind", help="Only such places: admin1, admin2, city, town, base, crossing, ..."),
    as_json: bool = JSON,
) -> None:
    """Find the place that a name means, with the reasons, and the others that bear the name.

    Example: `marsad places find القائم --country IQ`
    """
    from marsad.link.gazetteer import Context, Gazetteer, written_in  # noqa: PLC0415

    context = Context(((country.upper(), 1.0),) if country else (), frozenset((admin1,)) if admin1 else frozenset())
    found = Gazetteer().resolve(name, lang=written_in(name), context=context, kinds=(kind,) if kind else ())
    if as_json:
        best = None if found.entry is None else _row(found.entry)
        print_json({"name": name, "resolved": best, "confidence": found.confidence, "score": round(found.score, 2),
                    "why": list(found.why), "near": found.near, "others": [_row(e) for e in found.others]})  # fmt: skip
        return
    if found.entry is None:
        console.print(f"[bold]{name}[/]: not resolved. {'; '.join(found.why)}")
    else:
        console.print(f"[bold]{name}[/]: {'near ' if found.near else ''}{_said(found.entry)} ({found.confidence} confidence)")
        console.print(f"  why: {'; '.join(found.why)}; together {found.score:.1f}")
    if found.others:
        table("Others of this name", ("place", "kind", "country", "unit", "people", "source"), [
            (e.name_en, e.kind, e.country, e.admin1, e.population or "", e.source) for e in found.others[:15]
        ])  # fmt: skip


@app.command("add")
def add(
    file: Path = typer.Argument(help="GeoNames XX.txt or .zip, COD-AB .geojson, Who's On First .geojson or .db, or a table."),
    country: str = typer.Option("", "--country", help="ISO code, for a file that does not tell it."),
) -> None:
    """Add the places of a file that you downloaded; they are used from the next command on.

    Example: `marsad places add IQ.zip`
    """
    from marsad.formats import gazetteers  # noqa: PLC0415

    path, count = gazetteers.save(gazetteers.load(file, country=country), _stem(file))
    console.print(f"{count} places added; kept in {path}. `marsad places remove {_stem(file)}` takes them out again.")


@app.command("list")
def listed(as_json: bool = JSON) -> None:
    """List what was added, file by file.

    Example: `marsad places list`
    """
    from marsad.read.placenames import user_folder  # noqa: PLC0415

    rows = [(p.name.removesuffix(".tsv.gz"), p.stat().st_size) for p in sorted(user_folder().glob("*.tsv.gz"))]
    if as_json:
        print_json([{"name": n, "bytes": size} for n, size in rows])
    else:
        table(f"Added places in {user_folder()}", ("name", "bytes"), rows)


@app.command("remove")
def remove(name: str = typer.Argument(help="A name of `marsad places list`.")) -> None:
    """Take the places of an added file out again.

    Example: `marsad places remove IQ`
    """
    from marsad.read.placenames import user_folder  # noqa: PLC0415

    path = user_folder() / f"{name}.tsv.gz"
    if path.parent != user_folder() or not path.is_file():
        raise UsageError("nothing of that name was added", where=name, mend="`marsad places list` shows what was.")
    path.unlink()
    console.print(f"{name}: removed.")


def _stem(file: Path) -> str:
    return file.name.removesuffix(".gz").rpartition(".")[0] or file.name


def _row(e: Any) -> dict[str, Any]:
    return {
        "id": e.id, "name_en": e.name_en, "names_ar": list(e.names_ar), "kind": e.kind, "country": e.country, "admin1": e.admin1,
        "admin2": e.admin2, "lat": e.lat, "lon": e.lon, "population": e.population, "source": e.source,
    }  # fmt: skip


def _said(e: Any) -> str:
    where = ", ".join(
        x for x in (e.admin2 if e.admin2 != e.name_en else "", e.admin1 if e.admin1 != e.name_en else "", e.country) if x
    )
    point = f", {e.lat:.3f} {e.lon:.3f}" if e.lat is not None and e.lon is not None else ", an area without a point"
    return f"{e.name_en} ({e.kind}) in {where}{point}"
