"""Take the pictures of the tour (docs/observatory.md): pages of the demo's observatory in both languages. Needs chromium. Run after `marsad demo`."""

import shutil
import socket
import sys
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from marsad.serve import Settings, create

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 1280
CUT = "as_of=2020-05-20"
SELECT = """() => { const m = document.querySelector('.words .m.killed'); const r = document.createRange(); r.selectNodeContents(m);
    const s = getSelection(); s.removeAllRanges(); s.addRange(r); }"""
"""Words of a report, as a reviewer marks them."""


def pages(told_most: str) -> dict[str, tuple[str, int]]:
    """Name -> (path, height). told_most: the incident with the most reports."""
    return {
        "overview": (f"/?{CUT}", 900), "incidents": ("/incidents?", 900), "incident": (f"/incident/{told_most}?", 1120),
        "review": (f"/review?incident={told_most}", 900), "posture": (f"/posture?{CUT}", 800),
    }  # fmt: skip


def taken(page: Page, address: str, height: int, name: str, out: Path) -> None:
    """One picture."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(address)
    if page.locator("#map[data-cells]").count():
        page.wait_for_selector("#map[data-ready=yes]")
    if name == "review":
        page.evaluate(SELECT)
    page.evaluate("async () => { await document.fonts.ready; }")
    page.screenshot(path=out)
    print(f"{out}: {out.stat().st_size // 1024} KB")


def main(store: Path, folder: Path) -> None:
    """store: of the demo. folder: where the pictures go."""
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed; try: apt-get install chromium")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings = Settings.laptop(str(store), port=probe.getsockname()[1])
    app = create(settings)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=settings.port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    told_most = max(app.state.store.incidents(), key=lambda i: (i.kind == "shelling", len(i.statements))).id
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(settings.address)
        for name, (path, height) in pages(told_most).items():
            for lang in ("en", "ar"):
                out = folder / f"observatory-{name}.{lang}.png"
                taken(page, f"http://127.0.0.1:{settings.port}{path}&lang={lang}", height, name, out)
        browser.close()
    server.should_exit = True


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "demo" / "demo.db", ROOT / "docs" / "images")
