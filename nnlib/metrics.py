"""Metrics: what people read, as opposed to losses, which training descends on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from nnlib._types import AnyArray, ArrayLike


def accuracy(prediction: ArrayLike, target: ArrayLike, *, threshold: float = 0.5) -> float:
    """Fraction of right answers, between 0 and 1.

    Parameters
    ----------
    prediction : array
        Shape (N, C) with C ≥ 2: one score per class, and the largest wins (the first, in a
        tie). Otherwise floats of the shape of the target, probabilities of class 1: at or above
        `threshold` means 1. Otherwise integers of the shape of the target: class labels.
    target : array
        Integer class labels of shape (N,); for class scores also one-hot rows, shape (N, C).
    threshold : float
        Use 0.0 if the predictions are logits and not probabilities.

    Raises
    ------
    ValueError
        For empty input, or shapes that do not fit, such as (N, 1) and (N,).

    >>> accuracy([[0.1, 0.9], [0.8, 0.2]], [1, 1])
    0.5
    >>> accuracy([0.7, 0.2, 0.5], [1, 0, 0]).__round__(3)
    0.667
    """
    guess, truth = np.asarray(prediction), np.asarray(target)
    if guess.size == 0:
        raise ValueError("accuracy: expected at least one prediction, got none")
    if guess.ndim == 2 and guess.shape[1] >= 2:
        labels = _labels_for_scores(guess, truth)
        return float(np.mean(guess.argmax(axis=1) == labels))
    if guess.shape != truth.shape:
        raise ValueError(
            "accuracy: expected prediction and target of the same shape, "
            f"got {guess.shape} and {truth.shape}"
        )
    if guess.dtype.kind == "f":
        guess = guess >= threshold
    return float(np.mean(guess == truth))


def _labels_for_scores(scores: AnyArray, truth: AnyArray) -> AnyArray:
    """Return integer labels for class scores of shape (N, C)."""
    if truth.shape == scores.shape:
        return np.asarray(truth.argmax(axis=1))
    if truth.shape == scores.shape[:1]:
        return truth
    raise ValueError(
        f"accuracy: for class scores of shape {scores.shape} expected labels of shape "
        f"{scores.shape[:1]} or one-hot rows of shape {scores.shape}, got {truth.shape}"
    )


METRICS: dict[str, Callable[[Any, Any], float]] = {"accuracy": accuracy}
