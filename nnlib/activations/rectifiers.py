"""ReLU and its relatives: straight for positive x, flat or nearly flat for negative x."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, check_number

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def relu(x: ArrayLike, *, out: Array | None = None) -> Any:
    """Rectified linear unit: relu(x) = max(0, x), in [0, ∞).

    Source: Nair and Hinton (2010).

    >>> relu([-1.0, 0.0, 2.5])
    array([0. , 0. , 2.5])
    """
    return np.maximum(as_float(x, "relu"), 0, out=out)


def relu_derivative(x: ArrayLike) -> Any:
    """relu′(x) = 1 for x > 0, else 0.

    At x = 0 the slope is not defined; the convention here, in PyTorch and in Keras is 0.

    >>> relu_derivative([-1.0, 0.0, 2.5])
    array([0., 0., 1.])
    """
    return np.heaviside(as_float(x, "relu_derivative"), 0)


def leaky_relu(x: ArrayLike, alpha: float = 0.01, *, out: Array | None = None) -> Any:
    """Leaky ReLU: φ(x) = x for x > 0, else αx; computed as max(x, αx).

    A small slope below 0 lets a unit come back that always gets negative sums, where the slope
    of ReLU is 0 for ever. Source: Maas, Hannun and Ng (2013).

    Parameters
    ----------
    x : array of any shape
    alpha : float
        α, at least 0 and below 1; 0.01 in the paper and PyTorch, 0.3 in Keras.

    >>> leaky_relu([-1.0, 0.0, 2.5])
    array([-0.01,  0.  ,  2.5 ])
    """
    alpha = check_number(alpha, "leaky_relu alpha", 0.0, 1.0)
    x = as_float(x, "leaky_relu")
    # max(x, 0) + α min(x, 0) would need two arrays; as α < 1, the larger one is right.
    return np.maximum(x, np.multiply(x, alpha, out=out), out=out)


def leaky_relu_derivative(x: ArrayLike, alpha: float = 0.01, *, out: Array | None = None) -> Any:
    """φ′(x) = 1 for x > 0, else α; at x = 0 the convention here and in PyTorch is α.

    >>> leaky_relu_derivative([-1.0, 0.0, 2.5])
    array([0.01, 0.01, 1.  ])
    """
    alpha = check_number(alpha, "leaky_relu_derivative alpha", 0.0, 1.0)
    return np.maximum(_positive(as_float(x, "leaky_relu_derivative"), out), alpha, out=out)


def elu(
    x: ArrayLike, alpha: float = 1.0, *, out: Array | None = None, scratch: Array | None = None
) -> Any:
    """Exponential linear unit: φ(x) = x for x > 0, else α(eˣ - 1), in (-α, ∞).

    Below 0 it bends towards -α, so very negative sums all mean the same. Computed as
    max(x, 0) + α expm1(min(x, 0)): no exponent is positive, and eˣ - 1 keeps its digits for
    tiny x. Source: Clevert, Unterthiner and Hochreiter (2016).

    Parameters
    ----------
    x : array of any shape
    alpha : float
        α, at least 0. For α = 1 the slope has no jump at 0.

    >>> elu([-1e4, -1.0, 0.0, 2.5]).round(4)
    array([-1.    , -0.6321,  0.    ,  2.5   ])
    """
    alpha = check_number(alpha, "elu alpha", 0.0)
    x = as_float(x, "elu")
    below = np.expm1(np.minimum(x, 0, out=scratch), out=scratch)
    below = np.multiply(below, alpha, out=scratch)
    return np.add(np.maximum(x, 0, out=out), below, out=out)


def elu_derivative(
    x: ArrayLike, alpha: float = 1.0, *, out: Array | None = None, scratch: Array | None = None
) -> Any:
    """φ′(x) = 1 for x > 0, else α eˣ; at x = 0 the convention here and in PyTorch is α.

    >>> elu_derivative([-1.0, 0.0, 2.5]).round(4)
    array([0.3679, 1.    , 1.    ])
    """
    alpha = check_number(alpha, "elu_derivative alpha", 0.0)
    x = as_float(x, "elu_derivative")
    slope = np.exp(np.minimum(x, 0, out=out), out=out)  # 1 for x > 0
    if alpha == 1:
        return slope
    # From 0 and 1 to α and 1.
    factor = np.multiply(_positive(x, scratch), 1 - alpha, out=scratch)
    factor = np.add(factor, alpha, out=scratch)
    return np.multiply(slope, factor, out=out)


def _positive(x: Array, out: Array | None) -> Array:
    """Return 1 where x > 0 and 0 elsewhere, of the dtype of x."""
    # Over ten times faster than np.heaviside, and np.sign in place is slow as well.
    return np.greater(x, 0, out=np.empty_like(x) if out is None else out)
