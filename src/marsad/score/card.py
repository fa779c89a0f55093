"""Model cards: what a forecaster is, on what data it was tried, how it scored, and where it failed (after Mitchell et al. 2019)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from marsad.score.summary import Row, Scores


class Failure(NamedTuple):
    """A unit and window where a model did worst. lost: CRPS beyond the base's, summed over leads."""

    unit: str
    origin: str
    came: float
    crps: float
    lost: float


def failures(scored: Scores, base: Scores, units: Sequence[str], most: int = 8) -> list[Failure]:
    """The units and windows where the model lost most against `base`."""
    lost = np.nansum(scored.crps - base.crps, axis=2)
    total, came = np.nansum(scored.crps, axis=2), np.nansum(scored.outcomes, axis=2)
    order = np.argsort(-lost, axis=None, kind="stable")[:most]
    found = [np.unravel_index(i, lost.shape) for i in order]
    return [
        Failure(units[u], scored.origins[w], float(came[w, u]), float(total[w, u]), float(lost[w, u]))
        for w, u in found if lost[w, u] > 0
    ]  # fmt: skip


def card(
    about: str, version: str, cut: str, leads: Sequence[int], rows: Sequence[Row], failed: Sequence[Failure], base: str
) -> str:
    """The card in Markdown. about: what the model is; cut: the data it was tried on; rows: of this model only."""
    name = rows[0].model
    lines = [
        f"# {name} (version {version})", "", about.strip(), "", f"**Data cut.** {cut}. Leads {min(leads)} to {max(leads)}; each forecast saw only what lay before its origin.", "",
        f"**Scores** against {base}; gains with 90% intervals of a bootstrap over units; less is better for CRPS.", "",
        "| stratum | cases | CRPS | gain | log-CRPS | gain | 90% interval covers | PIT off uniform by | by chance up to |", "|---|---|---|---|---|---|---|---|---|",
        *(f"| {r.stratum} | {r.cases} | {r.crps.mean:.4g} | {r.crps.words} | {r.log_crps.mean:.4g} | {r.log_crps.words} | {r.coverage:.1%} | {r.ks:.3f} | {r.chance:.3f} |" for r in rows if r.cases),
        "", "By chance: what right odds exceed in one of twenty such backtests, whose outcomes go together.", "", f"**Failures.** Where it lost most against {base}:", "",
    ]  # fmt: skip
    if failed:
        lines += ["| unit | origin | came in all | CRPS in all | more than the base's by |", "|---|---|---|---|---|"]
        lines += [f"| {f.unit} | {f.origin} | {f.came:.4g} | {f.crps:.4g} | {f.lost:.4g} |" for f in failed]
    else:
        lines.append(f"In no unit and window was it worse than {base}.")
    lines += [
        "",
        "**Not for** decisions about persons, places smaller than the units above, or periods beyond these leads.",
        "",
    ]
    return "\n".join(lines)
