"""Optimizers: how a gradient changes the parameters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from nnlib._checks import check_positive_number

if TYPE_CHECKING:
    from nnlib._types import Array


class Optimizer(ABC):
    """An update rule for one vector of parameters.

    `optimizer.update(vector, gradient)` changes `vector` in place and leaves `gradient` alone.
    Since all parameters of a `Sequential` lie in `model.vector`, this is one update for the
    whole network. `learning_rate` may be changed between updates.
    """

    learning_rate: float

    @abstractmethod
    def update(self, vector: Array, gradient: Array) -> None:
        """Change `vector` in place, one step against `gradient`."""

    def _check(self, vector: Array, gradient: Array) -> None:
        if vector.shape != gradient.shape or vector.dtype != gradient.dtype:
            raise ValueError(
                f"{type(self).__name__}.update: expected a gradient like the parameters, "
                f"{vector.shape} {vector.dtype}, got {gradient.shape} {gradient.dtype}"
            )


class SGD(Optimizer):
    """Gradient descent: w ← w - η ∂L/∂w.

    With the gradient of a mini-batch this is stochastic gradient descent.
    Source: Robbins and Monro (1951).

    Parameters
    ----------
    learning_rate : float
        η, above 0.

    >>> w = np.array([1.0, -2.0])
    >>> SGD(learning_rate=0.1).update(w, np.array([10.0, 0.0]))
    >>> w
    array([ 0., -2.])
    """

    def __init__(self, learning_rate: float = 0.01) -> None:
        self.learning_rate = check_positive_number(learning_rate, "SGD learning_rate")
        self._scratch: Array | None = None

    def update(self, vector: Array, gradient: Array) -> None:
        """Subtract η times the gradient, in place."""
        self._check(vector, gradient)
        scratch = self._scratch
        if scratch is None or scratch.shape != vector.shape or scratch.dtype != vector.dtype:
            scratch = self._scratch = np.empty_like(vector)
        # `vector -= learning_rate * gradient` would allocate the product anew at every step.
        np.multiply(gradient, self.learning_rate, out=scratch)
        np.subtract(vector, scratch, out=vector)

    def __repr__(self) -> str:
        return f"SGD(learning_rate={self.learning_rate})"
