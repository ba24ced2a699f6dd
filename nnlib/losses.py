"""Loss functions, and the loss objects that `fit` uses. Losses are in nats (natural logarithm).

A function such as `mse(prediction, target)` gives the number. An object such as `MSE()` gives
the number and, through `backward`, its gradient with respect to the prediction.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._loss_checks import (
    check_rows_sum_to_one,
    check_unit_interval,
    class_scores,
    distribution,
    reduce,
    safe_log,
    same_shape,
)
from nnlib.activations import log_softmax, sigmoid, softmax

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike

# Denominators p and p(1 - p) of gradients are kept at or above this, as in PyTorch.
_SMALLEST = 1e-12


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


def categorical_cross_entropy(
    prediction: ArrayLike,
    target: ArrayLike,
    from_logits: bool = False,
    *,
    reduction: str = "mean",
) -> Any:
    """Categorical cross-entropy: -Σₖ yₖ log pₖ for each sample, mean over samples, in nats.

    Parameters
    ----------
    prediction : array of shape (N, C)
        Rows of probabilities; with `from_logits` rows of logits z, where p = softmax(z).
    target : array
        Integer labels of shape (N,), or one-hot (or any) distributions of shape (N, C).
    from_logits : bool
        From logits the loss uses log-softmax and is exact for any z. From probabilities the
        logarithm is cut off at -100.
    reduction : "mean", "sum" or "none"
        "none" gives one value per sample, shape (N,).

    Notes
    -----
    Convention: PyTorch's `CrossEntropyLoss` takes logits only; Keras' takes probabilities
    unless told otherwise, as here.

    >>> p = [[0.7, 0.2, 0.1]]
    >>> round(float(categorical_cross_entropy(p, [0])), 4)
    0.3567
    >>> round(float(categorical_cross_entropy(p, [[1, 0, 0]])), 4)
    0.3567
    """
    what = "categorical_cross_entropy"
    z = class_scores(prediction, what)
    y = distribution(target, z, what)
    if from_logits:
        log_p = log_softmax(z)
    else:
        check_rows_sum_to_one(z, f"{what} prediction", hint="from_logits=True")
        log_p = safe_log(z)
    return reduce(-np.sum(y * log_p, axis=1), reduction, what)


@dataclass(slots=True)
class LossCache:
    """What `backward` needs, and arrays that the next step can use again."""

    prediction: Array
    target: Array
    work: Array
    gradient: Array

    @classmethod
    def renewed(cls, cache: LossCache | None, prediction: Array, target: Array) -> LossCache:
        """Return `cache` for new data, or a new one if its arrays do not fit."""
        if cache is None or not _suits(cache.work, prediction):
            shape, dtype = prediction.shape, prediction.dtype
            return cls(prediction, target, np.empty(shape, dtype), np.empty(shape, dtype))
        cache.prediction, cache.target = prediction, target
        return cache


@dataclass(slots=True)
class ClassLossCache(LossCache):
    """A cache that owns its one-hot targets, and has room for one number per row."""

    rows: Array
    ones: Array

    @classmethod
    def like(cls, scores: Array) -> ClassLossCache:
        """Return a cache with arrays for class scores of this shape."""
        (n, c), dtype = scores.shape, scores.dtype
        target, work, gradient = (np.empty((n, c), dtype) for _ in range(3))
        return cls(scores, target, work, gradient, np.empty(n, dtype), np.ones(c, dtype))


def _suits(buffer: Array, values: Array) -> bool:
    return buffer.shape == values.shape and buffer.dtype == values.dtype


class Loss(ABC):
    """A loss that `fit` can descend on: its value, and its gradient.

    `loss, cache = L.forward(prediction, target)`, then `L.backward(cache)` is
    ∂loss/∂prediction. Handing the cache to the next `forward` reuses its arrays and overwrites
    the earlier gradient. The loss is the mean, as in the function of the same name.
    """

    @abstractmethod
    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the loss as a Python float, and a cache for `backward`."""

    @abstractmethod
    def backward(self, cache: LossCache) -> Array:
        """Return ∂loss/∂prediction, of the shape of the prediction."""

    def probabilities(self, prediction: ArrayLike) -> Any:
        """Return the prediction as metrics want it: logits become probabilities."""
        return prediction

    def __call__(self, prediction: ArrayLike, target: ArrayLike) -> float:
        """Return only the loss."""
        return self.forward(prediction, target)[0]

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value}" for name, value in vars(self).items())
        return f"{type(self).__name__}({options})"


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
            np.maximum(variance, _SMALLEST, out=variance)
            np.divide(np.subtract(z, y, out=gradient), variance, out=gradient)
        return np.divide(gradient, z.size, out=gradient)

    def probabilities(self, prediction: ArrayLike) -> Any:
        """Return σ(z) for logits."""
        return sigmoid(prediction) if self.from_logits else prediction


class CategoricalCrossEntropy(Loss):
    """Categorical cross-entropy; see `categorical_cross_entropy`.

    Parameters
    ----------
    from_logits : bool
        True (the default here): the predictions are logits z, the network ends in a `Dense`,
        and the gradient is (softmax(z) - y)/N. False: they are probabilities, the network
        ends in `Softmax`, and the gradient is -y/p/N.

    >>> L = CategoricalCrossEntropy()
    >>> loss, cache = L.forward([[0.0, 0.0]], [1])
    >>> round(loss, 4), L.backward(cache)
    (0.6931, array([[ 0.5, -0.5]]))
    """

    def __init__(self, from_logits: bool = True) -> None:
        self.from_logits = from_logits

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the mean over the N samples."""
        z = class_scores(prediction, "CategoricalCrossEntropy")
        if not isinstance(cache, ClassLossCache) or not _suits(cache.work, z):
            cache = ClassLossCache.like(z)
        cache.prediction = z
        y = distribution(target, z, "CategoricalCrossEntropy", out=cache.target)
        if not self.from_logits:
            return float(categorical_cross_entropy(z, y)), cache
        # -Σ y log p = Σ (log Σ e^s) - Σ y·s with s = z - max z, as Σₖ yₖ = 1 in every row.
        # np.maximum.reduce is z.max, and p @ 1 is p.sum, both without some overhead.
        rows = cache.rows
        np.maximum.reduce(z, axis=1, out=rows)
        p = np.subtract(z, rows[:, None], out=cache.work)
        of_target = np.vdot(p, y)
        np.exp(p, out=p)
        np.dot(p, cache.ones, out=rows)
        np.divide(p, rows[:, None], out=p)
        return float(np.add.reduce(np.log(rows, out=rows)) - of_target) / len(z), cache

    def backward(self, cache: LossCache) -> Array:
        """Return (softmax(z) - y)/N from logits, or -y/p/N from probabilities."""
        y, gradient = cache.target, cache.gradient
        if self.from_logits:
            np.subtract(cache.work, y, out=gradient)
        else:
            np.maximum(cache.prediction, _SMALLEST, out=cache.work)
            np.negative(np.divide(y, cache.work, out=gradient), out=gradient)
        return np.multiply(gradient, 1.0 / len(y), out=gradient)

    def probabilities(self, prediction: ArrayLike) -> Any:
        """Return softmax(z) for logits."""
        return softmax(prediction) if self.from_logits else prediction
