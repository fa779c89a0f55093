"""A saved web page -> an entry: its words by trafilatura, and what it says of itself in its own head.

The date is the one that the page declares (article:published_time, Dublin Core, JSON-LD, ...). trafilatura's own date search
also guesses from addresses and from the page's text; a guess must not pass for a publication date (law 3).
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import html as lxml_html
from lxml.etree import LxmlError

from marsad.collect.decode import decode
from marsad.collect.entry import Entry, entry_of, storable
from marsad.errors import Rejected

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_PUBLISHED = ("article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dc.date", "dcterms.issued",
              "dcterms.date", "pubdate", "publishdate", "date", "parsely-pub-date", "sailthru.date")  # fmt: skip
_SOURCE = ("og:site_name", "publisher", "dc.publisher", "application-name")


def entry_of_page(raw: bytes) -> Entry:
    """The entry in the page `raw`: the title is the first line of its text. Raises Rejected if no article is found in it."""
    import trafilatura  # noqa: PLC0415 (half a second to load, and only web pages need it)

    declared = _DECLARED.search(raw[:2048])
    page = decode(raw, declared=declared[1].decode("ascii") if declared else "")
    if not page.strip():
        raise Rejected("there is no text in it", mend="Save the page again, with its article open.")
    try:
        tree = lxml_html.document_fromstring(storable(page).encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
        body = trafilatura.extract(tree, include_comments=False, include_tables=False, favor_precision=False) or ""
    except (LxmlError, ValueError, AssertionError, TypeError, AttributeError, RecursionError, IndexError, KeyError) as error:
        raise Rejected(
            f"the page cannot be taken apart ({type(error).__name__})", mend="Save its text as a .txt file."
        ) from error
    if not body.strip():
        raise Rejected("no article is found in the page", mend="Save its text as a .txt file.")
    meta = _meta(tree)
    title = _first(meta, ("og:title", "dc.title")) or " ".join((tree.findtext(".//title") or "").split())
    text = body if not title or body.startswith(title) else f"{title}\n{body}"
    return entry_of({
        "text": text,
        "title": title,
        "published": _published(tree, meta),
        "lang": _readable_lang(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
        "source": _first(meta, _SOURCE),
        "url": _url(tree, meta),
    })  # fmt: skip


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        if name and (content := " ".join((node.get("content") or "").split())):
            found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[n] for n in names if n in meta), "")


def _url(tree: Any, meta: dict[str, str]) -> str:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    return meta.get("og:url", "")


def _readable_lang(tag: str) -> str:
    """The page's language where it is one that Marsad reads. A template's wrong tag must not shut out an Arabic page."""
    return tag if tag.lower()[:2] in {"ar", "en"} else ""


def _published(tree: Any, meta: dict[str, str]) -> str:
    """The first declared date that can be read, as YYYY-MM-DD; empty if there is none."""
    declared = [meta[n] for n in _PUBLISHED if n in meta]
    declared += [
        str(d) for script in tree.iter("script") if "ld+json" in (script.get("type") or "") for d in _linked(script.text)
    ]
    declared += [t.get("datetime") for t in tree.iter("time") if t.get("datetime") and (t.get("pubdate") is not None)]
    return next((day for d in declared if (day := _day(d))), "")


def _linked(script: str | None) -> Iterator[object]:
    try:
        todo = [json.loads(script or "")]
    except (ValueError, RecursionError):
        return
    while todo:
        node = todo.pop(0)
        if isinstance(node, dict):
            if "datePublished" in node:
                yield node["datePublished"]
            todo += node.get("@graph", []) if isinstance(node.get("@graph"), list) else []
        elif isinstance(node, list):
            todo += node


def _day(written: str) -> str:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written.strip()).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return ""
