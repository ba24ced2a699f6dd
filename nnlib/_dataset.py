"""`Dataset`, and `split` into a training and a test part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nnlib._checks import check_rng

if TYPE_CHECKING:
    from nnlib._types import AnyArray, Array, ArrayLike


@dataclass(frozen=True)
class Dataset:
    """A data set.

    Attributes
    ----------
    x : array of shape (N, D), float32
    y : array
        Integer class labels of shape (N,), or float32 targets of shape (N,) or (N, K).
    feature_names : tuple of str
    target_names : tuple of str
        Names of the classes, or of what is to be predicted.
    description, source : str
        What it is, and where it comes from.
    image_shape : tuple or None
        (H, W), if the rows of x are images.
    """

    x: Array
    y: AnyArray
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]
    description: str
    source: str
    image_shape: tuple[int, int] | None = None

    @property
    def images(self) -> Array:
        """The rows of x as images, shape (N, H, W); a view."""
        if self.image_shape is None:
            raise ValueError("Dataset.images: expected rows that are images; these are not")
        return self.x.reshape(len(self.x), *self.image_shape)

    def __repr__(self) -> str:
        return f"Dataset(x {self.x.shape}, y {self.y.shape}: {self.description})"


class Split(NamedTuple):
    """Training and test part, in scikit-learn's order."""

    x_train: AnyArray
    x_test: AnyArray
    y_train: AnyArray
    y_test: AnyArray


def split(
    x: ArrayLike,
    y: ArrayLike,
    test_fraction: float = 0.25,
    *,
    rng: np.random.Generator,
    stratify: bool = False,
) -> Split:
    """Shuffle, and set a fraction of the samples aside for testing.

    Parameters
    ----------
    x, y : arrays with N entries along the first axis
    test_fraction : float
        Above 0 and below 1; the size of the test part is rounded to a whole number.
    rng : numpy.random.Generator
    stratify : bool
        Split every class of y (integer labels) on its own, so that both parts have about the
        same mix of classes.

    Raises
    ------
    ValueError
        If the lengths differ, or if one part would be empty.

    >>> x_train, x_test, y_train, y_test = split(
    ...     np.arange(8), np.repeat([0, 1], 4), 0.25, rng=np.random.default_rng(0), stratify=True)
    >>> sorted(y_test.tolist()), len(x_train)
    ([0, 1], 6)
    """
    x, y = np.asarray(x), np.asarray(y)
    check_rng(rng, "split")
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(
            f"split: expected x and y of the same length, got shapes {x.shape} and {y.shape}"
        )
    if not 0 < test_fraction < 1:
        raise ValueError(f"split: expected test_fraction between 0 and 1, got {test_fraction}")
    if stratify:
        if y.ndim != 1 or y.dtype.kind not in "iub":
            raise ValueError(
                f"split: stratify expects integer labels of shape (N,), got {y.dtype} {y.shape}"
            )
        groups = [np.flatnonzero(y == label) for label in np.unique(y)]
    else:
        groups = [np.arange(len(x))]
    test_parts, train_parts = [], []
    for group in groups:
        order = rng.permutation(group)
        count = round(test_fraction * len(group))
        test_parts.append(order[:count])
        train_parts.append(order[count:])
    test, train = np.concatenate(test_parts), np.concatenate(train_parts)
    if len(test) == 0 or len(train) == 0:
        raise ValueError(
            f"split: expected samples in both parts, got {len(train)} for training and "
            f"{len(test)} for testing"
        )
    if stratify:  # else the classes would come one after the other
        test, train = rng.permutation(test), rng.permutation(train)
    return Split(x[train], x[test], y[train], y[test])
