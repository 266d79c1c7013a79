"""Records what scikit-learn says about a few small data sets, for src/metrics/*.test.ts.

    python bench/peers/metrics-fixture.py > src/metrics/fixtures/scikit-learn.json

Needs numpy and scikit-learn (the versions are stored in the fixture). Users and `npm test` never run this.
"""

import json
import sys

import numpy
import sklearn
from sklearn import metrics


def case(name, rng, slates, size, grid=None, rate=0.15):
    labels = (rng.random((slates, size)) < rate).astype(int)
    labels[0, :] = 0  # one slate without a click
    labels[1, 0] = 1
    logits = rng.normal(-1.5, 1.2, (slates, size)) + 1.1 * labels
    logits = numpy.round(logits, 4)
    if grid is not None:  # coarse scores: many ties
        logits = numpy.round(logits / grid) * grid
    probabilities = 1 / (1 + numpy.exp(-logits))
    users = rng.integers(0, max(2, slates // 3), slates)
    flat_logits, flat_labels, flat_p = logits.ravel(), labels.ravel(), probabilities.ravel()
    threshold = float(numpy.quantile(flat_logits, 0.8)) + 1e-9
    predicted = (flat_logits >= threshold).astype(int)
    precisions, recalls, _ = metrics.precision_recall_curve(flat_labels, flat_logits)
    f1s = 2 * precisions * recalls / numpy.maximum(precisions + recalls, 1e-300)
    clicked = labels.sum(axis=1) > 0
    # The mean over the orders of tied scores, scikit-learn's default.
    ndcg = {str(k): metrics.ndcg_score(labels[clicked], logits[clicked], k=k) for k in (1, 5, 10)}
    per_user, shown = [], []
    for user in numpy.unique(users):
        mine = numpy.repeat(users == user, size)
        if 0 < flat_labels[mine].sum() < mine.sum():
            per_user.append(metrics.roc_auc_score(flat_labels[mine], flat_logits[mine]))
            shown.append(int(mine.sum()))
    return {
        "name": name,
        "size": size,
        "logits": flat_logits.tolist(),
        "labels": flat_labels.tolist(),
        "users": users.tolist(),
        "threshold": threshold,
        "expected": {
            "rocAuc": metrics.roc_auc_score(flat_labels, flat_logits),
            "averagePrecision": metrics.average_precision_score(flat_labels, flat_logits),
            "logLoss": metrics.log_loss(flat_labels, flat_p),
            "brierScore": metrics.brier_score_loss(flat_labels, flat_p),
            "precision": metrics.precision_score(flat_labels, predicted),
            "recall": metrics.recall_score(flat_labels, predicted),
            "f1": metrics.f1_score(flat_labels, predicted),
            "bestF1": float(f1s.max()),
            "ndcgAt": ndcg,
            "perUserAuc": float(numpy.mean(per_user)),
            "perUserAucWeighted": float(numpy.average(per_user, weights=shown)),
            "slatesWithoutClick": int((~clicked).sum()),
        },
    }


def main():
    rng = numpy.random.default_rng(20)
    fixture = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
        "cases": [
            case("distinct scores", rng, 30, 8),
            case("many ties", rng, 40, 6, grid=0.5),
            case("rare clicks, more than 256 items", rng, 60, 5, rate=0.04),
        ],
    }
    json.dump(fixture, sys.stdout)
    sys.stdout.write("\n")


main()
