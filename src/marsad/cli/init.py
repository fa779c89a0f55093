"""marsad init: make an empty store."""

from pathlib import Path

from marsad.cli.common import STORE, console
from marsad.store import Store


def command(store: str = STORE) -> None:
    """Make an empty store, or check the one that is there.

    Example: `marsad init --store iraq.db`
    """
    there = "://" not in store and Path(store).exists()
    with Store.open(str(store)) as opened:
        counts = opened.counts()
    console.print(
        f"{store}: {'a store with' if there else 'made;'} {counts['reports']} reports, {counts['incidents']} incident versions."
    )
