"""Mean absolute error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib.losses.base import Loss, LossCache
from nnlib.losses.checks import reduce, same_shape

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def mae(prediction: ArrayLike, target: ArrayLike, *, reduction: str = "mean") -> Any:
    """Mean absolute error: (1/n) Σ |ŷ - y|, over all n elements.

    One wild target pulls with the same force as any other, so the best constant prediction is
    the median and not, as for the mean squared error, the mean.

    Parameters
    ----------
    prediction, target : arrays of the same shape
    reduction : "mean", "sum" or "none"
        "none" gives one value per element.

    Notes
    -----
    As PyTorch's `L1Loss` and Keras' `MeanAbsoluteError`.

    Raises
    ------
    ValueError
        If the shapes differ.

    >>> float(mae([1.0, 2.0], [0.0, 4.0]))
    1.5
    """
    z, y = same_shape(prediction, target, "mae")
    return reduce(np.abs(z - y), reduction, "mae")


class MAE(Loss):
    """Mean absolute error with gradient sign(ŷ - y)/n, over all n elements; see `mae`.

    Where ŷ = y the loss has a kink; the subgradient taken there is 0, as in PyTorch.

    >>> loss, cache = MAE().forward([1.0, 2.0], [0.0, 4.0])
    >>> loss, MAE().backward(cache)
    (1.5, array([ 0.5, -0.5]))
    """

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return (1/n) Σ |ŷ - y|."""
        z, y = same_shape(prediction, target, "MAE")
        cache = LossCache.renewed(cache, z, y)
        difference = np.subtract(z, y, out=cache.work)
        return float(np.abs(difference, out=cache.gradient).sum()) / z.size, cache

    def backward(self, cache: LossCache) -> Array:
        """Return sign(ŷ - y)/n."""
        sign = np.sign(cache.work, out=cache.gradient)
        return np.multiply(sign, 1.0 / sign.size, out=sign)
