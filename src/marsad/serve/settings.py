"""How one observatory is set up. Frozen: what may change while it runs stands in the store."""

import ipaddress
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlsplit

from marsad.errors import UsageError
from marsad.records import Lang
from marsad.scales import Sensitivity
from marsad.store.store import utc_now

PORT = 8760
EVERY = ("0.0.0.0", "::")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """store: its file or address. token: lets in whoever carries it (a laptop); empty where people log in with a password.
    hosts: names that the Host header may give. url: the address people see, where a proxy stands before this. lang: for those
    whose browser asks for neither language. release: the most that the carrier of `token` sees. body: bytes of a request.
    """

    store: str
    host: str = "127.0.0.1"
    port: int = PORT
    url: str = ""
    token: str = ""
    hosts: tuple[str, ...] = LOOPBACK_NAMES
    encrypted: bool = False
    lang: Lang = "en"
    release: Sensitivity = Sensitivity.INTERNAL
    body: int = 1_000_000
    now: Callable[[], datetime] = utc_now

    @classmethod
    def laptop(cls, store: str, *, host: str = "127.0.0.1", port: int = PORT, **others: Any) -> "Settings":
        """For one person on this machine: a token made now lets in, and the address carries it."""
        return cls(store=store, host=host, port=port, token=secrets.token_urlsafe(32), **others)

    @property
    def team(self) -> bool:
        """Whether people log in."""
        return not self.token

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over an encrypted connection only: everywhere but on loopback."""
        return self.encrypted or self.url.startswith("https:") or not loopback(self.host)

    @property
    def address(self) -> str:
        """What to open in a browser."""
        shown = socket.gethostname() if self.host in EVERY else f"[{self.host}]" if ":" in self.host else self.host
        base = self.url.rstrip("/") or f"{'https' if self.encrypted else 'http'}://{shown}:{self.port}"
        return f"{base}/?token={self.token}" if self.token else f"{base}/"


def checked(*, team: bool, url: str, lang: str, release: str, host: str, **others: Any) -> Settings:
    """Settings as a person asked for them: a token is made where nobody else can reach the host. Raises UsageError."""
    if lang not in get_args(Lang):
        raise UsageError(f"there is no language {lang!r}", where="--lang", mend="Take ar or en.")
    if release not in {s.value for s in Sensitivity}:
        raise UsageError(f"there is no release {release!r}", where="--release", mend="Take public, partners or internal.")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query):
        raise UsageError(
            "this is not the address of a site", where="--url", mend="Like https://marsad.example.org, without a path."
        )
    told: dict[str, Any] = {"url": url, "lang": lang, "release": Sensitivity(release), "host": host} | others
    return Settings(**told) if team or url or not loopback(host) else Settings.laptop(**told)


def loopback(host: str) -> bool:
    """Whether nobody but this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def names(host: str, url: str, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What the Host header may give: the loopback names on loopback, else the address itself (the machine's name, where it is every
    address), that of `url`, and `more`."""
    own = LOOPBACK_NAMES if loopback(host) else (f"[{host}]" if ":" in host else host,)
    if host in EVERY:
        own = (*own, socket.gethostname())
    seen = urlsplit(url).hostname
    return tuple(dict.fromkeys(n.lower() for n in (*own, *((seen,) if seen else ()), *more)))
