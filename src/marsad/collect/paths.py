"""Files and folders -> reports and rejections, in a fixed order, each file read once."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from marsad.collect.decode import decode
from marsad.collect.entry import FIELDS, TEXT_LIMIT, Entry, report_of
from marsad.collect.lines import LINE_LIMIT, entry_of_line, raw_lines
from marsad.collect.plain import entry_of_text
from marsad.errors import Rejected, UsageError
from marsad.records import Rejection, Report

FILE_LIMIT = 4 * TEXT_LIMIT
"""Bytes of one .txt or .html file: the longest text in UTF-32, or a page with as much markup. JSON lines have no such limit."""
KEPT_LIMIT = 64_000_000
"""Bytes of a rejected input that are kept beside the reason; of a larger one only its size and hash."""

TELLABLE = FIELDS - {"text", "id"}

SUFFIXES = (".txt", ".html", ".htm", ".jsonl")


def collect_paths(paths: Iterable[Path], *, told: Mapping[str, str] | None = None) -> Iterator[Report | Rejection]:
    """Every report under `paths`, folders searched to the bottom, in order of name.

    A file given by name is always taken or rejected; inside a folder, files of other kinds (SUFFIXES tells which are read) and
    hidden ones are passed over. A text that stands twice is yielded twice: the store keeps one, with two sightings.
    told: fields (source, published, lang, ...) that the user tells of every report that leaves them empty.
    Raises UsageError, before anything is read, if a path does not exist or a field in `told` is none.
    """
    if unknown := sorted(set(told or {}) - TELLABLE):
        raise UsageError(f'no report has a "{unknown[0]}"', mend=f"The fields are {', '.join(sorted(TELLABLE))}.")
    given = [Path(p) for p in paths]
    for path in given:
        if not path.exists():
            raise UsageError("there is no such file or folder", where=str(path), mend="Check the path.")
    for path in given:
        for file in _files(path):
            yield from _take(file, told or {})


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for inner in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
        if inner.is_file() and not hidden and inner.suffix.lower() in SUFFIXES:
            yield inner


def _take(path: Path, told: Mapping[str, str]) -> Iterator[Report | Rejection]:
    suffix = path.suffix.lower()
    try:
        if suffix == ".jsonl":
            yield from _take_lines(path, told)
        elif suffix == ".txt":
            yield _take_file(path, lambda raw: entry_of_text(decode(raw)), told)
        elif suffix in {".html", ".htm"}:
            from marsad.collect.page import entry_of_page  # noqa: PLC0415 (what takes pages apart is slow to load)

            yield _take_file(path, entry_of_page, told)
        else:
            raise Rejected(f"files of kind {suffix or '(none)'} are not read", mend=f"Marsad reads {', '.join(SUFFIXES)}.")
    except Rejected as error:
        yield _rejection(str(path), error, _bytes(path))
    except OSError as error:
        yield _rejection(str(path), Rejected(f"it cannot be read ({error.strerror})", mend="Check its permissions."), b"")


def _take_file(path: Path, entry: Callable[[bytes], Entry], told: Mapping[str, str]) -> Report | Rejection:
    size = path.stat().st_size
    if size > FILE_LIMIT:
        limit = f"{size / 1e6:.1f} MB; the limit for one report is {TEXT_LIMIT / 1e6:.0f} MB of text"
        return _too_large(path, size, f"it has {limit}")
    raw = path.read_bytes()
    try:
        if not raw.strip():
            raise Rejected("the file is empty", mend="Give the report its words, or leave it out.")
        return report_of(_filled(entry(raw), told), key=path.name)
    except Rejected as error:
        return _rejection(str(path), error, raw)


def _take_lines(path: Path, told: Mapping[str, str]) -> Iterator[Report | Rejection]:
    empty = True
    for number, line, whole in raw_lines(path):
        empty = False
        where = f"{path} line {number}"
        try:
            if not whole:
                raise Rejected(
                    f"the line is longer than {LINE_LIMIT / 1e6:.0f} MB; its first {LINE_LIMIT / 1e6:.0f} MB are kept",
                    mend=f"One report a line, with at most {TEXT_LIMIT / 1e6:.0f} MB of text.",
                )
            yield report_of(_filled(entry_of_line(line), told), key=f"{path.name}:{number}")
        except Rejected as error:
            yield _rejection(where, error, line)
    if empty:
        yield _rejection(str(path), Rejected("the file is empty", mend="Give it one report a line, or leave it out."), b"")


def _filled(entry: Entry, told: Mapping[str, str]) -> Entry:
    return replace(entry, **{field: value for field, value in told.items() if not getattr(entry, field).strip()})


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size <= KEPT_LIMIT else b""


def _too_large(path: Path, size: int, reason: str) -> Rejection:
    """Hashed as it streams by; kept whole up to KEPT_LIMIT."""
    digest, kept = hashlib.sha256(), bytearray()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            if size <= KEPT_LIMIT:
                kept += piece
    mend = "Split it into its reports: one file each, or one JSON line each."
    raw = bytes(kept) if size <= KEPT_LIMIT else None
    return Rejection(where=str(path), reason=reason, mend=mend, raw=raw, size=size, sha256=digest.hexdigest())


def _rejection(where: str, error: Rejected, raw: bytes) -> Rejection:
    digest = hashlib.sha256(raw).hexdigest()
    return Rejection(where=where, reason=error.what, mend=error.mend, raw=raw, size=len(raw), sha256=digest)
