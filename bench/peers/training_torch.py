"""PyTorch's half of bench/training.ts: the same attention scorer, trained at its best.

One process holds one number of threads. It answers requests, one JSON object a line, so that both sides can be timed in turns:

    {"mode": "eager", "attention": "fused", "K": 10, "D": 64, "heads": 4, "blocks": 2, "feedForward": 128, "batch": 512, "seconds": 2}
    -> {"listsPerSecond": 12345.6, "loss": 0.51}

`attention` is "fused" (scaled_dot_product_attention) or "plain" (two products and a softmax). On short slates either may be the faster.
"""

import json
import math
import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    """Pre-norm Transformer block; queries, keys and values come from one product."""

    def __init__(self, width: int, heads: int, inner: int, attention: str) -> None:
        super().__init__()
        self.heads = heads
        self.fused = {"fused": True, "plain": False}[attention]
        self.attention_norm = nn.LayerNorm(width)
        self.projections = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.feed_forward_norm = nn.LayerNorm(width)
        self.expand = nn.Linear(width, inner)
        self.contract = nn.Linear(inner, width)

    def forward(self, x: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        B, K, D = x.shape
        projected = self.projections(self.attention_norm(x)).view(B, K, 3, self.heads, D // self.heads)
        query, key, value = projected.permute(2, 0, 3, 1, 4).unbind(0)
        if self.fused:
            mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=present)
        else:
            scores = query @ key.transpose(2, 3) / math.sqrt(D // self.heads)
            mixed = torch.softmax(scores.masked_fill(~present, -1e9), -1) @ value
        x = x + self.output(mixed.transpose(1, 2).reshape(B, K, D))
        return x + self.contract(F.relu(self.expand(self.feed_forward_norm(x))))


class Scorer(nn.Module):
    def __init__(self, width: int, heads: int, blocks: int, inner: int, attention: str) -> None:
        super().__init__()
        self.input = nn.Linear(width, width)
        self.blocks = nn.ModuleList([Block(width, heads, inner, attention) for _ in range(blocks)])
        self.norm = nn.LayerNorm(width)
        self.logit = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        h = self.input(x)
        present = mask.bool()[:, None, None, :]
        for block in self.blocks:
            h = block(h, present)
        logits = self.logit(self.norm(h)).squeeze(-1)
        losses = F.binary_cross_entropy_with_logits(logits, labels, reduction="none")
        return (losses * mask).sum() / mask.sum()


def create_trainer(request: dict):
    """A function that makes one optimizer step on the next of a few batches and returns the loss."""
    torch.manual_seed(1)
    K, D, batch = request["K"], request["D"], request["batch"]
    model = Scorer(D, request["heads"], request["blocks"], request["feedForward"], request["attention"])
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05, fused=True)
    forward = torch.compile(model) if request["mode"] == "compile" else model
    batches = [
        (torch.randn(batch, K, D), torch.ones(batch, K), (torch.rand(batch, K) < 0.2).float())
        for _ in range(4)
    ]
    steps = 0

    def step() -> torch.Tensor:
        nonlocal steps
        optimizer.zero_grad(set_to_none=True)
        loss = forward(*batches[steps % len(batches)])
        loss.backward()
        optimizer.step()
        steps += 1
        return loss

    for _ in range(5):
        step()
    return step


def main() -> None:
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    torch.set_flush_denormal(True)
    print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    trainers = {}
    for line in sys.stdin:
        request = json.loads(line)
        seconds = request.pop("seconds")
        key = json.dumps(request, sort_keys=True)
        if key not in trainers:
            trainers[key] = create_trainer(request)
        step = trainers[key]
        step()
        start = time.perf_counter()
        steps = 0
        while time.perf_counter() - start < seconds:
            loss = step()
            steps += 1
        rate = steps * request["batch"] / (time.perf_counter() - start)
        print(json.dumps({"listsPerSecond": rate, "loss": loss.item()}), flush=True)


if __name__ == "__main__":
    main()
