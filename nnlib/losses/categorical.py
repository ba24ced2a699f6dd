"""Categorical cross-entropy, with label smoothing and class weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, check_number, choose
from nnlib.activations import log_softmax, softmax
from nnlib.losses.base import SMALLEST, Loss, LossCache, suits
from nnlib.losses.checks import (
    check_rows_sum_to_one,
    class_scores,
    distribution,
    reduce,
    safe_log,
)

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike

_MEANS = {"weights": True, "samples": False}


def categorical_cross_entropy(
    prediction: ArrayLike,
    target: ArrayLike,
    from_logits: bool = False,
    *,
    label_smoothing: float = 0.0,
    class_weights: ArrayLike | None = None,
    mean_over: str = "weights",
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
    label_smoothing : float
        ε, at least 0 and below 1: y becomes (1 - ε)y + ε/C, so that no logit has to grow for
        ever. Source: Szegedy et al. (2016), section 7.
    class_weights : array of shape (C,), optional
        wₖ, at least 0: the term of class k counts wₖ times, -Σₖ wₖ yₖ log pₖ. Rare classes get
        larger ones.
    mean_over : "weights" or "samples"
        With class weights, the mean is the sum divided by Σₙ Σₖ wₖ yₙₖ, the weight of all
        samples (before smoothing), or by N.
    reduction : "mean", "sum" or "none"
        "none" gives one value per sample, shape (N,).

    Notes
    -----
    Convention: PyTorch's `CrossEntropyLoss` takes logits only; Keras' takes probabilities
    unless told otherwise, as here. With class weights, PyTorch divides by the weights for
    integer labels and by N for distributions; Keras' `fit(class_weight=)` divides by N.

    >>> p = [[0.7, 0.2, 0.1]]
    >>> round(float(categorical_cross_entropy(p, [0])), 4)
    0.3567
    >>> round(float(categorical_cross_entropy(p, [[1, 0, 0]])), 4)
    0.3567
    >>> round(float(categorical_cross_entropy(p, [0], label_smoothing=0.3)), 4)
    0.6765
    """
    what = "categorical_cross_entropy"
    smoothing = check_number(label_smoothing, f"{what} label_smoothing", 0.0, 1.0)
    by_weights = choose(_MEANS, mean_over, f"{what} mean_over")
    z = class_scores(prediction, what)
    y = distribution(target, z, what)
    if from_logits:
        log_p = log_softmax(z)
    else:
        check_rows_sum_to_one(z, f"{what} prediction", hint="from_logits=True")
        log_p = safe_log(z)
    weights = None if class_weights is None else check_weights(class_weights, what)
    total = _emphasise(y, smoothing, weights, by_weights, what)
    each = -np.sum(y * log_p, axis=1)
    return each.sum() / total if reduction == "mean" else reduce(each, reduction, what)


def check_weights(weights: ArrayLike, what: str) -> Array:
    """Return class weights as an array of shape (C,), or raise."""
    array = np.array(as_float(weights, f"{what} class_weights"))
    if array.ndim != 1 or not np.isfinite(array).all() or (array < 0).any() or not array.any():
        raise ValueError(
            f"{what}: expected class_weights of shape (C,), none below 0 and not all 0, "
            f"got {np.array2string(array, threshold=8)}"
        )
    return array


def _emphasise(
    y: Array, smoothing: float, weights: Array | None, by_weights: bool, what: str
) -> float:
    """Smooth and weight the rows of y in place; return what to divide the sum by."""
    total = float(len(y))
    if weights is not None:
        if len(weights) != y.shape[1]:
            raise ValueError(
                f"{what}: for {y.shape[1]} classes expected as many class_weights, "
                f"got {len(weights)}"
            )
        weights = weights.astype(y.dtype, copy=False)
        if by_weights:
            # If all samples of a batch weigh nothing, so do their terms, and 0/1 is right.
            total = float(np.dot(y, weights).sum()) or 1.0
    if smoothing:
        np.multiply(y, 1 - smoothing, out=y)
        np.add(y, smoothing / y.shape[1], out=y)
    if weights is not None:
        np.multiply(y, weights, out=y)
    return total


@dataclass(slots=True)
class ClassLossCache(LossCache):
    """A cache that owns its one-hot targets, and has room for two numbers per row."""

    rows: Array
    sums: Array
    ones: Array
    total: float = 1.0

    @classmethod
    def like(cls, scores: Array) -> ClassLossCache:
        """Return a cache with arrays for class scores of this shape."""
        (n, c), dtype = scores.shape, scores.dtype
        target, work, gradient = (np.empty((n, c), dtype) for _ in range(3))
        rows, sums = np.empty(n, dtype), np.empty(n, dtype)
        return cls(scores, target, work, gradient, rows, sums, np.ones(c, dtype))


