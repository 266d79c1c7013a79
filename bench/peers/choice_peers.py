"""Models of discrete choice, fitted properly, on the splits that examples/choice-data.ts writes.

    choice_peers.py <log.jsonl.gz> <splits.json> [--halo] [--table]

Multinomial logit: a linear utility of what is known of an alternative, a constant for every value of a named field (its mode). By maximum likelihood on
train and validation together. With --halo the pairwise halo (CDM) too: an item's utility is its constant plus what each other item on offer adds to it;
the weight of the squared halo is chosen on validation, then the model is fitted again on train and validation together.
With --table a table too: how often each item was chosen from this very set, with the logit's shares counted as so many choices more (their number chosen
on validation); no model of the set does much better where sets are few. Prints JSON: the negative log
likelihood of a choice and the share of choices that had the highest utility, on each split's test part.

Legend: B occasions, K alternatives (padded), F features, N items, S different sets.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import torch

# Zero is not among them: where a mode was never chosen in some company, the likelihood has no finite maximum, and one such test row costs everything.
PENALTIES = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2]
# Choices that the logit counts as in a set's table.
STRENGTHS = [2, 5, 10, 20, 40, 80]
torch.set_default_dtype(torch.float64)
NOTHING = "nothing"


def read(path: str) -> dict:
    """The log's occasions in order of their rankings' numbers, as padded arrays."""
    known, rankings, clicks = {}, {}, {}
    with gzip.open(path, "rt") if path.endswith(".gz") else open(path) as lines:
        for event in map(json.loads, lines):
            if event["event"] == "item":
                known[event["item"]] = event["fields"]
            elif event["event"] == "ranking":
                rankings[int(event["id"].removeprefix("choice-"))] = event["items"]
            elif event["event"] == "interaction":
                clicks[int(event["ranking"].removeprefix("choice-"))] = event["item"]
    if len(clicks) < len(rankings):
        # Taking nothing is one more alternative, always there.
        known[NOTHING] = [{"name": "taken", "value": NOTHING}]
        rankings = {b: [*items, {"id": NOTHING, "fields": []}] for b, items in rankings.items()}
    B, K = len(rankings), max(map(len, rankings.values()))
    items = {item: index for index, item in enumerate(known)}
    columns: dict = {}
    cells = []
    mask, item, chosen = torch.zeros(B, K, dtype=torch.bool), torch.zeros(B, K, dtype=torch.long), torch.zeros(B, dtype=torch.long)
    for b in range(B):
        for k, shown in enumerate(rankings[b]):
            mask[b, k], item[b, k] = True, items[shown["id"]]
            for name, value in ((field["name"], field["value"]) for field in [*known[shown["id"]], *shown["fields"]]):
                column = f"{name} {value}" if isinstance(value, str) else name
                cells.append((b, k, columns.setdefault(column, len(columns)), 1.0 if isinstance(value, str) else float(value)))
        chosen[b] = [shown["id"] for shown in rankings[b]].index(clicks.get(b, NOTHING))
    features = torch.zeros(B, K, len(columns))
    at = np.array(cells)
    features[at[:, 0].astype(int), at[:, 1].astype(int), at[:, 2].astype(int)] = torch.from_numpy(at[:, 3])
    _, of_set = torch.zeros(B, len(items)).scatter_add(1, item, mask.double()).unique(dim=0, return_inverse=True)
    features /= features.abs().amax((0, 1)).clamp(min=1e-12)
    return {"mask": mask, "item": item, "set": of_set, "chosen": chosen, "features": features, "names": list(columns), "items": list(items)}


def mnl(data: dict, weights: dict) -> torch.Tensor:
    return data["features"] @ weights["linear"]


def halo(data: dict, weights: dict) -> torch.Tensor:
    """Adds to item i the sum over the other items j on offer of halo[i, j]."""
    N = len(data["items"])
    offered_BN = torch.zeros(len(data["mask"]), N).scatter_add(1, data["item"], data["mask"].double())
    pairs_NN = weights["halo"] * (1 - torch.eye(N))
    return mnl(data, weights) + (offered_BN @ pairs_NN.T).gather(1, data["item"])


def table(data: dict, weights: dict) -> torch.Tensor:
    """Logarithm of the choices counted, the logit's share of `strength` more among them."""
    return (weights["counts"][data["set"]].gather(1, data["item"]) + weights["strength"] * log_probabilities(mnl, data, weights).exp()).log()


