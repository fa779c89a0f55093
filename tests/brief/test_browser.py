"""What a browser shows: both briefs at desktop and phone width, nothing wider than the window, no request to anywhere, no tofu.

The page runs no script, so a page beside it looks at it: it loads the brief in a frame of the width asked for and measures.
"""

import html as escape
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import lacking

PROBE = """<!doctype html><meta charset=utf-8><body style="margin:0"><iframe id=f style="border:0;width:{width}px;height:900px" src="{page}"></iframe>
<pre id=out></pre><script>
addEventListener('load', async () => {{
  const w = f.contentWindow, d = w.document; await d.fonts.ready;
  const over = [...d.querySelectorAll('body *')].filter(e => {{ const r = e.getBoundingClientRect();
    return r.width && !e.closest('svg') && !e.closest('.skip,thead') && (r.left < -1 && !e.closest('.band') || r.right > {width} + 1 && !e.closest('.band')); }});
  out.textContent = JSON.stringify({{
    scroll: d.documentElement.scrollWidth, over: over.map(e => e.tagName + '.' + e.className).slice(0, 5),
    requests: w.performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith('data:')),
    fonts: [...d.fonts].map(x => x.status), text: d.body.innerText.length, dir: w.getComputedStyle(d.body).direction,
    small: [...d.querySelectorAll('svg text')].map(t => parseFloat(w.getComputedStyle(t).fontSize) * t.getScreenCTM().a).filter(s => s < 8).length,
  }});
}});
</script>"""


class Recorder(http.server.BaseHTTPRequestHandler):
    """A proxy that answers nothing and notes which hosts were asked for."""

    asked: list[str] = []  # noqa: RUF012 (one recorder a test run)

    def do_CONNECT(self) -> None:
        self.asked.append(self.path)
        self.send_error(502)

    do_GET = do_CONNECT  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        lacking("no chromium is installed; the looks of the briefs are not checked")
    return str(found)


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def look(chromium: str, proxy: str, folder: Path, page: Path, width: int) -> dict[str, object]:
    probe = folder / f"probe-{width}.html"
    probe.write_text(PROBE.format(width=width, page=page.as_uri()), encoding="utf-8")
    run = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run", "--disable-default-apps", "--allow-file-access-from-files", f"--proxy-server={proxy}",
        f"--user-data-dir={folder / 'profile'}", f"--window-size={max(width, 600)},1000", "--virtual-time-budget=8000", "--dump-dom",
        probe.as_uri(),
    ]  # fmt: skip
    dom = subprocess.run(run, capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search(r'<pre id="out">(.*?)</pre>', dom, re.S)
    assert found, dom[:500]
    assert found[1], "the probe did not finish"
    return json.loads(escape.unescape(found[1]))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_brief_fits_the_window_and_asks_for_nothing(chromium, proxy, pages, tmp_path, lang, width):
    Recorder.asked.clear()
    seen = look(chromium, proxy, tmp_path, pages[lang], width)
    assert seen["scroll"] <= width
    assert seen["over"] == []
    assert seen["requests"] == []
    assert [a for a in Recorder.asked if "google" not in a and "gvt1" not in a] == []
    assert set(seen["fonts"]) == {"loaded"}
    assert seen["dir"] == {"ar": "rtl", "en": "ltr"}[lang]
    assert seen["text"] > 5000
    assert seen["small"] == 0
