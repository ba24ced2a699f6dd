"""Losses: values, gradients, shapes; one table for all loss objects."""

import inspect
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import (
    MAE,
    MSE,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Hinge,
    Huber,
    KLDivergence,
    Loss,
    binary_cross_entropy,
    categorical_cross_entropy,
    hinge,
    huber,
    kl_divergence,
    mae,
    mse,
    sigmoid,
    softmax,
)
from nnlib.gradcheck import check_loss


def rng(seed=0):
    return np.random.default_rng(seed)


LABELS = np.array([0, 2, 1, 2])
ONE_HOT = np.eye(3)[LABELS]
SCORES = rng().standard_normal((4, 3))
LOGITS = rng(1).standard_normal((4, 1))
YES_NO = np.array([[1], [0], [0], [1]])

SIGNS = np.array([[1, -1, 1], [-1, -1, 1], [1, 1, -1], [-1, 1, 1]])
SOFT = softmax(rng(4).standard_normal((4, 3)))
WEIGHTS = [0.5, 2.0, 0.0]
EMPHASIS = {"label_smoothing": 0.2, "class_weights": WEIGHTS}

# name: loss object, prediction, target, the function that gives the same number
CASES = {
    "MSE": (MSE(), SCORES, rng(2).standard_normal((4, 3)), mse),
    "MSE of vectors": (MSE(), SCORES[0], SCORES[1], mse),
    "BCE": (
        BinaryCrossEntropy(),
        LOGITS,
        YES_NO,
        lambda z, y: binary_cross_entropy(z, y, from_logits=True),
    ),
    "BCE, many outputs, soft targets": (
        BinaryCrossEntropy(),
        SCORES,
        rng(3).uniform(size=(4, 3)),
        lambda z, y: binary_cross_entropy(z, y, from_logits=True),
    ),
    "BCE of probabilities": (
        BinaryCrossEntropy(from_logits=False),
        sigmoid(LOGITS),
        YES_NO,
        binary_cross_entropy,
    ),
    "CCE": (
        CategoricalCrossEntropy(),
        SCORES,
        LABELS,
        lambda z, y: categorical_cross_entropy(z, y, from_logits=True),
    ),
    "CCE, one-hot": (
        CategoricalCrossEntropy(),
        SCORES,
        ONE_HOT,
        lambda z, y: categorical_cross_entropy(z, y, from_logits=True),
    ),
    "CCE of probabilities": (
        CategoricalCrossEntropy(from_logits=False),
        softmax(SCORES),
        LABELS,
        categorical_cross_entropy,
    ),
    "CCE of probabilities, soft targets": (
        CategoricalCrossEntropy(from_logits=False),
        softmax(SCORES),
        SOFT,
        categorical_cross_entropy,
    ),
    "CCE, smoothed": (
        CategoricalCrossEntropy(label_smoothing=0.2),
        SCORES,
        LABELS,
        lambda z, y: categorical_cross_entropy(z, y, True, label_smoothing=0.2),
    ),
    "CCE, smoothed and weighted": (
        CategoricalCrossEntropy(**EMPHASIS),
        SCORES,
        LABELS,
        lambda z, y: categorical_cross_entropy(z, y, True, **EMPHASIS),
    ),
    "CCE, weighted, mean over samples": (
        CategoricalCrossEntropy(class_weights=WEIGHTS, mean_over="samples"),
        SCORES,
        SOFT,
        lambda z, y: categorical_cross_entropy(
            z, y, True, class_weights=WEIGHTS, mean_over="samples"
        ),
    ),
    "CCE of probabilities, smoothed and weighted": (
        CategoricalCrossEntropy(from_logits=False, **EMPHASIS),
        softmax(SCORES),
        SOFT,
        lambda p, y: categorical_cross_entropy(p, y, **EMPHASIS),
    ),
    "KL": (KLDivergence(), SCORES, SOFT, lambda z, y: kl_divergence(z, y, from_logits=True)),
    "KL, labels": (KLDivergence(), SCORES, LABELS, lambda z, y: kl_divergence(z, y, True)),
    "KL of probabilities": (
        KLDivergence(from_logits=False),
        softmax(SCORES),
        SOFT,
        kl_divergence,
    ),
    "MAE": (MAE(), SCORES, rng(2).standard_normal((4, 3)), mae),
    "Huber": (Huber(), 3 * SCORES, rng(2).standard_normal((4, 3)), huber),
    "Huber, δ = 0.3": (
        Huber(0.3),
        SCORES,
        rng(2).standard_normal((4, 3)),
        lambda z, y: huber(z, y, 0.3),
    ),
    "Hinge": (Hinge(), 2 * LOGITS, 2 * YES_NO - 1, hinge),
    "Hinge, one against the rest": (Hinge(), SCORES, SIGNS, hinge),
}

