"""The densest parts of a page, written straight: rows of a table, options of a form, marks of a picture.

A template engine looks up every name anew for every mark; for these, of which a page holds hundreds, that was most of its time. Whatever
stands in them is escaped by `escape`, as the engine escapes it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

Data = Mapping[str, Any]
Say = Callable[..., str]
_CHANGE = {"rejected": "bad"}


def rows(listed: Iterable[Data], t: Say, href: Callable[[str], str], lead: str = "") -> Markup:
    """A row an incident, as told.row gives it. t: the words of the page's language; lead: what its id begins with."""
    comma, toll, sources = escape(t("comma")), escape(t("col.toll")), escape(t("col.sources"))
    made = []
    for i in listed:
        key = escape(i["id"])
        point = "" if i["lat"] is None else f' data-lat="{i["lat"]}" data-lon="{i["lon"]}"'
        quiet = ' class="quieter"' if i["recalled"] else ""
        made.append(
            f'<tr id="{escape(lead)}{key}" data-id="{key}"{point}{quiet}>\n<td class="day">{escape(i["day"])}</td>'
            f'<td class="main"><a href="{escape(i.get("href") or href("/incident/" + i["id"]))}">{kind(i)}</a>{_parties(i, comma)}</td>'
            f'<td>{where(i, t)} {tags(i, t)}</td>\n<td class="num" data-label="{toll}">{_toll(i)}</td>'
            f'<td class="num" data-label="{sources}">{i["voices"]}</td></tr>'
        )
    return Markup("\n".join(made))


def kind(i: Data) -> Markup:
    """The kind of an incident beside the colour of its family."""
    family = escape(i["family"])
    return Markup(
        f'<span class="f-{family}"><span class="dot f-{family}" aria-hidden="true"></span>{escape(i["kind_label"])}</span>'
    )


def where(i: Data, t: Say) -> Markup:
    """Its first three places."""
    places = i["places"]
    if not places:
        return Markup(f'<span class="quiet">{escape(t("place.untold"))}</span>')
    more = f" +{len(places) - 3}" if len(places) > 3 else ""
    return Markup(escape(t("comma")).join(Markup(f"<bdi>{escape(p)}</bdi>") for p in places[:3]) + more)


def tags(i: Data, t: Say) -> Markup:
    """What a reader should know before they count on it."""
    told = (
        ("warn", "place.unresolved", i["placed"] == "unresolved"), ("warn", "tag.disputed", i["disputed"]), ("", "tag.recalled", i["recalled"]),
        ("", "tag.aggregate", i["aggregate"]), (_CHANGE.get(i["review"], "good"), f"review.state.{i['review']}", i["review"]),
        ("bad", f"level.{i['sensitivity']}", i["sensitivity"] != "public"),
    )  # fmt: skip
    return Markup(
        " ".join(f'<span class="tag{" " + cls if cls else ""}">{escape(t(key))}</span>' for cls, key, holds in told if holds)
    )


def _parties(i: Data, comma: str) -> str:
    actors = i["actors"]
    if not actors:
        return ""
    more = f" +{len(actors) - 2}" if len(actors) > 2 else ""
    names = str(comma).join(f"<bdi>{escape(a)}</bdi>" for a in actors[:2])  # a Markup would escape them again
    return f' <span class="meta">{names}{more}</span>'


def _toll(i: Data) -> str:
    if not (i["killed"] or i["injured"]):
        return ""
    # each by itself: a range runs left to right, but the killed stand first in the direction of the page
    return " / ".join(f'<bdi dir="ltr">{escape(i[toll] or "–")}</bdi>' for toll in ("killed", "injured"))


def options(listed: Iterable[Data]) -> Markup:
    """The options of a list, each with `value` and `label`, none chosen; `chosen` chooses one."""
    return Markup("".join(f'<option value="{escape(o["value"])}">{escape(o["label"])}</option>' for o in listed))


