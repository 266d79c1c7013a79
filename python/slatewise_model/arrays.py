"""Lists of different lengths end to end, and questions to them by the thousand."""

import numpy as np


def ranges(starts, counts):
    """Indices of several ranges end to end: starts[0], starts[0] + 1, ... for counts[0] of them, and so on."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def starts_of(counts):
    """Where each of several ranges begins when they lie end to end."""
    starts = np.zeros(len(counts), np.int64)
    np.cumsum(counts[:-1], out=starts[1:])
    return starts


class Lists:
    """One list per row, end to end."""

    def __init__(self, counts, values):
        self.counts = np.asarray(counts, np.int64)
        self.starts = starts_of(self.counts)
        self.values = values

    def of(self, rows):
        """Which of the rows asked for each value belongs to, and the values: (row, value)."""
        counts = self.counts[rows]
        return np.repeat(np.arange(len(rows)), counts), self.values[ranges(self.starts[rows], counts)]

    def padded(self, rows, width, empty):
        """[rows, width]: the first values of each row, `empty` behind them."""
        counts = np.minimum(self.counts[rows], width)
        out = np.full((len(rows), width), empty, self.values.dtype)
        out[np.arange(width) < counts[:, None]] = self.values[ranges(self.starts[rows], counts)]
        return out


class Lookup:
    """Where whole numbers stand among others."""

    def __init__(self, keys):
        self.order = np.argsort(keys, kind="stable")
        self.keys = keys[self.order]

    def places(self, asked):
        """Index of each key asked for; -1 where it is not there."""
        if len(self.keys) == 0:
            return np.full(len(asked), -1)
        at = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        return np.where(self.keys[at] == asked, self.order[at], -1)

    def pairs(self, asked):
        """All matches: which of those asked for, and where it stands, in the order of the question."""
        low = np.searchsorted(self.keys, asked, "left")
        counts = np.searchsorted(self.keys, asked, "right") - low
        return np.repeat(np.arange(len(asked)), counts), self.order[ranges(low, counts)]
