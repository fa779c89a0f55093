"""Series as files, for the verbs that take anybody's counts."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from marsad.cli.common import errors
from marsad.errors import SeriesError, UsageError
from marsad.panel import Panel
from marsad.records import Series


def read_series(path: Path) -> list[Series]:
    """The series of a CSV (also gzipped), wide or long. Raises UsageError if it is not there, SeriesError if it cannot be used."""
    from marsad.watch.series import parse_series  # noqa: PLC0415

    if not path.exists():
        raise UsageError("there is no such file", where=str(path), mend="Check the path.")
    raw = path.read_bytes()
    try:
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (UnicodeDecodeError, EOFError, zlib.error) as error:
        raise SeriesError(f"this is no text in UTF-8 ({error})", where=path.name, mend="Save it as CSV in UTF-8.") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    header = list(rows.fieldnames or ())
    if twice := sorted({c for c in header if header.count(c) > 1}):
        raise SeriesError(f"the column {twice[0]!r} stands twice", where=path.name, mend="Give each unit one column.")
    table = list(_whole(rows, path.name))
    found = parse_series(table, path.name)
    given = {(r["unit"] or "").strip() for r in table} if {"unit", "period", "value"} <= set(header) else set(header[1:])
    if empty := sorted(given - {s.unit for s in found}):
        errors.print(f"{path.name}: left out, since every value is missing: {', '.join(empty)}", markup=False)
    return found


def _whole(rows: "csv.DictReader[str]", where: str) -> Iterator[dict[str, str | None]]:
    """The rows; raises SeriesError for one with too few or too many cells, which would shift or lose a count."""
    for row in rows:
        if None in row or None in row.values():
            mend = "Give each line as many cells as the first; leave the cell of a missing count empty."
            raise SeriesError(
                "the line has more or fewer cells than the first", where=f"{where} line {rows.line_num}", mend=mend
            )
        yield dict(row)


def read_panel(path: Path) -> Panel:
    """The same as a panel."""
    return Panel.of(read_series(path))


def leads(written: str) -> list[int]:
    """ "3..14" or "4" (that is 1..4): periods ahead. Raises UsageError."""
    first, dots, last = written.strip().partition("..")
    try:
        low, high = (int(first), int(last)) if dots else (1, int(first))
    except ValueError:
        low, high = 0, 0
    if not 1 <= low <= high:
        raise UsageError(
            f"{written!r} is no horizon", where="--horizon", mend="Write it as A..B, in periods ahead, like 3..14."
        )
    return list(range(low, high + 1))


def origins(written: Sequence[str], panel: Panel) -> list[str]:
    """Origins as written: one or several, parted by commas or spaces; A..B for all from A to B, A..B/12 for each twelfth.

    Raises UsageError, and SeriesError for a label that names no period.
    """
    found: list[str] = []
    for word in " ".join(written).replace(",", " ").split():
        first, dots, rest = word.partition("..")
        last, _, every = rest.partition("/")
        if not dots:
            found.append(panel.label(panel.column(word)))
            continue
        if every and not (every.isdigit() and int(every) > 0):
            raise UsageError(f"{word!r} names no origins", where="--origins", mend="Write A..B/N with N a number of periods.")
        found += [panel.label(c) for c in range(panel.column(first), panel.column(last) + 1, int(every or 1))]
    if not found:
        raise UsageError(
            "there is no origin", where="--origins", mend="Give periods like 2009-10,2010-10 or 2009-10..2016-10/12."
        )
    return list(dict.fromkeys(found))