class CategoricalCrossEntropy(Loss):
    """Categorical cross-entropy; see `categorical_cross_entropy`.

    Parameters
    ----------
    from_logits : bool
        True (the default here): the predictions are logits z, the network ends in a `Dense`,
        and the gradient is (softmax(z) - y)/N. False: they are probabilities, the network
        ends in `Softmax`, and the gradient is -y/p/N.
    label_smoothing, class_weights, mean_over
        As for `categorical_cross_entropy`. With weights, y above stands for wₖyₖ, softmax(z)
        gets the factor Σₖ wₖyₖ of its row, and N is the weight of all samples.

    >>> L = CategoricalCrossEntropy()
    >>> loss, cache = L.forward([[0.0, 0.0]], [1])
    >>> round(loss, 4), L.backward(cache)
    (0.6931, array([[ 0.5, -0.5]]))
    """

    def __init__(
        self,
        from_logits: bool = True,
        *,
        label_smoothing: float = 0.0,
        class_weights: ArrayLike | None = None,
        mean_over: str = "weights",
    ) -> None:
        name = type(self).__name__
        self.from_logits = from_logits
        self.label_smoothing = check_number(label_smoothing, f"{name} label_smoothing", 0.0, 1.0)
        self.class_weights = None if class_weights is None else check_weights(class_weights, name)
        choose(_MEANS, mean_over, f"{name} mean_over")
        self.mean_over = mean_over

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the mean over the N samples."""
        name = type(self).__name__
        z = class_scores(prediction, name)
        if not isinstance(cache, ClassLossCache) or not suits(cache.work, z):
            cache = ClassLossCache.like(z)
        cache.prediction = z
        y = distribution(target, z, name, out=cache.target)
        weights, smoothing = self.class_weights, self.label_smoothing
        cache.total = float(len(z))
        if smoothing or weights is not None:
            cache.total = _emphasise(y, smoothing, weights, _MEANS[self.mean_over], name)
        if not self.from_logits:
            check_rows_sum_to_one(z, f"{name} prediction", hint="from_logits=True")
            return -float(np.vdot(y, safe_log(z))) / cache.total, cache
        # -Σ y log p = Σ (Y log Σ e^s) - Σ y·s with s = z - max z, and Y = Σₖ yₖ of the row.
        # np.maximum.reduce is z.max, and p @ 1 is p.sum, both without some overhead.
        rows = cache.rows
        np.maximum.reduce(z, axis=1, out=rows)
        p = np.subtract(z, rows[:, None], out=cache.work)
        of_target = np.vdot(p, y)
        np.exp(p, out=p)
        np.dot(p, cache.ones, out=rows)
        np.divide(p, rows[:, None], out=p)
        np.log(rows, out=rows)
        if weights is None:  # Y is 1 in every row
            return float(np.add.reduce(rows) - of_target) / cache.total, cache
        np.dot(y, cache.ones, out=cache.sums)
        return float(np.vdot(rows, cache.sums) - of_target) / cache.total, cache

    def backward(self, cache: LossCache) -> Array:
        """Return (softmax(z) - y)/N from logits, or -y/p/N from probabilities."""
        if not isinstance(cache, ClassLossCache):
            raise TypeError(
                f"{type(self).__name__}.backward: expected the cache of its own forward, "
                f"got a {type(cache).__name__}"
            )
        y, gradient = cache.target, cache.gradient
        if not self.from_logits:
            np.maximum(cache.prediction, SMALLEST, out=cache.work)
            np.negative(np.divide(y, cache.work, out=gradient), out=gradient)
        elif self.class_weights is None:
            np.subtract(cache.work, y, out=gradient)
        else:
            np.multiply(cache.work, cache.sums[:, None], out=gradient)
            np.subtract(gradient, y, out=gradient)
        return np.multiply(gradient, 1.0 / cache.total, out=gradient)

    def probabilities(self, prediction: ArrayLike) -> Any:
        """Return softmax(z) for logits."""
        return softmax(prediction) if self.from_logits else prediction

    def __repr__(self) -> str:
        options = [f"from_logits={self.from_logits}"]
        if self.label_smoothing:
            options.append(f"label_smoothing={self.label_smoothing}")
        if self.class_weights is not None:
            options.append(f"class_weights={self.class_weights.tolist()}")
            options.append(f"mean_over={self.mean_over!r}")
        return f"{type(self).__name__}({', '.join(options)})"
