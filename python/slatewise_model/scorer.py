"""Scores lists and composes slates. Legend: B lists, S slots, K items of the longest, U distinct items, H history."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pyarrow as pa

from .arrays import starts_of
from .batch import Batch
from .click_graph import graph_indices
from .context import user_state
from .fields import Fields
from .list_features import list_features
from .memory import Memory, Users
from .slot_features import slot_features

FORMAT = 1
CHUNK = 512
# So many slots are scored at once where every candidate is a list.
MOST_BY_DEFAULT = 10


class Scorer:
    """An exported model, ready to score. One session of `threads` threads: make one in each process."""

    def __init__(self, folder, threads=1):
        folder = Path(folder)
        told = json.loads((folder / "features.json").read_text())
        if told["format"] != FORMAT:
            raise ValueError(f"{folder}: expected an export of format {FORMAT}, found {told['format']}; use its own module")
        encoders = told["encoders"]
        self.user_fields = Fields(encoders["user"], "user")
        self.request_fields = Fields(encoders["ranking"], "request")
        self.ranked_fields = Fields(encoders["rankedItem"], "listed")
        self.memory = Memory(folder, Fields(encoders["item"], "item"))
        self.history, self.list_length, self.graph = told["historyLength"], told["listLength"], told["graph"]
        self.columns = told["columns"]["slot"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(folder / "scorer.onnx"), options, ["CPUExecutionProvider"])
        self.inputs = {each.name for each in self.session.get_inputs()}
        self._neighbours = None

    def score(self, requests, users=None):
        """Each request's probabilities in the order of its items, expected clicks, and the probability of any click."""
        return [
            answer
            for start in range(0, len(requests), CHUNK)
            for answer in self._answers(self.batch(requests[start : start + CHUNK], users))
        ]

    def top(self, requests, size=None, users=None):
        """Slates of the candidates that are best alone, as the generator `top` makes them."""
        return self._composed(requests, size, users, self._worth_alone)

    def rerank(self, requests, size=None, users=None):
        """Slates of the candidates that are best on one page with all others, as the generator `rerank` makes them."""
        return self._composed(requests, size, users, lambda batch, sizes: self._flat(batch.page()))

    def batch(self, requests, users=None):
        """Requests as arrays. `users`: a table of those who ask, as `users.parquet`; else it is read."""
        ids = [str(request["user"]) for request in requests if request.get("user") is not None]
        known = self.memory.users(ids) if users is None else Users(users, self.memory.items)
        return Batch(requests, self.memory, known)

    def run(self, batch):
        """Outputs of the graph, [B, K] and [B]."""
        names = ["probabilities", "expected_clicks", "any_click", "logits"]
        feeds = self.feeds(batch)
        return dict(zip(names, self.session.run(names, {name: feeds[name] for name in self.inputs})))

    def feeds(self, batch):
        """All that a graph may read."""
        items, users = self.memory.items, batch.users
        ranked = self.ranked_fields.read(batch.item_fields)
        own = slot_features(batch, ranked)
        features = np.concatenate([own, self._compared(batch, own)], 1)
        history = {name: self._recent(batch, name) for name in ("clicked", "skipped")}
        nodes, node_items = self._graph(batch)
        known = np.unique(np.concatenate([batch.item, *(each.ravel() for each in history.values()), node_items.ravel()]))
        rows = known[(known >= 0) & (known < items.count)]
        place = np.full(items.count + 2, -1)
        place[rows] = np.arange(len(rows))
        # Items that are not known have a row each.
        unknown = list(dict.fromkeys(id for id, row in zip(batch.ids, batch.item) if row == items.count))
        extra = {id: len(rows) + at for at, id in enumerate(unknown)}
        slot_rows = place[batch.item]
        for slot in np.flatnonzero(batch.item == items.count):
            slot_rows[slot] = extra[batch.ids[slot]]
        described = np.concatenate([rows, np.full(len(unknown), items.count)])
        if len(described) == 0:
            described, unknown = np.array([items.count]), [""]
        lists = np.arange(batch.B)
        user_columns = self.user_fields.read([users.fields[at] for at in batch.user])
        request_columns = self.request_fields.read(batch.fields)
        feeds = {
            "list.items": batch.padded(slot_rows, -1),
            "list.positions": batch.padded(batch.positions),
            "list.features": batch.padded(features.astype(np.float32)),
            "list.missing": batch.missing,
            "list.time": batch.time,
            "user.id": np.array(batch.user_ids, object),
            "user.state": user_state(batch).astype(np.float32),
            "item.id": np.array([*(items.ids[at] for at in rows), *unknown], object),
            "list.neighbours": batch.padded(nodes, -1),
            "neighbour.items": place[node_items],
            **{f"user.{name}": place[each] for name, each in history.items()},
            **items.columns.feeds(described),
            **user_columns.feeds(lists),
            **request_columns.feeds(lists),
        }
        return feeds

    def _compared(self, batch, own):
        """What is compared within a list: some of the columns, what lists say of items, and the items' own numbers."""
        names = self.columns[: own.shape[1]]
        vocabularies = [each.name for each in self.memory.items.columns.fields.vocabularies]
        compared = ["item rate", "item lift", "expected rate", *(f"taste for {name}" for name in vocabularies)]
        compared += ["leaning", "similar to clicked", "nearest clicked"]
        at = [names.index(name) for name in compared]
        ranked = names.index("hours since shown") + 1
        width = self.ranked_fields.read([]).dense(np.zeros(0, np.int64)).shape[1]
        numbers = self.memory.items.columns.fields.numbers
        columns = [own[:, at], own[:, ranked : ranked + width], self.memory.items.dense[batch.item][:, :numbers]]
        return list_features(batch, np.concatenate(columns, 1), len(at))

    def _recent(self, batch, name):
        """[B, H] rows of items, latest first; what is not known any more is left out."""
        gone = self.memory.items.count
        rows = batch.users.recent[name].padded(batch.user, self.history, gone)
        order = np.argsort(rows == gone, axis=1, kind="stable")
        rows = np.take_along_axis(rows, order, 1)
        return np.where(rows == gone, -1, rows)

    def _graph(self, batch):
        if self.graph is None:
            return np.full((len(batch.ids), 0), -1), np.full((1, 0), -1)
        return graph_indices(batch, self.graph, self.neighbours())

    def neighbours(self):
        """What each user clicked last, as rows of items: read once, of models that see the click graph."""
        if self._neighbours is None:
            table = self.memory.user_table()
            row_of = self.memory.items.row_of
            clicked = table.column("clicked").to_pylist()
            self._neighbours = {
                id: [row if row < self.memory.items.count else -1 for row in row_of[np.array(rows, np.int64)]]
                for id, rows in zip(table.column("id").to_pylist(), clicked)
            }
        return self._neighbours

    def _flat(self, batch):
        """[S]: the probability of each item."""
        return self.run(batch)["probabilities"][batch.list, batch.place].astype(float)

    def _worth_alone(self, batch, sizes):
        return self._flat(batch.alone(sizes - 1))

    def _answers(self, batch):
        out = self.run(batch)
        for at in range(batch.B):
            probabilities = out["probabilities"][at, : batch.counts[at]].astype(float).tolist()
            order = batch.orders[at]
            if order is not None:
                probabilities = [value for _, value in sorted(zip(order, probabilities))]
            yield {
                "probabilities": probabilities,
                "expected_clicks": float(out["expected_clicks"][at]),
                "any_click": float(out["any_click"][at]),
            }

    def _composed(self, requests, size, users, worth_of):
        answers = []
        for start in range(0, len(requests), CHUNK):
            batch = self.batch(requests[start : start + CHUNK], users)
            asked = MOST_BY_DEFAULT if size is None else size
            sizes = np.minimum(batch.counts, min(asked, self.list_length) if size is None else asked)
            worth = worth_of(batch, sizes)
            # Within each list by worth; of equal ones the earlier.
            order = np.lexsort((batch.place, -worth, batch.list))
            starts = starts_of(batch.counts)
            chosen = np.concatenate([order[first : first + count] for first, count in zip(starts, sizes)])
            slate = batch.page(chosen, sizes)
            for ids, answer in zip(np.split(np.array(slate.ids, object), np.cumsum(sizes)[:-1]), self._answers(slate)):
                answers.append({"items": ids.tolist(), **answer})
        return answers


def users_table(rows, schema):
    """Rows of `users.parquet` as the table that `Scorer.score` takes."""
    return pa.Table.from_pylist(rows, schema)
