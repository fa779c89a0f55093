"""Write a brief's files: pages, Markdown, PDF, pictures, alerts. Every file is there whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

from marsad.brief import charts
from marsad.brief.alerts import alerts
from marsad.brief.compose import compose
from marsad.brief.document import Brief
from marsad.brief.markdown import markdown
from marsad.brief.material import Material
from marsad.brief.pdf import pdf
from marsad.brief.render import render
from marsad.brief.words import Digits, Words
from marsad.brief.writer import Writer
from marsad.errors import UsageError
from marsad.formats import cap
from marsad.formats.atomic import replacing_bytes
from marsad.formats.cap import SENDER
from marsad.records import Lang
from marsad.scales import Sensitivity

Format = Literal["html", "md", "pdf", "png", "cap"]
FORMATS: tuple[Format, ...] = get_args(Format)
LANGS: tuple[Lang, ...] = ("ar", "en")


def publish(
    material: Material, folder: Path, *, formats: Sequence[str] = ("html",), langs: Sequence[Lang] = LANGS, digits: Digits = "latn",
    sender: str = SENDER,
) -> list[Path]:  # fmt: skip
    """Write `formats` (FORMATS) of the brief in each of `langs` to `folder`; the paths. cap writes alerts and their feed.

    Alerts and pictures that an earlier brief left in the folder and this one does not have are taken away: an alert that no feed lists any
    more, beside those of today, would be taken for one of them. A public release carries no quotation. The same cut gives the same bytes. Raises UsageError for a format that is none.
    """
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"no format is called {name!r}", where="--format", mend=f"Take one of {', '.join(FORMATS)}.")
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in _files(material, formats, langs, digits, sender):
        path = folder / name
        with replacing_bytes(path) as out:
            out.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        paths.append(path)
    for path in left_over(folder, formats, langs, paths):
        path.unlink()
    return paths


def left_over(folder: Path, formats: Sequence[str], langs: Sequence[Lang], written: Sequence[Path]) -> list[Path]:
    """Alerts and pictures of Marsad's in `folder` that are not among `written`, of the formats and languages that were."""
    drawn = [p for lang in langs for p in folder.glob(f"brief.{lang}.*.png")] if "png" in formats else []
    alerting = [p for p in folder.glob("alert-*.cap.xml") if cap.ours(p.read_bytes())] if "cap" in formats else []
    return sorted({*drawn, *alerting} - set(written))


def _files(
    material: Material, formats: Sequence[str], langs: Sequence[Lang], digits: Digits, sender: str
) -> Iterator[tuple[str, str | bytes]]:
    for lang in langs:
        brief = compose(material, lang, digits=digits)
        for name in FORMATS:
            if name in formats and name != "cap":
                yield from _WRITERS[name](material, brief, langs, digits, "png" in formats)
    if "cap" in formats:
        yield from alerts(material, sender=sender).items()


def _html(material: Material, brief: Brief, langs: Sequence[Lang], digits: Digits, _: bool) -> Iterator[tuple[str, str]]:
    other = next((f"brief.{lang}.html" for lang in langs if lang != brief.lang), "")
    quotes = material.release is not Sensitivity.PUBLIC
    yield f"brief.{brief.lang}.html", render(material, brief, quotes=quotes, other=other, digits=digits)


def _markdown(material: Material, brief: Brief, _: Sequence[Lang], digits: Digits, drawn: bool) -> Iterator[tuple[str, str]]:
    figures = charts.figures(Writer(material, Words(brief.lang, digits))) if drawn else []
    pictures = {f.key: f"brief.{brief.lang}.{f.key}.png" for f in figures}
    quotes = material.release is not Sensitivity.PUBLIC
    yield f"brief.{brief.lang}.md", markdown(material, brief, quotes=quotes, pictures=pictures, digits=digits)


def _pdf(material: Material, brief: Brief, _: Sequence[Lang], digits: Digits, __: bool) -> Iterator[tuple[str, bytes]]:
    yield f"brief.{brief.lang}.pdf", pdf(material, brief, quotes=material.release is not Sensitivity.PUBLIC, digits=digits)


def _png(material: Material, brief: Brief, _: Sequence[Lang], digits: Digits, __: bool) -> Iterator[tuple[str, bytes]]:
    w = Writer(material, Words(brief.lang, digits))
    for figure in charts.figures(w):
        yield f"brief.{brief.lang}.{figure.key}.png", charts.png(figure, w)


_WRITERS: dict[str, Callable[..., Iterator[tuple[str, str | bytes]]]] = {
    "html": _html,
    "md": _markdown,
    "pdf": _pdf,
    "png": _png,
}
