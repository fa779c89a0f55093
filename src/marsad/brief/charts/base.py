"""What every picture shares: colours, fonts, how a specification is put together and drawn.

An Arabic picture runs from right to left as its text does, and its words are shaped by the font that the page embeds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from marsad.brief.fonts import EMBEDDED, FAMILY, FOLDER
from marsad.brief.writer import Writer
from marsad.scales import Family

COLOURS: dict[Family, str] = {
    Family.ATTACK: "#b42318", Family.POSTURE: "#1d5f8a", Family.OPERATION: "#7a5a9e", Family.CONTROL: "#c27803",
    Family.UNREST: "#4d7c4a", Family.MEASURE: "#6b7280",
}  # fmt: skip
"""Told apart by people with any of the common colour deficiencies, and by shape and row as well."""
INK, QUIET, LINE, LAND = "#1f2933", "#5b6670", "#d5dbe1", "#eef1f4"
WIDTH = 430
"""Pixels. A phone shows it at 85%, so that its 13-pixel letters stay readable."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its key, title, a text that says what it shows, a note, and its Vega-Lite specification."""

    key: str
    title: str
    alt: str
    note: str
    spec: dict[str, Any]
    legend: tuple[tuple[str, str], ...] = ()  # (colour, label)


def drawn(figure: Figure, w: Writer) -> str:
    """The picture as SVG text, set in FAMILY."""
    made = str(_converter().vegalite_to_svg(figure.spec, time_format_locale=_months(w)))
    return _TEXTS.sub(lambda m: f">{w.words.in_digits(m[1])}</text>", made)  # the drawing knows no digits but 0-9


_TEXTS = re.compile(r">([^<>]+)</text>")


_NAMESPACES = re.compile(r' xmlns(?::xlink)?="[^"]*"')


def svg(figure: Figure, w: Writer) -> str:
    """The picture as SVG text for a page that embeds the font."""
    made = drawn(figure, w).replace(FAMILY, f"{EMBEDDED}, {FAMILY}")
    return _NAMESPACES.sub("", made)  # HTML knows them by itself


def png(figure: Figure, w: Writer, scale: float = 2.0) -> bytes:
    """The picture as PNG."""
    return bytes(_converter().svg_to_png(drawn(figure, w), scale=scale))


@cache
def _converter() -> Any:
    import vl_convert  # noqa: PLC0415 (starts a JavaScript engine)

    vl_convert.register_font_directory(str(FOLDER))
    return vl_convert


def _months(w: Writer) -> dict[str, Any]:
    short = [rtl(w, m) for m in w.words.book["months"]["short"]]
    days = ["-"] * 7
    return {
        "dateTime": "%x", "date": "%x", "time": "%X", "periods": ["AM", "PM"], "days": days, "shortDays": days,
        "months": short, "shortMonths": short,
    }  # fmt: skip


def rtl(w: Writer, text: str) -> str:
    """Text that a picture must set right to left although its number comes first."""
    return f"\u202b{text}\u202c" if w.lang == "ar" else text


def spec(chart: Any, height: int, **rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The specification of `chart`, whose data sets are named by `rows`: Altair would check every row given to it."""
    text = {"labelFont": FAMILY, "titleFont": FAMILY, "labelFontSize": 13, "labelColor": INK, "titleColor": QUIET}
    made = chart.properties(width=WIDTH, height=height, background="transparent")
    made = made.configure(autosize=alt.AutoSizeParams(type="fit", contains="padding"), padding=4, font=FAMILY, aria=False)
    made = made.configure_axis(**text, gridColor=LINE, domainColor=LINE, tickColor=LINE, labelLimit=175)
    spec: dict[str, Any] = made.configure_view(stroke=None).to_dict()
    return spec | {"datasets": {name: list(listed) for name, listed in rows.items()}}


def chart(rows: str) -> alt.Chart:
    """A chart over the data set of that name."""
    return alt.Chart(alt.NamedData(rows))


def legend(w: Writer, families: Sequence[Family]) -> tuple[tuple[str, str], ...]:
    """The colours of the families shown."""
    return tuple((COLOURS[f], w.words.label("families", f)) for f in Family if f in families)


def family_colour() -> alt.Color:
    """Colour by family."""
    order = [f.value for f in Family]
    return alt.Color("family:N", scale=alt.Scale(domain=order, range=[COLOURS[Family(f)] for f in order]), legend=None)


def family_shape() -> alt.Shape:
    """Shape by family, for readers who cannot tell the colours apart."""
    shapes = {"attack": "circle", "operation": "square", "control": "cross", "posture": "diamond", "unrest": "triangle-up"}
    order = [f.value for f in Family]
    return alt.Shape(
        "family:N", scale=alt.Scale(domain=order, range=[shapes.get(f, "triangle-down") for f in order]), legend=None
    )
