"""Incidents as files that others read. What is written is read back equal; a test holds that for each format."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from marsad.errors import UsageError
from marsad.formats import geojson, jsonl, table
from marsad.formats.atomic import replacing
from marsad.records import Incident

WRITERS: dict[str, Callable[[Iterable[Incident], TextIO], int]] = {
    ".csv": table.dump,
    ".geojson": geojson.dump,
    ".jsonl": jsonl.dump,
}

__all__ = ["WRITERS", "export", "geojson", "jsonl", "table"]


def export(incidents: Iterable[Incident], path: Path) -> int:
    """Write `incidents` to `path` in the format of its suffix (WRITERS); how many. The file is there whole or not at all.

    Raises UsageError for a suffix that is none of them, OSError if the file cannot be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f'no format is called "{path.suffix}"', where=str(path), mend=f"Take one of {', '.join(WRITERS)}.")
    with replacing(path) as out:
        return write(incidents, out)
