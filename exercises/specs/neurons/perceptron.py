"""The perceptron: prediction, one update, the training loop."""

from __future__ import annotations

from typing import Any

import numpy as np

from exercises.spec import Arguments, Check, Example, Exercise, Mistake
from exercises.specs.neurons.draws import CORNERS, Array, Rng, batches, point
from nnlib import Perceptron
from nnlib.activations import step


def _perceptron(w: Array, b: float, learning_rate: float = 1.0) -> Perceptron:
    return Perceptron(len(w), learning_rate=learning_rate, weights=w, bias=b)


def _both_sides(rng: Rng) -> list[Arguments]:
    """Batches with points well away from the line, on both sides of it."""
    calls: list[Arguments] = []
    while len(calls) < 4:
        X, w, b = batches(((7, 3),), rng)[0]
        z = X @ w + b
        if np.abs(z).min() > 0.01 and 0 < (z > 0).sum() < len(z):
            calls.append((X, w, b))
    return calls


def _on_the_line(rng: Rng) -> list[Arguments]:
    """Small whole numbers, so that z is exactly 0 for the first point."""
    calls: list[Arguments] = []
    for _ in range(3):
        X = rng.integers(-3, 4, size=(6, 2)).astype(float)
        w = rng.choice([-2.0, -1.0, 1.0, 2.0], size=2)
        calls.append((X, w, float(-(X[0] @ w))))
    X, w, b = calls[0]
    return [*calls, (X[:1], w, b)]  # and a batch of one point


PERCEPTRON_PREDICT = Exercise(
    name="perceptron_predict",
    title="What the perceptron predicts",
    section="perceptron",
    difficulty="easy",
    minutes=8,
    parameters=("X", "w", "b"),
    returns=("labels",),
    reference=lambda X, w, b: _perceptron(w, b).predict(X),
    examples=(
        Example(
            "on both sides of a line",
            (np.array([[2.0, 2.0], [0.0, 0.0], [3.0, -1.0], [-1.0, 0.0]]), np.ones(2), -1.5),
        ),
        Example(
            "a point on the line",
            (np.array([[1.0, 1.0], [2.0, 1.0], [-2.0, 1.0]]), np.array([-1.0, 3.0]), -2.0),
        ),
    ),
    checks=(
        Check("points on both sides of the line", 1.5, _both_sides),
        Check("points exactly on the line", 0.5, _on_the_line),
    ),
    mistakes=(
        Mistake(
            "labels -1 and 1",
            lambda X, w, b: np.where(X @ w + b >= 0, 1, -1),
            "These labels are -1 and 1; the course uses 0 and 1.",
        ),
        Mistake(
            "strict inequality",
            lambda X, w, b: np.where(X @ w + b > 0, 1, 0),
            "A point with z = 0 belongs to class 1 here: compare with >=, not with >.",
        ),
        Mistake(
            "no step",
            lambda X, w, b: X @ w + b,
            "These are the weighted sums z: the step function still has to turn them into 0 or 1.",
        ),
        Mistake(
            "classes swapped",
            lambda X, w, b: np.where(X @ w + b >= 0, 0, 1),
            "The classes are swapped: z >= 0 means class 1.",
        ),
        Mistake(
            "bias subtracted",
            lambda X, w, b: np.where(X @ w - b >= 0, 1, 0),
            "The bias is subtracted; it has to be added.",
        ),
        Mistake(
            "bias missing",
            lambda X, w, b: np.where(X @ w >= 0, 1, 0),
            "The bias is missing: without it the line goes through the origin.",
        ),
    ),
    hints=(
        "Start with the weighted sums of all rows. On which side of the line is z >= 0?",
        "`z >= 0` gives an array of True and False. How do you turn it into 1 and 0?",
        "`np.where(condition, 1, 0)` or `condition.astype(int)`.",
    ),
)


def _update_with_nnlib(
    x: Array, y: int, w: Array, b: float, learning_rate: float
) -> tuple[Array, float]:
    unit = _perceptron(w, b, learning_rate)
    unit.update(x, y)
    return unit.weights, unit.bias


def _labelled_points(rng: Rng) -> list[Arguments]:
    """Points that are missed or right already, of both classes, well away from the line."""
    calls: list[Arguments] = []
    for y, wrong in ((1, True), (0, True), (1, True), (0, True), (1, False), (0, False)):
        while True:
            x, w, b = point(rng, bias=True)
            z = w @ x + b
            missed = (z >= 0) != (y == 1)
            if abs(z) > 0.01 and missed == wrong:
                break
        calls.append((x, y, w, b, float(rng.choice([0.1, 0.5, 2.0]))))
    return calls


def _points_on_the_line(rng: Rng) -> list[Arguments]:
    """Small whole numbers with z = 0: class 1, so a point of class 0 is a mistake."""
    x = rng.choice([-3.0, -2.0, 1.0, 2.0], size=(2, 3))
    w = rng.choice([-2.0, -1.0, 1.0, 3.0], size=3)
    return [(point, y, w, float(-(point @ w)), 0.5) for point, y in zip(x, (0, 1), strict=True)]


