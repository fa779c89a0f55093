"""How many pages a process makes at a time. Python runs one thread at a time, so many threads make every page late and the longest the
latest: of 20 people who asked at once for pages of 100,000 incidents, on two cores that others used too, the list came within 284 ms at the
95th percentile three at a time and within 354 ms forty at a time; the shorter pages wait a little longer instead (252 for 212 ms, the map;
benchmarks/serve.py, load average 4.6).
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial, wraps
from typing import Any

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi import FastAPI
from fastapi.responses import Response

AT_ONCE = 3
"""Pages; one may wait for the database while another is written."""
SLOW_AT_ONCE = 2
"""What takes seconds has threads of its own, so that pages do not wait for a brief."""
_slow: RunVar[CapacityLimiter] = RunVar("slow")


@asynccontextmanager
async def few(_app: FastAPI) -> AsyncIterator[None]:
    """The lifespan of an app that makes AT_ONCE pages at a time."""
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield


def apart(handler: Callable[..., Response]) -> Any:
    """Decorator of a route that takes seconds: it runs in a thread of its own."""

    @wraps(handler)
    async def waited(*given: Any, **named: Any) -> Response:
        limiter = _slow.get(None) or CapacityLimiter(SLOW_AT_ONCE)
        _slow.set(limiter)
        return await to_thread.run_sync(partial(handler, *given, **named), limiter=limiter)

    return waited
