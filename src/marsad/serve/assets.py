"""The files that pages load: our own, and Leaflet and htmx, which the build puts into static/vendor (hatch_build.py)."""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marsad.errors import MarsadError

FOLDER = Path(__file__).parent / "static"
NEEDED = ("vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css", "vendor/htmx/htmx.min.js")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its bytes, its media type, and a mark that changes with the bytes."""

    body: bytes
    mime: str
    mark: str


@cache
def assets() -> dict[str, Asset]:
    """Every file by its name under static/. Only these are served: a path that is not a name is nothing."""
    found = {}
    for path in sorted(p for p in FOLDER.rglob("*") if p.is_file() and not p.name.startswith(".")):
        body = path.read_bytes()
        mime = "text/plain" if not path.suffix else mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        found[path.relative_to(FOLDER).as_posix()] = Asset(body, mime, hashlib.sha256(body).hexdigest()[:12])
    return found


def href(name: str) -> str:
    """The address of a file, which changes when its bytes do. Raises MarsadError if it is not there."""
    if name not in assets():
        raise MarsadError(
            "this file of the pages is missing", where=f"static/{name}", mend="Install Marsad again: pip install ."
        )
    return f"/static/{name}?v={assets()[name].mark}"


def check() -> None:
    """Raises MarsadError if what the build puts in is not there."""
    if gone := [name for name in NEEDED if name not in assets()]:
        raise MarsadError(
            f"{len(gone)} files that the pages need are missing", where=", ".join(str(FOLDER / name) for name in gone),
            mend="The build puts them in: run `python hatch_build.py` in the checkout (it needs the network), or install Marsad again.",
        )  # fmt: skip
