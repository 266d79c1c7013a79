"""Requests as arrays. Legend: B lists, S slots (all items of all lists, end to end), K items of the longest."""

import numpy as np

from .arrays import starts_of


def record_of(fields):
    """Fields as a dict, also where they are written as in a log: [{"name": ..., "value": ...}]."""
    if isinstance(fields, dict):
        return fields
    return {} if fields is None else {field["name"]: field["value"] for field in fields}


class Batch:
    """Lists in the order in which their items are shown. `missing`: how many items of each list are not known yet."""

    def __init__(self, requests, memory, users, missing=0):
        self.memory, self.users = memory, users
        lists = [shown(request["items"]) for request in requests]
        self.orders = [order for order, _ in lists]
        self.ids = [str(item["id"]) for (_, items) in lists for _, item in items]
        self.item_fields = [record_of(item.get("fields")) for (_, items) in lists for _, item in items]
        self.positions = np.array([position for (_, items) in lists for position, _ in items], np.int64)
        self.counts = np.array([len(items) for (_, items) in lists], np.int64)
        self.user_ids = [user_of(request) for request in requests]
        self.fields = [record_of(request.get("fields")) for request in requests]
        self.missing = np.full(len(requests), missing, np.float32)
        times = np.array([time_of_request(request) for request in requests], float)
        self.time = np.maximum(times, memory.clock)
        self.finish()

    def finish(self):
        self.B = len(self.counts)
        self.K = max(1, int(self.counts.max(initial=1)))
        self.list = np.repeat(np.arange(self.B), self.counts)
        self.place = np.arange(len(self.list)) - np.repeat(starts_of(self.counts), self.counts)
        self.item = self.memory.items.rows(self.ids)
        self.user = self.users.rows(self.user_ids)

    def padded(self, values, empty=0):
        """[S, ...] to [B, K, ...]."""
        out = np.full((self.B, self.K, *values.shape[1:]), empty, values.dtype)
        out[self.list, self.place] = values
        return out

    def alone(self, missing):
        """Every item as a list of its own, on the first place of a page of which so many other items are missing."""
        other = object.__new__(Batch)
        other.memory, other.users = self.memory, self.users
        other.ids, other.item_fields = self.ids, self.item_fields
        other.positions = np.zeros(len(self.ids), np.int64)
        other.counts = np.ones(len(self.ids), np.int64)
        other.user_ids = [self.user_ids[at] for at in self.list]
        other.fields = [self.fields[at] for at in self.list]
        other.missing = missing[self.list].astype(np.float32)
        other.time = self.time[self.list]
        other.orders = [None] * len(self.ids)
        other.finish()
        return other

    def page(self, slots=None, counts=None):
        """These slots, list by list, on the first places of each page; without any, all items as they stand."""
        slots = np.arange(len(self.ids)) if slots is None else slots
        counts = self.counts if counts is None else counts
        other = object.__new__(Batch)
        other.memory, other.users = self.memory, self.users
        other.ids = [self.ids[at] for at in slots]
        other.item_fields = [self.item_fields[at] for at in slots]
        other.counts = counts
        other.positions = np.arange(len(slots)) - np.repeat(starts_of(counts), counts)
        other.user_ids, other.fields, other.time = self.user_ids, self.fields, self.time
        other.missing = np.zeros(self.B, np.float32)
        other.orders = [None] * self.B
        other.finish()
        return other


def shown(items):
    """The order in which items are shown, None where it is the one given, and (position, item) in it."""
    placed = [(item.get("position"), at, item) for at, item in enumerate(items)]
    placed = [(at if position is None else int(position), at, item) for position, at, item in placed]
    if all(one[0] <= other[0] for one, other in zip(placed, placed[1:])):
        return None, [(position, item) for position, _, item in placed]
    placed.sort(key=lambda each: each[:2])
    return [at for _, at, _ in placed], [(position, item) for position, _, item in placed]


def time_of_request(request):
    time = request.get("timestamp", request.get("time"))
    if time is None:
        raise ValueError(f"request {request.get('id')}: expected a time in epoch milliseconds, found none; give \"time\"")
    return float(time)


def user_of(request):
    user = request.get("user")
    return "" if user is None else str(user)
