"""Small made data sets: logic gates and clouds of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnlib._checks import check_positive_integer, check_rng
from nnlib._dataset import Dataset

if TYPE_CHECKING:
    from nnlib._types import ArrayLike


def and_gate() -> Dataset:
    """The four points of logical AND.

    >>> and_gate().y
    array([0, 0, 0, 1])
    """
    return _gate("AND", (0, 0, 0, 1))


def or_gate() -> Dataset:
    """The four points of logical OR.

    >>> or_gate().y
    array([0, 1, 1, 1])
    """
    return _gate("OR", (0, 1, 1, 1))


def nand_gate() -> Dataset:
    """The four points of logical NAND.

    >>> nand_gate().y
    array([1, 1, 1, 0])
    """
    return _gate("NAND", (1, 1, 1, 0))


def xor_gate() -> Dataset:
    """The four points of exclusive or, which no line separates.

    >>> xor_gate().x.tolist(), xor_gate().y.tolist()
    ([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0])
    """
    return _gate("XOR", (0, 1, 1, 0))


def _gate(name: str, outputs: tuple[int, ...]) -> Dataset:
    return Dataset(
        x=np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32),
        y=np.array(outputs, np.int64),
        feature_names=("x1", "x2"),
        target_names=("0", "1"),
        description=f"logical {name}",
        source="made: the truth table",
    )


def blobs(
    n_samples: int = 200,
    centers: int | ArrayLike = 2,
    spread: float = 1.0,
    *,
    rng: np.random.Generator,
) -> Dataset:
    """Round clouds of points in the plane, one class for each cloud. Made data.

    Parameters
    ----------
    n_samples : int
        Divided among the clouds as evenly as can be.
    centers : int or array of shape (C, 2)
        How many clouds, evenly spaced on a circle of radius 4; or where they are.
    spread : float
        Standard deviation of every cloud.
    rng : numpy.random.Generator

    >>> data = blobs(10, centers=[[0, 0], [5, 5]], rng=np.random.default_rng(0))
    >>> data.x.shape, np.bincount(data.y).tolist()
    ((10, 2), [5, 5])
    """
    check_rng(rng, "blobs")
    n_samples = check_positive_integer(n_samples, "blobs n_samples")
    if np.ndim(centers) == 0:
        count = check_positive_integer(centers, "blobs centers")
        angles = np.pi / 4 + 2 * np.pi * np.arange(count) / count
        middle = 4 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    else:
        middle = np.asarray(centers, dtype=np.float64)
        if middle.ndim != 2:
            raise ValueError(f"blobs: expected centers of shape (C, D), got {middle.shape}")
    if not spread >= 0:
        raise ValueError(f"blobs: expected a spread of 0 or more, got {spread}")
    y = rng.permutation(np.arange(n_samples) % len(middle))
    x = middle[y] + spread * rng.standard_normal((n_samples, middle.shape[1]))
    return Dataset(
        x=x.astype(np.float32),
        y=y.astype(np.int64),
        feature_names=tuple(f"x{i + 1}" for i in range(middle.shape[1])),
        target_names=tuple(str(i) for i in range(len(middle))),
        description=f"{len(middle)} round clouds of points",
        source="made: normal distributions",
    )
