"""What is known of the user before the list. Legend: B lists."""

import numpy as np

from .rates import lift, log_odds, overall_rate, smoothed_rate

SESSION_GAP = 30 * 60_000.0


def user_state(batch):
    """[B, 8]; the last column is of the list alone."""
    memory, users = batch.memory, batch.users
    user = batch.user
    overall = overall_rate(memory.exposures, memory.clicks)
    exposures, clicks = users.exposures[user], users.clicks[user]
    last = users.last_impression[user]
    was_here = last >= 0
    gap = np.maximum(0.0, batch.time - last)
    goes_on = was_here & (gap < SESSION_GAP)
    columns = [
        log_odds(smoothed_rate(exposures, clicks, overall)) - log_odds(overall),
        np.log(lift(clicks, users.expected[user])),
        np.log1p(exposures),
        np.log1p(clicks),
        np.where(goes_on, np.log1p(users.session_impressions[user]), 0.0),
        np.where(was_here, 1 / (1 + gap / 3_600_000), 0.0),
        np.where(was_here, 0.0, 1.0),
        np.log(np.maximum(1, batch.counts)),
    ]
    return np.stack(columns, 1)
