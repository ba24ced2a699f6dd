"""Plain gradient descent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnlib.optimizers.base import VectorOptimizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnlib._types import Array, Schedule


class SGD(VectorOptimizer):
    """Gradient descent: w ← w - η ∂L/∂w.

    With the gradient of a mini-batch this is stochastic gradient descent.
    Source: Robbins and Monro (1951).

    Parameters
    ----------
    learning_rate : float or schedule
        η, above 0.
    clip_norm, clip_value : float, optional
        Clip the gradient first, see `VectorOptimizer`.

    >>> w = np.array([1.0, -2.0])
    >>> SGD(learning_rate=0.1).update(w, np.array([10.0, 0.0]))
    >>> w
    array([ 0., -2.])
    """

    def __init__(
        self,
        learning_rate: float | Schedule = 0.01,
        *,
        clip_norm: float | None = None,
        clip_value: float | None = None,
    ) -> None:
        super().__init__(learning_rate, clip_norm=clip_norm, clip_value=clip_value)

    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        # `w -= learning_rate * g` would allocate the product anew at every step.
        np.multiply(g, self.learning_rate, out=scratch)
        np.subtract(w, scratch, out=w)
