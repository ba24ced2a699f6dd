"""The perceptron: a neuron with a step, and the rule by which it learns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import (
    as_float,
    check_positive_integer,
    check_positive_number,
    check_rng,
    refuse_nonfinite,
)
from nnlib.activations import step

if TYPE_CHECKING:
    from nnlib._types import AnyArray, Array, ArrayLike


@dataclass
class PerceptronHistory:
    """What happened during `Perceptron.fit`.

    Attributes
    ----------
    boundaries : list of (weights, bias)
        The start, then one entry after every update; the arrays are copies.
    mistakes : list of int
        Number of mistakes in every epoch.
    converged : bool
        Whether the last epoch was free of mistakes.
    """

    boundaries: list[tuple[Array, float]] = field(default_factory=list)
    mistakes: list[int] = field(default_factory=list)
    converged: bool = False

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return len(self.mistakes)

    @property
    def updates(self) -> int:
        """How many times the weights changed."""
        return len(self.boundaries) - 1


class Perceptron:
    """A linear unit with a step: ŷ = step(w·x + b), labels 0 and 1, where step(0) = 1.

    It learns only from mistakes: w ← w + η(y - ŷ)x and b ← b + η(y - ŷ). If some line (plane,
    hyperplane) separates the two classes, the number of mistakes is finite, whatever the order
    of the points. Source: Rosenblatt (1958); convergence: Novikoff (1962).

    Parameters
    ----------
    n_features : int
        D, the number of inputs.
    learning_rate : float
        η. When all starts at zero, η only scales w and b, and the answers do not depend on it.
    weights, bias : optional
        Where to start; zeros by default.

    >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]
    >>> perceptron = Perceptron(2)
    >>> history = perceptron.fit(X, y, epochs=10)
    >>> history.converged, history.mistakes
    (True, [2, 3, 3, 2, 1, 0])
    >>> perceptron.predict(X)
    array([0, 0, 0, 1])
    >>> perceptron.weights, perceptron.bias
    (array([2., 1.]), -3.0)
    """

    def __init__(
        self,
        n_features: int,
        learning_rate: float = 1.0,
        weights: ArrayLike | None = None,
        bias: float = 0.0,
    ) -> None:
        features = check_positive_integer(n_features, "Perceptron n_features")
        self.learning_rate = check_positive_number(learning_rate, "Perceptron learning_rate")
        start = np.zeros(features) if weights is None else as_float(weights, "Perceptron weights")
        self.weights: Array = np.array(start)
        if self.weights.shape != (features,):
            raise ValueError(
                f"Perceptron: expected weights of shape ({features},), got {self.weights.shape}"
            )
        self.bias = float(bias)
        refuse_nonfinite(self.weights, "Perceptron weights")
        refuse_nonfinite(np.asarray(self.bias), "Perceptron bias")

    def predict(self, x: ArrayLike) -> Any:
        """Return ŷ = step(w·x + b): 0 or 1 for x of shape (D,), shape (N,) for (N, D).

        Raises
        ------
        ValueError
            If the number of features is not D, or if x holds NaN or infinity.
        """
        x = as_float(x, "Perceptron.predict")
        features = self.weights.size
        if x.ndim not in (1, 2) or x.shape[-1] != features:
            raise ValueError(
                f"Perceptron.predict: expected x of shape ({features},) or (N, {features}), "
                f"got {x.shape}"
            )
        refuse_nonfinite(x, "Perceptron.predict x")
        return step(np.dot(x, self.weights) + self.bias).astype(np.int64)

    def update(self, x: ArrayLike, y: int) -> bool:
        """Look at one point, learn if it was a mistake, and return whether it was.

        >>> perceptron = Perceptron(2)
        >>> perceptron.update([1.0, 2.0], 0)  # step(0) = 1, so this is a mistake
        True
        >>> perceptron.weights, perceptron.bias
        (array([-1., -2.]), -1.0)
        """
        x = as_float(x, "Perceptron.update")
        if x.ndim != 1:
            raise ValueError(f"Perceptron.update: expected one point, got shape {x.shape}")
        label = _labels([y], 1)[0]
        error = int(label - self.predict(x))
        if error == 0:
            return False
        self.weights = self.weights + self.learning_rate * error * x
        self.bias = self.bias + self.learning_rate * error
        return True

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        epochs: int = 100,
        rng: np.random.Generator | None = None,
    ) -> PerceptronHistory:
        """Go through the points again and again, until an epoch has no mistake.

        Parameters
        ----------
        X : array of shape (N, D)
        y : array of shape (N,), labels 0 and 1
        epochs : int
            Stop after so many epochs, since data that no line separates never ends.
        rng : numpy.random.Generator, optional
            Shuffles the points in every epoch; without it they come in the given order.

        Raises
        ------
        ValueError
            For no points, other labels than 0 and 1, or lengths that differ.
        """
        points = as_float(X, "Perceptron.fit X")
        if points.ndim != 2 or len(points) == 0:
            raise ValueError(
                f"Perceptron.fit: expected X of shape (N, {self.weights.size}) with N at least "
                f"1, got {points.shape}"
            )
        labels = _labels(y, len(points))
        self.predict(points)  # checks features and NaN before anything is learned
        epochs = check_positive_integer(epochs, "Perceptron.fit epochs")
        if rng is not None:
            check_rng(rng, "Perceptron.fit")
        history = PerceptronHistory([(self.weights.copy(), self.bias)])
        order: AnyArray = np.arange(len(points))
        for _ in range(epochs):
            if rng is not None:
                order = rng.permutation(len(points))
            mistakes = 0
            for i in order:
                if self.update(points[i], int(labels[i])):
                    mistakes += 1
                    history.boundaries.append((self.weights.copy(), self.bias))
            history.mistakes.append(mistakes)
            if mistakes == 0:
                history.converged = True
                break
        return history

    def __repr__(self) -> str:
        return f"Perceptron(weights={self.weights.tolist()}, bias={self.bias})"


def _labels(y: ArrayLike, count: int) -> AnyArray:
    """Return `y` as an array of `count` labels, each 0 or 1."""
    labels = np.asarray(y)
    if labels.shape != (count,):
        raise ValueError(
            f"Perceptron: expected one label per point, shape ({count},), got {labels.shape}"
        )
    if not np.isin(labels, (0, 1)).all():
        raise ValueError(
            f"Perceptron: expected labels 0 and 1, got {np.unique(labels)[:5].tolist()}"
        )
    return labels.astype(np.int64)
