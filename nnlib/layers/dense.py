"""The dense (fully connected) layer: y = x W + b."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nnlib._checks import as_float, check_positive_integer, check_rng
from nnlib.initializers import he_normal
from nnlib.layers.base import Layer, check_gradient_shape, fits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnlib._types import Array, ArrayLike, DType


@dataclass(slots=True)
class DenseCache:
    """What `Dense.backward` needs (`x`), and arrays that the next step can use again."""

    x: Array
    y: Array
    ones: Array
    dx: Array | None = None


class Dense(Layer):
    """A layer in which every output looks at every input: y = x W + b.

    Parameters
    ----------
    in_features, out_features : int
        D and M, the number of features of one input and of one output.
    rng : numpy.random.Generator
        Source of the starting weights. The biases start at zero.
    initializer : callable, optional
        From `nnlib.initializers`; `he_normal` by default.
    dtype : optional
        dtype of the parameters and of all results, float32 by default. Input of another dtype
        is cast to it.

    Notes
    -----
    Convention: a batch has shape (N, D), `W` has shape (D, M), so row n of y is xₙ W + b.
    Keras stores W the same way; PyTorch's `Linear` stores the transpose, (M, D).

    >>> layer = Dense(10, 64, rng=np.random.default_rng(0))
    >>> y, cache = layer.forward(np.ones((5, 10)))
    >>> y.shape, layer.parameter_count
    ((5, 64), 704)
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        rng: np.random.Generator,
        initializer: Callable[..., Array] = he_normal,
        dtype: DType = np.float32,
    ) -> None:
        shape = (
            check_positive_integer(in_features, "Dense in_features"),
            check_positive_integer(out_features, "Dense out_features"),
        )
        check_rng(rng, "Dense")
        if np.dtype(dtype).kind != "f":
            raise TypeError(f"Dense: expected a floating dtype, got {np.dtype(dtype)}")
        W = np.array(initializer(shape, rng=rng, dtype=dtype), dtype=dtype)
        if W.shape != shape:
            raise ValueError(
                f"Dense: expected the initializer to return shape {shape}, got {W.shape}"
            )
        self.params = {"W": W, "b": np.zeros(shape[1], dtype)}

    def forward(
        self, x: ArrayLike, *, training: bool = False, cache: DenseCache | None = None
    ) -> tuple[Array, DenseCache]:
        """Return y = x W + b, shape (N, M), for x of shape (N, D)."""
        W, b = self.params["W"], self.params["b"]
        x = self._as_batch(x, W)
        shape = (x.shape[0], W.shape[1])
        if cache is None or not fits(cache.y, x, shape, W.dtype):
            cache = DenseCache(x, np.empty(shape, W.dtype), np.ones(shape[0], W.dtype))
        cache.x, y = x, cache.y
        np.dot(x, W, out=y)
        np.add(y, b, out=y)
        return y, cache

    def parameter_gradients(
        self, dy: ArrayLike, cache: DenseCache, *, out: Mapping[str, Array] | None = None
    ) -> Mapping[str, Array]:
        """Return dW = xᵀ dy, shape (D, M), and db = Σₙ dyₙ, shape (M,)."""
        dy = np.asarray(dy, dtype=cache.y.dtype)
        check_gradient_shape(dy, cache.y, "Dense.backward")
        if out is None:
            out = {name: np.empty_like(array) for name, array in self.params.items()}
        np.dot(cache.x.T, dy, out=out["W"])
        # 1ᵀ dy is the sum over the batch; as a matrix product it beats dy.sum(axis=0).
        np.dot(cache.ones, dy, out=out["b"])
        return out

    def backward(
        self, dy: ArrayLike, cache: DenseCache, *, out: Mapping[str, Array] | None = None
    ) -> tuple[Array, Mapping[str, Array]]:
        """Return dx = dy Wᵀ, shape (N, D), and the gradients of `W` and `b`."""
        dy = np.asarray(dy, dtype=cache.y.dtype)
        grads = self.parameter_gradients(dy, cache, out=out)
        W = self.params["W"]
        if out is None:
            return np.dot(dy, W.T), grads
        if cache.dx is None or cache.dx.shape != cache.x.shape or dy is cache.dx:
            cache.dx = np.empty(cache.x.shape, W.dtype)
        return np.dot(dy, W.T, out=cache.dx), grads

    @property
    def in_features(self) -> int:
        """D, the number of features of one input."""
        return int(self.params["W"].shape[0])

    @property
    def out_features(self) -> int:
        """M, the number of features of one output."""
        return int(self.params["W"].shape[1])

    @property
    def input_shape(self) -> tuple[int, ...]:
        """(D,)."""
        return (self.in_features,)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        """(M,), for an input of shape (D,)."""
        if tuple(input_shape) != self.input_shape:
            raise ValueError(
                f"{self!r}: expected an input of shape {self.input_shape} per sample, "
                f"got {tuple(input_shape)}"
            )
        return (self.out_features,)

    def _as_batch(self, x: ArrayLike, W: Array) -> Array:
        """Return x as an (N, D) array of the dtype of the weights."""
        batch = x if isinstance(x, np.ndarray) else np.asarray(x)
        if batch.dtype != W.dtype:
            batch = as_float(batch, "Dense.forward").astype(W.dtype)
        if batch.ndim != 2 or batch.shape[1] != W.shape[0]:
            raise ValueError(
                f"Dense.forward: expected x of shape (N, {W.shape[0]}), got {batch.shape}"
                + (". Add the batch axis: x[None, :]" if batch.shape == (W.shape[0],) else "")
            )
        return batch

    def __repr__(self) -> str:
        return f"Dense({self.in_features}, {self.out_features})"
