"""An Atom feed (RFC 4287) of alerts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry. id: a URI that never changes. href: the document, relative to the feed. updated: with an offset."""

    id: str
    title: str
    summary: str
    updated: datetime
    href: str
    mime: str = "application/cap+xml"


def feed(entries: Iterable[Entry], *, id: str, title: str, author: str, updated: datetime, href: str) -> str:
    """The feed, the newest entry first. id: a URI that never changes; href: where the feed itself stands."""
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    _add(root, "id", id)
    _add(root, "title", title)
    _add(root, "updated", updated.isoformat(timespec="seconds"))
    _add(root, "link", rel="self", href=href, type="application/atom+xml")
    _add(_add(root, "author"), "name", author)
    for entry in sorted(entries, key=lambda e: (e.updated, e.id), reverse=True):
        made = _add(root, "entry")
        _add(made, "id", entry.id)
        _add(made, "title", entry.title)
        _add(made, "updated", entry.updated.isoformat(timespec="seconds"))
        _add(made, "link", rel="alternate", href=entry.href, type=entry.mime)
        _add(made, "summary", entry.summary)
    raw: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return raw.decode("utf-8")


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    child.text = text or None
    return child
