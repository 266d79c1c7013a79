"""Columns that compare an item with the rest of its list. Legend: B lists, K items of the longest."""

import numpy as np

from .slot_features import cosines


def list_features(batch, columns, alike_from):
    """
    For each of the columns [S, C] the difference to the list's mean and the rank in the list; for those from `alike_from` on the
    same among the items that are like this one; and the mean and the largest likeness.
    """
    there = batch.padded(np.ones(len(batch.list), bool), False)
    pairs = there[:, :, None] & there[:, None, :] & ~np.eye(batch.K, dtype=bool)
    others = np.maximum(1, batch.counts - 1)[:, None]
    is_single = (batch.counts == 1)[:, None]
    like = likeness(batch)
    weight = like.sum(2)
    parts = []
    below_of = {}
    for at in range(columns.shape[1]):
        value = batch.padded(columns[:, at])
        mean = value.sum(1, keepdims=True) / np.maximum(1, batch.counts)[:, None]
        below = (value[:, None, :] < value[:, :, None]) & pairs
        above = (value[:, None, :] > value[:, :, None]) & pairs
        lead = below.sum(2) - above.sum(2)
        parts += [value - mean, np.where(is_single, 0.5, (others + lead) * 0.5 / others)]
        if at >= alike_from:
            below_of[at] = (value, below + 0.5 * (pairs & ~below & ~above))
    has = weight > 0
    divisor = np.where(has, weight, 1.0)
    for value, share in below_of.values():
        difference = (like * (value[:, :, None] - value[:, None, :])).sum(2)
        parts += [np.where(has, difference / divisor, 0.0), np.where(has, (like * share).sum(2) / divisor, 0.5)]
    parts += [weight / others, like.max(2, initial=0.0)]
    return np.stack(parts, 2)[batch.list, batch.place]


def likeness(batch):
    """[B, K, K]: cosines of the values of all pairs of items of a list; 0 of an item with itself."""
    flat = cosines(batch, batch.list, batch.item)
    like = batch.padded(flat)
    like[:, np.arange(batch.K), np.arange(batch.K)] = 0.0
    return like
