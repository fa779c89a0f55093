"""What is slow to make and holds until the store changes, kept by store and question."""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from marsad.store import Store

if TYPE_CHECKING:
    from marsad.serve.view import View

T = TypeVar("T")
KEPT = 256


@dataclass(eq=False)
class _Answer:
    """One answer, made under its own lock: of many who ask at once, one makes it and the others wait for that."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made: list[Any] = field(default_factory=list)


_HELD: "weakref.WeakKeyDictionary[Store, OrderedDict[Hashable, _Answer]]" = weakref.WeakKeyDictionary()
_LOCK = threading.Lock()


def kept(look: "View", question: Hashable, make: Callable[[], T]) -> T:
    """The answer to `question` about the record that `look` sees, made anew once the store has changed; the oldest of many go. Answers must not be changed."""
    key = (look.state, question)
    with _LOCK:
        held = _HELD.setdefault(look.store, OrderedDict())
        answer = held.setdefault(key, _Answer())
        held.move_to_end(key)
        while len(held) > KEPT:
            held.popitem(last=False)
    with answer.lock:
        if not answer.made:
            answer.made.append(make())
        return answer.made[0]  # type: ignore[no-any-return]
