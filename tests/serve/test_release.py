"""The release level holds on every route, page and API alike: what is above a visitor's level is nowhere, and the public sees no words."""

import json
from collections.abc import Callable
from functools import cache

import pytest
from tests.serve import record
from tests.serve.conftest import HOST, ORIGIN, House
from tests.serve.record import SECRET
from tests.serve.routes import addresses
from tests.store.make import Ticks

from marsad.scales import Sensitivity
from marsad.serve import Settings, create
from marsad.serve.view import View

ABOVE = {
    Sensitivity.PUBLIC: (Sensitivity.PARTNERS, Sensitivity.INTERNAL),
    Sensitivity.PARTNERS: (Sensitivity.INTERNAL,),
    Sensitivity.INTERNAL: (),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> Callable[[Sensitivity], str]:
    clock = Ticks()
    app = create(Settings(store=str(tmp_path_factory.mktemp("said") / "s.db"), url=ORIGIN, hosts=(HOST,), now=clock))
    record.fill(app.state.store)
    house = House(app, clock)
    return cache(lambda level: everything(house, level))


def everything(house: House, level: Sensitivity) -> str:
    """All that every route says to an admin of `level`, whatever id it is asked for; to an admin, so that no role hides anything."""
    program, ids = house.program("admin", level), record.known(house.app.state.store)
    said = []
    for method, path, _ in addresses(house.app, ids, write=False):
        if not path.startswith(("/static", "/api/v1/openapi", "/api.json")) and path != "/api":
            for query in (
                ("", "as_of=2100-01-01&clock=recorded") if path.startswith("/api") else ("", "lang=ar&as_of=2020-05-01")
            ):
                sign = "&" if "?" in path else "?"
                answer = program.request(method, f"{path}{sign}{query}" if query else path)
                assert answer.status_code < 500, answer.url
                if answer.status_code < 400:
                    said.append(answer.text)
    return "\n".join(said)


@pytest.mark.parametrize("level", list(Sensitivity))
def test_nothing_above_the_level_is_anywhere(said, level: Sensitivity):
    said = said(level)
    assert "i-public" in said
    for hidden in ABOVE[level]:
        for word in (
            SECRET[hidden],
            f"i-{hidden.value}",
            f"sig-{hidden.value}",
            f"fc-{hidden.value}",
            record.report(hidden, 1 if hidden is Sensitivity.PARTNERS else 2).id,
        ):
            assert word not in said, word
    if level is not Sensitivity.INTERNAL:
        assert "sig-draft" not in said  # machines draft, people publish
        assert '"RH"' not in said  # who reviewed


def test_the_public_sees_no_words_of_any_report(said):
    said = said(Sensitivity.PUBLIC)
    told = json.dumps(record.HOSTILE)[1:40]
    for word in ("rockets struck", "On kalimapublic", "gist kalimapublic", "kalimapublic town", "HYPERLINK", told, "Khazir"):
        assert word not in said, word
    for word in (record.report(Sensitivity.PUBLIC, 0).id, "https://example.org/0", "shelling"):
        assert word in said, word  # address, hash and what happened stay


def test_those_of_the_house_see_the_words(said):
    said = said(Sensitivity.INTERNAL)
    for word in ("rockets struck", "gist kalimainternal", "kalimainternal town", "sig-draft", "Khazir camp"):
        assert word in said, word


def test_a_place_of_people_in_need_has_no_point_for_the_public(house: House):
    feature = "/api/v1/collections/incidents/items/i-camp"
    assert house.program("read", Sensitivity.PARTNERS).get(feature).json()["geometry"]["coordinates"] == [44.25, 33.5]
    public = house.program("read", Sensitivity.PUBLIC)
    assert public.get(feature).json()["geometry"] is None
    boxed = public.get("/api/v1/collections/incidents/items?bbox=44.2,33.4,44.3,33.6").json()
    assert {f["id"] for f in boxed["features"]} == {"i-public", "i-hostile"}  # nor does a box give it away
    store = house.app.state.store
    assert View(store, Sensitivity.INTERNAL).find().placed() - View(store, Sensitivity.PUBLIC).find().placed() == 3


def test_an_incident_that_rose_above_a_level_has_ended_for_it(house: House):
    store = house.app.state.store
    before = store.history("i-public")[-1]
    house.clock.step()
    raised = record.incident("i-public", record.statement(record.report(Sensitivity.PUBLIC, 0)), level=Sensitivity.INTERNAL)
    since = house.clock().isoformat()
    house.clock.step()
    store.put_incidents([raised], complete=False)
    public = house.program("read", Sensitivity.PUBLIC)
    changes = public.get("/api/v1/changes", params={"since": since}).json()["changes"]
    assert [(c["id"], c["what"], c["now"]) for c in changes] == [("i-public", "ended", None)]
    for path in ("/api/v1/collections/incidents/items/i-public", "/api/v1/collections/incidents/items/i-public/history"):
        assert public.get(path).status_code == 404
        # nor is the older version to be had by looking from an earlier day
        assert public.get(f"{path}?as_of=2024-01-01&clock=recorded").status_code == 404
    assert before.sensitivity is Sensitivity.PUBLIC
    assert house.program("read").get("/api/v1/changes", params={"since": since}).json()["changes"][0]["what"] == "changed"
