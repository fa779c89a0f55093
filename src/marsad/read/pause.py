"""The collector of cycles, paused where nothing makes any: it would look over the whole lexicon again and again, a quarter of the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector until the end, if it was on. What holds no cycles is freed all the same."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
