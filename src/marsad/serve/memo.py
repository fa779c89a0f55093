"""What is slow to make and holds until the store changes, kept by store and question."""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from marsad.store import Store

T = TypeVar("T")
KEPT = 256
_HELD: "weakref.WeakKeyDictionary[Store, OrderedDict[Hashable, object]]" = weakref.WeakKeyDictionary()
_LOCK = threading.Lock()


def kept(store: Store, question: Hashable, make: Callable[[], T]) -> T:
    """The answer to `question`, made anew once the store has changed; the oldest of many go. Answers must not be changed."""
    key = (store.state(), question)
    with _LOCK:
        held = _HELD.setdefault(store, OrderedDict())
        if key in held:
            held.move_to_end(key)
            return held[key]  # type: ignore[return-value]
    made = make()  # outside the lock: two may make it at once, and none waits for another's
    with _LOCK:
        held[key] = made
        while len(held) > KEPT:
            held.popitem(last=False)
    return made
