"""Questions that people ask of a forecast, answered from its atoms."""

from marsad.records import Forecast


def at_least(forecast: Forecast, k: float) -> float:
    """The probability that the count is `k` or more."""
    return float(min(1.0, sum(w for v, w in forecast.atoms if v >= k)))


def none(forecast: Forecast) -> float:
    """The probability that there is none."""
    return float(min(1.0, sum(w for v, w in forecast.atoms if v < 1)))


def more_than(forecast: Forecast, count: float) -> float:
    """The probability of more than `count`, as "more than last month"."""
    return float(min(1.0, sum(w for v, w in forecast.atoms if v > count)))


def mean(forecast: Forecast) -> float:
    """The mean of the distribution."""
    return float(sum(v * w for v, w in forecast.atoms))


def quantile(forecast: Forecast, level: float) -> float:
    """The least count that is not exceeded with probability `level`."""
    total = 0.0
    for value, weight in forecast.atoms:
        total += weight
        if total >= level - 1e-12:
            return value
    return forecast.atoms[-1][0]
