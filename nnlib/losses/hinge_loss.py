"""Hinge loss: right is not enough, there must be a margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib.losses.base import Loss, LossCache
from nnlib.losses.checks import reduce, same_shape

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def hinge(prediction: ArrayLike, target: ArrayLike, *, reduction: str = "mean") -> Any:
    """Hinge loss: max(0, 1 - y·s) for labels y of -1 or +1; mean over all elements.

    s is a raw score, not a probability: its sign is the answer, its size the margin. A score
    on the right side costs nothing from a margin of 1 on. The loss of support vector machines.
    Source: Cortes and Vapnik (1995).

    Parameters
    ----------
    prediction : array
        Scores s.
    target : array of the same shape
        -1 or +1.
    reduction : "mean", "sum" or "none"
        "none" gives one value per element.

    Notes
    -----
    Convention: Keras' `Hinge` takes labels 0 and 1 too and turns 0 into -1; here they are an
    error, since a mixture would go unnoticed.

    Raises
    ------
    ValueError
        If the shapes differ, or a label is neither -1 nor +1.

    >>> hinge([2.0, 0.3, -1.0], [1, 1, 1], reduction="none")
    array([0. , 0.7, 2. ])
    """
    s, y = same_shape(prediction, target, "hinge")
    _check_signs(y, "hinge")
    return reduce(np.maximum(1 - y * s, 0), reduction, "hinge")


class Hinge(Loss):
    """Hinge loss with gradient -y/n where y·s < 1, else 0; see `hinge`.

    At the kink, y·s = 1, the subgradient taken is 0. The network ends in a `Dense`.

    >>> loss, cache = Hinge().forward([2.0, 0.5], [1, 1])
    >>> loss, Hinge().backward(cache)
    (0.25, array([-0. , -0.5]))
    """

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the mean of max(0, 1 - y·s)."""
        s, y = same_shape(prediction, target, "Hinge")
        _check_signs(y, "Hinge")
        cache = LossCache.renewed(cache, s, y)
        lack = np.subtract(1, np.multiply(s, y, out=cache.work), out=cache.work)
        np.maximum(lack, 0, out=lack)
        return float(lack.sum()) / s.size, cache

    def backward(self, cache: LossCache) -> Array:
        """Return -y/n where the margin is too small, else 0."""
        lacking = np.greater(cache.work, 0, out=cache.gradient)
        np.multiply(lacking, cache.target, out=lacking)
        return np.multiply(lacking, -1.0 / lacking.size, out=lacking)

    def probabilities(self, prediction: ArrayLike) -> Any:
        """Return -1 or +1, the side of each score; rows of several scores as they are.

        Then `accuracy` compares signs, or the largest of several scores with the label of +1.
        """
        scores = np.asarray(prediction)
        if scores.ndim == 2 and scores.shape[1] >= 2:
            return prediction
        return np.where(scores >= 0, 1, -1)


def _check_signs(y: Array, what: str) -> None:
    if (np.abs(y) != 1).any():
        wrong = y[np.abs(y) != 1][0]
        hint = ". From labels 0 and 1: 2 * y - 1" if ((y == 0) | (y == 1)).all() else ""
        raise ValueError(f"{what}: expected labels -1 or +1, got {wrong:g}{hint}")
