"""The two clocks of every read (law 2).

`as_of` a day on the clock "published" means what had been *published* by the end of that day, whenever this store took it;
what has no known publication is then left out. On the clock "recorded" it means what *this store held* by then.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import Column, ColumnElement, true

from marsad.errors import UsageError

Clock = Literal["published", "recorded"]
AsOf = date | datetime | None


def check(clock: str) -> None:
    """Raises UsageError for a clock that is neither."""
    if clock not in ("published", "recorded"):
        raise UsageError(f'there is no clock "{clock}"', mend='Take "published" or "recorded".')


def day(as_of: date | datetime) -> date:
    """The day of `as_of` (UTC where it is a time)."""
    if not isinstance(as_of, datetime):
        return as_of
    return (as_of.astimezone(UTC) if as_of.tzinfo else as_of).date()


def published_by(column: "Column[date | None]", as_of: AsOf, clock: Clock) -> ColumnElement[bool]:
    """Rows published by `as_of`; all rows if there is no `as_of` or the clock is another. NULL is never published by a day."""
    return true() if as_of is None or clock != "published" else column <= day(as_of)


def recorded_by(column: "Column[datetime]", as_of: AsOf, clock: Clock) -> ColumnElement[bool]:
    """Rows recorded by `as_of` (by the end of the day, where it is one)."""
    if as_of is None or clock != "recorded":
        return true()
    if isinstance(as_of, datetime):
        return column <= (as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC))
    return column < datetime.combine(as_of + timedelta(days=1), time(), tzinfo=UTC)
