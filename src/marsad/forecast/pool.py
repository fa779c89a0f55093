"""The pool: members added up with weights that would have scored best on earlier cases, then recalibrated by level, and by the drift
of the newest outcomes. The default forecast.

Weights differ by lead and by stratum of the unit's recent level, and are learnt from the panel's own past by CRPS over log(1 + count),
which keeps one great war from deciding them all. Distributions stand on a lattice of counts that ends at BEYOND times the highest
count seen, so that nothing can explode. A unit with fewer than SHORT known periods gets the climatology, and a note that says so;
one with something in fewer than SPARSE periods too, unless the panel has FEW units or more.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from marsad.forecast import log_change, nb_ingarch, nb_regression
from marsad.forecast.atoms import Atoms, Floats
from marsad.forecast.climatology import Climatology
from marsad.forecast.combine import Form, form, weights
from marsad.forecast.conformal import maps, recalibrate
from marsad.forecast.drift import drift, shifted
from marsad.forecast.history import learnt_leads, level, newest, origins, outcomes, sample, stratum
from marsad.forecast.lattice import Lattice
from marsad.forecast.model import Model
from marsad.forecast.nb_ewma import NbEwma
from marsad.forecast.recent import Recent
from marsad.forecast.seasonal import Seasonal
from marsad.panel import Panel

MEMBERS: tuple[Model, ...] = (
    Recent(2), Recent(4), Seasonal(2, 24, 0.15), Seasonal(4, 24, 0.15), Seasonal(2, 24, 0.4), Seasonal(4, 24, 0.3),
    Seasonal(4, 24, 0.7), Seasonal(8, 36, 0.3), NbEwma(1), NbEwma(2.5), log_change, nb_ingarch, nb_regression,
)  # fmt: skip
STRATA = 6
SHORT, SPARSE, FEW = 6, 3, 10
MOST_UNITS, MOST_ORIGINS, NEWEST, START = 200, 36, 12, 5
OPEN = 14
"""Origins whose members' odds are held at a time."""
BORROWED = 60.0
"""Cases of all strata together that each stratum's own are joined by."""


class Learnt:
    """What one earlier origin teaches: a Form per stratum and learnt lead, and where each outcome fell in each member."""

    def __init__(
        self, forms: list[list[Form]], below: Floats, at: Floats, strata: np.ndarray, leads: np.ndarray, origin: int
    ) -> None:
        self.forms, self.below, self.at, self.strata, self.leads = forms, below, at, strata, leads
        self.origins = np.full(len(strata), origin)


class Said(NamedTuple):
    """What the members said at one origin: strata of units, which of them had enough known, and CDFs, units x leads x members x points."""

    strata: np.ndarray
    able: np.ndarray
    lattice: Lattice
    cdfs: Floats