def rule(
    x: Array, y: int, w: Array, b: float, learning_rate: float, sign: float = 1.0
) -> tuple[Array, float]:
    """The rule from its parts, so that mistakes can leave one of them out."""
    error = sign * (y - float(step(w @ x + b)))
    return w + learning_rate * error * x, b + learning_rate * error


def _in_place(x: Array, y: int, w: Array, b: float, learning_rate: float) -> tuple[Array, float]:
    w[...], b = rule(x, y, w, b, learning_rate)
    return w, b


PERCEPTRON_UPDATE = Exercise(
    name="perceptron_update",
    title="One step of the perceptron rule",
    section="perceptron-rule",
    difficulty="medium",
    minutes=12,
    parameters=("x", "y", "w", "b", "learning_rate"),
    returns=("w", "b"),
    reference=_update_with_nnlib,
    examples=(
        Example(
            "a missed point of class 1",
            (np.array([1.0, 2.0]), 1, np.array([0.5, -1.0]), 0.0, 1.0),
        ),
        Example(
            "a missed point of class 0",
            (np.array([2.0, 1.0]), 0, np.array([-1.0, -1.0]), 4.0, 0.5),
        ),
        Example(
            "a point that is right already",
            (np.array([1.0, 1.0]), 1, np.array([-1.0, -1.0]), 3.0, 1.0),
        ),
        Example(
            "a point of class 0 exactly on the line",
            (np.array([2.0, 1.0]), 0, np.array([1.0, -3.0]), 1.0, 0.5),
        ),
    ),
    checks=(
        Check("the new weights", 1, _labelled_points, part=0),
        Check("the new bias", 1, _labelled_points, part=1),
        Check("points exactly on the line", 0.5, _points_on_the_line),
        Check(
            "the given weights are left as they were", 0.5, _labelled_points, part=0, intact=True
        ),
    ),
    mistakes=(
        Mistake(
            "strict inequality",
            lambda x, y, w, b, r: (
                w + r * (y - (w @ x + b > 0)) * x,
                b + r * (y - (w @ x + b > 0)),
            ),
            "A point with z = 0 is predicted as class 1: compare with >=, not with >.",
        ),
        Mistake(
            "wrong sign",
            lambda x, y, w, b, r: rule(x, y, w, b, r, sign=-1.0),
            "The sign is turned round: add learning_rate * (y - prediction) * x. "
            "This step moves the line away from where it should go.",
        ),
        Mistake(
            "bias never learns",
            lambda x, y, w, b, r: (rule(x, y, w, b, r)[0], b),
            "The bias is not updated: it learns like a weight whose input is always 1.",
        ),
        Mistake(
            "no learning rate",
            lambda x, y, w, b, r: rule(x, y, w, b, 1.0),
            "The learning rate is missing.",
        ),
        Mistake(
            "updates when right",
            lambda x, y, w, b, r: (w + r * (2 * y - 1) * x, b + r * (2 * y - 1)),
            "Points that are right already move the line too; only mistakes may.",
        ),
        Mistake(
            "weighted sum in the error",
            lambda x, y, w, b, r: (w + r * (y - (w @ x + b)) * x, b + r * (y - (w @ x + b))),
            "The error is y minus the predicted label (0 or 1), not y minus the weighted sum.",
        ),
        Mistake(
            "no input in the step",
            lambda x, y, w, b, r: (w + (rule(x, y, w, b, r)[1] - b), rule(x, y, w, b, r)[1]),
            "The change of the weights has to be multiplied by the input x.",
        ),
        Mistake(
            "bias times input",
            lambda x, y, w, b, r: (
                rule(x, y, w, b, r)[0],
                b + (rule(x, y, w, b, r)[1] - b) * x[0],
            ),
            "The bias has no input: its change is learning_rate * (y - prediction).",
        ),
        Mistake(
            "in place",
            _in_place,
            "`w += ...` changes the array that was handed in; `w = w + ...` makes a new one.",
        ),
    ),
    hints=(
        "First the prediction for this one point: 0 or 1. Then the error y - prediction.",
        "The error is 1, 0 or -1. When it is 0, nothing should change; does your formula do that?",
        "New weights: w + learning_rate * error * x. New bias: the same with 1 in place of x.",
    ),
)


def _train_with_nnlib(X: Array, y: Array, learning_rate: float, epochs: int) -> tuple[Array, float]:
    unit = Perceptron(X.shape[1], learning_rate=learning_rate)
    unit.fit(X, y, epochs=epochs)
    return unit.weights, unit.bias


