"""Binary cross-entropy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib.activations import sigmoid
from nnlib.losses.base import SMALLEST, Loss, LossCache
from nnlib.losses.checks import check_unit_interval, reduce, safe_log, same_shape

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def binary_cross_entropy(
    prediction: ArrayLike,
    target: ArrayLike,
    from_logits: bool = False,
    *,
    reduction: str = "mean",
) -> Any:
    """Binary cross-entropy: -[y log p + (1 - y) log(1 - p)], mean over all elements, in nats.

    Parameters
    ----------
    prediction : array
        Probabilities p in [0, 1]; with `from_logits` the logits z, where p = σ(z).
    target : array of the same shape
        0 or 1, or a probability in between.
    from_logits : bool
        From logits the loss is max(z, 0) - zy + log(1 + e^-|z|), exact for any z. From
        probabilities the logarithms are cut off at -100, as in PyTorch.
    reduction : "mean", "sum" or "none"

    >>> round(float(binary_cross_entropy([0.9, 0.2], [1, 0])), 4)
    0.1643
    >>> float(binary_cross_entropy([-1000.0], [1], from_logits=True))
    1000.0
    """
    z, y = same_shape(prediction, target, "binary_cross_entropy")
    check_unit_interval(y, "binary_cross_entropy target")
    if from_logits:
        each = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    else:
        check_unit_interval(z, "binary_cross_entropy prediction", hint="from_logits=True")
        each = -(y * safe_log(z) + (1 - y) * safe_log(1 - z))
    return reduce(each, reduction, "binary_cross_entropy")


class BinaryCrossEntropy(Loss):
    """Binary cross-entropy; see `binary_cross_entropy`.

    Parameters
    ----------
    from_logits : bool
        True (the default here): the predictions are logits z, the network ends in a `Dense`,
        and the gradient is (σ(z) - y)/n. False: they are probabilities p, the network ends in
        `Sigmoid`, and the gradient is (p - y)/(p(1 - p))/n.

    >>> L = BinaryCrossEntropy()
    >>> loss, cache = L.forward([[0.0]], [[1]])
    >>> round(loss, 4), L.backward(cache)
    (0.6931, array([[-0.5]]))
    """

    def __init__(self, from_logits: bool = True) -> None:
        self.from_logits = from_logits

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the mean over all elements."""
        z, y = same_shape(prediction, target, "BinaryCrossEntropy")
        cache = LossCache.renewed(cache, z, y)
        loss = binary_cross_entropy(z, y, self.from_logits, reduction="sum")
        return float(loss) / z.size, cache

    def backward(self, cache: LossCache) -> Array:
        """Return (σ(z) - y)/n from logits, or (p - y)/(p(1 - p))/n from probabilities."""
        z, y, gradient = cache.prediction, cache.target, cache.gradient
        if self.from_logits:
            np.subtract(sigmoid(z, out=gradient, scratch=cache.work), y, out=gradient)
        else:
            variance = np.multiply(z, np.subtract(1, z, out=cache.work), out=cache.work)
            np.maximum(variance, SMALLEST, out=variance)
            np.divide(np.subtract(z, y, out=gradient), variance, out=gradient)
        return np.divide(gradient, z.size, out=gradient)

    def probabilities(self, prediction: ArrayLike) -> Any:
        """Return σ(z) for logits."""
        return sigmoid(prediction) if self.from_logits else prediction
