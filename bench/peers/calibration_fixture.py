"""Records what scikit-learn fits and bins, for test/calibration-fixture.test.ts.

    python bench/peers/calibration_fixture.py > test/fixtures/calibration.json

Needs numpy and scikit-learn (the versions are stored in the fixture). Users and `npm test` never run this.
"""

import json
import sys

import numpy
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression


def line(logits, labels, intercept):
    model = LogisticRegression(C=numpy.inf, fit_intercept=intercept, tol=1e-12, max_iter=10_000, solver="newton-cholesky")
    model.fit(logits[:, None], labels)
    return {"intercept": float(numpy.ravel(model.intercept_)[0]), "slope": float(model.coef_[0, 0])}


def case(name, rng, items, intercept, slope):
    logits = numpy.round(rng.normal(-1.5, 1.3, items), 6)
    labels = (rng.random(items) < 1 / (1 + numpy.exp(-(intercept + slope * logits)))).astype(int)
    counts = rng.integers(1, 40, 25)
    clicks = rng.binomial(counts, numpy.linspace(0.05, 0.4, 25))
    places = numpy.arange(25.0)
    rates = IsotonicRegression().fit(places, clicks / counts, sample_weight=counts).predict(places)
    probabilities = 1 / (1 + numpy.exp(-logits))
    found, predicted = calibration_curve(labels, probabilities, n_bins=10, strategy="quantile")
    return {
        "name": name,
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "platt": line(logits, labels, True),
        "temperature": 1 / line(logits, labels, False)["slope"],
        "bins": {"items": counts.tolist(), "clicks": clicks.tolist(), "isotonic": rates.tolist()},
        "curve": {"found": found.tolist(), "predicted": predicted.tolist()},
    }


def main():
    rng = numpy.random.default_rng(21)
    fixture = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
        "cases": [
            case("too bold", rng, 600, -0.3, 0.6),
            case("too shy", rng, 400, 0.5, 1.7),
        ],
    }
    json.dump(fixture, sys.stdout)
    sys.stdout.write("\n")


main()