def train(
    X: Array,
    y: Array,
    learning_rate: float,
    epochs: int,
    start: float = 0.0,
    frozen: bool = False,
    update: Any = rule,
) -> tuple[Array, float]:
    """The loop from its parts; `frozen` predicts with the weights from the start of the epoch."""
    w, b = np.full(X.shape[1], start), start
    for _ in range(epochs):
        w0, b0 = w, b
        for xi, yi in zip(X, y, strict=True):
            if frozen:
                new_w, new_b = update(xi, yi, w0, b0, learning_rate)
                w, b = w + (new_w - w0), b + (new_b - b0)
            else:
                w, b = update(xi, yi, w, b, learning_rate)
    return w, b


def _smallest_margin(X: Array, y: Array, learning_rate: float, epochs: int) -> float:
    """How near to the line any point ever came. A tie would let rounding decide the answer."""
    nearest = np.inf

    def watch(xi: Array, yi: int, w: Array, b: float, rate: float) -> tuple[Array, float]:
        nonlocal nearest
        if np.any(w):
            nearest = min(nearest, abs(float(w @ xi + b)))
        return rule(xi, yi, w, b, rate)

    train(X, y, learning_rate, epochs, update=watch)
    return nearest


def _training_sets(rng: Rng, epochs: tuple[int, ...], separable: bool) -> list[Arguments]:
    """A data set for each number of epochs, in which no point ever comes near to the line."""
    calls: list[Arguments] = []
    while len(calls) < len(epochs):
        count = epochs[len(calls)]
        X = rng.normal(size=(int(rng.integers(8, 15)), int(rng.integers(2, 4))))
        w, b = rng.normal(size=X.shape[1]), float(rng.normal())
        y = (X @ w + b >= 0).astype(int)
        if not separable:
            y[rng.permutation(len(y))[:3]] ^= 1
        rate = float(rng.choice([0.25, 0.5, 2.0]))
        if 0 < y.sum() < len(y) and _smallest_margin(X, y, rate, count) > 1e-3:
            calls.append((X, y, rate, count))
    return calls


PERCEPTRON_TRAIN = Exercise(
    name="perceptron_train",
    title="The training loop",
    section="perceptron-rule",
    difficulty="medium",
    minutes=20,
    parameters=("X", "y", "learning_rate", "epochs"),
    returns=("w", "b"),
    reference=_train_with_nnlib,
    examples=(
        Example("AND, one epoch", (CORNERS, np.array([0, 0, 0, 1]), 1.0, 1)),
        Example("AND, ten epochs", (CORNERS, np.array([0, 0, 0, 1]), 1.0, 10)),
        Example(
            "other data, two epochs",
            (
                np.array([[2.0, 1.0], [1.0, -1.0], [-1.0, 2.5], [-2.0, -1.0], [0.5, 1.0]]),
                np.array([1, 0, 1, 0, 0]),
                0.5,
                2,
            ),
        ),
    ),
    checks=(
        Check("one epoch", 1, lambda rng: _training_sets(rng, (1, 1, 1), True)),
        Check(
            "many epochs, classes that a line separates",
            2,
            lambda rng: _training_sets(rng, (2, 3, 30), True),
        ),
        Check(
            "many epochs, classes that no line separates",
            1,
            lambda rng: _training_sets(rng, (2, 5, 9), False),
        ),
    ),
    mistakes=(
        Mistake(
            "one epoch only",
            lambda X, y, r, n: train(X, y, r, 1),
            "This is the result of a single walk through the data: repeat it `epochs` times, "
            "without setting w and b back in between.",
        ),
        Mistake(
            "weights frozen within the epoch",
            lambda X, y, r, n: train(X, y, r, n, frozen=True),
            "All predictions of an epoch use the weights from its start; "
            "the perceptron predicts each point with the newest weights.",
        ),
        Mistake(
            "start at one",
            lambda X, y, r, n: train(X, y, r, n, start=1.0),
            "The weights and the bias have to start at zero.",
        ),
        Mistake(
            "bias never learns",
            lambda X, y, r, n: train(
                X, y, r, n, update=lambda x, t, w, b, rate: (rule(x, t, w, b, rate)[0], b)
            ),
            "The bias stays at zero: it has to learn as well.",
        ),
        Mistake(
            "wrong sign",
            lambda X, y, r, n: train(
                X, y, r, n, update=lambda x, t, w, b, rate: rule(x, t, w, b, rate, -1.0)
            ),
            "The sign of the update is turned round: y minus prediction, not prediction minus y.",
        ),
        Mistake(
            "no learning rate",
            lambda X, y, r, n: train(X, y, 1.0, n),
            "The learning rate is not used.",
        ),
        Mistake(
            "last row left out",
            lambda X, y, r, n: train(X[:-1], y[:-1], r, n),
            "The last row of the data is never used.",
        ),
    ),
    hints=(
        "Two loops: one over the epochs, one over the rows of X with their labels.",
        "`for xi, yi in zip(X, y)` gives one point at a time. Use the newest w and b for each.",
        "Start with w = np.zeros(X.shape[1]) and b = 0.0; inside both loops do one "
        "perceptron update.",
    ),
)
