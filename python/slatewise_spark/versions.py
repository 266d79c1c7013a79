"""Items as they were described at each moment, as numbers."""

import json
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq
from slatewise_model.fields import Fields, known_tokens

from .user_history import History  # noqa: F401  (workers load both at once)


class Versions:
    def __init__(self, folder, updates):
        from .memory_update import merged

        told = json.loads((Path(folder) / "features.json").read_text())
        table = pq.read_table(Path(folder) / "items.parquet", columns=["id", "fields"])
        records, times = [], {}
        latest = {}
        for id, fields in zip(table.column("id").to_pylist(), table.column("fields").to_pylist()):
            latest[id] = json.loads(fields)
            times[id] = [(-1, len(records))]
            records.append(latest[id])
        for id, time, fields in updates:
            latest[id] = merged(latest.get(id, {}), json.loads(fields))
            times.setdefault(id, [(-1, None)]).append((time, len(records)))
            records.append(latest[id])
        self.nothing = len(records)
        records.append({})
        columns = Fields(told["encoders"]["item"], "item").read(records)
        dense = columns.dense(range(len(records)))
        owner, token, weight, _, _ = known_tokens(columns)
        squares = [0.0] * len(records)
        tokens = [[] for _ in records]
        for at, one, heavy in zip(owner.tolist(), token.tolist(), weight.tolist()):
            tokens[at].append((one, heavy))
            squares[at] += heavy * heavy
        self.width = dense.shape[1]
        self.versions = [
            ([one for one, _ in own], [heavy / (total**0.5) for _, heavy in own], row.tolist())
            for own, total, row in zip(tokens, squares, dense)
        ]
        self.times = times

    def at(self, id, time):
        """The latest that was told up to a time."""
        known = self.nothing
        for since, row in self.times.get(id, ()):
            if since > time:
                break
            known = self.nothing if row is None else row
        return self.versions[known]


@lru_cache(maxsize=1)
def _cached(folder, updates):
    return Versions(folder, updates)


def versions_of(folder, updates):
    """Made once in each process."""
    return _cached(folder, tuple(updates))
