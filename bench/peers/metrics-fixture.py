"""Records what scikit-learn says about a few small data sets, for src/metrics/*.test.ts.

    python bench/peers/metrics-fixture.py > src/metrics/fixtures/scikit-learn.json

Needs numpy, scipy and scikit-learn (the versions are stored in the fixture). Users and `npm test` never run this.
What scikit-learn does not have is computed here in numpy, in another way than src/metrics does; `sources` in the fixture says which.
"""

import itertools
import json
import sys

import numpy
import scipy
import sklearn
from scipy.stats import rankdata
from sklearn import metrics
from sklearn.calibration import calibration_curve

BINS = 15

SOURCES = {
    "calibrationErrorByCurve": "sklearn.calibration.calibration_curve with quantile bins; only where no two scores are equal",
    "calibrationError": "numpy, bins by scipy.stats.rankdata: equal scores in the bin of their mean rank",
    "mrr": "numpy: mean over every order of equal scores, written out",
    "hitRateAt1": "numpy: mean over every order of equal scores, written out",
    "hitRateAt5": "numpy: mean over every order of equal scores, written out",
    "recallAt5": "numpy: mean over every order of equal scores, written out",
    "listLogLoss": "sklearn.metrics.log_loss on lists, with 1 less the product of 1 - p",
    "listCalibrationErrorByCurve": "sklearn.calibration.calibration_curve with quantile bins, on lists",
    "listCalibrationError": "numpy, bins by scipy.stats.rankdata, on lists",
    "clickCountError": "numpy, bins by scipy.stats.rankdata, on expected and found clicks of lists",
    "meanClicksError": "numpy: difference of the mean of the sums",
}


def orders(scores):
    """Every order of the items that the scores allow, best first."""
    groups = [numpy.flatnonzero(scores == value) for value in sorted(set(scores.tolist()), reverse=True)]
    for parts in itertools.product(*(itertools.permutations(group) for group in groups)):
        yield [item for part in parts for item in part]


def ranking_means(logits, labels):
    """Over the lists with a click, the mean over all orders of equal scores."""
    rows = []
    for scores, clicked in zip(logits, labels):
        if clicked.sum() == 0:
            continue
        seen = [clicked[order] for order in orders(scores)]
        rows.append(
            [
                numpy.mean([1 / (1 + numpy.argmax(row)) for row in seen]),
                numpy.mean([row[:1].max() for row in seen]),
                numpy.mean([row[:5].max() for row in seen]),
                numpy.mean([row[:5].sum() / row.sum() for row in seen]),
            ]
        )
    return dict(zip(("mrr", "hitRateAt1", "hitRateAt5", "recallAt5"), numpy.mean(rows, axis=0).tolist()))


def binned_error(said, found):
    """Mean over items of the gap of their bin, 15 bins of equal mass."""
    bins = numpy.minimum(BINS - 1, numpy.floor((rankdata(said) - 0.5) * BINS / len(said)).astype(int))
    gaps = [abs(said[bins == bin].mean() - found[bins == bin].mean()) * (bins == bin).sum() for bin in set(bins.tolist())]
    return float(sum(gaps) / len(said))


def error_by_curve(said, found):
    """The same by scikit-learn's bins, which are of the same size where no two scores are equal and 15 divides their number."""
    assert len(set(said.tolist())) == len(said) and len(said) % BINS == 0
    rate, mean = calibration_curve(found, said, n_bins=BINS, strategy="quantile")
    assert len(rate) == BINS
    return float(numpy.abs(rate - mean).mean())


def calibration(flat_p, flat_labels, p, labels):
    any_click = 1 - numpy.prod(1 - p, axis=1)
    clicked = (labels.sum(axis=1) > 0).astype(int)
    # Added up from the left: another order rounds otherwise.
    expected = numpy.cumsum(p, axis=1)[:, -1]
    found = {
        "calibrationError": binned_error(flat_p, flat_labels),
        "listLogLoss": metrics.log_loss(clicked, any_click),
        "listCalibrationError": binned_error(any_click, clicked),
        "clickCountError": binned_error(expected, labels.sum(axis=1)),
        "meanClicksError": float(abs(p.sum(axis=1).mean() - labels.sum(axis=1).mean())),
    }
    if len(set(flat_p.tolist())) == len(flat_p):
        found["calibrationErrorByCurve"] = error_by_curve(flat_p, flat_labels)
    if len(any_click) % BINS == 0:
        found["listCalibrationErrorByCurve"] = error_by_curve(any_click, clicked)
    return found


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
            **ranking_means(logits, labels),
            **calibration(flat_p, flat_labels, probabilities, labels),
        },
    }


def main():
    rng = numpy.random.default_rng(20)
    fixture = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__, "scipy": scipy.__version__},
        "sources": SOURCES,
        "cases": [
            case("distinct scores", rng, 30, 8),
            case("many ties", rng, 40, 6, grid=0.5),
            case("rare clicks, more than 256 items", rng, 60, 5, rate=0.04),
        ],
    }
    json.dump(fixture, sys.stdout)
    sys.stdout.write("\n")


main()
