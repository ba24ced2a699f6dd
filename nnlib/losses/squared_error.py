"""Mean squared error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib.losses.base import Loss, LossCache
from nnlib.losses.checks import reduce, same_shape

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def mse(prediction: ArrayLike, target: ArrayLike, *, reduction: str = "mean") -> Any:
    """Mean squared error: (1/n) Σ (ŷ - y)², over all n elements.

    Parameters
    ----------
    prediction, target : arrays of the same shape
    reduction : "mean", "sum" or "none"
        "none" gives one value per element.

    Notes
    -----
    Convention: no factor ½; the mean is over all elements, as in PyTorch and Keras.

    Raises
    ------
    ValueError
        If the shapes differ: (N,) and (N, 1) would broadcast to (N, N) and give nonsense.

    >>> float(mse([1.0, 2.0], [0.0, 4.0]))
    2.5
    """
    z, y = same_shape(prediction, target, "mse")
    return reduce((z - y) ** 2, reduction, "mse")


class MSE(Loss):
    """Mean squared error with gradient 2(ŷ - y)/n, over all n elements; see `mse`.

    >>> loss, cache = MSE().forward([1.0, 2.0], [0.0, 4.0])
    >>> loss, MSE().backward(cache)
    (2.5, array([ 1., -2.]))
    """

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return (1/n) Σ (ŷ - y)²."""
        z, y = same_shape(prediction, target, "MSE")
        cache = LossCache.renewed(cache, z, y)
        difference = np.subtract(z, y, out=cache.work)
        return float(np.vdot(difference, difference)) / z.size, cache

    def backward(self, cache: LossCache) -> Array:
        """Return 2(ŷ - y)/n."""
        return np.multiply(cache.work, 2.0 / cache.work.size, out=cache.gradient)
