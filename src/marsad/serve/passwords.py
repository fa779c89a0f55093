"""Passwords and other secrets: argon2id for what people choose (RFC 9106's second profile: 64 MiB, 3 passes, 4 lanes), SHA-256 for what we draw."""

import hashlib
import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marsad.errors import UsageError

SHORTEST, LONGEST = 12, 1024
_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)  # each takes 64 MiB; a crowd of log-ins must not take all memory


def hashed(password: str) -> str:
    """The argon2id hash of a new password. Raises UsageError for one that is too short to keep anybody out."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"a password has {SHORTEST} to {LONGEST} characters", mend="Take a few words that nobody would put together."
        )
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def right(password: str, hash: str | None) -> bool:
    """Whether `password` is that of `hash`. None, for a user who is not there, takes as long as any."""
    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            return _HASHER.verify(hash or _nobodys(), _plain(password)) and hash is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    """Made when the app is (`ready`), lest the first wrong name take twice as long."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _plain(password: str) -> bytes:
    """One password typed on two keyboards is one: NFKC (RFC 8265)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def ready() -> None:
    """Make what the first log-in would else make."""
    _nobodys()


def drawn() -> str:
    """A new secret of 256 bits."""
    return secrets.token_urlsafe(32)


def mark(secret: str) -> str:
    """What is kept of a drawn secret: nothing can be guessed from it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