every_loss = pytest.mark.parametrize(
    ("loss", "prediction", "target", "function"), CASES.values(), ids=CASES.keys()
)


def test_every_public_loss_has_a_case():
    public = {
        thing
        for name in nnlib.__all__
        if inspect.isclass(thing := getattr(nnlib, name))
        and issubclass(thing, Loss)
        and thing is not Loss
    }
    assert public == {type(loss) for loss, *_ in CASES.values()}


@every_loss
def test_object_and_function_give_the_same_number(loss, prediction, target, function):
    value, _ = loss.forward(prediction, target)
    assert isinstance(value, float)
    assert value == pytest.approx(float(function(prediction, target)), rel=1e-12)
    assert loss(prediction, target) == value


@every_loss
@pytest.mark.parametrize("full", [False, True])
def test_gradients(loss, prediction, target, function, full):
    assert check_loss(loss, prediction, target, rng=rng(), full=full) < 1e-6


@every_loss
def test_backward_can_be_repeated(loss, prediction, target, function):
    _, cache = loss.forward(prediction, target)
    first = loss.backward(cache).copy()
    assert np.array_equal(loss.backward(cache), first)


@every_loss
def test_cache_is_reused_and_changes_no_number(loss, prediction, target, function):
    _, cache = loss.forward(prediction, target)
    gradient = loss.backward(cache)
    other = prediction * 0.5 + 0.5 / prediction.shape[-1]  # still probabilities where they were
    value, cache = loss.forward(other, target, cache=cache)
    assert loss.backward(cache) is gradient
    fresh_value, fresh = loss.forward(other, target)
    assert value == fresh_value
    assert np.array_equal(gradient, loss.backward(fresh))
    assert np.isfinite(loss.forward(other[:2], target[:2], cache=cache)[0])


@every_loss
def test_inputs_are_left_alone(loss, prediction, target, function):
    p, t = prediction.copy(), target.copy()
    p.flags.writeable = t.flags.writeable = False
    for _ in range(2):
        _, cache = loss.forward(p, t)
        loss.backward(cache)
    assert np.array_equal(p, prediction)
    assert np.array_equal(t, target)


@every_loss
def test_dtype_is_kept(loss, prediction, target, function):
    value, cache = loss.forward(prediction.astype(np.float32), target)
    assert loss.backward(cache).dtype == np.float32
    assert value == pytest.approx(loss(prediction, target), rel=1e-5)


@every_loss
def test_nan_predictions_show_in_the_loss(loss, prediction, target, function):
    p = prediction.copy()
    p[0] = np.nan
    assert math.isnan(loss(p, target))


@every_loss
def test_lists_are_welcome(loss, prediction, target, function):
    assert loss(prediction.tolist(), target.tolist()) == pytest.approx(loss(prediction, target))


def test_a_cache_of_another_loss_is_safe():
    target = ONE_HOT.copy()
    _, cache = MSE().forward(SCORES, target)
    loss = CategoricalCrossEntropy()
    value, cache = loss.forward(SCORES, LABELS, cache=cache)
    assert value == loss(SCORES, LABELS)
    _, other = MSE().forward(SCORES, target, cache=cache)
    loss.forward(SCORES, LABELS[::-1], cache=cache)
    loss.forward(SCORES, LABELS[::-1], cache=other)
    assert np.array_equal(target, ONE_HOT)
    with pytest.raises(TypeError, match="expected the cache of its own forward, got a LossCache"):
        loss.backward(other)


