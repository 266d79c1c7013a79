"""Click rates and what they lead to expect, as the memory of Slatewise computes them."""

import numpy as np

PRIOR = 10.0
FIRST_GUESS = 0.1
TREND_SPAN = 86_400_000.0
POSITION_LIMIT = 256


def overall_rate(exposures, clicks):
    return (clicks + PRIOR * FIRST_GUESS) / (exposures + PRIOR)


def smoothed_rate(exposures, clicks, overall):
    return (clicks + PRIOR * overall) / (exposures + PRIOR)


def lift(clicks, expected):
    """Clicks per expected click, shrunk to 1."""
    return (clicks + 2.0) / (expected + 2.0)


def expected_rate(base, one_lift, other_lift=1.0):
    odds = (base / (1 - base)) * one_lift * other_lift
    return np.clip(odds / (1 + odds), 0.001, 0.98)


def log_odds(rate):
    return np.log(rate / (1 - rate))


def decay(times, now):
    return np.exp(-np.maximum(0.0, now - times) / TREND_SPAN)


def position_rates(memory):
    """Of each position that is counted."""
    overall = overall_rate(memory.exposures, memory.clicks)
    return smoothed_rate(memory.position_exposures, memory.position_clicks, overall)