def counted(data: dict, strength: float, everything: dict) -> dict:
    counts_SN = torch.zeros(int(everything["set"].max()) + 1, len(data["items"]))
    chosen_B = data["item"].gather(1, data["chosen"][:, None])[:, 0]
    counts_SN.index_put_((data["set"], chosen_B), torch.ones(len(chosen_B)), accumulate=True)
    return {**fit(mnl, data), "counts": counts_SN, "strength": strength}


def log_probabilities(utility, data: dict, weights: dict) -> torch.Tensor:
    return utility(data, weights).masked_fill(~data["mask"], -torch.inf).log_softmax(1)


def part(data: dict, rows: list) -> dict:
    return {key: value[rows] if isinstance(value, torch.Tensor) else value for key, value in data.items()}


def nll(utility, data: dict, weights: dict) -> torch.Tensor:
    return -log_probabilities(utility, data, weights).gather(1, data["chosen"][:, None]).mean()


def fit(utility, data: dict, penalty: float = 0.0) -> dict:
    weights = {"linear": torch.zeros(data["features"].shape[2])}
    if utility is halo:
        weights["halo"] = torch.zeros(len(data["items"]), len(data["items"]))
    for weight in weights.values():
        weight.requires_grad_()
    optimizer = torch.optim.LBFGS(weights.values(), max_iter=1000, tolerance_grad=1e-8, tolerance_change=1e-12, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nll(utility, data, weights) + (penalty * weights["halo"].square().sum() if utility is halo else 0)
        loss.backward()
        return loss

    optimizer.step(closure)
    return {name: weight.detach() for name, weight in weights.items()}


def measure(utility, data: dict, weights: dict) -> dict:
    best = log_probabilities(utility, data, weights).argmax(1)
    return {"nll": nll(utility, data, weights).item(), "accuracy": (best == data["chosen"]).double().mean().item()}


def run(data: dict, splits: list, with_halo: bool, with_table: bool) -> dict:
    rows: dict = {"mnl": []} | ({"halo": []} if with_halo else {}) | ({"table": []} if with_table else {})
    for split in splits:
        assert not set(split["test"]) & set(split["train"] + split["validation"])
        train, validation, test = (part(data, split[name]) for name in ("train", "validation", "test"))
        both = part(data, split["train"] + split["validation"])
        rows["mnl"].append(measure(mnl, test, fit(mnl, both)))
        if with_halo:
            penalty = min(PENALTIES, key=lambda each: nll(halo, validation, fit(halo, train, each)).item())
            rows["halo"].append({**measure(halo, test, fit(halo, both, penalty)), "penalty": penalty})
        if with_table:
            strength = min(STRENGTHS, key=lambda each: nll(table, validation, counted(train, each, data)).item())
            rows["table"].append({**measure(table, test, counted(both, strength, data)), "strength": strength})
    return rows


def summary(rows: list) -> dict:
    mean = {key: float(np.mean([row[key] for row in rows])) for key in ("nll", "accuracy")}
    deviation = {key: float(np.std([row[key] for row in rows], ddof=1)) for key in ("nll", "accuracy")}
    return {"mean": mean, "deviation": deviation, "perSplit": rows}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("log")
    parser.add_argument("splits")
    parser.add_argument("--halo", action="store_true")
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = read(options.log)
    splits = json.loads(Path(options.splits).read_text())
    result = {"name": splits["name"], "by": splits["by"], "choices": len(data["chosen"]), "features": data["names"]}
    everything = {"mnl": measure(mnl, data, fit(mnl, data))}
    systems = {name: summary(rows) for name, rows in run(data, splits["splits"], options.halo, options.table).items()}
    print(json.dumps({**result, "torch": torch.__version__, "fittedOnAll": everything, "systems": systems}, indent=1))


if __name__ == "__main__":
    main()
