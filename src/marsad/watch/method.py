"""What every method hands back, and the baseline that most of them measure against."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

from marsad.panel import Panel
from marsad.records import Params
from marsad.watch import nb
from marsad.watch.words import Both

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Worth(NamedTuple):
    """What a method is worth on one series: false alarms per period, and the smallest ratio seen (nb.POWER in nb.AHEAD periods)."""

    rate: float
    seen: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """Sums over the periods that each period is compared with: `n` values, their `total` and sum of `squares` (units x periods)."""

    n: Floats
    total: Floats
    squares: Floats

    @classmethod
    def of(cls, counts: Floats, window: int, gap: int = 0) -> "Baseline":
        """The `window` periods that end `gap` periods before each one: a gap keeps a rise out of its own baseline."""
        known = ~np.isnan(counts)
        values = np.where(known, counts, 0.0)

        def trailing(x: Floats) -> Floats:
            sums = np.concatenate([np.zeros((len(x), 1)), np.cumsum(x, axis=1)], axis=1)
            here = np.arange(x.shape[1])
            end, start = np.maximum(here - gap, 0), np.maximum(here - gap - window, 0)
            return np.asarray(sums[:, end] - sums[:, start])

        return cls(trailing(known.astype(np.float64)), trailing(values), trailing(values**2))

    def moments(self) -> tuple[Floats, Floats]:
        """(mean, k) of each baseline."""
        return nb.moments(self.total, self.squares, self.n)


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What a method made of a panel; arrays are units x periods.

    p: NaN where there is none. tested: where the method could say anything. began: the first period that each observation covers, by default itself.
    links: further evidence. worth: (row, column) -> Worth. tell: (row, column) -> headline.
    """

    name: str
    version: str
    params: Params
    observed: Floats
    expected: Floats
    p: Floats
    alarm: Bools
    tested: Bools
    baseline: Baseline
    worth: Callable[[int, int], Worth]
    tell: Callable[[int, int], Both]
    began: NDArray[np.int64] | None = None
    links: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    def start(self, row: int, column: int) -> int:
        """The first period that an observation covers."""
        return column if self.began is None else int(self.began[row, column])


class Method(Protocol):
    """A method by name, or your own: anything with a NAME and a `scan` that takes a panel."""

    NAME: str

    def scan(self, panel: Panel, /) -> Scan:
        """Look at every period of every unit, each with what came before it only."""
        ...


def effect(observed: float, over: int, total: float, n: float, k: float) -> tuple[float, float, float] | None:
    """Ratio of the rate now to the rate before: low, best, high (90%).

    Two gamma posteriors (Jeffreys) whose ratio is F distributed; overdispersion makes each incident worth 1/phi, phi = 1 + mean/k.
    """
    if n <= 0:
        return None
    mean = total / n
    phi = 1.0 + mean / k
    now, before = observed / phi + 0.5, total / phi + 0.5
    scale = (now / over) / (before / n)
    low, high = fdtri(2 * now, 2 * before, 0.05) * scale, fdtri(2 * now, 2 * before, 0.95) * scale
    best = (observed / over) / mean if mean > 0 else (now / over) / (before / n)
    return float(min(low, best)), float(best), float(max(high, best))
