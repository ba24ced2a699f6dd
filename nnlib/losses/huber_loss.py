"""Huber loss: squared error near the target, absolute error far from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import check_positive_number
from nnlib.losses.base import Loss, LossCache
from nnlib.losses.checks import reduce, same_shape

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def huber(
    prediction: ArrayLike, target: ArrayLike, delta: float = 1.0, *, reduction: str = "mean"
) -> Any:
    """Huber loss of r = ŷ - y: ½r² for |r| ≤ δ, else δ(|r| - ½δ); mean over all elements.

    Smooth at 0 like the squared error, and like the absolute error it does not let one wild
    target decide. Source: Huber (1964).

    Parameters
    ----------
    prediction, target : arrays of the same shape
    delta : float
        δ, above 0: beyond it an error counts as wild.
    reduction : "mean", "sum" or "none"
        "none" gives one value per element.

    Notes
    -----
    Convention: with the factor ½, as in PyTorch's `HuberLoss` and Keras' `Huber`, so for a
    large δ it is half of `mse`. PyTorch's `SmoothL1Loss(beta=δ)` is this divided by δ.

    Raises
    ------
    ValueError
        If the shapes differ, or δ is not above 0.

    >>> huber([0.5, 3.0], [0.0, 0.0], reduction="none")
    array([0.125, 2.5  ])
    """
    d = check_positive_number(delta, "huber delta")
    z, y = same_shape(prediction, target, "huber")
    r = z - y
    near = np.clip(r, -d, d)
    # near·(r - near/2) is ½r² inside and δ(|r| - ½δ) outside.
    return reduce(near * (r - near / 2), reduction, "huber")


class Huber(Loss):
    """Huber loss; its gradient is the error cut off at ±δ, divided by n; see `huber`.

    Parameters
    ----------
    delta : float
        δ, above 0.

    >>> loss, cache = Huber().forward([0.5, 3.0], [0.0, 0.0])
    >>> loss, Huber().backward(cache)
    (1.3125, array([0.25, 0.5 ]))
    """

    def __init__(self, delta: float = 1.0) -> None:
        self.delta = check_positive_number(delta, "Huber delta")

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the mean over all elements."""
        z, y = same_shape(prediction, target, "Huber")
        cache = LossCache.renewed(cache, z, y)
        r = np.subtract(z, y, out=cache.gradient)
        near = np.clip(r, -self.delta, self.delta, out=cache.work)
        return (float(np.vdot(near, r)) - float(np.vdot(near, near)) / 2) / z.size, cache

    def backward(self, cache: LossCache) -> Array:
        """Return clip(ŷ - y, -δ, δ)/n."""
        return np.multiply(cache.work, 1.0 / cache.work.size, out=cache.gradient)
