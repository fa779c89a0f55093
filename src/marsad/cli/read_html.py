"""marsad read FILE --html: the reports of a file on one page, their words marked."""

from pathlib import Path

from marsad.brief.reading import Reading, reading_page
from marsad.cli.common import console, progress, tell_rejected
from marsad.cli.read import statements
from marsad.collect import collect_paths
from marsad.errors import UsageError
from marsad.records import Lang, Rejection

LANGS: dict[str, Lang | None] = {"": None, "ar": "ar", "en": "en"}


def write_page(file: Path | None, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Read every report of `file` and write the page to `out` (default: the file's name and .html, beside it)."""
    if file is None:
        raise UsageError("a page is made of a file", where="--html", mend="Name a report (.txt, .html) or many (.jsonl).")
    if as_json:
        raise UsageError("--json and --html do not go together", mend="Leave one out.")
    if lang not in LANGS:
        raise UsageError(f"no page is written in {lang!r}", where="--lang", mend="Write ar or en, or leave it out.")
    target = out or file.with_name(f"{file.name}.html")
    if target.resolve() == file.resolve():
        raise UsageError(
            "the page would take the place of the report", where=str(target), mend="Name another file with --out."
        )
    rejected: list[Rejection] = []
    readings: list[Reading] = []
    with progress("read", None) as tick:
        for item in collect_paths([file]):
            if isinstance(item, Rejection):
                rejected.append(item)
            else:
                readings.append((item, statements(item)))
            tick(1)
    if readings:
        target.write_text(reading_page(readings, LANGS[lang]), encoding="utf-8", newline="\n")
        console.print(f"{target}", highlight=False, soft_wrap=True, markup=False)
    tell_rejected(rejected)
