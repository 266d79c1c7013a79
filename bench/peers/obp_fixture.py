"""Estimates of Open Bandit Pipeline on its own synthetic slates: src/measure/fixtures/open-bandit-pipeline.json.

Of obp only the modules of slates are loaded: the rest asks for PyTorch and an older Python.

    python3 -m venv peers && peers/bin/pip install numpy scipy pandas scikit-learn tqdm
    peers/bin/pip download obp==0.5.5 --no-deps --ignore-requires-python -d obp
    tar -xzf obp/obp-0.5.5.tar.gz
    peers/bin/python bench/peers/obp_fixture.py obp-0.5.5 > src/measure/fixtures/open-bandit-pipeline.json
"""
import importlib.util
import json
import sys
import types
from pathlib import Path

import numpy as np

ROOT = Path(sys.argv[1]) / "obp"
sys.modules.setdefault("torch", types.ModuleType("torch"))
sys.modules["torch"].Tensor = sys.modules["torch"].tensor = np.ndarray
for name in ("obp", "obp.dataset", "obp.ope"):
    package = types.ModuleType(name)
    package.__path__ = [str(ROOT / name[4:])]
    sys.modules[name] = package

from obp.dataset.synthetic import logistic_reward_function  # noqa: E402
from obp.dataset.synthetic_slate import SyntheticSlateBanditDataset, linear_behavior_policy_logit  # noqa: E402
from obp.ope import estimators_slate as slate  # noqa: E402

LISTS, PLACES, ACTIONS, SEED = 200, 3, 4, 12345

dataset = SyntheticSlateBanditDataset(
    n_unique_action=ACTIONS,
    len_list=PLACES,
    dim_context=2,
    reward_type="binary",
    reward_structure="cascade_additive",
    click_model=None,
    behavior_policy_function=linear_behavior_policy_logit,
    base_reward_function=logistic_reward_function,
    random_state=SEED,
)
log = dataset.obtain_batch_bandit_feedback(n_rounds=LISTS, return_pscore_item_position=True)
logits = np.tile(np.linspace(1, -1, ACTIONS), (LISTS, 1))
evaluation = dict(
    zip(
        ("pscore", "pscore_item_position", "pscore_cascade"),
        dataset.obtain_pscore_given_evaluation_policy_logit(
            action=log["action"],
            evaluation_policy_logit_=logits,
            return_pscore_item_position=True,
        ),
    )
)
distribution = dataset.calc_evaluation_policy_action_dist(action=log["action"], evaluation_policy_logit_=logits)
q_hat = np.random.default_rng(SEED).uniform(0.1, 1.5, size=LISTS * PLACES * ACTIONS)

common = {key: log[key] for key in ("slate_id", "reward", "position")}
sips = dict(common, pscore=log["pscore"], evaluation_policy_pscore=evaluation["pscore"])
iips = dict(
    common,
    pscore_item_position=log["pscore_item_position"],
    evaluation_policy_pscore_item_position=evaluation["pscore_item_position"],
)
rips = dict(
    common,
    pscore_cascade=log["pscore_cascade"],
    evaluation_policy_pscore_cascade=evaluation["pscore_cascade"],
)
cdr = dict(rips, action=log["action"], q_hat=q_hat, evaluation_policy_action_dist=distribution)


def by_place(estimator, inputs, behavior, target):
    """obp's self-normalised rewards of each place by itself: its own estimate divides by the mean weight of all places together."""
    total = 0.0
    for place in range(PLACES):
        at = inputs["position"] == place
        rewards = estimator._estimate_round_rewards(
            reward=inputs["reward"][at],
            position=inputs["position"][at],
            behavior_policy_pscore=inputs[behavior][at],
            evaluation_policy_pscore=inputs[target][at],
        )
        total += float(rewards.sum()) / LISTS
    return total


independent = slate.SelfNormalizedSlateIndependentIPS(len_list=PLACES)
interaction = slate.SelfNormalizedSlateRewardInteractionIPS(len_list=PLACES)
estimates = {
    "SIPS": slate.SlateStandardIPS(len_list=PLACES).estimate_policy_value(**sips),
    "IIPS": slate.SlateIndependentIPS(len_list=PLACES).estimate_policy_value(**iips),
    "RIPS": slate.SlateRewardInteractionIPS(len_list=PLACES).estimate_policy_value(**rips),
    "SNSIPS": slate.SelfNormalizedSlateStandardIPS(len_list=PLACES).estimate_policy_value(**sips),
    "SNIIPS": by_place(independent, iips, "pscore_item_position", "evaluation_policy_pscore_item_position"),
    "SNRIPS": by_place(interaction, rips, "pscore_cascade", "evaluation_policy_pscore_cascade"),
    "CDR": slate.SlateCascadeDoublyRobust(len_list=PLACES, n_unique_action=ACTIONS).estimate_policy_value(**cdr),
}

shape = (LISTS, PLACES)
cascade = log["pscore_cascade"].reshape(shape)
target = evaluation["pscore_cascade"].reshape(shape)


def given_above(joint):
    return joint / np.hstack([np.ones((LISTS, 1)), joint[:, :-1]])


taken = q_hat.reshape(LISTS, PLACES, ACTIONS)[
    np.arange(LISTS)[:, None], np.arange(PLACES)[None, :], log["action"].reshape(shape)
]
means = (distribution * q_hat).reshape(LISTS, PLACES, ACTIONS).sum(axis=2)
digits = lambda table: [[float(f"{value:.12g}") for value in row] for row in table]  # noqa: E731
json.dump(
    {
        "madeBy": "obp 0.5.5, bench/peers/obp_fixture.py",
        "estimates": {name: float(value) for name, value in estimates.items()},
        "clicks": log["reward"].reshape(shape).astype(int).tolist(),
        "propensity": digits(given_above(cascade)),
        "target": digits(given_above(target)),
        "placePropensity": digits(log["pscore_item_position"].reshape(shape)),
        "placeTarget": digits(evaluation["pscore_item_position"].reshape(shape)),
        "withLogged": digits(taken),
        "fromAbove": digits(means),
    },
    sys.stdout,
)
