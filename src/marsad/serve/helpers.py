"""What the pages' templates may use besides what every answer has (render.py): numbers with their nouns, days, pictures, marked words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup, escape

from marsad.brief.words import Words, visible
from marsad.periods import Calendar
from marsad.records import Lang
from marsad.serve import dense, drawing
from marsad.serve.models import passage
from marsad.serve.words import say

MENU = (
    ("overview", "/", "reader"), ("incidents", "/incidents", "reader"), ("posture", "/posture", "reader"), ("signals", "/signals", "reader"),
    ("forecasts", "/forecasts", "reader"), ("sources", "/sources", "reader"), ("briefs", "/briefs", "reader"), ("review", "/review", "reviewer"),
    ("health", "/health", "reader"),
)  # fmt: skip
"""Key, address, and the role that sees it."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Helpers that speak the page's language. Bound once a page: a function that asks Jinja for its context has all of it copied at every
    call."""

    lang: Lang
    here: str
    query: Sequence[tuple[str, str]]

    @property
    def words(self) -> Words:
        """The word book."""
        return Words(self.lang)

    def count(self, n: int, noun: str) -> str:
        """A number with its noun in the right form."""
        return self.words.counted(n, noun)

    def num(self, n: float) -> str:
        """A number, thousands set apart."""
        return self.words.number(n)

    def moment(self, iso: str | datetime | None) -> str:
        """A time to the minute, UTC."""
        if not iso:
            return ""
        when = datetime.fromisoformat(iso) if isinstance(iso, str) else iso
        return f"{self.words.day(when.date())} {when:%H:%M}"

    def day(self, iso: str | date | None) -> str:
        """A day in words."""
        if not iso:
            return ""
        return self.words.day(date.fromisoformat(iso) if isinstance(iso, str) else iso)

    def short_day(self, when: date) -> str:
        """A day for an axis: "8 Apr", "8 نيسان"."""
        return f"{when.day} {self.words.book['months']['short'][when.month - 1]}"

    def short_period(self, label: str) -> str:
        """The first day of a period, for an axis."""
        calendar = Calendar.of([label])
        return self.short_day(calendar.first_day(calendar.number(label)))

    def again(self, **params: Any) -> str:
        """This address with some parameters changed; None takes one out."""
        return readdressed(self.here, self.query, params)

    def pinned(self) -> str:
        """What to say at the head of a page that looks from an earlier day; empty on one that does not."""
        asked = dict(self.query)
        try:
            when = date.fromisoformat(asked.get("as_of", ""))
        except ValueError:
            return ""
        key = "as_of.recorded" if asked.get("clock") == "recorded" else "as_of.published"
        return say(self.lang, key, day=self.words.day(when))

    def all(self) -> dict[str, Any]:
        """Each by its name."""
        names = ("count", "num", "moment", "day", "short_day", "short_period", "again", "pinned")
        return {name: getattr(self, name) for name in names}


def readdressed(path: str, query: Iterable[tuple[str, str]], params: Mapping[str, Any]) -> str:
    """`path` with the parameters of `query`, some of them changed; None takes one out."""
    kept = {k: v for k, v in query if k not in params}
    return addressed(path, kept | dict(params))


def addressed(path: str, params: Mapping[str, Any]) -> str:
    """`path` with `params`; those that are None or empty are left out."""
    asked = [_pair(k, str(v)) for k, v in params.items() if v is not None and v != ""]
    return f"{path}?{'&'.join(asked)}" if asked else path


def _pair(key: str, value: str) -> str:
    return _short_pair(key, value) if len(value) <= _SHORT else urlencode({key: value})


_SHORT = 64
"""Letters of a value that is kept as it is written: a page of a hundred links tells the same few over and over."""


@lru_cache(maxsize=4096)
def _short_pair(key: str, value: str) -> str:
    return urlencode({key: value})


def marked(piece: dict[str, Any], prefix: str = "") -> Markup:
    """A passage with its words marked."""
    return passage.html(piece, prefix)


def host(address: str) -> str:
    """The host of an address that may be followed."""
    return visible(urlsplit(address).hostname or "")


def coded(text: str) -> Markup:
    """`text` escaped, what stands between backquotes as code."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else escape(p) for n, p in enumerate(parts))


PLAIN: dict[str, Any] = {"draw": drawing, "dense": dense, "marked": marked, "menu": MENU, "visible": visible}
"""What speaks no language."""
