"""Softmax: from scores to probabilities, and what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, check_positive_number

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def softmax(
    x: ArrayLike, axis: int = -1, *, temperature: float = 1.0, out: Array | None = None
) -> Any:
    """Softmax: pᵢ = e^(xᵢ/T) / Σⱼ e^(xⱼ/T) along `axis`; positive, and sums to 1.

    The largest entry is subtracted first. That changes nothing in the ratio, and keeps every
    exponent at or below zero, so nothing overflows. Source: Bridle (1990); the temperature
    from Hinton, Vinyals and Dean (2015), equation 1.

    Parameters
    ----------
    x : array of at least one axis
    axis : int
    temperature : float
        T, above 0. Below 1 the largest entry takes more; towards 0 it takes all. Above 1 the
        entries get closer to each other. 1 in all frameworks.

    >>> softmax([2.0, 1.0, 0.1]).round(3)
    array([0.659, 0.242, 0.099])
    >>> softmax([2.0, 1.0, 0.1], temperature=10).round(3)
    array([0.366, 0.331, 0.303])
    """
    x = as_float(x, "softmax")
    out = np.subtract(x, x.max(axis=axis, keepdims=True), out=out)
    _cool(out, temperature, "softmax")
    np.exp(out, out=out)
    return np.divide(out, out.sum(axis=axis, keepdims=True), out=out)


def log_softmax(x: ArrayLike, axis: int = -1, *, temperature: float = 1.0) -> Any:
    """log pᵢ = xᵢ/T - log Σⱼ e^(xⱼ/T), in nats; stable where p itself rounds to 0.

    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    x = as_float(x, "log_softmax")
    shifted = x - x.max(axis=axis, keepdims=True)
    _cool(shifted, temperature, "log_softmax")
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def softmax_jacobian(x: ArrayLike, *, temperature: float = 1.0) -> Array:
    """∂pᵢ/∂xⱼ = pᵢ(δᵢⱼ - pⱼ)/T, as a matrix: (diag(p) - ppᵀ)/T.

    Parameters
    ----------
    x : array of shape (C,), or (N, C) for a batch
    temperature : float
        T, as for `softmax`.

    Returns
    -------
    array of shape (C, C), or (N, C, C)

    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(x, temperature=temperature)
    diagonal = p[..., :, None] * np.eye(p.shape[-1], dtype=p.dtype)
    jacobian: Array = diagonal - p[..., :, None] * p[..., None, :]
    _cool(jacobian, temperature, "softmax_jacobian")
    return jacobian


def _cool(x: Array, temperature: float, what: str) -> None:
    """Divide x by the temperature, in place."""
    # Almost always it is 1, and a pass over the array can be saved.
    if check_positive_number(temperature, f"{what} temperature") != 1:
        np.divide(x, temperature, out=x)
