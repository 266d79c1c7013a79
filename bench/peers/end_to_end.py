"""
bench/end-to-end.ts' other half: from a log to a trained list scorer the usual way, features with polars, training with PyTorch's DataLoader and a loop.

    peers/bin/python bench/peers/end_to_end.py <folder of Parquet or RankLens log> --epochs 1 --threads 2
"""

import argparse
import gzip
import json
import math
import os
import resource
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("log")
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--train", type=float, default=0.7)
parser.add_argument("--validation", type=float, default=0.1)
given = parser.parse_args()
os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(given.threads)

import numpy as np
import polars as pl
import torch
import torch.nn.functional as F
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler
from usual_way.features import Features, Log, build
from usual_way.model import Scorer

BATCH, RATE, WARM_UP, DECAY, CLIP, AVERAGING = 128, 0.003, 100, 0.3, 1.0, 0.99


def from_parquet(folder: str) -> Log:
    rows = pl.read_parquet(f"{folder}/lists.parquet").with_columns(clicked=pl.col("click_time").is_not_null())
    one = lambda *names: [pl.concat_list(name).alias(name) for name in names]
    return Log(
        rows=rows,
        items=pl.read_parquet(f"{folder}/items.parquet").with_columns(one("category", "brand")),
        item_numbers=["price", "price_level", "rating"],
        item_tokens=["category", "brand"],
        users=pl.read_parquet(f"{folder}/users.parquet").with_columns(one("segment", "budget")),
        user_tokens=["segment", "budget"],
    )


def from_ranklens(path: str) -> Log:
    numbers = ["popularity", "vote_avg", "vote_cnt", "budget", "runtime", "release_date"]
    tokens = ["genres", "tags", "actors", "director", "writer"]
    items, shown, clicks = {}, [], []
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    for line in opened:
        event = json.loads(line)
        if event["event"] == "item":
            items[event["item"]] = {field["name"]: field["value"] for field in event["fields"]}
        elif event["event"] == "ranking":
            user, when = event["user"], int(event["timestamp"])
            shown += [(event["id"], user, when, item["id"], place) for place, item in enumerate(event["items"])]
        else:
            clicks.append((event["ranking"], event["item"]))
    rows = pl.DataFrame(shown, schema=["list", "user", "time", "item", "position"], orient="row")
    clicked = pl.DataFrame(clicks, schema=["list", "item"], orient="row").unique().with_columns(clicked=True)
    rows = rows.join(clicked, on=["list", "item"], how="left", maintain_order="left").with_columns(pl.col("clicked").fill_null(False))
    ids = sorted({*items, *rows["item"].unique()})
    listed = lambda value: [] if value is None else value if isinstance(value, list) else [value]
    columns = {
        "item": ids,
        **{name: pl.Series([items.get(id, {}).get(name) for id in ids], dtype=pl.Float64, strict=False) for name in numbers},
        **{name: pl.Series([listed(items.get(id, {}).get(name)) for id in ids], dtype=pl.List(pl.String)) for name in tokens},
    }
    return Log(rows, pl.DataFrame(columns), numbers, tokens, rows.select("user").unique(), [])


class Lists(Dataset):
    def __init__(self, features: Features, part: range) -> None:
        self.part = torch.arange(part.start, part.stop)
        names = ("slot", "context", "item_of", "user_of", "mask", "labels")
        self.arrays = [torch.from_numpy(getattr(features, name)) for name in names]

    def __len__(self) -> int:
        return len(self.part)

    def __getitem__(self, indices: list[int]):
        at = self.part[indices]
        return [array[at] for array in self.arrays]


def averaged(averages, values, steps) -> None:
    """A plain mean at first, so that the start is forgotten, then the moving one."""
    torch._foreach_lerp_(averages, values, max(1 - AVERAGING, 1 / (int(steps) + 1)))


def log_loss(model, lists: Lists) -> float:
    model.eval()
    total, count = 0.0, 0.0
    with torch.inference_mode():
        for start in range(0, len(lists), 1024):
            *inputs, labels = lists[range(start, min(start + 1024, len(lists)))]
            mask = inputs[-1]
            losses = F.binary_cross_entropy_with_logits(model(*inputs), labels, reduction="none")
            total, count = total + float((losses * mask).sum()), count + float(mask.sum())
    model.train()
    return total / count


def train(features: Features) -> float:
    N = len(features.labels)
    ends = [round(given.train * N), round((given.train + given.validation) * N)]
    learned, judged = Lists(features, range(0, ends[0])), Lists(features, range(*ends))
    rate = float(features.labels[: ends[0]].sum() / features.mask[: ends[0]].sum())
    model = Scorer(features, learned.part, rate)
    groups = {DECAY: [], 0.0: []}
    for name, parameter in model.named_parameters():
        groups[DECAY if parameter.ndim == 2 else 0.0].append(parameter)
    optimizer = torch.optim.AdamW([{"params": each, "weight_decay": decay} for decay, each in groups.items()], lr=RATE, betas=(0.9, 0.98), fused=True)
    loader = DataLoader(learned, sampler=BatchSampler(RandomSampler(learned), BATCH, False), batch_size=None)
    steps = given.epochs * len(loader)
    at = lambda step: (step + 1) / WARM_UP if step < WARM_UP else 0.05 + 0.475 * (1 + math.cos(math.pi * min(1, (step - WARM_UP) / max(1, steps - WARM_UP))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, at)
    average = AveragedModel(model, multi_avg_fn=averaged)
    best = math.inf
    for _ in range(given.epochs):
        for *inputs, labels in loader:
            mask = inputs[-1]
            losses = F.binary_cross_entropy_with_logits(model(*inputs), labels, reduction="none")
            loss = (losses * mask).sum() / mask.sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
        best = min(best, log_loss(average, judged))
    return best


def main() -> None:
    torch.set_num_threads(given.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(given.seed)
    marks = [("begin", time.perf_counter(), processor_seconds())]
    mark = lambda name: marks.append((name, time.perf_counter(), processor_seconds()))
    log = from_parquet(given.log) if os.path.isdir(given.log) else from_ranklens(given.log)
    mark("read")
    features = build(log, given.train)
    mark("features")
    reached = train(features)
    mark("training")
    parts = {name: {"seconds": now - before, "cpuSeconds": cpu - cpu_before} for (_, before, cpu_before), (name, now, cpu) in zip(marks, marks[1:])}
    versions = {"python": sys.version.split()[0], "torch": torch.__version__, "polars": pl.__version__}
    print(json.dumps({"versions": versions, "columns": features.slot.shape[2], "parts": parts, "validationLogLoss": reached, "cpuSeconds": processor_seconds()}))


def processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


main()
