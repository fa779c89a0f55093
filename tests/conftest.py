"""What tests share. A test that needs what a fresh machine may lack skips by name; under MARSAD_REQUIRE it fails instead."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lacking(reason: str) -> None:
    """Skip with `reason`, or fail where MARSAD_REQUIRE says that nothing may skip."""
    if os.environ.get("MARSAD_REQUIRE"):
        pytest.fail(f"MARSAD_REQUIRE is set, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the project ($MARSAD_SHARED, else ../shared)."""
    folder = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        lacking(f"the development data folder {folder.name!r} is not beside the project; set MARSAD_SHARED to its path")
    return folder
