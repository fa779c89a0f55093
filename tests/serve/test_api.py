"""The API keeps its description: OGC API Features, stable pages, problems with a reason, text as text, no fault of ours for any input."""

import contextlib
import json
import re
from datetime import date, timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from lxml import etree
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from tests.conftest import ROOT
from tests.serve import record
from tests.serve.conftest import HOST, ORIGIN, House
from tests.store.make import Ticks

from marsad.scales import Sensitivity
from marsad.serve import Settings, create
from marsad.serve.docs import calls
from marsad.serve.passwords import mark
from marsad.store.accounts import Token

ITEMS = "/api/v1/collections/incidents/items"


def test_the_landing_page_leads_everywhere(house: House):
    program = house.program("read")
    front = program.get("/api/v1/").json()
    links = {link["rel"]: link["href"] for link in front["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= links.keys()
    for rel, href in links.items():
        assert href.startswith(ORIGIN + "/api/v1/")
        assert rel == "related" or program.get(href.removeprefix(ORIGIN)).status_code == 200, href
    assert any(c.endswith("/conf/core") for c in program.get("/api/v1/conformance").json()["conformsTo"])
    (collection,) = program.get("/api/v1/collections").json()["collections"]
    assert collection["id"] == "incidents"
    assert collection["extent"]["spatial"]["bbox"] == [[44.25, 33.5, 44.25, 33.5]]
    assert collection["extent"]["temporal"]["interval"] == [["2020-04-01", "2020-04-01"]]


def test_a_page_of_features_is_geojson(house: House):
    answer = house.program("read").get(ITEMS)
    assert answer.headers["content-type"] == "application/geo+json"
    page = answer.json()
    assert page["type"] == "FeatureCollection"
    assert page["numberMatched"] == page["numberReturned"] == len(page["features"]) == 5
    feature = page["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [44.25, 33.5]}
    assert house.program("read").get(f"{ITEMS}/{feature['id']}").json()["properties"] == feature["properties"]


@pytest.mark.parametrize(("query", "found"), [
    ("bbox=44,33,45,34", 5), ("bbox=44,33,0,45,34,9", 5), ("bbox=45,33,44,34", 0), ("bbox=0,0,1,1", 0), ("datetime=2020-04-01", 5), ("datetime=2020-04-02/..", 0),
    ("datetime=../2020-04-01T12:00:00Z", 5), ("datetime=2020-03-01/2020-04-30", 5), ("kind=shelling", 5), ("kind=raid", 0), ("family=attack", 5), ("area=IQ/Baghdad", 5),
    ("area=SY", 0), ("actor=Unknown", 5), ("source=Wire", 5), ("source=Other", 0), ("realis=background", 0), ("realis=any", 5), ("confidence=single", 5), ("confidence=disputed", 0),
    ("as_of=2020-03-31", 0), ("as_of=2100-01-01", 5), ("as_of=2023-12-31&clock=recorded", 0), ("limit=2", 5), ("", 5),
])  # fmt: skip
def test_filters_choose(house: House, query, found):
    assert house.program("read").get(f"{ITEMS}?{query}").json()["numberMatched"] == found


@pytest.mark.parametrize("query", [
    "bbox=1,2,3", "bbox=a,b,c,d", "bbox=nan,0,1,1", "bbox=0,50,1,40", "bbox=-999,0,1,1", "datetime=yesterday", "datetime=2020-04-08/2020-04-01", "datetime=2020-13-01",
    "datetime=9999999-01-01", "datetime=a/b/c", "kind=nothing", "family=x", "realis=x", "limit=0", "limit=1001", "limit=x", "limit=99999999999999999999999", "cursor=x", "cursor=WzFd",
    "as_of=x", "as_of=0001-01-01", "as_of=9999-12-31", "clock=x", "boxx=1,2,3,4", "cursor=%F0%9F", "kind=%00", "datetime=%ED%A0%80",
])  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(house: House, query):
    answer = house.program("read").get(f"{ITEMS}?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_walk_along_next_is_over_one_state(house: House):
    store, program = house.app.state.store, house.program("read")
    seen, path = [], f"{ITEMS}?limit=2"
    while path:
        page = program.get(path).json()
        seen += [f["id"] for f in page["features"]]
        path = next((link["href"].removeprefix(ORIGIN) for link in page["links"] if link["rel"] == "next"), "")
        house.clock.step()
        late = record.statement(record.report(Sensitivity.PUBLIC, 0))
        store.put_incidents([record.incident(f"h-{len(seen)}", late, level=Sensitivity.PUBLIC), record.incident("i-public", late, level=Sensitivity.PUBLIC, kind="raid", town=f"T{len(seen)}")], complete=False)  # fmt: skip
    assert seen == ["i-camp", "i-hostile", "i-internal", "i-partners", "i-public"]
    assert program.get(ITEMS).json()["numberMatched"] > 5


def test_changes_can_be_followed(house: House):
    program = house.program("read")
    first = program.get("/api/v1/changes?since=2020-01-01&limit=1000").json()
    assert {c["id"] for c in first["changes"]} == {"i-camp", "i-hostile", "i-internal", "i-partners", "i-public"}
    assert {c["what"] for c in first["changes"]} == {"new"}
    assert program.get("/api/v1/changes", params={"since": first["until"]}).json()["changes"] == []
    house.clock.step()
    gone = record.report(Sensitivity.PUBLIC, 0).id
    house.app.state.store.take_down(gone, reason="asked", by="RH")
    after = program.get("/api/v1/changes", params={"since": first["until"]}).json()
    assert [(t["report"], t["reason"]) for t in after["taken_down"]] == [(gone, "asked")]
    assert (
        house.program("read", Sensitivity.PUBLIC)
        .get("/api/v1/changes", params={"since": first["until"]})
        .json()["taken_down"][0]["reason"]
        == ""
    )
    assert program.get("/api/v1/changes").status_code == 400
    assert program.get("/api/v1/changes?since=x").status_code == 400


def test_text_from_outside_stays_text(house: House):
    huge = record.report(Sensitivity.PUBLIC, 10, "ا" * 5_000_000)
    house.app.state.store.put_reports([huge])
    program = house.program("read")
    hostile = record.report(Sensitivity.PUBLIC, 9, record.HOSTILE)
    answer = program.get(f"/api/v1/reports/{hostile.id}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["text"] == record.HOSTILE
    assert len(program.get(f"/api/v1/reports/{huge.id}").json()["text"]) == 5_000_000
    for path in (
        "/<script>alert(1)</script>",
        "/health?as_of=<script>alert(1)</script>",
        "/login?next=<script>alert(1)</script>",
    ):
        page = program.get(path)
        assert page.headers["content-type"].startswith("text/html")
        assert "<script>alert" not in page.text


def test_reviews_are_written_and_undone(house: House):
    program, path = house.program("review"), f"{ITEMS}/i-public/reviews"
    made = program.post(path, json={"verdict": "correct", "values": {"killed_best": "5"}, "version": 1})
    assert made.status_code == 201
    assert made.json()[0]["killed"]["best"] == 5
    assert program.post(path, json={"verdict": "confirm", "version": 1}).status_code == 409
    assert program.post(path, json={"verdict": "correct", "values": {"killed_best": "many"}}).status_code == 400
    for body in (
        {"verdict": "nonsense"},
        {},
        {"verdict": "confirm", "more": 1},
        {"verdict": "confirm", "version": 10**30},
        [],
    ):
        assert program.post(path, json=body).status_code == 422
    assert program.post(path, content=b"{").status_code == 422
    assert program.post(f"{ITEMS}/none/reviews", json={"verdict": "confirm"}).status_code == 404
    assert program.get(path).json()[-1]["reviewer"] == "review"
    house.clock.step()
    assert program.post(path, json={"verdict": "undo"}).status_code == 201
    assert house.app.state.store.history("i-public")[-1].killed.best == 2


def test_the_feed_holds_what_was_approved(house: House):
    program = house.program("review")
    feed = etree.fromstring(program.get("/api/v1/feed.atom").content)
    assert feed.find("{*}link[@rel='self']").get("href") == "feed.atom"
    entries = {e.findtext("{*}id").rpartition(":")[2]: e.find("{*}link").get("href") for e in feed.findall("{*}entry")}
    assert entries.keys() == {"sig-public", "sig-partners", "sig-internal"}
    alert = program.get(f"/api/v1/{entries['sig-public']}")
    assert alert.headers["content-type"].startswith("application/cap+xml")
    assert "<status>Actual</status>" in alert.text
    assert program.get("/api/v1/alert-sig-draft.cap.xml").status_code == 404
    program.post("/api/v1/signals/sig-draft/status", json={"status": "approved"})
    assert "sig-draft" in program.get("/api/v1/feed.atom").text


def test_every_call_is_described(house: House):
    described = calls(house.app.openapi())
    assert len(described) == sum(r.include_in_schema for r in house.app.router.routes)
    for call in described:
        assert call["summary"]
        assert call["description"]
        assert call["gives"]
        assert all(p["description"] or p["in"] == "path" for p in call["parameters"]), call["path"]
    page = house.program("read").get("/api").text
    assert all(call["path"] in page for call in described)
    assert page.count("<script") == page.count('<script defer src="/static/')


def test_the_page_in_the_docs_is_of_this_schema(house: House):
    from tools.api_page import written  # noqa: PLC0415

    assert (ROOT / "docs" / "api.md").read_text(encoding="utf-8") == written(house.app.openapi()), (
        "run: python tools/api_page.py"
    )


# --- any input at all


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A program with a reviewer's token, for many calls."""
    clock = Ticks()
    app = create(Settings(store=str(tmp_path_factory.mktemp("api") / "s.db"), url=ORIGIN, hosts=(HOST,), now=clock))
    record.fill(app.state.store)
    app.state.store.accounts.add_token(Token(id="t", hash=mark("t"), name="t", user=None, scopes="read review admin", release=Sensitivity.INTERNAL, recorded=clock(), ends=clock() + timedelta(1)))  # fmt: skip
    from fastapi.testclient import TestClient  # noqa: PLC0415

    return TestClient(app, base_url=ORIGIN, headers={"Authorization": "Bearer t"}, raise_server_exceptions=False)


CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


def test_no_input_is_a_fault_of_ours(program):
    """Schemathesis: right and wrong calls by the description; each answer is one that the description names."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", program.app, headers={"Host": HOST})
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    called = []
    for operation in (found.ok() for found in schema.get_all_operations()):
        for mode in modes:

            @bounds(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=mode))
            def calls_and_checks(case):
                case.call_and_validate(headers={"Authorization": "Bearer t", "Host": HOST}, checks=list(CHECKS))

            with contextlib.suppress(Unsatisfiable):  # some calls have nothing that can be wrong
                calls_and_checks()
        called.append(operation.label)
    assert len(called) == sum(r.include_in_schema for r in program.app.router.routes)


@bounds(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(["reports", "statements", "signals", "changes", "search", "collections/incidents/items", "forecasts"]), tail=st.text(max_size=20), name=st.sampled_from(["cursor", "q", "since", "as_of", "bbox", "datetime", "area", "limit"]), value=st.text(max_size=40) | st.integers().map(str) | st.dates().map(date.isoformat))  # fmt: skip
def test_no_text_is_a_fault_of_ours(program, path, tail, name, value):
    from urllib.parse import quote  # noqa: PLC0415

    raw = f"/api/v1/{path}/{quote(tail.encode('utf-8', 'surrogatepass'), safe='')}"
    for answer in (
        program.get(raw),
        program.get(f"/api/v1/{path}", params={name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}),
    ):
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert re.fullmatch(r"application/problem\+json", answer.headers["content-type"])
            assert json.loads(answer.text)["status"] == answer.status_code
