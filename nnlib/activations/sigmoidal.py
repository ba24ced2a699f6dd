"""S-shaped activations: sigmoid and tanh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def sigmoid(x: ArrayLike, *, out: Array | None = None, scratch: Array | None = None) -> Any:
    """Logistic sigmoid: σ(x) = 1 / (1 + e⁻ˣ), between 0 and 1.

    Computed as e^min(x, 0) / (1 + e^-|x|). This is the same number, but no exponent is ever
    positive, so nothing overflows, and tiny values for very negative x keep their digits.
    `scratch` is room for the denominator, for callers that want no allocation.

    >>> sigmoid([-5.0, -1.0, 0.0, 1.0, 5.0]).round(4)
    array([0.0067, 0.2689, 0.5   , 0.7311, 0.9933])
    >>> sigmoid([-1e4, 1e4])
    array([0., 1.])
    """
    x = as_float(x, "sigmoid")
    denominator = np.abs(x, out=scratch)
    denominator = np.exp(np.negative(denominator, out=scratch), out=scratch)
    denominator = np.add(denominator, 1, out=scratch)
    numerator = np.exp(np.minimum(x, 0, out=out), out=out)
    return np.divide(numerator, denominator, out=out)


def sigmoid_derivative(x: ArrayLike) -> Any:
    """σ′(x) = σ(x)(1 - σ(x)), at most 1/4 (at x = 0).

    1 - σ(x) is computed as σ(-x), which does not cancel for large x.

    >>> sigmoid_derivative([-5.0, 0.0, 5.0]).round(4)
    array([0.0066, 0.25  , 0.0066])
    """
    x = as_float(x, "sigmoid_derivative")
    return sigmoid(x) * sigmoid(-x)


def tanh(x: ArrayLike, *, out: Array | None = None) -> Any:
    """Hyperbolic tangent: tanh x = (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ) = 2σ(2x) - 1, between -1 and 1.

    >>> tanh([-1.0, 0.0, 1.0]).round(4)
    array([-0.7616,  0.    ,  0.7616])
    """
    return np.tanh(as_float(x, "tanh"), out=out)


def tanh_derivative(x: ArrayLike) -> Any:
    """tanh′(x) = 1 - tanh²(x), at most 1 (at x = 0).

    >>> tanh_derivative([-1.0, 0.0, 1.0]).round(4)
    array([0.42, 1.  , 0.42])
    """
    return 1 - np.tanh(as_float(x, "tanh_derivative")) ** 2
