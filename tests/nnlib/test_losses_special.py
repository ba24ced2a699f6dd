"""What is special to single losses; what all have in common is in `test_losses`."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import (
    MAE,
    MSE,
    CategoricalCrossEntropy,
    Hinge,
    Huber,
    accuracy,
    categorical_cross_entropy,
    hinge,
    huber,
    kl_divergence,
    softmax,
)


def rng(seed=0):
    return np.random.default_rng(seed)


LABELS = np.array([0, 2, 1, 2])
ONE_HOT = np.eye(3)[LABELS]
SCORES = rng().standard_normal((4, 3))
SOFT = softmax(rng(4).standard_normal((4, 3)))


# Robust regression


def test_one_wild_target_moves_the_mean_but_not_the_median():
    """The best constant prediction, found by descent, is the mean for MSE, the median for MAE."""
    targets = np.array([1.0, 2.0, 3.0, 4.0, 100.0])

    def best(loss):
        c = np.array([10.0])
        for t in range(4000):
            _, cache = loss.forward(np.full(5, c[0]), targets)
            c -= 20 * 0.998**t * loss.backward(cache).sum()
        return c[0]

    mse_step = MSE().forward(np.full(5, 22.0), targets)[1]
    assert MSE().backward(mse_step).sum() == pytest.approx(0.0, abs=1e-12)
    assert best(MAE()) == pytest.approx(3.0, abs=0.05)
    assert 2.9 < best(Huber(1.0)) < 3.5


@given(st.floats(-50, 50), st.floats(0.01, 10))
def test_huber_is_squared_inside_and_straight_outside(r, delta):
    expected = r * r / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2)
    assert huber(r, 0.0, delta) == pytest.approx(expected, rel=1e-12)
    assert huber(r, 0.0, delta) <= min(r * r / 2, delta * abs(r)) + 1e-12


def test_kinks_get_the_documented_subgradient():
    for loss, prediction, target in ((MAE(), [1.0], [1.0]), (Hinge(), [1.0], [1])):
        assert loss.backward(loss.forward(prediction, target)[1]).tolist() == [0.0]


# Hinge


def test_hinge_wants_signs():
    assert hinge([0.5, 3.0, -0.2], [1, 1, -1]) == pytest.approx((0.5 + 0 + 0.8) / 3)
    for call in (hinge, Hinge()):
        with pytest.raises(ValueError, match=r"labels -1 or \+1, got 0. From labels 0 and 1: 2 \*"):
            call([0.5, 0.5], [0, 1])
        with pytest.raises(ValueError, match=r"expected labels -1 or \+1, got 3$"):
            call([0.5, 0.5], [3, 1])


def test_accuracy_understands_hinge_scores():
    scores = np.array([[2.0], [-0.1], [0.3], [-4.0]])
    signs = np.array([[1.0], [1.0], [-1.0], [-1.0]])
    assert accuracy(Hinge().probabilities(scores), signs) == 0.5
    many = np.array([[3.0, 2.0, -1.0], [0.1, 0.2, 0.3]])
    assert accuracy(Hinge().probabilities(many), [[1, -1, -1], [1, -1, -1]]) == 0.5


# Divergence


@given(st.integers(0, 999))
def test_divergence_is_never_negative_and_zero_only_for_itself(seed):
    p, y = (softmax(3 * rng(seed + k).standard_normal((2, 4))) for k in (0, 1000))
    assert kl_divergence(p, y) > 0
    assert kl_divergence(p, p) == pytest.approx(0.0, abs=1e-14)


def test_divergence_is_cross_entropy_less_entropy_and_not_symmetric():
    p, y = softmax(SCORES), SOFT
    entropy = -np.sum(y * np.log(y)) / 4
    assert kl_divergence(p, y) == pytest.approx(categorical_cross_entropy(p, y) - entropy)
    assert kl_divergence(p, y) != pytest.approx(kl_divergence(y, p), rel=0.01)
    # 0 log 0 = 0
    assert kl_divergence([[0.5, 0.5]], [[1.0, 0.0]]) == pytest.approx(math.log(2))


# Smoothing and weights


def test_smoothed_labels_are_a_mixture_with_the_uniform_distribution():
    y = 0.8 * ONE_HOT + 0.2 / 3
    smoothed = categorical_cross_entropy(SCORES, LABELS, True, label_smoothing=0.2)
    assert smoothed == pytest.approx(categorical_cross_entropy(SCORES, y, True))


def test_class_weights_by_hand():
    weights = np.array([0.5, 2.0, 3.0])
    log_p = np.log(softmax(SCORES))
    each = -weights[LABELS] * log_p[np.arange(4), LABELS]
    options = {"from_logits": True, "class_weights": weights}
    none = categorical_cross_entropy(SCORES, LABELS, reduction="none", **options)
    assert none == pytest.approx(each)
    by_weights = categorical_cross_entropy(SCORES, LABELS, **options)
    assert by_weights == pytest.approx(each.sum() / weights[LABELS].sum())
    by_samples = categorical_cross_entropy(SCORES, LABELS, mean_over="samples", **options)
    assert by_samples == pytest.approx(each.mean())
    total = categorical_cross_entropy(SCORES, LABELS, reduction="sum", **options)
    assert total == pytest.approx(each.sum())
    assert weights.tolist() == [0.5, 2.0, 3.0]


def test_equal_weights_change_nothing_and_a_weight_acts_like_copies():
    plain = categorical_cross_entropy(SCORES, LABELS, True)
    assert categorical_cross_entropy(
        SCORES, LABELS, True, class_weights=[7, 7, 7]
    ) == pytest.approx(plain)
    doubled = np.concatenate([np.arange(4), np.flatnonzero(LABELS == 2)])
    assert categorical_cross_entropy(
        SCORES, LABELS, True, class_weights=[1, 1, 2]
    ) == pytest.approx(categorical_cross_entropy(SCORES[doubled], LABELS[doubled], True))


def test_a_batch_of_weightless_classes_costs_nothing():
    loss = CategoricalCrossEntropy(class_weights=[1, 1, 0])
    value, cache = loss.forward(SCORES, [2, 2, 2, 2])
    assert value == 0.0
    assert not loss.backward(cache).any()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"label_smoothing": 1.0}, "label_smoothing: expected a number of at least 0 and below 1"),
        ({"label_smoothing": -0.1}, "label_smoothing: expected a number of at least 0"),
        ({"class_weights": [1, -1, 1]}, "none below 0 and not all 0"),
        ({"class_weights": [0, 0, 0]}, "none below 0 and not all 0"),
        ({"class_weights": [[1, 1, 1]]}, r"class_weights of shape \(C,\)"),
        ({"class_weights": [1, np.nan, 1]}, r"class_weights of shape \(C,\)"),
        ({"class_weights": [1, 1]}, "for 3 classes expected as many class_weights, got 2"),
        ({"class_weights": [1, 1, 1], "mean_over": "batch"}, "mean_over: expected one of samples"),
    ],
)
def test_senseless_emphasis_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        categorical_cross_entropy(SCORES, LABELS, True, **options)
    with pytest.raises(ValueError, match=message):
        CategoricalCrossEntropy(**options)(SCORES, LABELS)


def test_other_options_are_checked():
    for make in (lambda: Huber(0), lambda: huber([1.0], [1.0], -1)):
        with pytest.raises(ValueError, match="delta: expected a positive finite number"):
            make()
