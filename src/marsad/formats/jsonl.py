"""One incident a line, whole: every field of the record, empty ones as null."""

from collections.abc import Iterable
from typing import TextIO

from pydantic import TypeAdapter, ValidationError

from marsad.errors import UsageError
from marsad.records import Incident

INCIDENT = TypeAdapter(Incident)


def dump(incidents: Iterable[Incident], out: TextIO) -> int:
    """Write them; how many."""
    count = 0
    for incident in incidents:
        out.write(INCIDENT.dump_json(incident).decode("utf-8") + "\n")
        count += 1
    return count


def dump_list(incidents: Iterable[Incident], out: TextIO) -> int:
    """The same as one JSON array, an incident a line; how many."""
    count = 0
    for incident in incidents:
        out.write("[\n" if count == 0 else ",\n")
        out.write(INCIDENT.dump_json(incident).decode("utf-8"))
        count += 1
    out.write("\n]\n" if count else "[]\n")
    return count


def load(source: TextIO) -> list[Incident]:
    """Read them. Raises UsageError with the number of the first line that is no incident."""
    incidents = []
    for number, line in enumerate(source, start=1):
        if line.strip():
            try:
                incidents.append(INCIDENT.validate_json(line))
            except ValidationError as error:
                slot = ".".join(str(x) for x in error.errors()[0]["loc"]) or "the line"
                raise UsageError(f"{slot}: {error.errors()[0]['msg']}", where=f"line {number}") from None
    return incidents
