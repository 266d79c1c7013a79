"""
Whether Python says of an exported model what this program said (bench/peers/export-market.ts wrote both), and how fast:

    peers/bin/python bench/peers/export_check.py /tmp/market
"""

import json
import sys
import time
from pathlib import Path

TOLERANCE = 1e-5


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def main(folder):
    folder = Path(folder)
    sys.path.insert(0, str(folder / "before"))
    from slatewise_model import Scorer

    scorer = Scorer(folder / "before")
    requests, expected = lines(folder / "requests.jsonl"), lines(folder / "scores.jsonl")
    scorer.score(requests[:10])
    started = time.process_time()
    answers = scorer.score(requests)
    seconds = time.process_time() - started
    worst = 0.0
    for told, answer in zip(expected, answers, strict=True):
        pairs = list(zip(told["probabilities"], answer["probabilities"], strict=True))
        pairs.append((told["anyClick"], answer["any_click"]))
        worst = max(worst, *(abs(one - other) for one, other in pairs))
    node = json.loads((folder / "node.json").read_text())
    print(f"{len(requests)} lists: probabilities differ by {worst:.1e} at most")
    print(f"lists a processor second: Python {len(requests) / seconds:.0f}, Node {node['lists'] / node['seconds']:.0f}")
    failed = worst > TOLERANCE
    for generator in ("top", "rerank"):
        slates = lines(folder / f"{generator}.jsonl")
        made = getattr(scorer, generator)(requests[: len(slates)], 4)
        other, gap = 0, 0.0
        for told, answer in zip(slates, made, strict=True):
            if [item["item"] for item in told] != answer["items"]:
                other += 1
                continue
            gap = max(gap, *(abs(item["probability"] - value) for item, value in zip(told, answer["probabilities"])))
        print(f"{generator}: {len(slates)} slates, {other} of other items, probabilities of the others differ by {gap:.1e} at most")
        failed = failed or other > 0 or gap > TOLERANCE
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
