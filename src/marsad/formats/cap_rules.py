"""The rules of CAP 1.2 that a document can break: order and number of elements, listed values, dates, rings, identifiers.

Written from section 3 of the standard (data dictionary and schema); a document without faults here is valid by the OASIS schema.
"""

import re
from collections.abc import Iterator

from lxml import etree

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_ORDER: dict[str, tuple[tuple[str, int, int | None], ...]] = {  # element, fewest, most (None: any number)
    "alert": (
        ("identifier", 1, 1), ("sender", 1, 1), ("sent", 1, 1), ("status", 1, 1), ("msgType", 1, 1), ("source", 0, 1), ("scope", 1, 1),
        ("restriction", 0, 1), ("addresses", 0, 1), ("code", 0, None), ("note", 0, 1), ("references", 0, 1), ("incidents", 0, 1),
        ("info", 0, None),
    ),
    "info": (
        ("language", 0, 1), ("category", 1, None), ("event", 1, 1), ("responseType", 0, None), ("urgency", 1, 1), ("severity", 1, 1),
        ("certainty", 1, 1), ("audience", 0, 1), ("eventCode", 0, None), ("effective", 0, 1), ("onset", 0, 1), ("expires", 0, 1),
        ("senderName", 0, 1), ("headline", 0, 1), ("description", 0, 1), ("instruction", 0, 1), ("web", 0, 1), ("contact", 0, 1),
        ("parameter", 0, None), ("resource", 0, None), ("area", 0, None),
    ),
    "area": (
        ("areaDesc", 1, 1), ("polygon", 0, None), ("circle", 0, None), ("geocode", 0, None), ("altitude", 0, 1), ("ceiling", 0, 1),
    ),
    "parameter": (("valueName", 1, 1), ("value", 1, 1)), "geocode": (("valueName", 1, 1), ("value", 1, 1)),
    "eventCode": (("valueName", 1, 1), ("value", 1, 1)),
    "resource": (
        ("resourceDesc", 1, 1), ("mimeType", 1, 1), ("size", 0, 1), ("uri", 0, 1), ("derefUri", 0, 1), ("digest", 0, 1),
    ),
}  # fmt: skip
_VALUES = {
    "status": "Actual Exercise System Test Draft", "msgType": "Alert Update Cancel Ack Error", "scope": "Public Restricted Private",
    "category": "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other",
    "responseType": "Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None",
    "urgency": "Immediate Expected Future Past Unknown", "severity": "Extreme Severe Moderate Minor Unknown",
    "certainty": "Observed Likely Possible Unlikely Unknown",
}  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_PAIR = re.compile(r"-?\d{1,2}(?:\.\d+)?,-?\d{1,3}(?:\.\d+)?")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")


def faults(document: str) -> list[str]:
    """What is wrong with a CAP document; empty if it is valid."""
    try:
        root = etree.fromstring(document.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    if root.tag != f"{{{NAMESPACE}}}alert":
        return [f"the root is {root.tag}, not alert of {NAMESPACE}"]
    return [*_structure(root), *_contents(root)]


def _structure(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element).localname
    rules = _ORDER.get(name)
    if rules is None:
        if len(element):
            yield f"{name} has elements inside"
        return
    children = [etree.QName(c).localname for c in element if c.tag.startswith(f"{{{NAMESPACE}}}")]
    places = {tag: k for k, (tag, _, _) in enumerate(rules)}
    yield from (f"{child} does not belong in {name}" for child in children if child not in places)
    order = [places[c] for c in children if c in places]
    if order != sorted(order):
        yield f"the elements of {name} are out of order"
    for tag, fewest, most in rules:
        found = children.count(tag)
        if found < fewest or (most is not None and found > most):
            yield f"{name} has {found} of {tag}"
    for child in element:
        yield from _structure(child)


def _contents(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        name, text = etree.QName(element).localname, (element.text or "")
        if name in _VALUES and text not in _VALUES[name].split():
            yield f"{name} is {text!r}, none of: {_VALUES[name]}"
        if name in ("sent", "effective", "onset", "expires") and not _MOMENT.fullmatch(text):
            yield f"{name} is {text!r}; needed is YYYY-MM-DDThh:mm:ss with a numeric offset, not Z"
        if name in ("identifier", "sender") and (not text or re.search(r"[\s,<&]", text)):
            yield f"{name} is {text!r}; it may hold no space, comma, < or &"
        if name == "polygon":
            yield from _ring(text)
        if name == "language" and not _LANGUAGE.fullmatch(text):
            yield f"language is {text!r}, no code of RFC 3066"
        if name in ("event", "areaDesc", "valueName") and not text.strip():
            yield f"{name} is empty"
    told = {etree.QName(c).localname: c.text or "" for c in root}
    for scope, needed in (("Restricted", "restriction"), ("Private", "addresses")):
        if told.get("scope") == scope and not told.get(needed, "").strip():
            yield f"scope {scope} needs {needed}"


def _ring(text: str) -> Iterator[str]:
    pairs = text.split()
    if len(pairs) < 4 or pairs[0] != pairs[-1]:
        yield "a polygon needs four pairs or more, the last like the first"
    for pair in pairs:
        if not _PAIR.fullmatch(pair):
            yield f"{pair!r} is no latitude,longitude"
            continue
        lat, lon = map(float, pair.split(","))
        if abs(lat) > 90 or abs(lon) > 180:
            yield f"{pair!r} is outside the world"
