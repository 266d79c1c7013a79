"""Records what PyTorch says about single layers, for test/layers-fixture.test.ts.

    python bench/peers/layers_fixture.py > test/fixtures/layers.json

GRU and LSTM are torch.nn's cells; graph attention, pointer attention and set attention are written out in plain tensor formulas, so that nothing but autograd and
softmax is taken on trust. Everything is float64. Needs torch (the version is stored in the fixture). Users and `npm test` never run this.

Legend: B batch, K slate, I input width, D width, H heads, E = D / H, F neighbours, M inducing vectors.
"""

import json
import math
import sys

import torch

B, K, I, D, H, F, M, INNER = 2, 4, 3, 6, 2, 3, 2, 5
E = D // H
MASK = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]], dtype=torch.float64)
NEIGHBOURS = torch.tensor([[1, 1, 1], [1, 0, 1], [0, 0, 0], [1, 1, 0]], dtype=torch.float64)


class Draw:
    """Named leaves: what a case is fed, and what gets a gradient."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.leaves = {}

    def __call__(self, name, *shape, around=0.0):
        values = torch.randn(shape, generator=self.generator, dtype=torch.float32) * 0.7 + around
        self.leaves[name] = values.to(torch.float64).requires_grad_()
        return self.leaves[name]

    def linear(self, name, inputs, outputs):
        weight, bias = self(f"{name}.weight", inputs, outputs), self(f"{name}.bias", outputs)
        return lambda x: x @ weight + bias

    def norm(self, name):
        gain, bias = self(f"{name}.gain", D, around=1.0), self(f"{name}.bias", D)

        def apply(x):
            centred = x - x.mean(-1, keepdim=True)
            return centred / torch.sqrt((centred**2).mean(-1, keepdim=True) + 1e-5) * gain + bias

        return apply


def gru(draw, reverse):
    cell = torch.nn.GRUCell(I, D, dtype=torch.float64)
    inputs, state = draw("input.weight", I, 3 * D), draw("state", D, 3 * D)
    bias, state_bias = draw("input.bias", 3 * D), draw("stateBias", 3 * D)
    leaves = {"weight_ih": inputs.T, "weight_hh": state.T, "bias_ih": bias, "bias_hh": state_bias}
    x, h, states = draw("xBKI", B, K, I), torch.zeros(B, D, dtype=torch.float64), [None] * K
    for k in reversed(range(K)) if reverse else range(K):
        present = MASK[:, k : k + 1]
        h = present * torch.func.functional_call(cell, leaves, (x[:, k], h)) + (1 - present) * h
        states[k] = present * h
    return torch.cat([torch.stack(states, 1), h[:, None]], 1)


def lstm(draw):
    cell = torch.nn.LSTMCell(I, D, dtype=torch.float64)
    leaves = {
        "weight_ih": draw("input.weight", I, 4 * D).T,
        "weight_hh": draw("state", D, 4 * D).T,
        "bias_ih": draw("input.bias", 4 * D),
        "bias_hh": torch.zeros(4 * D, dtype=torch.float64),
    }
    state = (draw("xBI", B, I), (draw("hiddenBD", B, D), draw("memoryBD", B, D)))
    return torch.stack(torch.func.functional_call(cell, leaves, state), 1)


def graph_attention(draw, version):
    own, neighbour = draw.linear("self", D, D), draw.linear("neighbour", D, D)
    # GAT's a has a half for either side, GATv2's is one for their sum (Brody et al. 2022, equations 6 and 7); the node is one of its neighbours.
    a_self = draw("selfScore", D).reshape(H, E) if version == "gat" else None
    a_neighbour = draw("neighbourScore", D).reshape(H, E)
    nodes, neighbours = draw("nodesRD", 4, D), draw("neighboursRFD", 4, F, D)
    leaky = torch.nn.functional.leaky_relu
    rows = []
    for i in range(4):
        hi = own(nodes[i]).reshape(H, E)
        around = [neighbour(neighbours[i, f]).reshape(H, E) for f in range(F) if NEIGHBOURS[i, f] == 1]
        if version == "gat":
            scores = [leaky((a_self * hi).sum(-1) + (a_neighbour * hj).sum(-1), 0.2) for hj in [*around, hi]]
        else:
            scores = [(a_neighbour * leaky(hi + hj, 0.2)).sum(-1) for hj in [*around, hi]]
        shares = torch.softmax(torch.stack(scores), 0)
        rows.append((shares[..., None] * torch.stack([*around, hi])).sum(0).reshape(D))
    return torch.stack(rows)


def pointer(draw, clip):
    reference, query = draw.linear("reference", D, D), draw.linear("query", D, D)
    v = draw("weight", D, 1)
    candidates, q = draw("candidatesBND", B, K, D), draw("queryBD", B, D)
    references = reference(candidates)
    scores = (torch.tanh(references + query(q)[:, None]) @ v).squeeze(-1)
    clipped = (clip * torch.tanh(scores)) if clip else scores
    glimpse = (torch.softmax(scores.masked_fill(MASK == 0, -math.inf), 1)[..., None] * references).sum(1)
    logits = torch.where(MASK == 1, clipped, torch.zeros_like(clipped))
    return torch.cat([logits, glimpse], 1)


def set_attention(draw, name=""):
    parts = {part: draw.linear(f"{name}{part}", D, D) for part in ("query", "key", "value", "output")}
    attention_norm = draw.norm(f"{name}attentionNorm")
    expand, contract = draw.linear(f"{name}expand", D, INNER), draw.linear(f"{name}contract", INNER, D)
    norm = draw.norm(f"{name}norm")

    def block(x, y, mask):
        def heads(part, z):
            return parts[part](z).reshape(B, z.shape[1], H, E).transpose(1, 2)

        scores = heads("query", x) @ heads("key", y).transpose(2, 3) / math.sqrt(E)
        if mask is not None:
            scores = scores.masked_fill(mask[:, None, None, :] == 0, -math.inf)
        mixed = (torch.softmax(scores, -1) @ heads("value", y)).transpose(1, 2).reshape(B, x.shape[1], D)
        h = attention_norm(x + parts["output"](mixed))
        return norm(h + contract(torch.relu(expand(h))))

    return block


def full_set_attention(draw):
    block, x = set_attention(draw), draw("xBKD", B, K, D)
    return block(x, x, MASK) * MASK[..., None]


def induced_set_attention(draw):
    inducing = draw("inducing", M, D)
    inward, outward = set_attention(draw, "inward."), set_attention(draw, "outward.")
    x = draw("xBKD", B, K, D)
    return outward(x, inward(inducing.expand(B, M, D), x, MASK), None) * MASK[..., None]


CASES = {
    "gru": lambda draw: gru(draw, False),
    "gru reversed": lambda draw: gru(draw, True),
    "lstm": lstm,
    "gat": lambda draw: graph_attention(draw, "gat"),
    "gatv2": lambda draw: graph_attention(draw, "gatv2"),
    "pointer": lambda draw: pointer(draw, 0),
    "pointer clipped": lambda draw: pointer(draw, 3),
    "set attention": full_set_attention,
    "induced set attention": induced_set_attention,
}


def rounded(tensor):
    return [float(f"{value:.10g}") for value in tensor.flatten().tolist()]


def record(seed, case):
    draw = Draw(seed)
    output = case(draw)
    weights = torch.arange(1, output.numel() + 1, dtype=torch.float64).sin().reshape(output.shape)
    (output * weights).sum().backward()
    return {
        "leaves": {name: {"values": rounded(leaf), "dims": list(leaf.shape)} for name, leaf in draw.leaves.items()},
        "output": rounded(output),
        "gradients": {name: rounded(leaf.grad) for name, leaf in draw.leaves.items()},
    }


cases = {name: record(seed, case) for seed, (name, case) in enumerate(CASES.items())}
facts = {"torch": torch.__version__, "mask": MASK.tolist(), "neighbours": NEIGHBOURS.tolist(), "cases": cases}
json.dump(facts, sys.stdout, separators=(",", ":"))
sys.stdout.write("\n")
