"""Scalars of three epochs as TensorBoard's own writer writes them and its own reader reads them: a fixture for the event files of run folders.

    python bench/peers/tensorboard_fixture.py > src/jobs/runs/fixtures/tensorboard.json
"""

import base64
import json
import tempfile
from pathlib import Path

import tensorboard
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

STARTED = 1764200000.25
EPOCHS = [
    {"epoch": 1, "time": 1764200003.5, "values": {"train/loss": 0.6931471805599453, "validation/rocAuc": 0.5}},
    {"epoch": 2, "time": 1764200006.75, "values": {"train/loss": 1e-30, "validation/rocAuc": 0.8125, "train/term/own loss": -2.5}},
    {"epoch": 300, "time": 1764200010.125, "values": {"train/loss": 0.0, "Verlust/größer": 123456.789}},
]

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "events.out.tfevents.fixture"
    with open(path, "wb") as file:
        writer = RecordWriter(file)
        writer.write(Event(wall_time=STARTED, file_version="brain.Event:2").SerializeToString())
        for each in EPOCHS:
            values = [Summary.Value(tag=tag, simple_value=value) for tag, value in each["values"].items()]
            writer.write(Event(wall_time=each["time"], step=each["epoch"], summary=Summary(value=values)).SerializeToString())
        writer.flush()
    reader = EventAccumulator(str(folder))
    reader.Reload()
    read = {tag: [[s.step, s.wall_time, s.value] for s in reader.Scalars(tag)] for tag in reader.Tags()["scalars"]}
    written = base64.b64encode(path.read_bytes()).decode()

print(json.dumps({"tensorboard": tensorboard.__version__, "started": STARTED, "epochs": EPOCHS, "bytes": written, "read": read}, indent=1))
