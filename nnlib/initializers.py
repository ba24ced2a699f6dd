"""Starting values for weights: zeros, Xavier (Glorot) and He.

An initializer is called as `initializer(shape, rng=rng, dtype=dtype)`. For a weight matrix of
shape (in, out) the fans are fan_in = in and fan_out = out; other shapes name them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnlib._checks import check_rng

if TYPE_CHECKING:
    from nnlib._types import Array, DType


def zeros(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator | None = None,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
) -> Array:
    """All zeros: right for biases, wrong for weights, since all units would stay equal.

    The random generator and the fans are accepted and not used.

    >>> zeros((2, 3))
    array([[0., 0., 0.],
           [0., 0., 0.]], dtype=float32)
    """
    return np.zeros(shape, dtype)


def xavier_uniform(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
) -> Array:
    """Uniform on (-a, a) with a = √(6/(fan_in + fan_out)), so variance 2/(fan_in + fan_out).

    Made for tanh and sigmoid. Source: Glorot and Bengio (2010), equation 16.

    >>> W = xavier_uniform((300, 100), rng=np.random.default_rng(0), dtype=np.float64)
    >>> bool(abs(W.var() - 2 / 400) < 1e-4)
    True
    """
    check_rng(rng, "xavier_uniform")
    fan_in, fan_out = _fans("xavier_uniform", shape, fan_in, fan_out)
    limit = np.sqrt(6.0 / (fan_in + fan_out))
    weights: Array = rng.uniform(-limit, limit, shape).astype(dtype, copy=False)
    return weights


def he_normal(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
) -> Array:
    """Normal with mean 0 and variance 2/fan_in. Made for ReLU, which halves the variance.

    Convention: a plain normal distribution, as in PyTorch's `kaiming_normal_`; Keras'
    `HeNormal` cuts it off at two standard deviations. Source: He et al. (2015), equation 10.

    >>> W = he_normal((300, 100), rng=np.random.default_rng(0), dtype=np.float64)
    >>> bool(abs(W.var() - 2 / 300) < 1e-4)
    True
    """
    check_rng(rng, "he_normal")
    fan_in, _ = _fans("he_normal", shape, fan_in, fan_out)
    weights: Array = rng.standard_normal(shape) * np.sqrt(2.0 / fan_in)
    return weights.astype(dtype, copy=False)


def _fans(
    name: str, shape: tuple[int, ...], fan_in: int | None, fan_out: int | None
) -> tuple[int, int]:
    """Return the fans: as given, or those of an (in, out) matrix."""
    if fan_in is not None and fan_out is not None:
        return fan_in, fan_out
    if len(shape) != 2:
        raise ValueError(
            f"{name}: expected a shape (in, out), or fan_in and fan_out by name; got shape {shape}"
        )
    return fan_in or shape[0], fan_out or shape[1]
