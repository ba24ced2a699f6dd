"""Starting values for weights: zeros, fixed spread, Xavier (Glorot), He, orthogonal.

An initializer is called as `initializer(shape, rng=rng, dtype=dtype)`. For a weight matrix of
shape (in, out) the fans are fan_in = in and fan_out = out; other shapes name them. To set an
option, wrap it: `Dense(3, 2, rng=rng, initializer=functools.partial(normal, std=0.1))`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nnlib._checks import check_positive_number, check_rng

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


def normal(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
    std: float = 0.05,
) -> Array:
    """Normal with mean 0 and a given standard deviation, whatever the size of the layer.

    The same spread for all layers lets signals fade or explode with depth; `he_normal` and
    `xavier_normal` choose it. As Keras' `RandomNormal`; PyTorch's `normal_` has std 1. The fans
    are accepted and not used.

    >>> W = normal((300, 100), rng=np.random.default_rng(0), dtype=np.float64, std=0.1)
    >>> bool(abs(W.std() - 0.1) < 1e-3)
    True
    """
    check_rng(rng, "normal")
    spread = check_positive_number(std, "normal std")
    return _normal(shape, spread, rng, dtype)


def uniform(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
    limit: float = 0.05,
) -> Array:
    """Uniform on (-limit, limit), so variance limit²/3, whatever the size of the layer.

    As Keras' `RandomUniform`; PyTorch's `uniform_` goes from 0 to 1. The fans are accepted and
    not used.

    >>> W = uniform((300, 100), rng=np.random.default_rng(0), dtype=np.float64, limit=0.3)
    >>> bool(abs(W.var() - 0.03) < 1e-3)
    True
    """
    check_rng(rng, "uniform")
    return _uniform(shape, check_positive_number(limit, "uniform limit"), rng, dtype)


def xavier_normal(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
) -> Array:
    """Normal with mean 0 and variance 2/(fan_in + fan_out).

    The same spread as `xavier_uniform`, and for the same layers. Convention: not cut off, as in
    PyTorch's `xavier_normal_`; Keras' `GlorotNormal` cuts it off at two standard deviations.
    Source: Glorot and Bengio (2010), equation 12.

    >>> W = xavier_normal((300, 100), rng=np.random.default_rng(0), dtype=np.float64)
    >>> bool(abs(W.var() - 2 / 400) < 1e-4)
    True
    """
    check_rng(rng, "xavier_normal")
    fan_in, fan_out = _fans("xavier_normal", shape, fan_in, fan_out)
    return _normal(shape, math.sqrt(2.0 / (fan_in + fan_out)), rng, dtype)


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
    return _uniform(shape, math.sqrt(6.0 / (fan_in + fan_out)), rng, dtype)


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
    return _normal(shape, math.sqrt(2.0 / fan_in), rng, dtype)


def he_uniform(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
) -> Array:
    """Uniform on (-a, a) with a = √(6/fan_in), so variance 2/fan_in; for ReLU, as `he_normal`.

    As PyTorch's `kaiming_uniform_` for ReLU and Keras' `HeUniform`. PyTorch's `Linear` starts
    with its `a=√5`, which gives √(1/fan_in), less than half of this.
    Source: He et al. (2015), equation 10.

    >>> W = he_uniform((300, 100), rng=np.random.default_rng(0), dtype=np.float64)
    >>> bool(abs(W.var() - 2 / 300) < 1e-4)
    True
    """
    check_rng(rng, "he_uniform")
    fan_in, _ = _fans("he_uniform", shape, fan_in, fan_out)
    return _uniform(shape, math.sqrt(6.0 / fan_in), rng, dtype)


def orthogonal(
    shape: tuple[int, ...],
    *,
    rng: np.random.Generator,
    dtype: DType = np.float32,
    fan_in: int | None = None,
    fan_out: int | None = None,
    gain: float = 1.0,
) -> Array:
    """A random orthogonal matrix times `gain`: WᵀW = gain² I, or WWᵀ if in < out.

    With in ≥ out the columns are at right angles and have length `gain`, else the rows. A
    square W then turns vectors and keeps their length, however often it is applied: made for
    deep linear and recurrent networks. Only for shapes (in, out); the fans are not used.
    Source: Saxe, McClelland and Ganguli (2014).

    Notes
    -----
    Q of the QR decomposition of a normal matrix, with the signs of R's diagonal: without them
    not all rotations would be equally likely (Mezzadri 2007). As in PyTorch and Keras.

    >>> W = orthogonal((3, 2), rng=np.random.default_rng(0), dtype=np.float64)
    >>> (abs(W.T @ W).round(12) == np.eye(2)).all().item()
    True
    """
    check_rng(rng, "orthogonal")
    factor = check_positive_number(gain, "orthogonal gain")
    if len(shape) != 2:
        raise ValueError(f"orthogonal: expected a shape (in, out), got shape {shape}")
    tall = rng.standard_normal((max(shape), min(shape)))
    q, r = np.linalg.qr(tall)
    q *= factor * np.where(np.diagonal(r) < 0, -1.0, 1.0)
    weights: Array = q if shape[0] >= shape[1] else q.T
    return np.ascontiguousarray(weights, dtype=dtype)


def _normal(shape: tuple[int, ...], std: float, rng: np.random.Generator, dtype: DType) -> Array:
    weights: Array = rng.standard_normal(shape) * std
    return weights.astype(dtype, copy=False)


def _uniform(shape: tuple[int, ...], limit: float, rng: np.random.Generator, dtype: DType) -> Array:
    weights: Array = rng.uniform(-limit, limit, shape).astype(dtype, copy=False)
    return weights


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
