"""A Frictionless data package: a folder with the incidents as CSV and GeoJSON, and datapackage.json with types, licence, sensitivity.

Specification: Data Package v1 and Table Schema v1 (specs.frictionlessdata.io). Field types are of the CSV's columns (table.Row).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_type_hints

from marsad.formats import geojson, table
from marsad.formats.atomic import replacing
from marsad.formats.table import Row
from marsad.records import Incident
from marsad.scales import KINDS, Sensitivity, highest

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", date: "date", datetime: "datetime"}


def schema() -> dict[str, Any]:
    """The Table Schema of incidents.csv."""
    hints = get_type_hints(Row)
    made: list[dict[str, Any]] = []
    for f in fields(Row):
        options = [k for k in getattr(hints[f.name], "__args__", ()) if k in _TYPES]
        kind = hints[f.name] if hints[f.name] in _TYPES else options[0]
        made.append({"name": f.name, "type": _TYPES[kind]})
    limits: dict[str, dict[str, Any]] = {
        "id": {"required": True}, "kind": {"enum": sorted(KINDS)}, "lat": {"minimum": -90, "maximum": 90}, "lon": {"minimum": -180, "maximum": 180},
        "date_precision": {"minimum": 1, "maximum": 5}, "where_precision": {"minimum": 1, "maximum": 7},
    }  # fmt: skip
    for one in made:
        if one["name"] in limits:
            one["constraints"] = limits[one["name"]]
        if one["type"] == "datetime":
            one["format"] = "any"
    return {"fields": made, "primaryKey": ["id"], "missingValues": [""]}


def dump(incidents: Sequence[Incident], folder: Path, *, licence: str, title: str, made: datetime) -> int:
    """Write the package into `folder` (made if it is not there); how many incidents. licence: an SPDX or Open Definition name."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, writer, form in (("incidents.csv", table.dump, "csv"), ("incidents.geojson", geojson.dump, "geojson")):
        with replacing(folder / name) as out:
            writer(incidents, out)
        content = (folder / name).read_bytes()
        described: dict[str, Any] = {
            "name": f"incidents-{form}" if form != "csv" else "incidents", "path": name, "format": form, "encoding": "utf-8",
            "mediatype": "text/csv" if form == "csv" else "application/geo+json", "bytes": len(content),
            "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        }  # fmt: skip
        if form == "csv":
            described |= {"profile": "tabular-data-resource", "schema": schema()}
        resources.append(described)
    level = highest([i.sensitivity for i in incidents]) if incidents else Sensitivity.PUBLIC
    package = {
        "profile": "data-package", "name": "marsad-incidents", "title": title, "created": made.isoformat(timespec="seconds"),
        "licenses": [{"name": licence}], "sensitivity": level.value, "resources": resources,
        "sources": [{"title": f"{len({s for i in incidents for s in i.statements})} statements of the reports that each incident lists"}],
    }  # fmt: skip
    with replacing(folder / "datapackage.json") as out:
        json.dump(package, out, ensure_ascii=False, indent=2)
        out.write("\n")
    return len(incidents)
