"""The users who clicked an item before, sampled as Slatewise samples them, and what they had clicked."""

import numpy as np

U32 = np.uint64(0xFFFFFFFF)


def mix(value):
    """A 32-bit finaliser (MurmurHash3), on 64-bit words."""
    h = value & U32
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(0x85EBCA6B)) & U32
    h = ((h ^ (h >> np.uint64(13))) * np.uint64(0xC2B2AE35)) & U32
    return (h ^ (h >> np.uint64(16))) & U32


def unsigned(values):
    return np.asarray(values, np.int64).astype(np.uint64) & U32


def sampled_clickers(batch, graph, clickers):
    """[S, F] ids of users, None where there are fewer. `clickers` are the lists of each item, latest first."""
    fan_out = graph["fanOut"]
    rows = [clickers.values[clickers.starts[at] : clickers.starts[at] + clickers.counts[at]] for at in batch.item]
    seconds = np.mod(batch.time[batch.list], float(0x7FFFFFFF)).astype(np.int64)
    number = batch.memory.items.number[batch.item]
    seed = mix(unsigned([graph["seed"]]))[0]
    keys = mix(mix(seed ^ unsigned(number)) ^ mix(unsigned(seconds)))
    chosen = np.full((len(rows), fan_out), None, object)
    for slot, ids in enumerate(rows):
        if len(ids) <= fan_out:
            chosen[slot, : len(ids)] = ids
            continue
        left, random = list(ids), keys[slot]
        count = max(fan_out, graph.get("redrawFrom") or 0)
        for at in range(min(count, len(left))):
            random = mix(random + np.uint64(at))
            other = at + int(random) % (len(left) - at)
            left[at], left[other] = left[other], left[at]
        chosen[slot] = left[:fan_out]
    return chosen


def graph_indices(batch, graph, neighbours):
    """Nodes of each slot [S, F], -1 where there are fewer; and the item rows of each node [V, G], -1 likewise."""
    chosen = sampled_clickers(batch, graph, batch.memory.items.clickers)
    node_of, lists = {}, []
    nodes = np.full(chosen.shape, -1)
    for slot, f in np.argwhere(chosen != None):  # noqa: E711, elementwise
        id = chosen[slot, f]
        if id not in node_of:
            clicked = neighbours.get(id)
            if clicked is None:
                continue
            node_of[id] = len(lists)
            lists.append(clicked[: graph["clicks"]])
        nodes[slot, f] = node_of[id]
    items = np.full((max(1, len(lists)), graph["clicks"]), -1)
    for at, clicked in enumerate(lists):
        items[at, : len(clicked)] = clicked
    return nodes, items
