"""What the losses share: checks of shapes and ranges, one-hot rows, reduction."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float

if TYPE_CHECKING:
    from nnlib._types import AnyArray, Array, ArrayLike

# log 0 is -∞; a logarithm of a probability is cut off here, as PyTorch does.
LOWEST_LOG = -100.0

# Rows of probabilities in float32 sum to 1 only about.
_SUM_TOLERANCE = 1e-3


def reduce(values: Array, reduction: str, what: str) -> Any:
    """Return the mean, the sum, or the values themselves."""
    if reduction == "mean":
        return values.mean()
    if reduction == "sum":
        return values.sum()
    if reduction == "none":
        return values
    raise ValueError(f"{what}: expected reduction mean, sum or none; got {reduction!r}")


def safe_log(p: Array) -> Array:
    """Return log p, cut off below at -100."""
    with np.errstate(divide="ignore"):
        log_p: Array = np.maximum(np.log(p), LOWEST_LOG)
    return log_p


def same_shape(prediction: ArrayLike, target: ArrayLike, what: str) -> tuple[Array, Array]:
    """Return both as float arrays of the prediction's dtype; raise unless the shapes agree."""
    z = as_float(prediction, f"{what} prediction")
    y = target if isinstance(target, np.ndarray) else np.asarray(target)
    if z.shape != y.shape:
        hint = ""
        if z.shape == (*y.shape, 1):
            hint = ". Give the target a second axis: target[:, None]"
        elif (*z.shape, 1) == y.shape:
            hint = ". Give the prediction a second axis: prediction[:, None]"
        raise ValueError(
            f"{what}: expected prediction and target of the same shape, "
            f"got {z.shape} and {y.shape}{hint}"
        )
    if z.size == 0:
        raise ValueError(f"{what}: expected at least one prediction, got shape {z.shape}")
    if y.dtype != z.dtype:
        y = as_float(y, f"{what} target").astype(z.dtype)
    return z, y


def check_unit_interval(p: Array, what: str, hint: str = "") -> None:
    """Raise ValueError if a number is below 0 or above 1. NaN passes."""
    low, high = p.min(), p.max()
    if low < 0 or high > 1:
        raise ValueError(
            f"{what}: expected numbers between 0 and 1, got {low:.4g} to {high:.4g}"
            + (f". For logits pass {hint}" if hint else "")
        )


def check_rows_sum_to_one(p: Array, what: str, hint: str = "") -> None:
    """Raise ValueError unless the rows are probability distributions. NaN passes."""
    check_unit_interval(p, what, hint)
    error = np.abs(p.sum(axis=1) - 1)
    if (error > _SUM_TOLERANCE).any():
        raise ValueError(
            f"{what}: expected rows that sum to 1, got a sum of "
            f"{p[error.argmax()].sum():.4g} in row {error.argmax()}"
            + (f". For logits pass {hint}" if hint else "")
        )


def class_scores(prediction: ArrayLike, what: str) -> Array:
    """Return the prediction as a float array of shape (N, C)."""
    z = as_float(prediction, f"{what} prediction")
    if z.ndim != 2 or z.shape[0] == 0 or z.shape[1] < 2:
        raise ValueError(
            f"{what}: expected predictions of shape (N, C) with C at least 2, got {z.shape}"
        )
    return z


def distribution(target: ArrayLike, scores: Array, what: str, out: Array | None = None) -> Array:
    """Return the target as rows of probabilities, shape (N, C); labels become one-hot rows."""
    y: AnyArray = target if isinstance(target, np.ndarray) else np.asarray(target)
    if y.shape == scores.shape:
        y = as_float(y, f"{what} target")
        check_rows_sum_to_one(y, f"{what} target")
        if out is None:
            return y.astype(scores.dtype)
        np.copyto(out, y, casting="same_kind")
        return out
    if y.shape != scores.shape[:1]:
        raise ValueError(
            f"{what}: for predictions of shape {scores.shape} expected labels of shape "
            f"{scores.shape[:1]} or one-hot rows of shape {scores.shape}, got {y.shape}"
        )
    check_labels(y, scores.shape[1], what)
    if out is None:
        out = np.empty_like(scores)
    one_hot_rows(scores.shape[1], scores.dtype).take(y, axis=0, out=out, mode="clip")
    return out


@lru_cache(maxsize=16)
def one_hot_rows(classes: int, dtype: np.dtype[Any]) -> Array:
    """Return the identity matrix, read-only: its row k is the one-hot row of label k."""
    rows: Array = np.eye(classes, dtype=dtype)
    rows.flags.writeable = False
    return rows


def check_labels(labels: AnyArray, classes: int, what: str) -> None:
    """Raise unless the labels are integers from 0 to classes - 1."""
    if labels.dtype.kind not in "iu":
        raise TypeError(
            f"{what}: expected integer class labels, got dtype {labels.dtype}. "
            "Convert with labels.astype(int)"
        )
    # The ufuncs' own reductions; the methods labels.min() and .max() take twice as long.
    low, high = np.minimum.reduce(labels), np.maximum.reduce(labels)
    if low < 0 or high >= classes:
        raise ValueError(f"{what}: expected labels from 0 to {classes - 1}, got {low} to {high}")
