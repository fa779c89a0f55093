"""In a real browser, cut off from the network: every page in both languages and at two widths, the main journeys, and axe-core.

One server and one browser for the module; nothing but loopback is let through, and nothing else is asked for.
"""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python import sync_playwright as axe
from playwright import sync_api as playwright
from tests.conftest import lacking
from tests.serve.pages import sample

from marsad.scales import Sensitivity
from marsad.serve import Settings, create
from marsad.serve.passwords import hashed
from marsad.store import Store

PAGES = (
    "/",
    "/incidents",
    "/posture",
    "/signals",
    "/forecasts",
    "/sources",
    "/briefs",
    "/review",
    "/health",
    "/audit",
    "/api",
)
WIDTHS = (1280, 390)
PASSWORD = "three words nobody joins"


@dataclass
class Server:
    """A running observatory. `store` is its store; `address` lets in."""

    settings: Settings
    store: Store
    server: uvicorn.Server
    thread: threading.Thread

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"


def serving(settings: Settings) -> Server:
    app = create(settings)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=settings.port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            return Server(settings, app.state.store, server, thread)
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


def free_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="module")
def house(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    copy = tmp_path_factory.mktemp("browser") / "b.db"
    shutil.copy(record, copy)
    made = serving(Settings.laptop(str(copy), port=free_port(), now=lambda: sample.NOW))
    yield made
    made.server.should_exit = True
    made.thread.join(5)
    made.store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        lacking("no Chromium is on the path")
    with playwright.sync_playwright() as p:
        made = p.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
            ],
        )
        yield made
        made.close()


@dataclass
class Tab:
    """A page, what its console said, and what it asked for beyond the server."""

    page: object
    server: Server
    said: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    scripted: bool = True

    def go(self, path: str) -> object:
        answer = self.page.goto(self.server.base + path)
        if self.page.locator("#map[data-cells]").count() and self.scripted:
            self.page.wait_for_selector("#map[data-ready=yes]")
        return answer

    def clean(self) -> None:
        """Nothing was said on the console, nothing was asked from outside."""
        assert self.said == []
        assert self.outside == []


