"""A text file -> an entry. It may begin with a header:

---
source: Example
published: 2020-04-08
---
The text, to the letter, begins right after the line break of the closing mark.
"""

import re

from marsad.collect.entry import FIELDS, Entry, entry_of
from marsad.errors import Rejected

_HEADER = re.compile(r"---[ \t]*\r?\n(?P<head>(?:.*\r?\n)*?)---[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"\s*(?P<key>[A-Za-z]+)\s*:(?:\s+(?P<value>.*?))?\s*\Z", re.DOTALL)


def entry_of_text(text: str) -> Entry:
    """The entry in `text`. A file whose first line is not `---` is all text. Raises Rejected for a header that is broken."""
    header = _HEADER.match(text)
    if header is None or not _is_header(header["head"]):
        return entry_of({"text": text})
    fields: dict[str, str] = {}
    for number, line in enumerate(header["head"].splitlines(), start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        field = _FIELD.match(line)
        key = field["key"].lower() if field else ""
        if field is None or key not in FIELDS - {"text"}:
            known = ", ".join(sorted(FIELDS - {"text"}))
            raise Rejected(f'line {number} of its header is "{line[:60]}"', mend=f"Write `key: value`; the keys are {known}.")
        if key in fields:
            raise Rejected(f'its header gives "{key}" twice', mend="Leave one of the two.")
        fields[key] = field["value"] or ""
    return entry_of({**fields, "text": text[header.end() :]})


def _is_header(head: str) -> bool:
    """A dashed line may also open plain text; a header's first filled line is a field."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    return bool(re.match(r"\s*[A-Za-z]+\s*:", first))
