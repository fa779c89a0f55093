"""Who may come in: users, their sessions, API tokens, and attempts to log in. Secrets are here only as hashes.

Unlike the record these rows are changed and deleted: who may come in is how things stand now. What was done is in the audit log.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, text, update

from marsad.errors import UsageError
from marsad.scales import Sensitivity
from marsad.store import schema

Transaction = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with a password. role: reader, reviewer or admin. release: the most they see. password: its argon2id hash."""

    name: str
    role: str
    release: Sensitivity
    password: str
    recorded: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A log-in. hash: of the cookie. born: the log-in itself; renewed: when this cookie was made; ends: when it is void."""

    hash: str
    user: str
    csrf: str
    born: datetime
    renewed: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A key for a program. user: whose role and release bound it, None for one that stands alone. scopes: parted by blanks."""

    id: str
    hash: str
    name: str
    user: str | None
    scopes: str
    release: Sensitivity
    recorded: datetime
    ends: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How many attempts to log in one may make within `minutes`: for one name from one address, for a name, from an address."""

    minutes: int = 15
    pair: int = 5
    name: int = 30
    address: int = 20


class Accounts:
    """The rows, each method one transaction. writing, reading: the store's; now: its clock."""

    def __init__(self, writing: Transaction, reading: Transaction, now: Callable[[], datetime]) -> None:
        self._writing, self._reading, self.now = writing, reading, now

    # --- users

    def users(self) -> list[User]:
        """Everybody, by name."""
        with self._reading() as conn:
            return [_user(row) for row in conn.execute(select(schema.users).order_by("name")).mappings()]

    def user(self, name: str) -> User | None:
        """One of them."""
        with self._reading() as conn:
            row = conn.execute(select(schema.users).where(schema.users.c.name == name)).mappings().first()
            return _user(row) if row else None

    def add_user(self, name: str, *, role: str, release: Sensitivity, password: str) -> None:
        """Add somebody. Raises UsageError if the name is taken."""
        values = {"name": name, "role": role, "release": release.value, "password": password, "recorded": self.now()}
        with self._writing() as conn:
            if conn.scalar(select(schema.users.c.name).where(schema.users.c.name == name)):
                raise UsageError(
                    "there is a user of this name", where=name, mend="Take another, or change theirs: marsad users."
                )
            conn.execute(schema.users.insert().values(values))

    def change_user(self, name: str, **values: str) -> None:
        """Change role, release or password; their sessions end, so that what they may do holds at once. Raises UsageError."""
        with self._writing() as conn:
            if not conn.execute(update(schema.users).where(schema.users.c.name == name).values(values)).rowcount:
                raise _nobody(name)
            conn.execute(delete(schema.sessions).where(schema.sessions.c.user == name))

    def remove_user(self, name: str) -> None:
        """Remove somebody, with their sessions and tokens. Raises UsageError."""
        with self._writing() as conn:
            if not conn.execute(delete(schema.users).where(schema.users.c.name == name)).rowcount:
                raise _nobody(name)

    # --- sessions

    def open_session(self, session: Session) -> None:
        """Add a session; those that are over go."""
        with self._writing() as conn:
            conn.execute(delete(schema.sessions).where(schema.sessions.c.ends < self.now()))
            conn.execute(schema.sessions.insert().values(asdict(session)))

    def session(self, hash: str) -> tuple[Session, User] | None:
        """A session that is not over, and whose it is."""
        s, u = schema.sessions, schema.users
        with self._reading() as conn:
            held = conn.execute(select(s).where(s.c.hash == hash, s.c.ends > self.now())).mappings().first()
            row = conn.execute(select(u).where(u.c.name == held["user"])).mappings().first() if held else None
            return (Session(**held), _user(row)) if held and row else None

    def renew_session(self, old: str, new: Session, *, grace: timedelta) -> None:
        """Put `new` in the place of `old`, which stays for `grace`: other requests of the same page are still under way."""
        s = schema.sessions
        with self._writing() as conn:
            conn.execute(update(s).where(s.c.hash == old).values(ends=self.now() + grace))
            conn.execute(s.insert().values(asdict(new)))

    def close_session(self, hash: str) -> None:
        """Log out: every cookie of this log-in is void, also one that is in its grace."""
        s = schema.sessions
        with self._writing() as conn:
            held = conn.execute(select(s.c.user, s.c.born).where(s.c.hash == hash)).first()
            if held:
                conn.execute(delete(s).where(s.c.user == held.user, s.c.born == held.born))

    # --- tokens

    def tokens(self) -> list[Token]:
        """Every token, also those revoked or over, the oldest first."""
        with self._reading() as conn:
            return [_token(row) for row in conn.execute(select(schema.tokens).order_by("recorded", "id")).mappings()]

    def add_token(self, token: Token) -> None:
        """Add one. Raises UsageError for a user who is not there."""
        with self._writing() as conn:
            if token.user is not None and not conn.scalar(
                select(schema.users.c.name).where(schema.users.c.name == token.user)
            ):
                raise _nobody(token.user)
            conn.execute(schema.tokens.insert().values(asdict(token) | {"release": token.release.value}))

    def token(self, hash: str) -> tuple[Token, User | None] | None:
        """A token that holds now, and whose it is."""
        t, u = schema.tokens, schema.users
        with self._reading() as conn:
            held = select(t).where(t.c.hash == hash, t.c.revoked.is_(None), or_(t.c.ends.is_(None), t.c.ends > self.now()))
            row = conn.execute(held).mappings().first()
            if row is None:
                return None
            owner = conn.execute(select(u).where(u.c.name == row["user"])).mappings().first() if row["user"] else None
            return _token(row), _user(owner) if owner else None

    def revoke_token(self, id: str) -> None:
        """Make one void. Raises UsageError."""
        t = schema.tokens
        with self._writing() as conn:
            if not conn.execute(update(t).where(t.c.id == id, t.c.revoked.is_(None)).values(revoked=self.now())).rowcount:
                raise UsageError(
                    "there is no such token, or it is revoked already", where=id, mend="See `marsad tokens list`."
                )

    # --- attempts to log in

    def attempt(self, name: str, address: str, limits: Limits = Limits()) -> bool:
        """Note an attempt, before its password is looked at; False if too many were made. name: hashed."""
        a = schema.attempts
        with self._writing() as conn:
            if conn.dialect.name == "postgresql":  # else many at once would each count the others out
                conn.execute(text("LOCK TABLE attempts IN EXCLUSIVE MODE"))
            conn.execute(delete(a).where(a.c.recorded < self.now() - timedelta(days=1)))
            recent = a.c.recorded > self.now() - timedelta(minutes=limits.minutes)
            for same, most in (
                ((a.c.name == name, a.c.address == address), limits.pair),
                ((a.c.name == name,), limits.name),
                ((a.c.address == address,), limits.address),
            ):
                if (conn.scalar(select(func.count()).select_from(a).where(recent, *same)) or 0) >= most:
                    return False
            conn.execute(a.insert().values(name=name, address=address, recorded=self.now()))
            return True

    def forgive(self, name: str, address: str) -> None:
        """Forget the attempts of one who then came in."""
        a = schema.attempts
        with self._writing() as conn:
            conn.execute(delete(a).where(a.c.name == name, a.c.address == address))


def _user(row: object) -> User:
    told = dict(row)  # type: ignore[call-overload]
    return User(**{**told, "release": Sensitivity(told["release"])})


def _token(row: object) -> Token:
    told = dict(row)  # type: ignore[call-overload]
    return Token(**{**told, "release": Sensitivity(told["release"])})


def _nobody(name: str) -> UsageError:
    return UsageError("there is no user of this name", where=name, mend="See `marsad users list`.")
