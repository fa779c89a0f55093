"""Logging in: bounded tries, the same answer for a wrong name as for a wrong password, sessions that turn and end."""

import socket
from datetime import timedelta

import pytest
from tests.serve.conftest import ORIGIN, PASSWORD, House

from marsad.errors import UsageError
from marsad.scales import Sensitivity
from marsad.serve import create
from marsad.serve.login import LIMITS, inside
from marsad.serve.passwords import hashed, mark, right
from marsad.serve.sessions import IDLE, LASTS, ROTATES
from marsad.serve.settings import Settings, checked, loopback, names
from marsad.serve.workers import hand_down, handed_down


def enter(browser, name="amal", password=PASSWORD, **data):
    return browser.post("/login", data={"name": name, "password": password, **data})


def test_a_person_logs_in_and_out_again(house: House):
    house.user("amal")
    browser = house.client(Origin=ORIGIN)
    sent = browser.get("/health?lang=ar")
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2Fhealth%3Flang%3Dar")
    answer = enter(browser, next="/health?lang=ar")
    assert (answer.status_code, answer.headers["location"]) == (303, "/health?lang=ar")
    for part in ("__Host-marsad=", "HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert part in answer.headers["set-cookie"]
    assert browser.get("/health").status_code == 200
    browser, csrf = house.logged_in("amal")
    cookie = browser.cookies["__Host-marsad"]
    assert browser.post("/logout", data={"csrf": csrf}).status_code == 303
    browser.cookies.set("__Host-marsad", cookie)
    assert browser.get("/health").status_code == 303


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_form_speaks_both_languages(house: House, lang):
    page = house.client().get(f"/login?lang={lang}").text
    assert ('dir="rtl"' in page) == (lang == "ar")
    assert ("تسجيل الدخول" if lang == "ar" else "Log in") in page


def test_a_wrong_name_looks_like_a_wrong_password(house: House, monkeypatch):
    house.user("amal")
    asked = []
    monkeypatch.setattr(
        "marsad.serve.login.passwords.right", lambda password, hash: asked.append(hash) or right(password, hash)
    )
    wrong, nobody = enter(house.client(), password="x" * 12), enter(house.client(), name="nobody")
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace("amal", "nobody") == nobody.text
    assert asked[0] is not None
    assert asked[1] is None  # a hash is worked through for nobody too (passwords.right)
    assert not right(PASSWORD, None)
    assert PASSWORD not in wrong.text + nobody.text


def test_tries_are_bounded_by_name_and_by_address(house: House):
    house.user("amal")
    browser = house.client()
    statuses = [enter(browser, password=f"wrong {n} wrong wrong").status_code for n in range(LIMITS.pair + 2)]
    assert statuses == [401] * LIMITS.pair + [429] * 2
    assert enter(browser).status_code == 429  # the right one too, else the answer would tell
    assert enter(browser).headers["retry-after"] == "900"
    others = [enter(browser, name=f"user{n}", password="x" * 12).status_code for n in range(LIMITS.address)]
    assert others.count(401) == LIMITS.address - LIMITS.pair
    house.clock.time += timedelta(minutes=LIMITS.minutes, seconds=1)
    assert enter(browser).status_code == 303


def test_one_who_came_in_starts_afresh(house: House):
    house.user("amal")
    for _ in range(4):
        assert [enter(house.client(), password="x" * 12).status_code for _ in range(2)] == [401, 401]
        assert enter(house.client()).status_code == 303


def test_a_session_turns_and_ends(house: House):
    house.user("amal")
    browser, _ = house.logged_in("amal")
    first = browser.cookies["__Host-marsad"]
    house.clock.time += ROTATES + timedelta(seconds=1)
    browser.get("/health")
    second = browser.cookies["__Host-marsad"]
    assert second != first
    accounts = house.app.state.store.accounts
    assert accounts.session(mark(first)) is not None  # a request of the same moment is under way with it
    house.clock.time += timedelta(minutes=2)
    assert accounts.session(mark(first)) is None
    house.clock.time += IDLE
    assert browser.get("/health").status_code == 303
    browser, _ = house.logged_in("amal")
    for _ in range(LASTS // ROTATES):
        house.clock.time += ROTATES
        browser.get("/health")
    assert browser.get("/health").status_code == 303


def test_a_change_of_rights_ends_the_sessions(house: House):
    house.user("amal", "admin")
    browser, _ = house.logged_in("amal")
    house.app.state.store.accounts.change_user("amal", role="reader", release=Sensitivity.PUBLIC.value)
    assert browser.get("/health").status_code == 303


def test_no_secret_is_kept_as_it_is(house: House, settings):
    house.user("amal")
    browser, csrf = house.logged_in("amal")
    enter(house.client(), name="my password in the wrong field")
    house.app.state.store.close()
    kept = b"".join(p.read_bytes() for p in __import__("pathlib").Path(settings.store).parent.glob("s.db*"))
    for secret in (PASSWORD, browser.cookies["__Host-marsad"], "wrong field"):
        assert secret.encode() not in kept
    assert csrf.encode() in kept


def test_a_password_never_travels_in_the_clear(tmp_path):
    app = create(Settings(store=str(tmp_path / "p.db"), host="10.0.0.1", hosts=("10.0.0.1",)))
    from starlette.testclient import TestClient  # noqa: PLC0415

    plain = TestClient(app, base_url="http://10.0.0.1:8760")
    assert "not encrypted" in plain.get("/login").text
    assert plain.post("/login", data={"name": "a", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/x\n/y", "///evil"],
)
def test_logging_in_leads_nowhere_else(path):
    assert inside(path) == "/"
    assert inside("/incidents?area=IQ%2FDiyala") == "/incidents?area=IQ%2FDiyala"


def test_passwords_are_long_and_the_same_on_every_keyboard():
    with pytest.raises(UsageError, match="12"):
        hashed("short")
    assert right("ﬁve words and more", hashed("five words and more"))
    assert not right("x" * 5000, hashed("five words and more"))


def test_where_others_reach_it_people_log_in():
    told = {"store": "s", "lang": "en", "release": "internal", "port": 1, "hosts": ("x",)}
    assert checked(host="127.0.0.1", team=False, url="", **told).token
    assert checked(host="::1", team=False, url="", **told).token
    for host, team, url in (
        ("0.0.0.0", False, ""),
        ("192.168.1.4", False, ""),
        ("127.0.0.1", True, ""),
        ("127.0.0.1", False, ORIGIN),
    ):
        made = checked(host=host, team=team, url=url, **told)
        assert not made.token
        assert made.team
    assert not checked(host="127.0.0.1", team=True, url="", **told).secure
    assert checked(host="0.0.0.0", team=True, url="", **told).secure
    for wrong in ("ftp://x", "marsad.example.org", "https://x/y"):
        with pytest.raises(UsageError, match="--url"):
            checked(host="127.0.0.1", team=False, url=wrong, **told)
    assert loopback("127.8.8.8")
    assert not loopback("0.0.0.0")
    assert names("0.0.0.0", ORIGIN, ("other",)) == ("0.0.0.0", socket.gethostname().lower(), "marsad.example.org", "other")


def test_every_process_of_one_observatory_has_its_settings(monkeypatch):
    monkeypatch.setenv("MARSAD_SERVE_SETTINGS", "")
    told = Settings.laptop("s.db", release=Sensitivity.PARTNERS, lang="ar", hosts=("a", "b"))
    hand_down(told)
    assert handed_down() == told