class Pool:
    """shrink: how strongly weights are drawn to the prior. calibrated: whether the sum is recalibrated; follows: by drift too."""

    VERSION = "3"
    window = 1

    def __init__(
        self, members: Sequence[Model] = MEMBERS, *, shrink: float = 0.05, calibrated: bool = True, follows: bool = True, name: str = "pool"
    ) -> None:  # fmt: skip
        self.members, self.shrink, self.calibrated, self.follows, self.NAME = tuple(members), shrink, calibrated, follows, name
        self._kept: dict[bytes, Learnt] = {}
        self._open: dict[bytes, Said] = {}

    def predict(self, panel: Panel, leads: int) -> Atoms:
        """Atoms per unit and lead on one lattice."""
        asked = learnt_leads(leads)
        learn = sample(panel, MOST_UNITS)
        spread = {c for most in ([1], asked) for c in origins(panel, most, start=START, most=MOST_ORIGINS)}
        learnt = [self._learn(learn, origin, asked) for origin in sorted(spread)]
        table = self.weights(learnt, len(asked))
        lattice = Lattice.up_to(float(np.nanmax(panel.counts, initial=0.0)))
        now = level(panel.counts)
        strata = stratum(now)
        near = np.array([int(np.argmin([abs(np.log(c / lead)) for c in asked])) for lead in range(1, leads + 1)])
        total = self._sum(panel, leads, lattice, table[strata][:, near])
        if self.calibrated:
            late = {*newest(panel, max(asked) + NEWEST, start=START)} - spread if self.follows else set()
            newer = [self._learn(learn, origin, asked) for origin in sorted(late)]
            for n, remap in enumerate(self._maps(learnt, newer, table, asked, panel.periods - 1)):
                for s in range(STRATA):
                    cells = np.ix_(strata == s, near == n)
                    total[cells] = recalibrate(total[cells], remap[s])
        masses = np.diff(total, axis=2, prepend=0.0)
        return _with_short(panel, leads, Atoms(np.broadcast_to(lattice.points, masses.shape), masses))

    def _sum(self, panel: Panel, leads: int, lattice: Lattice, shares: Floats) -> Floats:
        """CDFs of the pool, units x leads x points. shares: units x leads x members. A member that has nothing to say of a unit
        leaves its share to the others."""
        total = np.zeros((len(panel), leads, len(lattice.points)))
        for k, member in enumerate(self.members):
            if shares[:, :, k].max() > 0:
                atoms = member.predict(panel, leads)
                for lead in range(1 if atoms.steady else leads):
                    here = np.cumsum(lattice.masses(atoms.values[:, lead], atoms.weights[:, lead]), axis=1)
                    if atoms.steady:
                        total += shares[:, :, k, None] * here[:, None, :]
                    else:
                        total[:, lead] += shares[:, lead, k, None] * here
        whole = total[:, :, -1:]
        return np.minimum(np.divide(total, whole, out=np.zeros_like(total), where=whole > 0), 1.0)

    def _learn(self, panel: Panel, origin: int, asked: list[int]) -> Learnt:
        """What an earlier origin teaches; kept, since earlier data do not change."""
        mark = _mark(panel, origin, origin + 1 + max(asked), asked)
        if mark not in self._kept:
            self._kept[mark] = self._case(panel, origin, asked)
        return self._kept[mark]

    def _case(self, panel: Panel, origin: int, asked: list[int]) -> Learnt:
        strata, able, lattice, cdfs = self._said(panel, origin, asked)
        outcome = outcomes(panel.counts, origin, asked)
        steps = lattice.step(np.minimum(np.nan_to_num(outcome), lattice.points[-1]))
        known = able[:, None] & ~np.isnan(outcome) & (cdfs[:, :, :, -1] > 0.99).all(axis=2)
        forms = []
        for s in range(STRATA):
            rows = [known[:, n] & (strata == s) for n in range(len(asked))]
            forms.append([form(cdfs[r, n], steps[r, n], lattice.log_width) for n, r in enumerate(rows)])
        unit, lead = np.nonzero(known)
        place = np.clip(np.searchsorted(lattice.points, outcome[unit, lead]), 0, len(lattice.points) - 1)
        at = cdfs[unit, lead, :, place]
        below = np.where(place[:, None] > 0, cdfs[unit, lead, :, np.maximum(place - 1, 0)], 0.0)
        return Learnt(forms, below, at, strata[unit], lead, origin)

    def _said(self, panel: Panel, origin: int, asked: list[int]) -> Said:
        """What the members said at an earlier origin; held while outcomes are still to come, so that it is not reckoned again for each."""
        mark = _mark(panel, origin, origin + 1, asked)
        if mark in self._open:
            return self._open[mark]
        then = panel.until(origin)
        now = level(then.counts)
        able = ~np.isnan(now) & ((~np.isnan(then.counts)).sum(axis=1) >= SHORT)
        lattice = Lattice.up_to(float(np.nanmax(then.counts, initial=0.0)))
        cdfs = np.stack([lattice.cdf(m.predict(then, max(asked)), asked) for m in self.members], axis=2)
        _stand_in(cdfs)
        said = Said(stratum(now), able, lattice, cdfs)
        if origin + max(asked) >= panel.periods:
            self._open[mark] = said
            while len(self._open) > OPEN:
                del self._open[next(iter(self._open))]
        return said

    def weights(self, learnt: list[Learnt], leads: int) -> Floats:
        """Weights by stratum, learnt lead and member; each lead learns from its neighbours too, each stratum a little from all."""
        size = len(self.members)
        table = np.empty((STRATA, leads, size))
        nothing = Form(np.zeros((size, size)), np.zeros(size), np.zeros(()), np.zeros(()))
        for n in range(leads):
            near = [0.5 ** abs(n - m) for m in range(leads)]
            own = [sum((x.forms[s][m].scaled(near[m]) for x in learnt for m in range(leads)), nothing) for s in range(STRATA)]
            together = sum(own, nothing).mean().scaled(BORROWED)
            for s in range(STRATA):
                table[s, n] = weights((own[s] + together).mean(), self.shrink)
        return table

    def _maps(self, learnt: list[Learnt], newer: list[Learnt], table: Floats, asked: list[int], now: int) -> list[Floats]:
        """What to say instead of a probability, by stratum, for each learnt lead: by level as `learnt` shows it, then by the drift
        that is left, of which `newer` origins tell too."""
        if not learnt:
            return []
        found = []
        for n, ahead in enumerate(asked):
            strata, low, high, _ = _fell(learnt, table, n)
            remap = maps(low, high, strata)
            found.append(remap)
            if not self.follows:
                continue
            strata, low, high, origin = _fell([*learnt, *newer], table, n)
            low, high = (_by_level(p, strata, remap) for p in (low, high))
            found[-1] = shifted(remap, drift(low, high, strata, origin, ahead, now))
        return found


