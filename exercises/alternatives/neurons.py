"""Other right solutions of the exercises of the chapter on neurons."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from exercises.spec import Function
from exercises.specs.neurons.draws import Array
from exercises.specs.neurons.networks import layers
from exercises.specs.neurons.perceptron import rule, train
from nnlib.activations import sigmoid


def _train_folded(X: Array, y: Array, learning_rate: float, epochs: int) -> tuple[Array, float]:
    """The bias as weight 0 of an input that is always 1."""
    extended = np.column_stack([np.ones(len(X)), X])
    v = np.zeros(extended.shape[1])
    for _ in range(epochs):
        for row, label in zip(extended, y, strict=True):
            v += learning_rate * (label - (row @ v >= 0)) * row
    return v[1:], float(v[0])


def _train_until_right(
    X: Array, y: Array, learning_rate: float, epochs: int
) -> tuple[list[float], float]:
    """Plain lists, and a stop as soon as an epoch has no mistake."""
    w, b = [0.0] * X.shape[1], 0.0
    for _ in range(epochs):
        mistakes = 0
        for row, label in zip(X.tolist(), y.tolist(), strict=True):
            guess = 1 if sum(wi * xi for wi, xi in zip(w, row, strict=True)) + b >= 0 else 0
            if guess != label:
                mistakes += 1
                change = learning_rate * (label - guess)
                w = [wi + change * xi for wi, xi in zip(w, row, strict=True)]
                b += change
        if not mistakes:
            break
    return w, b


ALTERNATIVES: dict[str, tuple[Function, ...]] = {
    "weighted_sum": (
        lambda x, w, b: sum(float(xi) * float(wi) for xi, wi in zip(x, w, strict=True)) + b,
        lambda x, w, b: np.einsum("i,i->", x, w) + b,
        lambda x, w, b: np.dot(np.append(w, b), np.append(x, 1.0)),
        lambda x, w, b: x.astype(np.float32) @ w.astype(np.float32) + np.float32(b),
        lambda x, w, b: np.inner(w, x).item() + b,
    ),
    "neuron": (
        lambda x, w, b: 1 / (1 + np.exp(-(np.sum(x * w) + b))),
        lambda x, w, b: 0.5 * (1 + np.tanh((w @ x + b) / 2)),
        lambda x, w, b: np.exp(-np.logaddexp(0, -(w @ x + b))),
        lambda x, w, b: sigmoid(w.astype(np.float32) @ x.astype(np.float32) + np.float32(b)),
    ),
    "neuron_batch": (
        lambda X, w, b: [float(sigmoid(row @ w + b)) for row in X],
        lambda X, w, b: sigmoid(np.einsum("nd,d->n", X, w) + b),
        lambda X, w, b: sigmoid((X * w).sum(axis=1) + b),
        lambda X, w, b: sigmoid((w @ X.T + b).astype(np.float32)),
    ),
    "count_parameters": (
        lambda sizes: sum((i + 1) * o for i, o in pairwise(sizes)),
        lambda sizes: int(np.dot(np.add(sizes[:-1], 1), sizes[1:])),
        lambda sizes: float(sum(i * o + o for i, o in pairwise(sizes))),
    ),
    "xor_network": (
        lambda: [[[1, 1], [1, 1]], [-0.5, -1.5], [1, -1], -0.5],
        lambda: ([[1, -1], [-1, 1]], [-0.5, -0.5], [1, 1], -0.5),
        lambda: ([[20.0, -20], [20, -20]], [-10.0, 30], [20.0, 20], -30.0),
    ),
    "forward_two_layers": (
        layers,
        lambda X, W1, b1, W2, b2: [part.tolist() for part in layers(X, W1, b1, W2, b2)],
        lambda X, W1, b1, W2, b2: tuple(
            np.array(rows) for rows in zip(*(layers(x, W1, b1, W2, b2) for x in X), strict=True)
        ),
        lambda X, W1, b1, W2, b2: layers(
            *(part.astype(np.float32) for part in (X, W1, b1, W2, b2))
        ),
    ),
    "perceptron_predict": (
        lambda X, w, b: [1 if float(row @ w) + b >= 0 else 0 for row in X],
        lambda X, w, b: X @ w + b >= 0,
        lambda X, w, b: np.heaviside(X @ w + b, 1),
        lambda X, w, b: (X @ w + b >= 0).astype(np.float32),
    ),
    "perceptron_update": (
        lambda x, y, w, b, r: rule(x, y, w, b, r),
        lambda x, y, w, b, r: list(rule(x, y, w, b, r)),
        lambda x, y, w, b, r: (
            (w, b)
            if (w @ x + b >= 0) == bool(y)
            else (w + r * (2 * y - 1) * x, b + r * (2 * y - 1))
        ),
        lambda x, y, w, b, r: (
            [wi + r * (y - int(w @ x + b >= 0)) * xi for wi, xi in zip(w, x, strict=True)],
            b + r * (y - int(w @ x + b >= 0)),
        ),
    ),
    "perceptron_train": (
        lambda X, y, r, n: train(X, y, r, n),
        lambda X, y, r, n: train(X.astype(np.float32), y, r, n),
        lambda X, y, r, n: _train_folded(X, y, r, n),
        lambda X, y, r, n: _train_until_right(X, y, r, n),
    ),
}
