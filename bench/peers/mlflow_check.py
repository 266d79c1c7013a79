"""Trains with --mlflow against a real MLflow server, interrupts it once, and compares what the server then has with the run folders.

    npm run build
    npx slatewise simulate --impressions 3000 --seed 7 --out sim.jsonl.gz
    python bench/peers/mlflow_check.py sim.jsonl.gz runs/mlflow

Starts a server of its own on a free port, with its files in a temporary folder. Exits with 1 where anything is missing, twice, or different.
"""

import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import mlflow
from mlflow.tracking import MlflowClient

log, out = sys.argv[1], Path(sys.argv[2])
slatewise = Path(__file__).resolve().parents[2] / "bin" / "slatewise.mjs"
FACTS = ("run", "recipe", "seed", "epoch", "time", "seconds")
wrong = []


def expect(what, found, expected):
    if found != expected:
        wrong.append(f"{what}: found {found}, expected {expected}")


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
url = f"http://127.0.0.1:{port}"
folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
server = subprocess.Popen(
    [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    + ["--backend-store-uri", f"sqlite:///{folder.name}/mlflow.db", "--default-artifact-root", f"{folder.name}/artifacts"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
    cwd=folder.name,
)
try:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{url}/health")
            break
        except OSError:
            time.sleep(0.5)
    else:
        sys.exit("the server does not answer")
    options = ["--recipes", "attention-bce,attention-listnet", "--seeds", "1", "--workers", "1", "--no-config"]
    command = ["node", str(slatewise), "compare", log, *options, "--out", str(out), "--mlflow", url, "--mlflow-experiment", "peers"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    lines = out / "runs" / "attention-bce-seed-1" / "metrics.jsonl"
    while not (lines.exists() and lines.read_text().count("\n") >= 2):
        if first.poll() is not None:
            sys.exit(first.stderr.read())
        time.sleep(0.2)
    first.send_signal(signal.SIGINT)
    said = first.communicate()[1]
    expect("exit code of the interrupted command", first.returncode, 130)
    client = MlflowClient(url)
    experiment = client.get_experiment_by_name("peers").experiment_id
    expect("states after the interruption", [run.info.status for run in client.search_runs([experiment])], ["KILLED"])
    second = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    expect("exit code of the command that went on", second.returncode, 0)
    expect("warnings", [line for line in (said + second.stderr).splitlines() if "MLflow" in line], [])

    runs = {run.info.run_name: run for run in client.search_runs([experiment])}
    folders = sorted((out / "runs").iterdir())
    expect("runs", sorted(runs), [each.name for each in folders])
    count = 0
    for each in folders:
        run = runs[each.name]
        told = [json.loads(line) for line in (each / "metrics.jsonl").read_text().splitlines()]
        expect(f"{each.name}: state", run.info.status, "FINISHED")
        names = [name for name in told[0] if name not in FACTS]
        expect(f"{each.name}: metrics", sorted(run.data.metrics), sorted(names))
        for name in names:
            history = [(metric.step, metric.value) for metric in client.get_metric_history(run.info.run_id, name)]
            expect(f"{each.name}: {name}", sorted(history), [(line["epoch"], line[name]) for line in told])
            count += len(history)
        config = json.loads((each / "config.json").read_text())
        expect(f"{each.name}: recipe", run.data.params["recipe"], config["recipe"])
        expect(f"{each.name}: model.width", run.data.params["model.width"], str(config["model"]["width"]))
        expect(f"{each.name}: data", run.data.params["data"], log)
finally:
    server.terminate()
    server.wait()
for each in wrong:
    print(each)
print(f"mlflow {mlflow.__version__}: {len(runs)} runs, {count} metrics read, {len(wrong)} differences")
sys.exit(1 if wrong else 0)
