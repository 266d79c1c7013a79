"""What was known when the model was exported: its items, the users asked for, and its sums."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .arrays import Lists, Lookup
from .fields import known_tokens


class Items:
    """Every item as it is described and counted; one more row stands for all that are not known."""

    def __init__(self, table, fields):
        self.ids = table.column("id").to_pylist()
        self.index = {}
        numbers = table.column("item").to_numpy()
        self.count = len(self.ids)
        # By number, since users tell items by it.
        self.row_of = np.full(int(numbers.max(initial=-1)) + 2, self.count)
        self.row_of[numbers] = np.arange(self.count)
        self.index = {id: at for at, id in enumerate(self.ids)}
        self.number = np.append(numbers, -1)
        for name in ("exposures", "clicks", "expected", "recent_exposures", "recent_clicks", "decayed_at"):
            setattr(self, name, np.append(table.column(name).to_numpy().astype(float), 0.0))
        self.columns = fields.read([json.loads(text) for text in table.column("fields").to_pylist()] + [{}])
        self.dense = self.columns.dense(np.arange(self.count + 1))
        owner, token, weight, vocabulary, self.token_count = known_tokens(self.columns)
        squares = np.bincount(owner, weight * weight, self.count + 1)
        counts = np.bincount(owner, minlength=self.count + 1)
        self.tokens = Lists(counts, token)
        self.weights = Lists(counts, weight / np.sqrt(squares)[owner])
        self.vocabularies = Lists(counts, vocabulary)
        self.clickers = list_column(table, "clickers", as_objects=True)

    def rows(self, ids):
        """Rows of ids; that of the unknown ones for all others."""
        return np.fromiter((self.index.get(id, self.count) for id in ids), np.int64, len(ids))


class Users:
    """Some users, and nobody as the last row."""

    def __init__(self, table, items):
        n = table.num_rows
        self.ids = table.column("id").to_pylist()
        self.index = {id: at for at, id in enumerate(self.ids)}
        self.nobody = n
        for name in ("exposures", "clicks", "expected", "last_impression", "session_impressions"):
            empty = -1.0 if name == "last_impression" else 0.0
            setattr(self, name, np.append(table.column(name).to_numpy().astype(float), empty))
        self.fields = [json.loads(text) for text in table.column("fields").to_pylist()] + [{}]
        leanings = list_column(table, "leanings")
        width = items.dense.shape[1]
        self.leanings = np.zeros((n + 1, width))
        if width:
            self.leanings[:n] = leanings.padded(np.arange(n), width, 0.0)
        tokens = list_column(table, "taste_tokens")
        self.token_count = max(1, items.token_count)
        self.tastes = Lookup(np.repeat(np.arange(n), tokens.counts[:n]) * self.token_count + tokens.values)
        self.taste = {
            name: list_column(table, f"taste_{name}").values for name in ("exposures", "residuals", "clicked", "skipped")
        }
        seen = list_column(table, "seen_items")
        self.item_count = items.count + 1
        rows = items.row_of[seen.values] if len(seen.values) else seen.values
        self.seen = Lookup(np.repeat(np.arange(n), seen.counts[:n]) * self.item_count + rows)
        self.seen_numbers = {name: list_column(table, f"seen_{name}").values for name in ("shown", "clicked", "at")}
        self.recent = {}
        for name in ("clicked", "skipped"):
            lists = list_column(table, name)
            self.recent[name] = Lists(lists.counts, items.row_of[lists.values] if len(lists.values) else lists.values)

    def rows(self, ids):
        return np.fromiter((self.index.get(id, self.nobody) for id in ids), np.int64, len(ids))


def list_column(table, name, as_objects=False):
    """A column of lists; one empty list more, of whoever is not known."""
    column = table.column(name).combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    counts = np.append(np.diff(column.offsets.to_numpy()), 0)
    flat = column.flatten()
    return Lists(counts, flat.to_numpy(zero_copy_only=False).astype(object) if as_objects else flat.to_numpy())


class Memory:
    """The tables of an export."""

    def __init__(self, folder, item_fields):
        self.folder = Path(folder)
        sums = json.loads((self.folder / "memory.json").read_text())
        self.clock = -np.inf if sums["clock"] is None else float(sums["clock"])
        self.exposures, self.clicks = sums["exposures"], sums["clicks"]
        places = 256
        self.position_exposures = padded(sums["positionExposures"], places)
        self.position_clicks = padded(sums["positionClicks"], places)
        self.items = Items(pq.read_table(self.folder / "items.parquet"), item_fields)
        self._table = None
        self._row = None

    def user_table(self):
        """All users, read when they are first asked for."""
        if self._table is None:
            self._table = pq.read_table(self.folder / "users.parquet").combine_chunks()
            self._row = {id: at for at, id in enumerate(self._table.column("id").to_pylist())}
        return self._table

    def users(self, ids):
        """Those of these ids that are known."""
        table = self.user_table()
        rows = [self._row[id] for id in dict.fromkeys(ids) if id in self._row]
        return Users(table.take(pa.array(rows, pa.int64())), self.items)


def padded(values, length):
    out = np.zeros(length)
    out[: len(values)] = values[:length]
    return out
