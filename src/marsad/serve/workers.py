"""Several processes that serve one observatory: each makes its app from the settings that the first one hands down."""

import contextlib
import json
import os
import threading
from dataclasses import fields
from typing import Any

from fastapi import FastAPI

from marsad.errors import StoreError
from marsad.scales import Sensitivity
from marsad.serve.settings import Settings
from marsad.store import Store

VARIABLE = "MARSAD_SERVE_SETTINGS"
FACTORY = "marsad.serve.workers:app"


def hand_down(settings: Settings) -> None:
    """Put the settings where the processes to come find them: their environment, which only this user can read."""
    told = {f.name: getattr(settings, f.name) for f in fields(settings) if f.name != "now"}
    os.environ[VARIABLE] = json.dumps(told)


def handed_down() -> Settings:
    """The settings of the process that began this one."""
    told: dict[str, Any] = json.loads(os.environ[VARIABLE])
    return Settings(**told | {"hosts": tuple(told["hosts"]), "release": Sensitivity(told["release"])})


def app() -> FastAPI:
    """The app of one process."""
    from marsad.serve.app import create  # noqa: PLC0415

    made = create(handed_down())
    warm(made.state.store)
    return made


def warm(store: Store) -> None:
    """Begin to read what every page needs, before the first visitor asks: the columns, and the tally of the reports (store/tally.py)."""
    from marsad.serve.shelf import shelf_of  # noqa: PLC0415

    shelf_of(store).begin()
    threading.Thread(target=_tally, args=(store,), daemon=True, name="tally").start()


def _tally(store: Store) -> None:
    from marsad.serve.shelf import shelf_of  # noqa: PLC0415

    with contextlib.suppress(StoreError):  # a page that asks for it says so
        shelf_of(store).restore()
        store.reach(Sensitivity.INTERNAL)
