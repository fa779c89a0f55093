"""Who gets in: every route has a rule, every write is refused to those who may not, on every answer stand the headers that bind a browser."""

import socket

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient
from tests.serve import record
from tests.serve.conftest import HOST, ORIGIN, House
from tests.serve.routes import addresses

from marsad.errors import MarsadError
from marsad.scales import Sensitivity
from marsad.serve import create
from marsad.serve.access import allow
from marsad.serve.settings import checked, names
from marsad.serve.shell import BRIEF, CSP, HEADERS


def test_a_route_without_a_rule_stops_the_app(settings):
    bare = APIRouter()
    bare.add_api_route("/new", lambda: 1)
    with pytest.raises(MarsadError, match="no rule"):
        create(settings, [bare])
    ruled = APIRouter()
    ruled.add_api_route("/new", lambda: 1, dependencies=[allow("reader")])
    assert create(settings, [ruled])
    twice = APIRouter()
    twice.add_api_route("/new", lambda: 1, dependencies=[allow("reader"), allow("open")])
    with pytest.raises(MarsadError, match="has two"):
        create(settings, [twice])


def test_nobody_reads_without_saying_who_they_are(house: House):
    stranger = house.client()
    for method, path, role in addresses(house.app, ["i-public"], write=False):
        status = stranger.request(method, path).status_code
        assert status in (401, 303) if role != "open" else status in (200, 404), path


