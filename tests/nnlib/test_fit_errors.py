"""`fit` refuses what cannot work, before anything is learned."""

import numpy as np
import pytest

from nnlib import (
    L2,
    MSE,
    SGD,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    ReLU,
    Sequential,
    Sigmoid,
    Softmax,
    mse,
)
from nnlib.datasets import blobs


def rng(seed=0):
    return np.random.default_rng(seed)


def classifier(seed=0):
    r = rng(seed)
    return Sequential(Dense(2, 8, rng=r), ReLU(), Dense(8, 3, rng=r))


DATA = blobs(90, centers=3, spread=0.7, rng=rng(5))


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"x": np.zeros((0, 2)), "y": []}, ValueError, "at least one sample"),
        ({"y": DATA.y[:-1]}, ValueError, r"x of shape \(90, 2\) and y of shape \(89,\)"),
        ({"y": 3}, ValueError, "as many targets as samples"),
        ({"x": DATA.x[:, 0]}, ValueError, r"fit: expected x of shape \(N, D\), got \(90,\)"),
        ({"x": DATA.x[:, :1]}, ValueError, r"Dense.forward: expected x of shape \(N, 2\)"),
        ({"x": np.where(DATA.x > 3, np.nan, DATA.x)}, ValueError, "fit x: expected finite"),
        ({"x": np.full((90, 2), "a")}, TypeError, "fit x: expected real numbers"),
        ({"y": DATA.y + 1}, ValueError, "labels from 0 to 2, got 1 to 3"),
        ({"y": np.r_[DATA.y[:-1], -1]}, ValueError, "labels from 0 to 2, got -1 to 2"),
        ({"y": DATA.y.astype(float)}, TypeError, "expected integer class labels"),
        ({"y": np.full((90, 3), np.nan)}, ValueError, "fit y: expected finite"),
        ({"y": np.full(90, "a")}, TypeError, "fit y: expected real numbers"),
        ({"loss": MSE}, TypeError, r"the class MSE; write MSE\(\)"),
        ({"loss": mse}, TypeError, "got the function mse"),
        ({"loss": "mse"}, TypeError, "got 'mse'"),
        ({"optimizer": SGD}, TypeError, r"the class SGD; write SGD\(\)"),
        ({"optimizer": 0.1}, TypeError, "expected an optimizer object"),
        ({"penalty": 0.001}, TypeError, r"expected a penalty such as L2\(0.001\), got 0.001"),
        ({"penalty": L2}, TypeError, r"the class L2; write L2\(\)"),
        ({"epochs": 0}, ValueError, "fit epochs: expected a positive integer"),
        ({"epochs": 1.5}, TypeError, "fit epochs: expected a positive integer"),
        ({"batch_size": 0}, ValueError, "fit batch_size"),
        ({"rng": 0}, TypeError, "default_rng"),
        ({"metrics": ("acuracy",)}, ValueError, "metrics: expected one of accuracy"),
        ({"metrics": "accuracy"}, TypeError, r"expected a tuple such as \('accuracy',\)"),
        ({"validation_data": DATA.x}, TypeError, r"expected validation_data as \(x, y\)"),
        ({"validation_data": (DATA.x, DATA.y + 5)}, ValueError, "labels from 0 to 2"),
        ({"loss": MSE()}, ValueError, r"same shape, got \(90, 3\) and \(90,\)"),
    ],
)
def test_fit_refuses_what_cannot_work(changes, error, message):
    model = classifier()
    arguments = {
        "x": DATA.x,
        "y": DATA.y,
        "loss": CategoricalCrossEntropy(),
        "optimizer": SGD(0.1),
        "epochs": 1,
        "rng": rng(),
        **changes,
    }
    with pytest.raises(error, match=message):
        model.fit(arguments.pop("x"), arguments.pop("y"), **arguments)
    assert np.array_equal(model.vector, classifier().vector)


def test_a_column_is_asked_for_when_the_targets_are_a_row():
    model = Sequential(Dense(2, 1, rng=rng()))
    with pytest.raises(ValueError, match=r"\(90, 1\) and \(90,\). .* target\[:, None\]"):
        model.fit(DATA.x, DATA.x[:, 0], loss=MSE(), optimizer=SGD(), epochs=1, rng=rng())


@pytest.mark.parametrize(
    ("last", "loss"),
    [(Sigmoid(), BinaryCrossEntropy()), (Softmax(), CategoricalCrossEntropy())],
)
def test_probabilities_for_a_loss_that_wants_logits_are_noticed(last, loss):
    model = Sequential(Dense(2, 3, rng=rng()), Sequential(last))
    for use in (
        lambda: model.fit(DATA.x, DATA.y, loss=loss, optimizer=SGD(), epochs=1, rng=rng()),
        lambda: model.evaluate(DATA.x, DATA.y, loss=loss),
    ):
        with pytest.raises(ValueError, match=r"gives probabilities, but .* expects logits"):
            use()


def test_logits_for_a_loss_that_wants_probabilities_are_noticed():
    with pytest.raises(ValueError, match="For logits pass from_logits=True"):
        classifier().fit(
            DATA.x,
            DATA.y,
            loss=CategoricalCrossEntropy(from_logits=False),
            optimizer=SGD(),
            epochs=1,
            rng=rng(),
        )
