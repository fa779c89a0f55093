"""Take the picture of the README: both briefs of the demo side by side. Needs chromium. Run after `marsad demo`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, SCALE = 1080, 1180, 0.5
FRAME = (
    '<body style="margin:0;background:#cfd6dd;display:flex;gap:8px;padding:8px;width:1080px">{}</body>',
    '<div style="width:528px;height:{h}px;overflow:hidden;background:#fff"><iframe src="{src}" style="border:0;width:{w}px;'
    'height:{H}px;transform:scale({s});transform-origin:0 0"></iframe></div>',
)


def main(folder: Path, out: Path) -> None:
    """folder: where brief.ar.html and brief.en.html are. out: the PNG to write."""
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed; try: apt-get install chromium")
    with tempfile.TemporaryDirectory() as work:
        frames = [
            FRAME[1].format(
                h=HEIGHT // 2 + 40, src=(folder / f"brief.{lang}.html").resolve().as_uri(), w=1056, H=1400, s=SCALE
            )
            for lang in ("en", "ar")
        ]
        page = Path(work) / "page.html"
        page.write_text(FRAME[0].format("".join(frames)), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={work}/profile"]
        size = f"--window-size={WIDTH},{HEIGHT // 2 + 56}"
        subprocess.run([chromium, *options, size, f"--screenshot={out}", page.as_uri()], check=True, capture_output=True)
    print(f"{out}: {out.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "demo", ROOT / "docs" / "images" / "brief.png")