def test_every_write_is_refused_to_whoever_may_not(house: House):
    house.user("amal", "admin")
    browser, csrf = house.logged_in("amal")
    stranger, reader = house.client(), house.program("read")
    seen = []
    for method, path, role in addresses(house.app, ["i-public", "sig-public"], write=True):
        if role != "open":
            seen.append(path)
            assert stranger.request(method, path).status_code in (401, 303, 422), path
            assert stranger.request(method, path, json={}).status_code == 401 or not path.startswith("/api"), path
            assert stranger.request(method, path, headers={"Authorization": "Bearer wrong"}).status_code in (401, 303), path
            assert reader.request(method, path, json={"verdict": "confirm", "status": "approved"}).status_code == 403, path
        with_csrf = {"X-CSRF-Token": csrf}
        for forged in (
            {"Origin": "https://evil.example"}, {"Origin": f"http://{HOST}"}, {"Origin": f"https://{HOST}:8443"}, {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
        ):  # fmt: skip
            assert browser.request(method, path, headers={**with_csrf, **forged}).status_code == 403, (path, forged)
        if role != "open":
            assert browser.request(method, path, headers={"X-CSRF-Token": "other"}).status_code == 403, path
            assert browser.request(method, path, data={"csrf": ""}).status_code in (403, 422), path
    assert len(seen) >= 5
    assert house.app.state.store.history("i-public")[-1].version == 1
    assert len(house.app.state.store.reviews()) == 3  # those of the record itself
    assert browser.request("POST", "/logout", headers=with_csrf).status_code == 303  # the same session could write all along


def test_a_write_by_cookie_alone_says_where_it_comes_from(house: House):
    house.user("amal", "reviewer")
    browser, csrf = house.logged_in("amal")
    del browser.headers["origin"]
    path, body = "/api/v1/collections/incidents/items/i-public/reviews", {"verdict": "confirm"}
    assert browser.post(path, json=body, headers={"X-CSRF-Token": csrf}).status_code == 403
    assert browser.post(path, json=body, headers={"X-CSRF-Token": csrf, "Sec-Fetch-Site": "same-origin"}).status_code == 201


def test_a_role_may_no_more_than_its_own(house: House):
    for name in ("reader", "reviewer", "admin"):
        house.user(name, name)
    path, body = "/api/v1/signals/sig-draft/status", {"status": "approved"}
    for name, status in (("reader", 403), ("reviewer", 200), ("admin", 200)):
        browser, csrf = house.logged_in(name)
        assert browser.post(path, json=body, headers={"X-CSRF-Token": csrf}).status_code == status
        assert browser.get("/audit").status_code == (200 if name == "admin" else 403)


def test_headers_stand_on_every_answer(house: House):
    program = house.program("admin")
    answers = [program.request(m, p) for m, p, _ in addresses(house.app, ["i-public", "core.css"], write=False)]
    answers += [
        house.client().get("/health"),
        program.get("/nothing"),
        program.get("/health?as_of=x"),
        program.post("/health"),
        program.get("/", headers={"Host": "x"}),
    ]
    answers += [program.post("/login", content=b"x" * 2_000_000)]
    assert {200, 303, 400, 404, 405, 413, 421} <= {a.status_code for a in answers}
    for answer in answers:
        for name, value in HEADERS.items():
            brief = name == "Content-Security-Policy" and answer.url.path == "/brief" and answer.status_code == 200
            assert answer.headers[name] == (BRIEF if brief else value), answer.url
        assert answer.headers["strict-transport-security"]
        assert "server" not in answer.headers
        kept = "immutable" in answer.headers["cache-control"] or answer.headers["cache-control"] in ("no-cache", "no-store")
        assert kept
    assert "unsafe" not in CSP
    assert "default-src 'none'" in CSP


def test_another_name_that_leads_here_is_turned_away(house: House, laptop):
    for client in (house.program("read"), laptop()):
        for name in (
            "evil.example",
            f"{HOST}.evil.example",
            "",
            "127.0.0.1.evil.example:8760",
            "[::2]",
            "localhost.evil.example",
        ):
            assert client.get("/health.json", headers={"Host": name}).status_code == 421, name
    assert laptop().get("/login", headers={"Host": "localhost:1234"}).status_code == 200  # through a tunnel on another port


def test_the_token_of_a_start_lets_in_and_leaves_the_address(laptop):
    browser = laptop()
    token = browser.app.state.settings.token
    assert browser.get("/health").status_code == 401
    assert browser.get("/?token=wrong").status_code == 401
    answer = browser.get(f"/?token={token}&lang=ar")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=ar")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert token not in cookie
    assert browser.get("/health").status_code == 200
    assert laptop(Authorization=f"Bearer {token}").get("/health.json").status_code == 200


def test_no_other_page_of_the_machine_gets_in(laptop):
    browser = laptop()
    browser.get(f"/?token={browser.app.state.settings.token}")
    other_port = {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9000"}
    assert browser.get("/health.json", headers={**other_port, "Sec-Fetch-Mode": "no-cors"}).status_code == 403
    assert browser.get("/health.json", headers={**other_port, "Sec-Fetch-Mode": "cors"}).status_code == 403
    assert browser.post("/api/v1/signals/sig-draft/status", json={"status": "approved"}, headers=other_port).status_code == 403
    answer = browser.get("/health")
    assert "access-control-allow-origin" not in answer.headers


def test_a_token_holds_within_its_bounds(house: House):
    accounts = house.app.state.store.accounts
    house.user("amal", "reader", Sensitivity.PARTNERS)
    bound = house.program("admin", Sensitivity.INTERNAL, user="amal", days=3)
    assert bound.get("/api/v1/reports").json()["reports"]
    assert {r["sensitivity"] for r in bound.get("/api/v1/reports").json()["reports"]} == {"public", "partners"}
    assert bound.get("/audit.json").status_code == 403
    brief, revoked = house.program("read", days=1), house.program("read", days=3)
    accounts.revoke_token(accounts.tokens()[-1].id)
    assert revoked.get("/health.json").status_code == 401
    assert brief.get("/health.json").status_code == 200
    house.clock.time += record.timedelta(days=2)
    assert brief.get("/health.json").status_code == 401
    assert bound.get("/health.json").status_code == 200
    accounts.remove_user("amal")
    assert bound.get("/health.json").status_code == 401


def test_too_large_a_body_is_refused_whether_told_or_not(house: House):
    program = house.program("review")
    path = "/api/v1/signals/sig-draft/status"
    assert program.post(path, content=b"x" * 1_000_001).status_code == 413
    assert program.post(path, content=iter([b"x" * 600_000] * 2)).status_code == 413
    assert program.post(path, content=b"x", headers={"Content-Length": "9" * 30}).status_code == 413
    assert program.post(path, json={"status": "approved"}).status_code == 200


def test_every_write_is_in_the_audit_log(house: House):
    program = house.program("review")
    program.post("/api/v1/signals/sig-draft/status", json={"status": "approved"})
    house.program("read").post("/api/v1/signals/sig-draft/status", json={"status": "dismissed"})
    house.client().post("/api/v1/signals/x%00/status", json={})
    deeds = house.program("admin").get("/audit.json").json()["deeds"]
    assert [(d["who"], d["way"], d["outcome"]) for d in deeds] == [
        ("", "", 401),
        ("read", "token", 403),
        ("review", "token", 200),
    ]
    assert deeds[-1]["what"] == "POST /api/v1/signals/sig-draft/status"
    assert deeds[-1]["detail"] == "signal sig-draft: approved"
    assert all(d["recorded"] for d in deeds)


def test_a_fault_of_ours_tells_nothing_of_the_inside(settings):
    broken = APIRouter()

    @broken.get("/broken.json", dependencies=[allow("open")])
    def fails() -> None:
        raise RuntimeError("secret path /srv/x")

    answer = TestClient(create(settings, [broken]), base_url=ORIGIN, raise_server_exceptions=False).get("/broken.json")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == CSP


def test_on_every_address_the_machine_goes_by_its_name():
    host = socket.gethostname()
    assert names("0.0.0.0", "") == ("0.0.0.0", host.lower())
    assert host.lower() not in names("192.0.2.7", "")
    told = checked(store="s.db", host="0.0.0.0", port=8760, team=False, url="", lang="en", release="internal")
    assert told.address == f"http://{host}:8760/"


def test_head_tells_what_get_tells_without_the_body(house):
    got, headed = (getattr(house.client(), verb)("/login") for verb in ("get", "head"))
    assert (headed.status_code, headed.content) == (got.status_code, b"")
    assert headed.headers["content-length"] == got.headers["content-length"]
    assert house.client().head("/incidents.json").status_code == 401
