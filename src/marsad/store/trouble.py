"""What a database says when it fails -> a StoreError that says what the user can do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from marsad.errors import StoreError

_KNOWN = (
    ("disk is full", "the disk is full; nothing of the last step was kept", "Free some space and run the same command again."),
    (
        "no space left",
        "the disk is full; nothing of the last step was kept",
        "Free some space and run the same command again.",
    ),
    ("readonly database", "the store may only be read", "Give yourself the right to write the file and its folder."),
    ("read-only", "the store may only be read", "Give yourself the right to write the file and its folder."),
    ("not a database", "this file is not a store", "Name another file, or `marsad init` a new one."),
    (
        "malformed",
        "the file of the store is damaged",
        "Restore it from a copy; `sqlite3 FILE .recover` saves what can be read.",
    ),
    (
        "database is locked",
        "another process is writing to the store and does not let go",
        "Wait for it to end, then run again.",
    ),
    ("unable to open", "the store cannot be opened", "Check that its folder exists and that you may write there."),
    ("no such table", "this database is not a store of Marsad", "Name another file, or `marsad init` a new one."),
    (
        "no such file or directory",
        "the server cannot be reached",
        "Check that PostgreSQL is running and the address is right.",
    ),
    ("connection refused", "the server cannot be reached", "Check that PostgreSQL is running and the address is right."),
    ("could not translate host", "the server cannot be reached", "Check the name of the host."),
    ("password authentication failed", "the server does not know this user and password", "Check the address."),
    ("does not exist", "there is no such database", "Make it first: createdb NAME."),
    ("permission denied", "this user may not do that in the database", "Ask its owner for the right to read and write."),
    (
        "could not extend file",
        "the disk is full; nothing of the last step was kept",
        "Free some space and run the same command again.",
    ),
    ("server closed the connection", "the server went away", "Check that it is running; the same command goes on from there."),
    (
        "disk i/o error",
        "the disk failed while the store was read or written",
        "Check the disk; then run the same command again.",
    ),
)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what the database raises inside into a StoreError about the store at `where`."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).lower()
        for sign, what, mend in _KNOWN:
            if sign in said:
                raise StoreError(what, where=where, mend=mend) from error
        raise StoreError(f"the database refused: {error.orig}", where=where) from error
