"""Incidents as files that others read. What is written is read back equal; a test holds that for each format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from marsad.errors import UsageError
from marsad.formats import acled, geojson, jsonl, parquet, plover, table, ucdp
from marsad.formats.atomic import replacing, replacing_bytes
from marsad.formats.release import public as public_of
from marsad.records import Incident, Report, Statement

FORMATS = {
    "csv": ".csv", "geojson": ".geojson", "jsonl": ".jsonl", "ucdp-ged": ".csv", "acled": ".csv", "plover": ".jsonl", "parquet": ".parquet",
    "package": "",
}  # fmt: skip
"""Format -> the suffix its files have; a package is a folder."""
_BY_SUFFIX = {".csv": "csv", ".geojson": "geojson", ".jsonl": "jsonl", ".parquet": "parquet"}

__all__ = ["FORMATS", "Material", "export", "geojson", "jsonl", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What an export rests on. statements, reports: of the incidents, by id; UCDP and ACLED rows that were imported come back whole
    by them. licence, title: for a package. public: only what may go out (formats/release.py)."""

    statements: Mapping[str, Statement] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    public: bool = False
    licence: str = ""
    title: str = "Incidents"
    made: datetime | None = None


def export(incidents: Sequence[Incident], path: Path, form: str = "", material: Material = Material()) -> int:
    """Write `incidents` to `path` in `form` (FORMATS), or in that of its suffix; how many. A file is there whole or not at all.

    Raises UsageError for a form that is none of them, OSError if the file cannot be written.
    """
    form = form or _BY_SUFFIX.get(path.suffix.lower(), "")
    if form not in FORMATS:
        raise UsageError(
            f'no format is called "{form or path.suffix}"', where=str(path), mend=f"Take one of {', '.join(FORMATS)}."
        )
    listed = list(public_of(incidents)) if material.public else incidents
    if form == "package":
        return _package(listed, path, material)
    if form == "parquet":
        with replacing_bytes(path) as binary:
            return parquet.dump(listed, binary)
    with replacing(path) as out:
        if form in ("ucdp-ged", "acled"):
            writer = ucdp.dump if form == "ucdp-ged" else acled.dump
            return writer(listed, material.statements, material.reports, out, public=material.public)
        return {"csv": table.dump, "geojson": geojson.dump, "jsonl": jsonl.dump, "plover": plover.dump}[form](listed, out)


def _package(incidents: Sequence[Incident], folder: Path, material: Material) -> int:
    from marsad.formats import package  # noqa: PLC0415

    if not material.licence:
        raise UsageError("a package needs a licence", where=str(folder), mend="Name one, such as --licence CC-BY-4.0.")
    return package.dump(
        incidents, folder, licence=material.licence, title=material.title, made=material.made or datetime.now(UTC)
    )
