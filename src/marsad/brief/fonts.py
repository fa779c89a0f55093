"""The font of pages and pictures: IBM Plex Sans Arabic (SIL Open Font License), which holds Latin and Arabic both.

Pages embed a subset, so that they look the same on a machine without it; Noto's Arabic fonts lack Latin letters. "Plex" is a
reserved name under that licence, so the subset carries another.
"""

import base64
import io
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans_arabic

FAMILY = "IBM Plex Sans Arabic"
"""Its name where the whole font is used: pictures are measured with it."""
EMBEDDED = "Marsad Sans"
"""The name of the subset in pages."""
FOLDER = Path(fontpkg_ibm_plex_sans_arabic.ROOT) / "files"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
_LETTERS = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x600, 0x700), range(0x2000, 0x2070), range(0x2190, 0x2194), range(0x2212, 0x2213),
)  # fmt: skip


@cache
def subset(weight: int) -> bytes:
    """One weight as WOFF with the letters of Arabic and the Latin languages: about 50 KB instead of 240."""
    from fontTools import subset as tools  # noqa: PLC0415 (slow to load; only pages need it)

    options = tools.Options()
    options.set(layout_features=["*"], hinting=False, recalc_timestamp=False, drop_tables=["meta", "DSIG"])
    font = tools.load_font(str(FOLDER / f"IBMPlexSansArabic-{WEIGHTS[weight]}.ttf"), options)
    cutter = tools.Subsetter(options)
    cutter.populate(unicodes=[c for letters in _LETTERS for c in letters])
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = EMBEDDED.replace(" ", "") if record.nameID == 6 else EMBEDDED
    font.flavor = "woff"  # WOFF is zlib: no brotli needed, and every browser since 2014 reads it
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@cache
def faces() -> str:
    """The @font-face rules of a page, the font inside."""
    return "\n".join(
        f'@font-face{{font-family:"{EMBEDDED}";font-weight:{w};font-display:swap;'
        f'src:url(data:font/woff;base64,{base64.b64encode(subset(w)).decode()}) format("woff")}}'
        for w in WEIGHTS
    )
