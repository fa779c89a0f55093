"""Alerts in the Common Alerting Protocol 1.2 (OASIS, 2010): one alert a signal, with an `info` in Arabic and one in English.

https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html. An alert is a Draft until a person has approved its signal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from marsad.errors import UsageError
from marsad.formats.cap_rules import NAMESPACE, faults
from marsad.records import Lang, Signal
from marsad.scales import Sensitivity

SENDER = "marsad@localhost"
"""Who sends, where the user names nobody: an address that nobody else answers for."""
_LANGUAGE = {"ar": "ar", "en": "en"}
Ring = Sequence[tuple[float, float]]
"""A closed ring of (longitude, latitude)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """What an alert says in one language. area: the name of the place. instruction: what a reader should do with it."""

    lang: Lang
    event: str
    headline: str
    description: str
    instruction: str
    area: str
    note: str = ""


def alert(
    signal: Signal, words: Sequence[AlertWords], *, sender: str = SENDER, sender_name: str = "Marsad",
    sent: datetime, days: tuple[datetime, datetime], country: str = "", ring: Ring = (),
) -> str:  # fmt: skip
    """`signal` as a CAP document. sent: when (with an offset); days: first and last moment of its period; country: ISO code; ring:
    the outline of its area, if one is known. Raises UsageError if the result would break a rule of CAP."""
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    _add(root, "identifier", f"marsad-{signal.id}-{signal.as_of.isoformat()}")
    _add(root, "sender", sender)
    _add(root, "sent", moment(sent))
    _add(root, "status", "Actual" if signal.status == "approved" else "Draft")
    _add(root, "msgType", "Alert")
    _add(root, "source", f"{signal.method} {signal.version}")
    if signal.sensitivity is Sensitivity.PUBLIC:
        _add(root, "scope", "Public")
    else:
        _add(root, "scope", "Restricted")
        _add(root, "restriction", f"for {signal.sensitivity.value} readers only")
    if signal.status != "approved" and words:
        _add(root, "note", next((w.note for w in words if w.lang == "en"), words[0].note))
    for each in words:
        _info(root, signal, each, sender_name, days, country, ring)
    raw: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    made = raw.decode("utf-8")
    if broken := faults(made):
        raise UsageError(f"the alert would not be valid CAP 1.2: {broken[0]}", where=signal.id, mend="Check --sender.")
    return made


def ours(written: bytes) -> bool:
    """Whether a file is an alert that `alert` made."""
    return b"<identifier>marsad-" in written


def moment(at: datetime) -> str:
    """A moment as CAP writes it: to the second, with a numeric offset and never Z."""
    return at.isoformat(timespec="seconds")


def parameters(signal: Signal) -> Mapping[str, str]:
    """What the signal is worth, name by name; what is not known is left out."""
    told = {
        "unit": signal.unit, "period": signal.period, "method": f"{signal.method} {signal.version}", "as_of": signal.as_of.isoformat(),
        "observed": signal.observed, "expected": signal.expected, "p": signal.p, "false_alarms_per_year": signal.false_alarms_per_year,
        "smallest_change_seen": signal.smallest_change_seen, "thin_record": "yes" if signal.thin else "no",
        "evidence": " ".join(signal.evidence),
    }  # fmt: skip
    return {k: f"{v:.6g}" if isinstance(v, float) else str(v) for k, v in told.items() if v not in (None, "")}


def _info(
    root: etree._Element,
    signal: Signal,
    words: AlertWords,
    sender_name: str,
    days: tuple[datetime, datetime],
    country: str,
    ring: Ring,
) -> None:
    info = _add(root, "info")
    _add(info, "language", _LANGUAGE[words.lang])
    _add(info, "category", "Security")
    _add(info, "event", words.event)
    _add(info, "responseType", "Assess")
    for name in ("urgency", "severity", "certainty"):
        _add(info, name, "Unknown")  # a change in counts says nothing of how bad or how near the next event is
    _add(info, "onset", moment(days[0]))
    _add(info, "senderName", sender_name)
    _add(info, "headline", words.headline)
    _add(info, "description", words.description)
    _add(info, "instruction", words.instruction)
    for name, value in parameters(signal).items():
        _named(info, "parameter", name, value)
    area = _add(info, "area")
    _add(area, "areaDesc", words.area)
    if ring:
        _add(area, "polygon", " ".join(f"{lat:.4f},{lon:.4f}" for lon, lat in ring))
    if country:
        _named(area, "geocode", "ISO 3166-1", country)


def _named(parent: etree._Element, tag: str, name: str, value: str) -> None:
    pair = _add(parent, tag)
    _add(pair, "valueName", name)
    _add(pair, "value", value)


def _add(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if text:
        child.text = "".join(
            c
            if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
            else "\ufffd"
            for c in text
        )
    return child
