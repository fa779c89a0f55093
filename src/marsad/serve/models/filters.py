"""Which incidents: the state of the page of incidents, all of it in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query

from marsad.errors import UsageError
from marsad.records import Incident
from marsad.scales import KINDS, Family, Realis
from marsad.serve import asked
from marsad.store import Which

REALIS = ("", "any", *(r.value for r in Realis if r is not Realis.ACTUAL))
"""What is shown: "" what is said to have happened; "background" what is only recalled; "any" both; each other one: what is said of
events that did not happen or not yet. Those are statements, kept and never counted (codebook, section 3)."""
CONFIDENCE = ("", "confirmed", "several", "single", "disputed")
Confidence = Literal["", "confirmed", "several", "single", "disputed"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice of incidents; an empty field leaves all in. kind: a kind or a family. area: "IQ" or "IQ/Diyala". actor: part of the
    name of who did it or whom it struck. source: of a report. box: west, south, east, north in degrees."""

    kind: str = ""
    area: str = ""
    since: date | None = None
    until: date | None = None
    actor: str = ""
    source: str = ""
    realis: str = ""
    confidence: Confidence = ""
    box: Box | None = None

    @property
    def said(self) -> bool:
        """Whether statements are asked for that made no incident."""
        return self.realis not in ("", "any", "background")

    def which(self) -> Which:
        """What the store can choose by."""
        country, _, admin1 = self.area.partition("/")
        family = Family(self.kind) if self.kind in set(Family) else None
        return Which(kind="" if family else self.kind, family=family, country=country, admin1=admin1, since=self.since, until=self.until)

    def takes(self, i: Incident, sources: Mapping[str, str]) -> bool:
        """Whether `i`, which `which()` let through, is among them. sources: statement id -> source of its report."""
        return (
            (self.realis == "any" or self.said or i.recalled == (self.realis == "background"))
            and (not self.actor or any(self.actor.casefold() in a.casefold() for a in (*i.actors, *i.targets)))
            and (not self.source or any(sources.get(s) == self.source for s in i.statements))
            and (not self.confidence or _sure(i, self.confidence)) and (self.box is None or inside(i, self.box))
        )  # fmt: skip

    def query(self) -> dict[str, str]:
        """The filter as parameters of an address, empty ones left out."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "box"}
        made = {k: str(v) for k, v in told.items() if v}
        return made | ({"bbox": ",".join(f"{x:g}" for x in self.box)} if self.box else {})


def _sure(i: Incident, how: str) -> bool:
    if how == "confirmed":
        return i.review in ("confirmed", "corrected")
    return {"several": i.voices > 1, "single": i.voices == 1, "disputed": bool(i.differences)}[how]


def inside(i: Incident, box: Box) -> bool:
    """Whether the first place of `i` that has a point lies in `box`."""
    point = next(((p.lon, p.lat) for p in i.places if p.lat is not None and p.lon is not None), None)
    if point is None:
        return False
    west, south, east, north = box
    across = west <= point[0] <= east if west <= east else point[0] >= west or point[0] <= east
    return across and south <= point[1] <= north


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


def chosen(
    kind: _Text = "", area: _Text = "", since: _Text = "", until: _Text = "", actor: _Text = "", source: _Text = "", realis: _Text = "",
    confidence: Confidence = "", bbox: _Text = "",
) -> Filter:  # fmt: skip
    """The filter of an address. Raises UsageError."""
    if kind and kind not in KINDS and kind not in set(Family):
        raise UsageError("there is no such kind or family", where="kind", mend=f"Take one of {', '.join((*Family, *KINDS))}.")
    if realis not in (*REALIS, "actual"):
        raise UsageError("there is no such realis", where="realis", mend=f"Take one of {', '.join(REALIS[1:])}.")
    return Filter(
        kind=kind, area=area, since=asked.day(since, "since"), until=asked.day(until, "until"), actor=actor.strip(), source=source,
        realis="" if realis == "actual" else realis, confidence=confidence, box=box(bbox),
    )  # fmt: skip


Choosing = Annotated[Filter, Depends(chosen)]


def sources(statements: Iterable[Any], reports: Iterable[Any]) -> dict[str, str]:
    """Statement id -> source of its report."""
    by_id = {r.id: r.source for r in reports}
    return {s.id: by_id[s.report] for s in statements if s.report in by_id}
