"""LightGBM's half of bench/boosted-trees.ts: gradient-boosted trees on the columns that this project's replay made.

    boosted_trees.py <folder>

The folder holds request.json ({"columns": [...], "objectives": [...], "seeds": [...], "threads": 2}) and, for each of train, validation and test,
`<part>.features.f32` (row by row), `<part>.labels.u8` and `<part>.lengths.i32` (shown items of each list). Two objectives: logistic loss, chosen by
log loss, and LambdaMART, chosen by NDCG@10. Rounds (early stopping) and settings are chosen on validation alone, with the first seed. What comes back
are logits: LambdaMART's scores pass a Platt fit on validation. result.json lists the runs, `<file>.validation.f64` and `<file>.test.f64` hold their
logits.
"""

import json
import sys
import time
from pathlib import Path

import lightgbm as lgb
import numpy as np

OBJECTIVES = {
    "logistic": {"objective": "binary", "metric": "binary_logloss"},
    "LambdaMART": {"objective": "lambdarank", "metric": "ndcg", "eval_at": [10], "lambdarank_truncation_level": 20},
}
SETTINGS = [
    {"learning_rate": rate, "num_leaves": leaves, "min_data_in_leaf": least}
    for rate in (0.03, 0.06)
    for leaves, least in ((15, 100), (31, 100), (63, 200))
]
SAMPLING = {"feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 1.0}
ROUNDS, PATIENCE = 2000, 60


def read(folder: Path, part: str, columns: list) -> tuple:
    features = np.fromfile(folder / f"{part}.features.f32", np.float32).reshape(-1, len(columns))
    labels = np.fromfile(folder / f"{part}.labels.u8", np.uint8)
    lengths = np.fromfile(folder / f"{part}.lengths.i32", np.int32)
    assert len(features) == len(labels) == lengths.sum(), f"{part}: {len(features)} rows, {len(labels)} labels, {lengths.sum()} shown items"
    return features, labels, lengths


def fit(objective: str, setting: dict, seed: int, threads: int, train: lgb.Dataset, validation: lgb.Dataset):
    started = time.perf_counter()
    params = {**OBJECTIVES[objective], **SAMPLING, **setting, "seed": seed, "num_threads": threads, "verbosity": -1}
    params |= {"deterministic": True, "force_col_wise": True, "feature_pre_filter": False}
    booster = lgb.train(params, train, ROUNDS, [validation], callbacks=[lgb.early_stopping(PATIENCE, verbose=False)])
    (best,) = booster.best_score["valid_0"].values()
    return booster, best, time.perf_counter() - started


def platt(scores: np.ndarray, labels: np.ndarray) -> tuple:
    """Slope and intercept of the logistic regression of the labels on the scores, by Newton's method."""
    design = np.stack([scores, np.ones_like(scores)], 1)
    weights = np.array([1.0, np.log(labels.mean() / (1 - labels.mean()))])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        step = np.linalg.solve(design.T @ (design * (p * (1 - p))[:, None]), design.T @ (p - labels))
        weights -= step
        if np.abs(step).max() < 1e-10:
            break
    return float(weights[0]), float(weights[1])


def main() -> None:
    folder = Path(sys.argv[1])
    request = json.loads((folder / "request.json").read_text())
    columns, seeds, threads = request["columns"], request["seeds"], request["threads"]
    parts = {part: read(folder, part, columns) for part in ("train", "validation", "test")}

    features, labels, lengths = parts["train"]
    train = lgb.Dataset(features, labels, group=lengths, free_raw_data=False, params={"feature_pre_filter": False, "verbosity": -1})
    features, labels, lengths = parts["validation"]
    validation = lgb.Dataset(features, labels, group=lengths, reference=train, free_raw_data=False)

    trials, runs = [], []
    for objective in request["objectives"]:
        tried = []
        for setting in SETTINGS:
            booster, best, seconds = fit(objective, setting, seeds[0], threads, train, validation)
            tried.append((best, setting, booster, seconds))
            trials.append({"objective": objective, "setting": setting, "validation": best, "rounds": booster.best_iteration, "seconds": seconds})
            print(f"{objective} {setting}: {best:.5f} after {booster.best_iteration} rounds, {seconds:.0f} s", file=sys.stderr, flush=True)
        order = max if objective == "LambdaMART" else min
        _, setting, kept, kept_seconds = order(tried, key=lambda trial: trial[0])
        for seed in seeds:
            booster, seconds = kept, kept_seconds
            if seed != seeds[0]:
                booster, _, seconds = fit(objective, setting, seed, threads, train, validation)
            scores = {part: booster.predict(parts[part][0], raw_score=True) for part in ("validation", "test")}
            slope, intercept = platt(scores["validation"], parts["validation"][1]) if objective == "LambdaMART" else (1.0, 0.0)
            file = f"{objective}-{seed}"
            for part, values in scores.items():
                (slope * values + intercept).astype(np.float64).tofile(folder / f"{file}.{part}.f64")
            run = {"name": objective, "seed": seed, "setting": setting, "rounds": booster.best_iteration, "seconds": seconds}
            runs.append({**run, "platt": [slope, intercept], "file": file})
    result = {"version": lgb.__version__, "trials": trials, "runs": runs}
    (folder / "result.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
