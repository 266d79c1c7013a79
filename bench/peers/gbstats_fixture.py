"""Records what gbstats, the open engine of GrowthBook, says of experiments, for src/measure/experiment/gbstats.test.ts.

    python bench/peers/gbstats_fixture.py > src/measure/experiment/fixtures/gbstats.json

Needs gbstats (its version is stored in the fixture). Users and `npm test` never run this.
"""

import importlib.metadata
import json
import sys

import numpy
from gbstats.frequentist.tests import FrequentistConfig, SequentialConfig, SequentialTwoSidedTTest, TwoSidedTTest
from gbstats.models.statistics import RatioStatistic, RegressionAdjustedStatistic, SampleMeanStatistic
from gbstats.utils import check_srm


def users(rng, count, lift):
    """Rows of clicks and lists, and the same of the time before; one user in ten has no past."""
    activity = numpy.exp(rng.normal(1.0, 1.0, count))
    taste = rng.beta(2, 8, count)
    lists = 1 + rng.poisson(activity)
    past_lists = numpy.where(rng.random(count) < 0.1, 0, rng.poisson(2 * activity))
    clicks = rng.poisson(lists * taste * lift)
    past_clicks = rng.poisson(past_lists * taste)
    return numpy.stack([clicks, lists, past_clicks, past_lists], axis=1)


def mean_of(values):
    return SampleMeanStatistic(n=len(values), sum=float(values.sum()), sum_squares=float((values**2).sum()))


def ratio(rows):
    return RatioStatistic(
        n=len(rows),
        m_statistic=mean_of(rows[:, 0]),
        d_statistic=mean_of(rows[:, 1]),
        m_d_sum_of_products=float((rows[:, 0] * rows[:, 1]).sum()),
    )


def adjusted(post, pre):
    return RegressionAdjustedStatistic(
        n=len(post),
        post_statistic=mean_of(post),
        pre_statistic=mean_of(pre),
        post_pre_sum_of_products=float((post * pre).sum()),
        theta=0,
    )


def linear(above, below):
    """A ratio's users as values of a mean: gbstats 0.8 knows no past of ratios, but that of means."""
    value = above.sum() / below.sum()
    return value + (above - value * below) / below.mean()


def adjusted_ratio(rows):
    rows = rows.astype(float)
    return adjusted(linear(rows[:, 0], rows[:, 1]), linear(rows[:, 2], rows[:, 3]))


def theta_of(rows):
    """Covariance of now and before by the variance of before, of the rows as values of a mean."""
    rows = rows.astype(float)
    now, before = linear(rows[:, 0], rows[:, 1]), linear(rows[:, 2], rows[:, 3])
    return float(numpy.cov(now, before)[0, 1] / numpy.var(before, ddof=1))


def told(control, variant, alpha, tuning, theta=None):
    """With a theta that is given in the place of the one that gbstats would choose."""
    config = dict(alpha=alpha, test_value=0, difference_type="absolute")
    looked_once = TwoSidedTTest(control, variant, FrequentistConfig(**config))
    always = SequentialTwoSidedTTest(control, variant, SequentialConfig(**config, sequential_tuning_parameter=tuning))
    if theta is not None:
        for test in (looked_once, always):
            test.stat_a.theta = test.stat_b.theta = theta
    return {
        "estimate": float(always.point_estimate),
        "error": float(numpy.sqrt(looked_once.variance)),
        "low": float(always.confidence_interval[0]),
        "high": float(always.confidence_interval[1]),
    }


def case(name, rng, counts, lift, alpha, tuning):
    control, variant = users(rng, counts[0], 1.0), users(rng, counts[1], lift)
    return {
        "name": name,
        "risk": alpha,
        "tightestAt": tuning,
        "control": control.tolist(),
        "variant": variant.tolist(),
        "mean": told(mean_of(control[:, 0]), mean_of(variant[:, 0]), alpha, tuning),
        "ratio": told(ratio(control), ratio(variant), alpha, tuning),
        "reducedMean": told(
            adjusted(control[:, 0], control[:, 2]), adjusted(variant[:, 0], variant[:, 2]), alpha, tuning
        ),
        # The users of both as values of one mean, which is how theta is defined here.
        "reducedRatio": told(
            *(adjusted_ratio(control), adjusted_ratio(variant), alpha, tuning),
            theta=theta_of(numpy.concatenate([control, variant])),
        ),
        # gbstats chooses theta from users as values of two means, one a variant.
        "reducedRatioOwnTheta": told(adjusted_ratio(control), adjusted_ratio(variant), alpha, tuning),
    }


rng = numpy.random.default_rng(11)
splits = [([510, 490], [1, 1]), ([1000, 850], [1, 1]), ([300, 310, 640], [1, 1, 2]), ([90, 20, 25, 30], [5, 1, 1, 1])]
json.dump(
    {
        "madeBy": {name: importlib.metadata.version(name) for name in ("gbstats", "numpy", "scipy")},
        "cases": [
            case("even", rng, (300, 300), 1.1, 0.05, 5000),
            case("uneven", rng, (400, 120), 1.0, 0.01, 800),
        ],
        "sampleRatios": [
            {"users": found, "shares": shares, "p": float(check_srm(found, shares))} for found, shares in splits
        ],
    },
    sys.stdout,
)
