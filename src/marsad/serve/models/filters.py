"""Which incidents: the state of the page of incidents, all of it in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query

from marsad.errors import UsageError
from marsad.scales import KINDS, Family, Realis
from marsad.serve import asked
from marsad.serve.find import Box, Confidence, Sought

REALIS = ("", "background", "any", *(r.value for r in Realis if r not in (Realis.ACTUAL, Realis.BACKGROUND)))
"""What is shown: "" what is said to have happened; "background" what is only recalled; "any" both; each other one: what is said of
events that did not happen or not yet. Those are statements, kept and never counted (codebook, section 3)."""
CONFIDENCE = ("", "confirmed", "several", "single", "disputed")
LEAST = (50, 70, 80, 90)
"""Confidences that the form offers, in per cent; an address may name any."""
Least = Annotated[str, Query(max_length=20, pattern=r"^(|0(\.\d+)?|1(\.0+)?)$")]
"""A probability as an address writes it; a form sends an empty one where nothing is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice of incidents; an empty field leaves all in. kind: a kind or a family; the others as in find.Sought."""

    kind: str = ""
    area: str = ""
    since: date | None = None
    until: date | None = None
    actor: str = ""
    source: str = ""
    realis: str = ""
    confidence: Confidence = ""
    least: float | None = None
    box: Box | None = None

    @property
    def said(self) -> bool:
        """Whether statements are asked for that made no incident."""
        return self.realis not in ("", "any", "background")

    def sought(self) -> Sought:
        """The choice as the store's shelf takes it."""
        same: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "kind"}
        family = self.kind if self.kind in set(Family) else ""
        return Sought(kind="" if family else self.kind, family=family, **same | ({"realis": "any"} if self.said else {}))

    def query(self) -> dict[str, str]:
        """The filter as parameters of an address, empty ones left out."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "box"}
        made = {k: f"{v:g}" if isinstance(v, float) else str(v) for k, v in told.items() if v or v == 0}
        return made | ({"bbox": ",".join(f"{x:g}" for x in self.box)} if self.box else {})


def box(written: str) -> Box | None:
    """A box as "west,south,east,north"; None where none is written. Raises UsageError."""
    if not written.strip():
        return None
    try:
        west, south, east, north = (float(x) for x in written.split(","))
    except ValueError:
        raise UsageError("this is no box", where="bbox", mend="Write it as west,south,east,north in degrees.") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError("this box lies outside the world", where="bbox", mend="Write it as west,south,east,north in degrees.")
    return west, south, east, north


_Text = Annotated[str, Query(max_length=200)]


async def chosen(
    kind: _Text = "", area: _Text = "", since: _Text = "", until: _Text = "", actor: _Text = "", source: _Text = "", realis: _Text = "",
    confidence: Confidence = "", least: Least = "", bbox: _Text = "",
) -> Filter:  # fmt: skip
    """The filter of an address. Raises UsageError."""
    if kind and kind not in KINDS and kind not in set(Family):
        raise UsageError("there is no such kind or family", where="kind", mend=f"Take one of {', '.join((*Family, *KINDS))}.")
    if realis not in (*REALIS, "actual"):
        raise UsageError("there is no such realis", where="realis", mend=f"Take one of {', '.join(REALIS[1:])}.")
    return Filter(
        kind=kind, area=area, since=asked.day(since, "since"), until=asked.day(until, "until"), actor=actor.strip(), source=source.strip(),
        realis="" if realis == "actual" else realis, confidence=confidence, least=float(least) if least else None, box=box(bbox),
    )  # fmt: skip


Choosing = Annotated[Filter, Depends(chosen)]


def blank(query: Mapping[str, str]) -> dict[str, str]:
    """Every parameter of a filter, empty where `query` has none; what the form shows."""
    return {**dict.fromkeys((*(f.name for f in fields(Filter) if f.name != "box"), "bbox"), ""), **query}
