"""Files that are whole or absent: written beside their place and moved into it. A device or a pipe is written to as it is."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file (UTF-8, line breaks as given) that takes the place of `path` when the block ends well."""
    with _replacing(path, "w") as out:
        yield cast(TextIO, out)


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """As `replacing`, for bytes."""
    with _replacing(path, "wb") as out:
        yield cast(BinaryIO, out)


@contextmanager
def _replacing(path: Path, mode: str) -> Iterator[IO[str] | IO[bytes]]:
    path = path.resolve()  # what a link leads to is replaced, not the link
    if path.exists() and not path.is_file():
        with path.open(mode) if "b" in mode else path.open(mode, encoding="utf-8", newline="") as out:
            yield out  # /dev/null stays a device
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, mode) if "b" in mode else os.fdopen(handle, mode, encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)  # mkstemp makes it private; an export is as open as any new file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
