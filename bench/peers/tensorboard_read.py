"""Reads run folders with TensorBoard's own readers, in Python and in its data server, and compares every scalar with metrics.jsonl.

    npx slatewise compare events.jsonl.gz --out runs/a
    python bench/peers/tensorboard_read.py runs/a

Exits with 1 where a value is missing, is one too many, or differs from the float32 next to it.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import numpy
import tensorboard
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

root = Path(sys.argv[1])
runs = sorted(path.parent for path in root.rglob("metrics.jsonl"))
FACTS = ("run", "recipe", "seed", "epoch", "time", "seconds")


def told(run):
    """Of each name the step and value of each of its epochs, as a float32."""
    scalars = {}
    for line in map(json.loads, (run / "metrics.jsonl").read_text().splitlines()):
        for name, value in line.items():
            if name not in FACTS and value is not None:
                scalars.setdefault(name, []).append((line["epoch"], float(numpy.float32(value))))
    return scalars


def by_python(run):
    reader = EventAccumulator(str(run))
    reader.Reload()
    return {tag: [(each.step, each.value) for each in reader.Scalars(tag)] for tag in reader.Tags()["scalars"]}


def by_server(port, run, tags):
    """As a browser asks: what the page would draw."""
    name = str(run.relative_to(root))
    base = f"http://127.0.0.1:{port}/data/plugin/scalars/scalars?"
    asked = {tag: base + urllib.parse.urlencode({"run": name, "tag": tag}) for tag in tags}
    return {tag: [(step, value) for _, step, value in json.load(urllib.request.urlopen(url))] for tag, url in asked.items()}


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen(
    [sys.executable, "-m", "tensorboard.main", "--logdir", str(root), "--port", str(port), "--load_fast=true"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
wrong = 0
count = 0
try:
    names = {str(run.relative_to(root)) for run in runs}
    for _ in range(120):
        try:
            tags = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/data/plugin/scalars/tags"))
            if set(tags) == names:
                break
        except OSError:
            pass
        time.sleep(0.5)
    else:
        sys.exit("the server does not show every run")
    time.sleep(1)
    for run in runs:
        expected = told(run)
        for reader, found in (("python", by_python(run)), ("server", by_server(port, run, tags[str(run.relative_to(root))]))):
            count += sum(map(len, found.values()))
            if found != expected:
                wrong += 1
                print(f"{run}: {reader} reads other scalars than metrics.jsonl has")
finally:
    server.terminate()
print(f"tensorboard {tensorboard.__version__}: {len(runs)} runs, {count} scalars read, {wrong} readings differ")
sys.exit(1 if wrong or not runs else 0)
