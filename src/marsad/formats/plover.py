"""PLOVER as JSON lines: an event a line, with its type, mode, parties, place and magnitudes (PLOVER: Halterman et al. 2023).

Kinds that PLOVER has no event type for (forces put to another duty) have type null. Where the codebook gives two types, the first.
"""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from marsad.records import Incident, reckoned
from marsad.scales import KINDS

MODES = {
    "armed_attack": "firearms", "bombing": "explosives", "suicide_bombing": "suicide-attack", "shelling": "heavy-weapons",
    "air_strike": "aerial", "assassination": "assassinate", "abduction": "abduct", "killing": "kill", "arson": "destroy", "raid": "raid",
    "arrest": "arrest", "seizure": "seize", "curfew": "curfew", "blockade": "restrict", "protest": "demo", "riot": "riot",
    "withdrawal": "withdraw", "reduction": "withdraw", "handover": "yield", "deployment": "troops", "agreement": "agree",
}  # fmt: skip


def event(i: Incident) -> dict[str, Any]:
    """The event of one incident; unknown values are null, never 0."""
    place = i.places[0] if i.places else None
    return {
        "id": i.id,
        "date": str(i.when.start) if i.when else None,
        "date_end": str(i.when.end) if i.when else None,
        "type": KINDS[i.kind].plover.partition(" / ")[0] or None,
        "mode": MODES.get(i.kind),
        "kind": i.kind,
        "contexts": ["military"] if i.family.value in ("attack", "operation", "control", "posture") else [],
        "actors": list(i.actors),
        "recipients": list(i.targets),
        "location": None if place is None else {
            "name": place.name_en or place.name, "country": place.country or None, "province": place.admin1 or None,
            "latitude": place.lat, "longitude": place.lon, "precision": int(place.precision) if place.precision else None,
        },
        "magnitudes": {
            "dead": reckoned(i.killed), "injured": reckoned(i.injured), "abducted": reckoned(i.abducted), "arrested": reckoned(i.arrested),
            "size": list(i.count) if i.count else None, "unit": i.unit or None,
        },
        "sources": i.voices,
    }  # fmt: skip


def dump(incidents: Iterable[Incident], out: TextIO) -> int:
    """Write them; how many."""
    count = 0
    for incident in incidents:
        out.write(json.dumps(event(incident), ensure_ascii=False, allow_nan=False) + "\n")
        count += 1
    return count
