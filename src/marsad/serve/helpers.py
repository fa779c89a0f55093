"""What the pages' templates may use besides what every answer has (render.py): numbers with their nouns, days, pictures, marked words."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from marsad.brief.words import Words, visible
from marsad.periods import Calendar
from marsad.serve import drawing
from marsad.serve.models import passage
from marsad.serve.render import pages
from marsad.serve.words import say

MENU = (
    ("overview", "/", "reader"), ("incidents", "/incidents", "reader"), ("posture", "/posture", "reader"), ("signals", "/signals", "reader"),
    ("forecasts", "/forecasts", "reader"), ("sources", "/sources", "reader"), ("briefs", "/briefs", "reader"), ("review", "/review", "reviewer"),
    ("health", "/health", "reader"),
)  # fmt: skip
"""Key, address, and the role that sees it."""


def words(context: Context) -> Words:
    """The word book of the page's language."""
    return Words(context["lang"])


@pass_context
def count(context: Context, n: int, noun: str) -> str:
    """A number with its noun in the right form."""
    return words(context).counted(n, noun)


@pass_context
def num(context: Context, n: float) -> str:
    """A number, thousands set apart."""
    return words(context).number(n)


@pass_context
def moment(context: Context, iso: str | datetime | None) -> str:
    """A time to the minute, UTC."""
    if not iso:
        return ""
    when = datetime.fromisoformat(iso) if isinstance(iso, str) else iso
    return f"{words(context).day(when.date())} {when:%H:%M}"


@pass_context
def day(context: Context, iso: str | date | None) -> str:
    """A day in words."""
    if not iso:
        return ""
    return words(context).day(date.fromisoformat(iso) if isinstance(iso, str) else iso)


@pass_context
def short_day(context: Context, when: date) -> str:
    """A day for an axis: "8 Apr", "8 نيسان"."""
    months = words(context).book["months"]["short"]
    return f"{when.day} {months[when.month - 1]}"


@pass_context
def short_period(context: Context, label: str) -> str:
    """The first day of a period, for an axis."""
    calendar = Calendar.of([label])
    return str(short_day(context, calendar.first_day(calendar.number(label))))


@pass_context
def again(context: Context, **params: Any) -> str:
    """This address with some parameters changed; None takes one out."""
    kept = {k: v for k, v in context["query"] if k not in params}
    asked = {k: v for k, v in (kept | params).items() if v not in (None, "")}
    return f"{context['here']}?{urlencode(asked)}" if asked else str(context["here"])


@pass_context
def pinned(context: Context) -> str:
    """What to say at the head of a page that looks from an earlier day; empty on one that does not."""
    asked = dict(context["query"])
    try:
        when = date.fromisoformat(asked.get("as_of", ""))
    except ValueError:
        return ""
    key = "as_of.recorded" if asked.get("clock") == "recorded" else "as_of.published"
    return say(context["lang"], key, day=words(context).day(when))


def marked(piece: dict[str, Any], prefix: str = "") -> Markup:
    """A passage with its words marked."""
    return passage.html(piece, prefix)


def host(address: str) -> str:
    """The host of an address that may be followed."""
    return visible(urlsplit(address).hostname or "")


pages.globals.update(
    again=again, count=count, day=day, draw=drawing, marked=marked, menu=MENU, moment=moment, num=num, pinned=pinned,
    short_day=short_day, short_period=short_period, visible=visible,
)  # fmt: skip
pages.filters["host"] = host
