"""A file of somebody else's table -> reports and their readings, ready for the store; a row that cannot be taken is kept, rejected."""

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TextIO

from marsad.errors import Rejected, UsageError
from marsad.formats import acled, mapping, rows, ucdp
from marsad.formats.rows import Origin, Told
from marsad.records import Rejection, Report, Statement
from marsad.scales import Sensitivity

Teller = Callable[[Mapping[str, str]], Told]


def kinds(form: str) -> tuple[Origin, Teller]:
    """(origin, what reads a row) of a form: "ucdp-ged", "acled", or the path of a mapping file (.toml). Raises UsageError."""
    if form == "ucdp-ged":
        return Origin(source=ucdp.SOURCE, reader=ucdp.READER, url="https://ucdp.uu.se/downloads/", grade="B"), ucdp.told
    if form == "acled":
        # the user's own licence: never in a public release
        return Origin(source=acled.SOURCE, reader=acled.READER, url="https://acleddata.com", grade="B", sensitivity=Sensitivity.INTERNAL), acled.told  # fmt: skip
    if form.endswith(".toml"):
        return mapping.load(Path(form))
    raise UsageError(f'no form is called "{form}"', where="--format", mend="Take ucdp-ged, acled, or a mapping file (.toml).")


def load(path: Path, form: str, *, published: date | None = None) -> Iterator[tuple[Report, Statement] | Rejection]:
    """The rows of `path` (.csv or .tsv, also .gz) in `form`. published: the day the table was published, if that is known.

    Raises UsageError if the file is not there or is no text.
    """
    origin, tell = kinds(form)
    if published is not None:
        origin = replace(origin, published=published)
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), mend="Check the path.")
    try:
        with _opened(path) as source:
            for line, row in rows.table(source):
                try:
                    yield rows.record(row, tell(row), origin)
                except Rejected as error:
                    yield _rejection(f"{path.name} line {line}", row, error)
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
        raise UsageError(f"this is no text in UTF-8 ({error})", where=str(path), mend="Save it as CSV in UTF-8.") from None


def _opened(path: Path) -> TextIO:
    if path.suffix.lower() == ".gz":
        text = gzip.decompress(path.read_bytes()).decode("utf-8-sig")
        import io  # noqa: PLC0415

        return io.StringIO(text, newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rejection(where: str, row: Mapping[str, str], error: Rejected) -> Rejection:
    raw = rows.text_of(row)[0].encode("utf-8", "surrogatepass")
    return Rejection(
        where=where, reason=error.what, mend=error.mend, raw=raw, size=len(raw), sha256=hashlib.sha256(raw).hexdigest()
    )
