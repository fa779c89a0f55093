"""What a source tells about one report, checked, and the report made of it. Headers, pages and JSON lines all pass here."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from marsad.collect.canonical import detect_lang, report_id
from marsad.errors import Rejected
from marsad.records import Lang, Report
from marsad.scales import SOURCE_GRADES, Sensitivity

TEXT_LIMIT = 5_000_000
"""Bytes of UTF-8 in one report's text. The longest news report is a hundredth of it; more is an archive in one file."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with U+FFFD for each NUL and lone surrogate, which no database keeps; one for one, so that offsets hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def _words(value: Any) -> Any:
    """Empty for null; a number as its digits (ids are often numbers)."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Words = Annotated[str, BeforeValidator(_words)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The fields of one report as its source gives them; all but `text` may be empty."""

    text: str
    id: Words = ""
    published: Words = ""
    lang: Words = ""
    source: Words = ""
    url: Words = ""
    title: Words = ""
    retells: Words = ""
    sensitivity: Words = ""
    grade: Words = ""


FIELDS = frozenset(Entry.__dataclass_fields__)
_ENTRY = TypeAdapter(Entry)


def entry_of(fields: dict[str, Any]) -> Entry:
    """The Entry of `fields`; further ones are left aside. Raises Rejected naming the first field that is wrong."""
    clean = {k: storable(v) if isinstance(v, str) else v for k, v in fields.items() if k in FIELDS}
    try:
        return _ENTRY.validate_python(clean)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "text"
        if first["type"] in {"missing", "missing_keyword_only_argument"}:
            raise Rejected(f'there is no "{name}"', mend=f'Give the report a "{name}".') from None
        raise Rejected(f'"{name}" is {_short(clean.get(name))}; words are needed', mend="Put it in quotation marks.") from None


def report_of(entry: Entry, *, key: str) -> Report:
    """The Report that `entry` tells of. key: stands in where the source gave no id. Raises Rejected."""
    if not entry.text.strip():
        raise Rejected("there is no text in it", mend="Give the report its words, or leave it out.")
    size = len(entry.text.encode("utf-8"))
    if size > TEXT_LIMIT:
        raise Rejected(
            f"its text has {size / 1e6:.1f} MB; the limit for one report is {TEXT_LIMIT / 1e6:.0f} MB",
            mend="Split it into its reports: one file each, or one JSON line each.",
        )
    grade = entry.grade.strip().upper() or "F"
    if grade[:1] not in SOURCE_GRADES:
        raise Rejected(f'"grade" is {_short(entry.grade)}; a letter from A to F is needed', mend="Leave it out if not known.")
    return Report(
        id=report_id(entry.text),
        text=entry.text,
        lang=_lang(entry),
        source=entry.source.strip(),
        url=entry.url.strip(),
        title=entry.title.strip(),
        published=day_of(entry.published),
        key=entry.id.strip() or key,
        retells=entry.retells.strip(),
        grade=grade[:1],
        sensitivity=_sensitivity(entry.sensitivity),
    )


def day_of(written: str) -> date | None:
    """The day of an ISO date or date and time, as written (its own time zone); None if empty. Raises Rejected."""
    written = written.strip()
    if not written:
        return None
    try:
        if not re.match(r"\d{4}-\d{2}-\d{2}($|[T ])", written, re.ASCII):
            raise ValueError
        return date.fromisoformat(written[:10])
    except ValueError:
        raise Rejected(
            f'"published" is {_short(written)}; a date like 2020-04-08 is needed',
            mend="Write it so, or leave it empty if it is not known.",
        ) from None


def _lang(entry: Entry) -> Lang:
    tag = re.split(r"[-_]", entry.lang.strip().lower())[0]
    if tag in {"ar", "ara", "arabic"}:
        return "ar"
    if tag in {"en", "eng", "english"}:
        return "en"
    if tag:
        raise Rejected(f'"lang" is {_short(entry.lang)}; Marsad reads ar and en', mend="Leave it empty to have it detected.")
    return detect_lang(entry.text)


def _sensitivity(written: str) -> Sensitivity:
    try:
        return Sensitivity(written.strip().lower() or "public")
    except ValueError:
        # A misspelt level must not fall back to public.
        levels = ", ".join(Sensitivity)
        raise Rejected(f'"sensitivity" is {_short(written)}', mend=f"Write one of: {levels}.") from None


def _short(value: object) -> str:
    shown = f'"{value}"' if isinstance(value, str) else repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