def opened(browser: object, server: Server, width: int = 1280, **options: object) -> Tab:
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.set_default_timeout(8000)
    tab = Tab(context.new_page(), server)

    def route(r: object) -> None:
        if r.request.url.startswith((server.base, "data:", "blob:")):
            r.continue_()
        else:
            tab.outside.append(r.request.url)
            r.abort()

    context.route("**/*", route)
    tab.page.on("console", lambda m: tab.said.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
    tab.page.on("pageerror", lambda e: tab.said.append(f"error: {e}"))
    return tab


@pytest.fixture(scope="module")
def tabs(browser: object, house: Server) -> Iterator[dict[int, Tab]]:
    """A tab of each width, let in."""
    made = {width: opened(browser, house, width) for width in WIDTHS}
    for tab in made.values():
        tab.page.goto(house.settings.address)
    yield made
    for tab in made.values():
        tab.page.context.close()


def paths(house: Server) -> list[str]:
    most = max(house.store.incidents(), key=lambda i: len(i.statements))
    hostile = sample.hostile().id
    bitten = next(i for s in house.store.statements(reports=[hostile]) for i in house.store.resting([s.id]).values())
    report = house.store.statements_by_id(most.statements)[0].report
    return [
        *PAGES,
        f"/incident/{most.id}",
        f"/incident/{bitten}",
        f"/report/{report}",
        f"/report/{hostile}",
        f"/report/{sample.long_line().id}",
        "/nothing-here",
    ]


LOOK = """async () => { await document.fonts.ready; return {
    wide: document.documentElement.scrollWidth, dir: getComputedStyle(document.body).direction, bitten: window.bitten || 0,
    font: [...document.fonts].filter(f => f.status === 'error').length, text: document.body.innerText.length }; }"""


def faults(page: object, path: str) -> list[tuple[str, ...]]:
    """What axe-core holds for serious or critical."""
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (path, f["id"], f["nodes"][0]["html"][:200], f["nodes"][0].get("failureSummary", "")[:300])
        for f in found
        if f["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_is_quiet_asks_nobody_and_is_open_to_all(tabs, house, width, lang):
    tab, found = tabs[width], []
    tab.said.clear()
    for path in paths(house):
        tab.go(f"{path}?lang={lang}")
        seen = tab.page.evaluate(LOOK)
        assert seen["wide"] <= width, path
        assert seen["dir"] == {"ar": "rtl", "en": "ltr"}[lang], path
        assert (seen["bitten"], seen["font"]) == (0, 0), path
        assert seen["text"] > 120, path
        if path == "/nothing-here":
            tab.said = [s for s in tab.said if "404" not in s]
        for scheme in ("dark", "light"):
            tab.page.emulate_media(color_scheme=scheme)
            found += faults(tab.page, f"{path} {scheme}")
    tab.clean()
    assert found == []


def test_find_an_incident_and_open_its_words(tabs):
    tab = tabs[1280]
    page = tab.page
    tab.go("/incidents?lang=en")
    page.wait_for_selector("#map[data-ready=yes]")
    before = page.locator("#results tbody tr").count()
    page.select_option("select[name=kind]", "shelling")
    page.wait_for_function("n => document.querySelectorAll('#results tbody tr').length < n", arg=before)
    assert page.url.endswith("/incidents?lang=en&kind=shelling"), "the address holds what was asked and nothing else"
    page.wait_for_selector("#map[data-ready=yes]")
    assert page.locator("#map .cell").count() > 0
    page.locator("#map .cell").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => location.pathname.startsWith('/incident/') || document.querySelectorAll('#map .cell').length"
    )
    tab.go("/incidents?lang=en&kind=shelling&area=IQ/Baghdad")
    page.locator("#results tbody tr", has_text="reports differ").first.get_by_role("link").first.click()
    page.wait_for_url("**/incident/**")
    assert page.locator(".words .m.killed").count() > 0
    page.get_by_role("link", name="Open the report").first.click()
    page.wait_for_url("**/report/**")
    assert page.locator(".cardbox.used").count() > 0
    tab.clean()


def test_back_brings_the_earlier_choice_back(tabs):
    tab, page = tabs[1280], tabs[1280].page
    tab.go("/incidents?lang=en")
    whole = page.locator(".tally b").inner_text()
    page.select_option("select[name=kind]", "posture")
    page.wait_for_function("w => document.querySelector('.tally b').innerText !== w", arg=whole)
    page.go_back()
    page.wait_for_function("w => document.querySelector('.tally b').innerText === w", arg=whole)
    tab.clean()


def test_the_slider_asks_what_was_known(tabs):
    tab, page = tabs[1280], tabs[1280].page
    tab.go("/incidents?lang=en")
    whole = page.locator(".tally b").inner_text()
    page.locator("#asofrange").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**as_of=2016-03-20**")
    page.wait_for_function("w => document.querySelector('.tally b')?.innerText !== w", arg=whole)
    tab.clean()


def test_everything_works_without_script(browser, house):
    tab = opened(browser, house, java_script_enabled=False)
    page = tab.page
    page.goto(house.settings.address)
    page.goto(f"{house.base}/incidents?lang=en")
    assert page.locator("#map svg circle").count() > 0
    page.select_option("select[name=kind]", "shelling")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**kind=shelling**")
    page.locator("#results tbody a").first.click()
    page.wait_for_url("**/incident/**")
    tab.clean()
    page.context.close()


def test_download_what_is_seen(tabs):
    tab = tabs[1280]
    tab.go("/incidents?lang=en&kind=shelling")
    with tab.page.expect_download() as caught:
        tab.page.get_by_role("link", name="csv").click()
    text = Path(caught.value.path()).read_bytes().decode("utf-8")
    assert text.count("\r\n") == tab.page.locator("#results tbody tr").count() + 1
    tab.clean()


def test_correct_a_slot_by_selecting_words_and_undo(tabs, house):
    tab, page = tabs[1280], tabs[1280].page
    i = next(i for i in house.store.incidents() if i.kind == "bombing" and i.killed and len(i.statements) > 1)
    tab.go(f"/review?lang=en&incident={i.id}")
    page.evaluate("""() => { const m = document.querySelector('.words .m.killed'); const r = document.createRange(); r.selectNodeContents(m);
        const s = getSelection(); s.removeAllRanges(); s.addRange(r); }""")
    page.locator("#slots [data-slot=injured]").click()
    page.wait_for_function("() => document.querySelector('[name=injured_best]').classList.contains('new')")
    told = page.input_value("[name=injured_best]")
    assert told.isdigit()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("s")
    page.wait_for_url("**done=correct**")
    now = house.store.history(i.id)[-1]
    assert (str(now.injured.best), now.review) == (told, "corrected")
    page.locator("h1").click()
    page.keyboard.press("u")
    page.wait_for_url("**done=undo**")
    assert house.store.history(i.id)[-1].injured == i.injured
    tab.clean()


def test_confirm_by_key_goes_on_to_the_next(tabs, house):
    tab, page = tabs[1280], tabs[1280].page
    tab.go("/review?lang=ar")
    first = page.locator(".queue li.on a").get_attribute("href")
    page.keyboard.press("c")
    page.wait_for_url("**done=confirm**")
    assert page.locator(".queue li.on a").get_attribute("href") != first
    page.keyboard.press("u")
    page.wait_for_url("**done=undo**")
    tab.clean()


def test_approve_a_signal(tabs, house):
    tab, page = tabs[390], tabs[390].page
    tab.go("/signals?lang=en")
    page.get_by_role("button", name="Approve").click()
    page.wait_for_url("**done=approved**")
    assert page.locator("#sig-strong .tag.good").inner_text() == "approved"
    assert next(s for s in house.store.signals() if s.id == "sig-strong").status == "approved"
    tab.clean()


def test_log_in_and_be_refused(browser, record, tmp_path):
    copy = tmp_path / "team.db"
    shutil.copy(record, copy)
    server = serving(Settings(store=str(copy), port=free_port(), now=lambda: sample.NOW))
    for name, role in (("amal", "reader"), ("basim", "reviewer")):
        server.store.accounts.add_user(name, role=role, release=Sensitivity.INTERNAL, password=hashed(PASSWORD))
    tab = opened(browser, server, 390)
    page = tab.page
    for name, word, inside in (("amal", "wrong", False), ("amal", PASSWORD, True)):
        tab.go("/incidents?lang=en")
        page.wait_for_url("**/login**")
        page.fill("[name=name]", name)
        page.fill("[name=password]", word)
        page.locator("form button").last.click()
        page.wait_for_load_state()
        assert ("/incidents" in page.url) == inside
    assert page.get_by_role("link", name="Review").count() == 0
    assert tab.go("/review?lang=en").status == 403
    assert "You may not do this" in page.inner_text("h1")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login**")
    assert faults(page, "/login") == []
    assert tab.outside == []
    page.context.close()
    server.server.should_exit = True
    server.thread.join(5)
    server.store.close()
