"""Checks that the export in a folder answers as it did where it was written: python -m slatewise_model [folder]."""

import json
import sys
from pathlib import Path

from . import Scorer

TOLERANCE = 1e-5


def main(folder: str = ".") -> int:
    lines = (Path(folder) / "checks.jsonl").read_text().splitlines()
    checks = [json.loads(line) for line in lines]
    answers = Scorer(folder).score([check["request"] for check in checks])
    worst = 0.0
    for check, answer in zip(checks, answers):
        pairs = list(zip(check["probabilities"], answer["probabilities"]))
        pairs.append((check["anyClick"], answer["any_click"]))
        worst = max(worst, *(abs(one - other) for one, other in pairs))
    print(f"{len(checks)} lists: probabilities differ by {worst:.1e} at most")
    return 0 if worst <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
