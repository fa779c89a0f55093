"""Whose what is hit is, where an attack tells of no target: told by a pronoun, or by the site that it was beside."""

from marsad.read.mention import Mention
from marsad.read.scene import RIGHT, Scene
from marsad.records import Party

_THINGS = ("owned", "base", "forces", "arms_of_state")
"""Sets of words for what a force has and others hit."""


def whose_is_hit(scene: Scene) -> tuple[Party, ...]:
    """Whose what is hit is, where a pronoun says so ("a mine went off under one of its vehicles", «سيارة تابعة لها»): of those told
    before, the last."""
    for act in scene.acts:
        stop = min(scene.last, act.last + RIGHT)
        at = next((k for k in range(act.last, stop) if _may_be_theirs(scene, k) and _theirs(scene, k)), None)
        before = [m for m in scene.all if at is not None and m.last <= min(at, act.first) and m.side != "civil"]
        if before:
            return before[-1].parties
    return ()


def beside_whose(scene: Scene, at: int) -> tuple[Party, ...]:
    """Whose site the attack was beside ("a bomb went off near the offices of X"): of those told behind token `at`, the first."""
    behind = (m for m in scene.all if at <= m.first < min(scene.last, at + RIGHT) and m.first not in scene.sides)
    return next((m.parties for m in behind if _has_a_site(scene, m)), ())


def _has_a_site(scene: Scene, mention: Mention) -> bool:
    """Whether a word for a site stands with a party that is near: قرب مقر الحزب، "outside an army post"."""
    sent, near = scene.sent, scene.words["near"]
    if scene.lang == "ar":
        before = range(mention.first, mention.first - 3, -1)
        site = next((k for k in before if sent.in_set("beside", k, k + 1)), None)
        return site is not None and sent.form(site - 1) in near
    before, after = range(mention.first - 5, mention.first), (mention.last, mention.last + 1)
    site_beside = any(sent.in_set("beside", k, k + 1) for k in (*before, *after))
    return site_beside and any(sent.form(k) in near for k in before)


def _may_be_theirs(scene: Scene, at: int) -> bool:
    """A quick look: most Arabic words neither mean a thing nor tell whose one is."""
    if scene.lang == "en" or at in scene.sent.starting:
        return True
    return scene.sent.form(at).removeprefix("ال") in scene.words["of_unit"]


def _theirs(scene: Scene, at: int) -> bool:
    """Whether a pronoun at `at` says whose the thing is: on the noun itself, after "of" it, or before it in English."""
    sent = scene.sent
    if scene.lang == "en":
        return sent.form(at) in ("its", "their") and any(sent.in_set(s, at + 1, at + 4) for s in _THINGS)
    if sent.form(at).removeprefix("ال") in scene.words["of_unit"]:
        return sent.form(at + 1) in ("له", "لها", "لهم")
    return any(h.suffix in ("ه", "ها", "هم") and h.entry.value in _THINGS for h in sent.starts(at, "set"))
