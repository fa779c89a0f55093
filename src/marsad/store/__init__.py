"""The append-only record on two clocks: what had been published by a day, and what this store held by then."""

from marsad.store.clocks import Clock
from marsad.store.incidents import Linker, Which
from marsad.store.reports import Kept, Taken
from marsad.store.store import Store
from marsad.store.takedown import Tombstone

__all__ = ["Clock", "Kept", "Linker", "Store", "Taken", "Tombstone", "Which"]
