"""The demo's material and pages, made once for all tests of the brief."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

from marsad import pipeline
from marsad.brief import Material
from marsad.cli.demo import AS_OF, DAYS, NOTE
from marsad.store import Store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store of the example reports, all stages run."""
    with Store.open(tmp_path_factory.mktemp("demo") / "demo.db") as store:
        pipeline.collect(store, [ROOT / "examples" / "reports"])
        pipeline.read(store)
        pipeline.link(store)
        pipeline.watch(store, as_of=AS_OF)
        pipeline.forecast(store, as_of=AS_OF)
        yield store


@pytest.fixture(scope="session")
def demo(demo_store: Store) -> Material:
    """The cut that the demo's briefs rest on."""
    return pipeline.material(demo_store, as_of=AS_OF, days=DAYS, note=NOTE)


@pytest.fixture(scope="session")
def pages(demo_store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo's two pages, by language."""
    paths = pipeline.brief(demo_store, tmp_path_factory.mktemp("pages"), as_of=AS_OF, days=DAYS, note=NOTE)
    return {p.name.split(".")[1]: p for p in paths}
