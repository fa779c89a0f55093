"""Pairs -> groups: the best match first, and never two that rule each other out."""

from collections.abc import Sequence

from marsad.link.block import pairs
from marsad.link.clues import Clue
from marsad.link.compare import compare


def groups(clues: Sequence[Clue]) -> list[list[int]]:
    """Indices of `clues` (in order of statement id), each in exactly one group.

    Greedy agglomeration over the matches in falling order of points, ties by statement id: two groups are joined unless some
    statement of the one rules out some statement of the other. So a vague report cannot chain two sharp ones that differ.
    """
    matches = []
    for i, j in pairs(clues):
        match = compare(clues[i], clues[j])
        if match.holds:
            matches.append((-match.points, i, j))
    home = list(range(len(clues)))
    members: dict[int, list[int]] = {n: [n] for n in home}
    for _, i, j in sorted(matches):
        a, b = home[i], home[j]
        if a == b or _clash(clues, members[a], members[b]):
            continue
        keep, drop = (a, b) if len(members[a]) >= len(members[b]) else (b, a)
        for n in members[drop]:
            home[n] = keep
        members[keep] += members.pop(drop)
    return [sorted(m) for m in members.values()]


def _clash(clues: Sequence[Clue], left: Sequence[int], right: Sequence[int]) -> bool:
    return any(compare(clues[i], clues[j]).ruled_out for i in left for j in right)
