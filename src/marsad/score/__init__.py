"""Score: how good were the odds? Proper scores of weighted atoms, rolling-origin backtests, paired differences, the ledger.

from marsad import score
score.crps(values, weights, outcomes)       # arrays: ... x atoms, ... x atoms, ...
for window in score.rolling(panel, model, origins, leads): ...
"""

from marsad.score.backtest import Window, rolling
from marsad.score.binary import brier, calibration
from marsad.score.crps import crps, log_crps, tw_crps
from marsad.score.interval import coverage, interval_score, quantile
from marsad.score.ledger import Entry, Verdict, check_outlooks, settle
from marsad.score.logscore import ignorance
from marsad.score.paired import Difference, paired
from marsad.score.pit import by_chance, how_rare, pit, uniformity

VERSION = "1"
__all__ = [
    "VERSION", "Difference", "Entry", "Verdict", "Window", "brier", "by_chance", "calibration", "check_outlooks", "coverage", "crps", "how_rare", "ignorance",
    "interval_score", "log_crps", "paired", "pit", "quantile", "rolling", "settle", "tw_crps", "uniformity",
]  # fmt: skip