def _mark(panel: Panel, origin: int, end: int, asked: list[int]) -> bytes:
    """A digest of what is asked of an origin and of the data up to `end`. Near the panel's end many origins share the data."""
    upto = panel.counts[:, :end]
    return blake2b(upto.tobytes() + repr((upto.shape, asked, panel.first, origin)).encode(), digest_size=16).digest()


def _fell(learnt: list[Learnt], table: Floats, lead: int) -> tuple[np.ndarray, Floats, Floats, np.ndarray]:
    """Cases of one lead: their strata, P(count < outcome) and P(count <= outcome) in the pool, and their origins."""
    below, at, strata, leads, origin = (
        np.concatenate([getattr(x, f) for x in learnt]) for f in ("below", "at", "strata", "leads", "origins")
    )
    here = leads == lead
    shares = table[strata[here], lead]
    return strata[here], (below[here] * shares).sum(axis=1), (at[here] * shares).sum(axis=1), origin[here]


def _by_level(said: Floats, strata: np.ndarray, table: Floats) -> Floats:
    told = np.array(said)
    for s in range(STRATA):
        told[strata == s] = recalibrate(said[strata == s], table[s])
    return told


def _stand_in(cdfs: Floats) -> None:
    """Where a member had nothing to say (too early for it), the mean of the others stands for it, so that it neither gains nor loses."""
    silent = cdfs[:, :, :, -1] < 0.5
    speaking = ~silent
    mean = (cdfs * speaking[..., None]).sum(axis=2) / np.maximum(speaking.sum(axis=2), 1)[..., None]
    cdfs[silent] = np.broadcast_to(mean[:, :, None, :], cdfs.shape)[silent]


def _with_short(panel: Panel, leads: int, made: Atoms) -> Atoms:
    """Units too short for the pool get the climatology on the same lattice, and a note; so do those too sparse, unless there are other
    units enough to learn from what quiet ones do: then the note says whose odds these are."""
    known, some = (~np.isnan(panel.counts)).sum(axis=1), (np.nan_to_num(panel.counts) > 0).sum(axis=1)
    short = (known < SHORT) | (made.weights.sum(axis=2) < 0.5).any(axis=1)
    sparse = ~short & (some < SPARSE)
    alone = sparse & (len(panel) < FEW)
    notes = {int(u): f"only {known[u]} periods are known, so this is the climatology of them" for u in np.flatnonzero(short)}
    for u in np.flatnonzero(sparse):
        whose = "this is the climatology" if alone[u] else "these are mostly the odds of other units as quiet"
        notes[int(u)] = f"something in only {some[u]} of {known[u]} known periods, so {whose}"
    plain = np.flatnonzero(short | alone)
    if len(plain) == 0:
        return Atoms(made.values, made.weights, notes)
    last = Climatology(12).predict(panel.rows(plain), leads)
    lattice = Lattice.up_to(float(np.nanmax(panel.counts, initial=0.0)))
    masses = np.array(made.weights)
    masses[plain] = lattice.masses(last.values[:, 0], last.weights[:, 0])[:, None, :]
    return Atoms(made.values, masses, notes)
