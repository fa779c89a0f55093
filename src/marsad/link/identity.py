"""Which name an incident bears, now and after it is linked again.

An incident keeps the id of the earlier incident with which it shares most statements, so that corrections, reviews and
links to it hold while reports are added. A new one is named after its founder: family, first report (by publication),
place and day.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from marsad.records import Incident, Statement


def successors(old: Iterable[Statement], new: Iterable[Statement]) -> dict[str, str]:
    """Old statement id -> the id of the new statement that says the same: of one report and class, with anchors that overlap
    most, of the same kind before another. For `link(renamed=...)` after a newer reader has read the reports again."""
    fresh: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in new:
        fresh[s.report, s.cls].append(s)
    same = {s.id for found in fresh.values() for s in found}
    found = {}
    for s in old:
        if s.id in same:
            found[s.id] = s.id
            continue
        ranked = [
            (min(s.anchor.end, n.anchor.end) - max(s.anchor.start, n.anchor.start), n.kind == s.kind, n.id)
            for n in fresh[s.report, s.cls]
        ]
        best = max((r for r in ranked if r[0] > 0), key=lambda r: (r[1], r[0], r[2]), default=None)
        if best is not None:
            found[s.id] = best[2]
    return found


def kept(groups: Sequence[Collection[str]], earlier: Iterable[Incident], renamed: Mapping[str, str]) -> dict[int, Incident]:
    """Index of a group -> the earlier incident that it goes on as; each at most once, the largest overlap first."""
    home = {statement: n for n, group in enumerate(groups) for statement in group}
    shared: dict[tuple[int, str], int] = defaultdict(int)
    known = {i.id: i for i in earlier}
    for incident in known.values():
        for statement in incident.statements:
            n = home.get(renamed.get(statement, statement))
            if n is not None:
                shared[n, incident.id] += 1
    taken: dict[int, Incident] = {}
    used: set[str] = set()
    for (n, name), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0][1], min(groups[item[0][0]]))):
        if n not in taken and name not in used:
            taken[n] = known[name]
            used.add(name)
    return taken


def name(parts: Sequence[str], used: Collection[str]) -> str:
    """A new id from what founds the incident. Where two share all of it (two bombs in one town), the second is numbered."""
    for n in range(len(used) + 1):
        digest = hashlib.sha256("\x1f".join([*parts, str(n)]).encode("utf-8", "surrogatepass")).hexdigest()
        if (given := f"i-{digest[:16]}") not in used:
            return given
    raise AssertionError("more names than incidents")
