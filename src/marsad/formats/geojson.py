"""GeoJSON (RFC 7946): a feature an incident, a point only where one is known, the whole record as its properties.

An incident whose place has no known point has the geometry null, which the standard allows and map programs pass over; a point
is never made up for it.
"""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from marsad.errors import UsageError
from marsad.formats.jsonl import INCIDENT
from marsad.records import Incident


def feature(incident: Incident) -> dict[str, Any]:
    """The feature of one incident. Coordinates are longitude, latitude (WGS84)."""
    return bare(incident) | {"properties": INCIDENT.dump_python(incident, mode="json")}


def bare(incident: Incident) -> dict[str, Any]:
    """The feature with the record itself as its properties, for who writes JSON of records."""
    point = next(((p.lon, p.lat) for p in incident.places if p.lat is not None and p.lon is not None), None)
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": incident.id, "geometry": geometry, "properties": incident}


def dump(incidents: Iterable[Incident], out: TextIO) -> int:
    """Write a FeatureCollection, a feature a line; how many."""
    count = 0
    out.write('{"type": "FeatureCollection", "features": [\n')
    for incident in incidents:
        out.write((",\n" if count else "") + json.dumps(feature(incident), ensure_ascii=False, allow_nan=False))
        count += 1
    out.write("\n]}\n")
    return count


def load(source: TextIO) -> list[Incident]:
    """The incidents of a collection that `dump` wrote. Raises UsageError if it is another's."""
    try:
        return [INCIDENT.validate_python(f["properties"], strict=False) for f in json.load(source)["features"]]
    except (ValueError, TypeError, KeyError) as error:
        mend = "Features of other programs come in by a mapping file."
        raise UsageError(f"these are not features that Marsad wrote ({type(error).__name__})", mend=mend) from None
