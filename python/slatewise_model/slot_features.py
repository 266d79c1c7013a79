"""What is known of each shown item for this user, before it is compared with its list. Legend: S slots."""

import numpy as np

from .rates import POSITION_LIMIT, decay, expected_rate, lift, log_odds, overall_rate, position_rates, smoothed_rate

TASTE_PRIOR = 4.0
LEANINGS = 16
NEAREST = 10


def slot_features(batch, ranked):
    """[S, columns] in the order of the export; `ranked` are the columns read of the items in their lists."""
    memory = batch.memory
    slots = np.arange(len(batch.ids))
    now = batch.time[batch.list]
    rates = rate_columns(batch, now)
    tastes, similar = taste_columns(batch)
    leanings = leaning_columns(batch)
    seen = seen_columns(batch, now)
    ranked_dense = ranked.dense(slots)
    item_ages = memory.items.columns.ages(batch.item, now)
    parts = [rates, tastes, leanings, similar, nearest_columns(batch), seen, ranked_dense, item_ages, ranked.ages(slots, now)]
    return np.concatenate(parts, 1)


def rate_columns(batch, now):
    memory, items, users = batch.memory, batch.memory.items, batch.users
    overall = overall_rate(memory.exposures, memory.clicks)
    item, user = batch.item, batch.user[batch.list]
    exposures, clicks = items.exposures[item], items.clicks[item]
    rate = smoothed_rate(exposures, clicks, overall)
    item_lift = lift(clicks, items.expected[item])
    user_lift = lift(users.clicks[user], users.expected[user])
    fade = decay(items.decayed_at[item], now)
    trend = smoothed_rate(items.recent_exposures[item] * fade, items.recent_clicks[item] * fade, rate)
    base = position_rates(memory)[np.minimum(batch.positions, POSITION_LIMIT - 1)]
    columns = [
        log_odds(rate) - log_odds(overall),
        np.log(item_lift),
        log_odds(trend) - log_odds(rate),
        np.log1p(exposures),
        log_odds(expected_rate(base, user_lift, item_lift)),
    ]
    return np.stack(columns, 1)


def taste_columns(batch):
    """Mean and best taste for the values of each vocabulary; and how like the clicked and the skipped items an item is."""
    items, users = batch.memory.items, batch.users
    vocabularies = len(items.columns.fields.vocabularies)
    S = len(batch.ids)
    slot, token = items.tokens.of(batch.item)
    _, weight = items.weights.of(batch.item)
    _, vocabulary = items.vocabularies.of(batch.item)
    user = batch.user[batch.list]
    at = users.tastes.places(user[slot] * users.token_count + token)

    def told(name):
        values = users.taste[name]
        return np.where(at >= 0, values[at], 0.0) if len(values) else np.zeros(len(at))

    shrunk = told("residuals") / (told("exposures") + TASTE_PRIOR)
    cell = slot * vocabularies + vocabulary
    sums = np.bincount(cell, shrunk, S * vocabularies)
    counts = np.bincount(cell, minlength=S * vocabularies)
    best = np.zeros(S * vocabularies)
    np.maximum.at(best, cell, shrunk)
    tastes = np.stack([sums / np.maximum(counts, 1), best], 1).reshape(S, 2 * vocabularies)
    clicked = np.bincount(slot, told("clicked") * weight, S) / (users.clicks[user] + 2)
    skipped = np.bincount(slot, told("skipped") * weight, S) / (users.exposures[user] - users.clicks[user] + 2)
    return tastes, np.stack([clicked, skipped], 1)


def leaning_columns(batch):
    """How far the user's clicks lean towards the item's side of each number: all of them together, and the first by themselves."""
    items, users = batch.memory.items, batch.users
    user = batch.user[batch.list]
    weight = 1 / (users.exposures[user] + TASTE_PRIOR)
    leanings = users.leanings[user] * weight[:, None] * items.dense[batch.item]
    count = min(LEANINGS, items.columns.fields.numbers)
    return np.concatenate([leanings.sum(1, keepdims=True), leanings[:, :count]], 1)


def nearest_columns(batch):
    """Cosine with the nearest of the items that the user clicked, and skipped, last; but the item itself."""
    items = batch.memory.items
    parts = []
    for name in ("clicked", "skipped"):
        recent = batch.users.recent[name].padded(batch.user, NEAREST, items.count)
        owner = np.repeat(np.arange(batch.B), NEAREST)
        cosine = cosines(batch, owner, recent.reshape(-1)).reshape(batch.B, NEAREST, batch.K)
        shown = batch.padded(batch.item, -1)
        cosine[(recent[:, :, None] == shown[:, None, :])] = 0.0
        parts.append(np.maximum(cosine.max(1), 0.0)[batch.list, batch.place])
    return np.stack(parts, 1)


def cosines(batch, lists, rows):
    """[n, K]: cosines of items with those of a list each."""
    items = batch.memory.items
    vector, token = items.tokens.of(rows)
    _, weight = items.weights.of(rows)
    entries = list_entries(batch)
    asked, found = entries.lookup.pairs(lists[vector] * entries.token_count + token)
    cell = vector[asked] * batch.K + batch.place[entries.slot[found]]
    return np.bincount(cell, weight[asked] * entries.weight[found], len(rows) * batch.K).reshape(len(rows), batch.K)


class ListEntries:
    """The tokens of all items of a batch, found by their list."""

    def __init__(self, batch):
        from .arrays import Lookup

        items = batch.memory.items
        self.token_count = max(1, items.token_count)
        self.slot, token = items.tokens.of(batch.item)
        _, self.weight = items.weights.of(batch.item)
        self.lookup = Lookup(batch.list[self.slot] * self.token_count + token)


def list_entries(batch):
    if not hasattr(batch, "entries"):
        batch.entries = ListEntries(batch)
    return batch.entries


def seen_columns(batch, now):
    users = batch.users
    at = users.seen.places(batch.user[batch.list] * users.item_count + batch.item)
    is_seen = at >= 0

    def told(name):
        values = users.seen_numbers[name]
        return np.where(is_seen, values[at], 0.0) if len(values) else np.zeros(len(at))

    shown, clicked = told("shown"), told("clicked")
    hours = np.maximum(0.0, now - told("at")) / 3_600_000
    columns = [np.log1p(shown), np.log1p(clicked), np.log1p(np.maximum(0.0, shown - clicked)), np.where(is_seen, 1 / (1 + hours), 0.0)]
    return np.stack(columns, 1)