def test_known_gradients():
    _, cache = CategoricalCrossEntropy().forward(SCORES, LABELS)
    assert CategoricalCrossEntropy().backward(cache) == pytest.approx(
        (softmax(SCORES) - ONE_HOT) / 4
    )
    _, cache = BinaryCrossEntropy().forward(LOGITS, YES_NO)
    assert BinaryCrossEntropy().backward(cache) == pytest.approx((sigmoid(LOGITS) - YES_NO) / 4)
    _, cache = MSE().forward([3.0, 0.0], [1.0, 0.0])
    assert MSE().backward(cache).tolist() == [2.0, 0.0]


def test_logits_and_probabilities_agree():
    assert binary_cross_entropy(LOGITS, YES_NO, True) == pytest.approx(
        binary_cross_entropy(sigmoid(LOGITS), YES_NO)
    )
    assert categorical_cross_entropy(SCORES, LABELS, True) == pytest.approx(
        categorical_cross_entropy(softmax(SCORES), ONE_HOT)
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extremes_give_no_warning_and_no_infinity(dtype):
    big = np.array([[1e4, -1e4], [-1e4, 1e4]], dtype)
    sure = np.array([[1.0, 0.0], [0.0, 1.0]], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for loss, prediction, target in (
            (BinaryCrossEntropy(), big, [[0, 1], [1, 0]]),
            (BinaryCrossEntropy(from_logits=False), sure, [[0, 1], [1, 0]]),
            (CategoricalCrossEntropy(), big, [1, 0]),
            (CategoricalCrossEntropy(from_logits=False), sure, [1, 0]),
            (CategoricalCrossEntropy(label_smoothing=0.1, class_weights=[1, 2]), big, [1, 0]),
            (KLDivergence(), big, sure[::-1]),
            (KLDivergence(from_logits=False), sure, sure[::-1]),
            (MAE(), big, -big),
            (Huber(), big, -big),
            (Hinge(), big, [[-1, 1], [1, -1]]),
        ):
            value, cache = loss.forward(prediction, target)
            assert value >= 100
            assert np.isfinite(value)
            assert np.isfinite(loss.backward(cache)).all()
    assert CategoricalCrossEntropy()(big, [0, 1]) == 0.0
    assert binary_cross_entropy(50.0, 1, True) == pytest.approx(math.exp(-50), rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("function", "prediction", "target", "shape"),
    [
        (mse, SCORES, SCORES, (4, 3)),
        (binary_cross_entropy, sigmoid(LOGITS), YES_NO, (4, 1)),
        (categorical_cross_entropy, softmax(SCORES), LABELS, (4,)),
        (kl_divergence, softmax(SCORES), SOFT, (4,)),
        (mae, SCORES, ONE_HOT, (4, 3)),
        (huber, SCORES, ONE_HOT, (4, 3)),
        (hinge, SCORES, SIGNS, (4, 3)),
    ],
)
def test_reductions(function, prediction, target, shape):
    each = function(prediction, target + 0, reduction="none")
    assert each.shape == shape
    assert function(prediction, target, reduction="sum") == pytest.approx(each.sum())
    assert function(prediction, target) == pytest.approx(each.mean())
    with pytest.raises(ValueError, match="expected reduction mean, sum or none; got 'median'"):
        function(prediction, target, reduction="median")


def test_mean_squared_error_by_hand():
    assert mse([[1.0, 2.0], [3.0, 4.0]], np.zeros((2, 2))) == 7.5


@given(st.floats(-30, 30), st.sampled_from([0, 1]))
def test_binary_equals_two_class_categorical(z, y):
    two = categorical_cross_entropy([[0.0, z]], [y], True)
    assert binary_cross_entropy([z], [y], True) == pytest.approx(two, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(
    "loss",
    [
        *(MSE(), BinaryCrossEntropy(), MAE(), Huber(), Hinge()),
        *(mse, binary_cross_entropy, mae, huber, hinge),
    ],
)
@pytest.mark.parametrize(("p", "t"), [((4, 1), (4,)), ((4,), (4, 1)), ((4,), ()), ((4, 2), (4, 1))])
def test_shapes_never_broadcast(loss, p, t):
    with pytest.raises(
        ValueError, match="expected prediction and target of the same shape"
    ) as info:
        loss(np.full(p, 0.5), np.ones(t))
    if p == (4, 1) and t == (4,):
        assert "target[:, None]" in str(info.value)
    if p == (4,) and t == (4, 1):
        assert "prediction[:, None]" in str(info.value)


@pytest.mark.parametrize(
    ("prediction", "target", "error", "message"),
    [
        (SCORES, [0, 1, 2, 3], ValueError, "labels from 0 to 2, got 0 to 3"),
        (SCORES, [0, -1, 2, 1], ValueError, "labels from 0 to 2, got -1 to 2"),
        (SCORES, [0.0, 1.0, 2.0, 1.0], TypeError, r"labels.astype\(int\)"),
        (SCORES, [0, 1], ValueError, r"labels of shape \(4,\) or one-hot rows of shape \(4, 3\)"),
        (SCORES, np.ones((4, 3)), ValueError, "rows that sum to 1, got a sum of 3 in row 0"),
        (SCORES, 2 * ONE_HOT - 1, ValueError, "between 0 and 1, got -1 to 1"),
        (SCORES[:, :1], [0, 0, 0, 0], ValueError, "C at least 2"),
        (SCORES[0], [0], ValueError, r"shape \(N, C\)"),
        (SCORES[:0], LABELS[:0], ValueError, r"got \(0, 3\)"),
    ],
)
def test_categorical_errors(prediction, target, error, message):
    for loss in (CategoricalCrossEntropy(), categorical_cross_entropy):
        with pytest.raises(error, match=message):
            loss(prediction, target)


def test_probabilities_out_of_range():
    with pytest.raises(ValueError, match="For logits pass from_logits=True"):
        binary_cross_entropy([1.5], [1])
    with pytest.raises(ValueError, match="For logits pass from_logits=True"):
        categorical_cross_entropy([[0.5, 0.6]], [1])
    with pytest.raises(ValueError, match="target: expected numbers between 0 and 1, got -1 to 1"):
        binary_cross_entropy([0.5, 0.5], [1, -1])
    with pytest.raises(ValueError, match="at least one prediction"):
        mse([], [])


def test_probabilities_for_metrics():
    assert MSE().probabilities(LOGITS) is LOGITS
    assert BinaryCrossEntropy().probabilities(LOGITS) == pytest.approx(sigmoid(LOGITS))
    assert CategoricalCrossEntropy().probabilities(SCORES) == pytest.approx(softmax(SCORES))
    assert KLDivergence().probabilities(SCORES) == pytest.approx(softmax(SCORES))
    for loss in (BinaryCrossEntropy(False), CategoricalCrossEntropy(False), KLDivergence(False)):
        assert loss.probabilities(SCORES) is SCORES


def test_repr():
    assert repr(MSE()) == "MSE()"
    assert repr(BinaryCrossEntropy()) == "BinaryCrossEntropy(from_logits=True)"
    assert repr(KLDivergence()) == "KLDivergence(from_logits=True)"
    assert repr(Huber(2)) == "Huber(delta=2.0)"
    assert repr(CategoricalCrossEntropy(**EMPHASIS)) == (
        "CategoricalCrossEntropy(from_logits=True, label_smoothing=0.2, "
        "class_weights=[0.5, 2.0, 0.0], mean_over='weights')"
    )
    for loss, *_ in CASES.values():
        assert repr(eval(repr(loss), vars(nnlib))) == repr(loss)