def grouped(families: Iterable[Data]) -> Markup:
    """Kinds by family: the family's own option first."""
    return Markup(
        "".join(
            f'<optgroup label="{escape(f["label"])}">{options([{"value": f["family"], "label": f["all"]}, *f["kinds"]])}</optgroup>'
            for f in families
        )
    )


def chosen(listed: Markup, value: str) -> Markup:
    """`listed` with the option of `value` chosen."""
    mark = f'<option value="{escape(value)}"'
    return Markup(str(listed).replace(mark, f"{mark} selected", 1)) if value else listed


def columns(p: Data, tempo: Sequence[Data], label: str, count: Callable[[int, str], str], num: Callable[[float], str], rtl: bool) -> Markup:  # fmt: skip
    """Stacked columns over time. p: the geometry (drawing.columns); tempo: each period's `short`, `label` and `href`."""
    left, right, base = p["left"], p["right"] or 0, p["base"]
    made = [f'<svg class="pic" viewBox="0 0 {p["width"]} {p["height"]}" role="group" aria-label="{escape(label)}">']
    for r in p["rows"]:
        made.append(
            f'<line class="ax" x1="{left}" x2="{right}" y1="{r["y"]}" y2="{r["y"]}"/>'
            f'<text text-anchor="end" x="{left + (6 if rtl else -6)}" y="{r["y"] + 4}">{num(r["value"])}</text>'
        )
    for x in p["labels"]:
        alt = ' class="at alt"' if x["alt"] else ' class="at"'
        made.append(f'<text text-anchor="middle" x="{x["x"]}" y="{base + 16}"{alt}>{escape(tempo[x["n"]]["short"])}</text>')
    for b in p["bars"]:
        made.append(f'<rect class="fill f-{b["family"]}" x="{b["x"]}" y="{b["y"]}" width="{b["w"]}" height="{b["h"]}"/>')
    for h in p["hits"]:
        if h["signal"]:
            made.append(f'<path class="sig" d="M{h["x"] + h["w"] / 2 - 5} 0h10l-5 8z"/>')
        if h["total"]:
            period = tempo[h["n"]]
            words = escape(f"{period['label']}: {count(h['total'], 'incident')}")
            made.append(
                f'<a href="{escape(period["href"])}" aria-label="{words}"><title>{words}</title>'
                f'<rect class="hit" x="{h["x"]}" y="{h["y"]}" width="{h["w"]}" height="{h["h"]}"/></a>'
            )
    return Markup("\n".join([*made, "</svg>"]))


def land(
    p: Data, areas: Mapping[str, Data], label: str, count: Callable[[int, str], str], num: Callable[[float], str]
) -> Markup:
    """A map with its units shaded and its points. p: the geometry (drawing.land); areas: unit -> `n`, `label`, `share`, `href`."""
    made = [
        f'<svg class="pic still" viewBox="0 0 {p["width"]} {p["height"]}" role="group" aria-label="{escape(label)}" direction="ltr">'
    ]
    for s in p["shapes"]:
        a = areas.get(s["name"])
        if a and a["n"]:
            words = escape(f"{a['label']}: {count(a['n'], 'incident')}")
            made.append(
                f'<a href="{escape(a["href"])}" aria-label="{words}"><title>{words}</title><path class="land" d="{s["d"]}"/>'
                f'<path class="land shade hit2" fill-opacity="{a["share"]}" d="{s["d"]}"/></a>'
            )
        else:
            made.append(f'<path class="land" d="{s["d"]}"/>')
    for c in p["points"]:
        words = escape(f"{c['label']}: {count(c['n'], 'incident')}")
        figure = (
            f'<text class="in" text-anchor="middle" x="{c["x"]}" y="{c["y"] + 4}">{num(c["n"])}</text>' if c["n"] > 1 else ""
        )
        made.append(
            f'<a href="{escape(c["href"])}" aria-label="{words}"><title>{words}</title>'
            f'<circle class="fill edge hit3 f-{c["family"]}" cx="{c["x"]}" cy="{c["y"]}" r="{c["r"]}"/>{figure}</a>'
        )
    return Markup("\n".join([*made, "</svg>"]))
