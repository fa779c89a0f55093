"""The columns of a great record (shelf.py), and the tally of its reports, kept in a file from one start to the next: to read a million
versions out of the database takes most of a minute, out of the file a second.

The file is a copy that can be thrown away at any time. It stands beside a SQLite store, else in the user's cache folder, readable by its user
alone; it holds no words of reports. It is believed only if it was made by this very code, nothing was taken down since, and the database still
holds as many versions up to its moment as it does; what is newer is read from the database.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.read.placenames import added
from marsad.store import Store
from marsad.store.tally import Counts

LEAST = 20_000
"""Versions from which a file is worth while."""
MADE_BY = ("serve/shelf.py", "serve/snapshot.py", "formats/release.py", "read/placenames.py", "scales.py", "store/tally.py")
"""Code that decides what stands in the file; with it the codebook of places, by which people in need are known."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """columns: by name. areas, parties: values by their numbers (Codes). newest: when the last version was recorded. counts, upto: the
    tally of the reports, and the number of the last sighting in it."""

    columns: dict[str, NDArray[Any]]
    areas: list[Any]
    parties: list[Any]
    newest: datetime
    counts: Counts
    upto: int


def path_of(store: Store) -> Path:
    """Where the file of a store stands."""
    if "://" not in store.where:
        return Path(f"{store.where}.columns.npz")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "marsad" / f"{hashlib.sha256(store.where.encode()).hexdigest()[:32]}.columns.npz"


def save(store: Store, made: Snapshot) -> bool:
    """Put the file in place, whole or not at all; whether it could be written."""
    told = {
        "made_by": _made_by(), "takedowns": len(store.tombstones()), "newest": made.newest.isoformat(), "upto": made.upto,
        "areas": made.areas, "parties": made.parties, "counts": [[d and d.isoformat(), level, n] for (d, level), n in made.counts.items()],
    }  # fmt: skip
    text = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
    path = path_of(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # readable by its user alone
    except OSError:
        return False  # a folder that nobody may write to: each start reads the database
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, told=text, **made.columns)
        os.replace(name, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        return False
    return True


def load(store: Store, names: Sequence[str]) -> Snapshot | None:
    """What the file holds; None where there is none, or none that can be believed. names: of the columns."""
    try:
        with np.load(path_of(store), allow_pickle=False) as held:
            told = json.loads(held["told"].tobytes())
            if told["made_by"] != _made_by() or told["takedowns"] != len(store.tombstones()):
                return None
            columns = {name: held[name] for name in names}
        newest = datetime.fromisoformat(told["newest"])
        if store.versions_by(newest) != len(columns["id"]):
            return None
        counts: Counts = Counts({(d and date.fromisoformat(d), level): n for d, level, n in told["counts"]})
        areas, parties = [tuple(a) for a in told["areas"]], [(tuple(a), tuple(t)) for a, t in told["parties"]]
        return Snapshot(columns, areas, parties, newest.astimezone(UTC), counts, told["upto"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


@cache
def _made_by() -> str:
    digest = hashlib.sha256(np.__version__.encode())
    root, places = files("marsad"), files("marsad.codebooks").joinpath("places")
    for file in (*map(root.joinpath, MADE_BY), *sorted((f for f in places.iterdir() if f.is_file()), key=lambda f: f.name)):
        digest.update(file.read_bytes())
    digest.update(repr(added()).encode())  # places that the user added
    return digest.hexdigest()
