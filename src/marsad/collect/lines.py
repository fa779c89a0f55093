"""A file of JSON lines -> entries, one line at a time. A broken line is rejected with its number; the others go in."""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path

from marsad.collect.decode import decode
from marsad.collect.entry import TEXT_LIMIT, Entry, entry_of
from marsad.errors import Rejected

LINE_LIMIT = 8 * TEXT_LIMIT
"""Bytes of one line: the longest text with each character escaped (\\uXXXX is six bytes), and room for the other fields."""


def raw_lines(path: Path) -> Iterator[tuple[int, bytes, bool]]:
    """(number from 1, bytes, whether that is all of it) of each line that is not blank. A longer line is cut at LINE_LIMIT."""
    with path.open("rb") as file:
        start = file.read(2)
        file.seek(0)
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            yield from _wide_lines(path)
            return
        number = 0
        while line := file.readline(LINE_LIMIT):
            number += 1
            whole = True
            while len(line) >= LINE_LIMIT and not line.endswith(b"\n"):
                rest = file.readline(LINE_LIMIT)
                if not rest:
                    break
                whole = False
                if rest.endswith(b"\n"):
                    break
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield number, line.rstrip(b"\r\n"), whole


def _wide_lines(path: Path) -> Iterator[tuple[int, bytes, bool]]:
    with path.open(encoding="utf-16", errors="replace", newline="\n") as file:
        for number, line in enumerate(iter(lambda: file.readline(LINE_LIMIT), ""), start=1):
            if line.strip():
                yield number, line.rstrip("\r\n").encode("utf-8", "replace"), True


def entry_of_line(line: bytes) -> Entry:
    """The entry on one line. Raises Rejected."""
    text = decode(line)
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise Rejected(f"this is not JSON{at}", mend="Mend the line and run the same command again.") from None
    if not isinstance(fields, dict):
        raise Rejected("this is not a JSON object", mend='A line like {"id": "a1", "published": "2020-04-08", "text": "..."}.')
    return entry_of(fields)
