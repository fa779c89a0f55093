"""What nearly every address may carry: `as_of` and `clock`; and the view of the store that goes with them.

What only looks at the address is `async`, and so is not handed to a thread: each hand-over waits its turn behind the pages that are made.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from marsad.errors import UsageError
from marsad.serve.render import wants_json
from marsad.serve.shelf import PATIENCE
from marsad.serve.view import View
from marsad.store import Clock

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Days outside these are a slip of the pen; databases and clocks disagree over them too."""


def day(written: str, name: str) -> date | None:
    """A day as written, None where none is. Raises UsageError."""
    if not written.strip():
        return None
    try:
        found = date.fromisoformat(written.strip())
    except ValueError:
        raise UsageError("this is no day", where=name, mend="Write it as YYYY-MM-DD.") from None
    if not FIRST <= found <= LAST:
        raise UsageError(f"this day is not between {FIRST} and {LAST}", where=name, mend="Write it as YYYY-MM-DD.")
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """The day to look from, None for now; and on which clock (store/clocks.py)."""

    as_of: date | None = None
    clock: Clock = "published"


async def asked(
    as_of: Annotated[
        str, Query(description="As it was known on this day, YYYY-MM-DD.", json_schema_extra={"format": "date"}, max_length=40)
    ] = "",
    clock: Annotated[
        Clock, Query(description="With `as_of`: published by that day, or recorded (held by this store) by then.")
    ] = "published",
) -> Asked:
    """`as_of` and `clock` of the address."""
    return Asked(day(as_of, "as_of"), clock)


Asking = Annotated[Asked, Depends(asked)]


async def looking(request: Request, asking: Asking) -> View:
    """The store as this visitor may see it on the day asked for. Routes read through this and nothing else."""
    request.state.look = View(
        request.app.state.store, request.state.visitor.release, asking.as_of, asking.clock, _patience(request)
    )
    return request.state.look  # type: ignore[no-any-return]


def _patience(request: Request) -> float | None:
    """A person is rather shown what was there a moment ago; a program waits, since it may keep what it gets."""
    return PATIENCE if request.method == "GET" and not wants_json(request) else None


Looking = Annotated[View, Depends(looking)]


async def present(request: Request) -> View:
    """The store as it is now: for what is decided now, and for what changed."""
    return View(request.app.state.store, request.state.visitor.release)


Present = Annotated[View, Depends(present)]
