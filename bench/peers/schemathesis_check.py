"""Lets Schemathesis ask a real server all that its /openapi.json allows, and what it does not; every check is on.

    npm run build
    npx slatewise simulate --impressions 2000 --seed 7 --out sim.jsonl.gz
    npx slatewise train sim.jsonl.gz --recipe attention-bce --out models/a
    python bench/peers/schemathesis_check.py models/a [--examples 300] [--seed 1] [--out bench/results]

Starts a server of its own on a free port, with keys, on a copy of the model (erasing a person writes it anew). Exits with 1 where anything is found.
"""

import argparse
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib.metadata import version
from pathlib import Path

options = argparse.ArgumentParser()
options.add_argument("model", type=Path)
options.add_argument("--examples", type=int, default=300, help="of each operation, in each phase that draws them")
options.add_argument("--seed", type=int, default=1)
options.add_argument("--out", type=Path, help="folder for the result")
asked = options.parse_args()

root = Path(__file__).resolve().parents[2]
slatewise = ["node", str(root / "bin" / "slatewise.mjs"), "serve"]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_until_ready(server, url):
    for _ in range(240):
        if server.poll() is not None:
            sys.exit(f"the server ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{url}/health/ready")
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("the server does not answer")


with tempfile.TemporaryDirectory() as folder:
    models = Path(folder, "models")
    shutil.copytree(asked.model, models / "a")
    told = subprocess.run([*slatewise, "--new-key", "rank,events,admin"], capture_output=True, text=True, check=True).stdout
    key, line = re.search(r"told this once: (\S+)\n.*--keys: (.+)\n", told).groups()
    keys = Path(folder, "keys.txt")
    keys.write_text(f"{line}\n")
    url = f"http://127.0.0.1:{free_port()}"
    where = ["--port", url.rsplit(":", 1)[1], "--keys", str(keys), "--journal", str(Path(folder, "journal"))]
    server = subprocess.Popen([*slatewise, str(models), *where, "--log-level", "error"], stdout=sys.stderr)
    try:
        wait_until_ready(server, url)
        started = time.time()
        load = os.getloadavg()[0]
        command = [str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(Path(__file__).with_name("schemathesis.toml"))]
        command += ["run", f"{url}/openapi.json", "--checks", "all", "--max-examples", str(asked.examples), "--seed", str(asked.seed)]
        command += ["--header", f"Authorization: Bearer {key}", "--no-color", "--continue-on-failure"]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder)
        printed = ""
        for text in run.stdout:
            sys.stdout.write(text)
            printed += text
        code = run.wait()
        seconds = time.time() - started
    finally:
        server.terminate()
        server.wait()
[generated, found] = re.search(r"(\d+) generated(?:, (\d+) found)?", printed).groups()
checks = re.findall(r"(ST\d+ [^:\n]+): (\d+)", printed)
cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text()).group(1)
result = {
    "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
    "machine": {"cpu": cpu, "cores": os.cpu_count(), "kernel": platform.release(), "loadAtStart": round(load, 2)},
    "commit": subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True, text=True).stdout.strip(),
    "node": subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip(),
    "schemathesis": version("schemathesis"),
    "seed": asked.seed,
    "examples": asked.examples,
    "operations": int(re.search(r"Tested: (\d+)", printed).group(1)),
    "cases": int(generated),
    "violations": int(found or 0),
    "byCheck": {name: int(count) for name, count in checks},
    "exitCode": code,
    "seconds": round(seconds),
}
print(json.dumps(result, indent=1))
if asked.out:
    slug = re.sub(r"[^a-z0-9]+", "-", cpu.lower()).strip("-")
    file = asked.out / f"schemathesis-{result['started'][:10]}-{slug}.json"
    file.write_text(json.dumps(result, indent=1) + "\n")
sys.exit(code)
