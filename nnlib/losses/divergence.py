"""Kullback–Leibler divergence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib.losses.categorical import CategoricalCrossEntropy, categorical_cross_entropy
from nnlib.losses.checks import class_scores, distribution, reduce

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike
    from nnlib.losses.base import LossCache


def kl_divergence(
    prediction: ArrayLike,
    target: ArrayLike,
    from_logits: bool = False,
    *,
    reduction: str = "mean",
) -> Any:
    """Kullback–Leibler divergence: Σₖ yₖ log(yₖ/pₖ) for each sample, mean over samples, in nats.

    How many nats per sample it costs to believe p while y is true. Never negative, 0 only for
    p = y, and not symmetric: KL(y‖p) ≠ KL(p‖y). It is the cross-entropy of y and p less the
    entropy of y, a number that no prediction changes, so both have the same gradient.
    Source: Kullback and Leibler (1951).

    Parameters
    ----------
    prediction : array of shape (N, C)
        Rows of probabilities p; with `from_logits` rows of logits z, where p = softmax(z).
    target : array
        Distributions y of shape (N, C), or integer labels of shape (N,).
    from_logits : bool
    reduction : "mean", "sum" or "none"
        "none" gives one value per sample, shape (N,).

    Notes
    -----
    Convention: 0 log 0 = 0. The prediction comes first, as for all losses; the formula is
    KL(target‖prediction). PyTorch's `kl_div` takes log p, and is this with
    `reduction="batchmean"`; its own "mean" divides by N·C.

    >>> round(float(kl_divergence([[0.5, 0.5]], [[0.9, 0.1]])), 4)
    0.3681
    >>> round(float(kl_divergence([[0.9, 0.1]], [[0.5, 0.5]])), 4)
    0.5108
    """
    what = "kl_divergence"
    z = class_scores(prediction, what)
    y = distribution(target, z, what)
    each = categorical_cross_entropy(z, y, from_logits, reduction="none")
    return reduce(each + np.sum(y * _log(y), axis=1), reduction, what)


class KLDivergence(CategoricalCrossEntropy):
    """Kullback–Leibler divergence; see `kl_divergence`.

    Parameters
    ----------
    from_logits : bool
        True (the default here): the gradient is (softmax(z) - y)/N. False: it is -y/p/N. Both
        are those of the cross-entropy.

    >>> L = KLDivergence()
    >>> loss, cache = L.forward([[0.0, 0.0]], [[0.9, 0.1]])
    >>> round(loss, 4), L.backward(cache).round(4)
    (0.3681, array([[-0.4,  0.4]]))
    """

    def __init__(self, from_logits: bool = True) -> None:
        super().__init__(from_logits)

    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the mean over the N samples."""
        cross_entropy, cache = super().forward(prediction, target, cache=cache)
        y = cache.target
        return cross_entropy + float(np.vdot(y, _log(y, out=cache.gradient))) / len(y), cache


def _log(y: Array, out: Array | None = None) -> Array:
    """Return log y, with a finite number for log 0; times y, it is 0."""
    smallest = np.finfo(y.dtype).tiny
    logarithm: Array = np.log(np.maximum(y, smallest, out=out), out=out)
    return logarithm
