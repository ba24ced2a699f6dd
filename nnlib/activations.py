"""Activation functions φ and their derivatives φ′, as plain functions of arrays.

Integers and lists become float64; float32 stays float32. A single number gives a NumPy scalar.
Every function takes `out=`, an array to write the result into, like NumPy's own functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, choose

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike, Elementwise


def identity(x: ArrayLike, *, out: Array | None = None) -> Any:
    """Linear output: φ(x) = x, as a new array. Used for regression.

    >>> identity([-2, 3])
    array([-2.,  3.])
    """
    return np.positive(as_float(x, "identity"), out=out)


def identity_derivative(x: ArrayLike) -> Any:
    """φ′(x) = 1.

    >>> identity_derivative([-2.0, 3.0])
    array([1., 1.])
    """
    return np.ones_like(as_float(x, "identity_derivative"))[()]


def step(x: ArrayLike, *, out: Array | None = None) -> Any:
    """Step function: φ(x) = 1 for x ≥ 0, else 0.

    The value at 0 is a convention; here φ(0) = 1, so a perceptron whose weighted sum is exactly
    zero answers 1. Source: Rosenblatt (1958), after McCulloch and Pitts (1943).

    >>> step([-0.1, 0.0, 2.0])
    array([0., 1., 1.])
    """
    return np.heaviside(as_float(x, "step"), 1, out=out)


def step_derivative(x: ArrayLike) -> Any:
    """φ′(x) = 0: the step is flat, so gradient descent gets no signal through it.

    At x = 0 the step has no derivative; by convention this returns 0 there too.

    >>> step_derivative([-0.1, 0.0, 2.0])
    array([0., 0., 0.])
    """
    return np.zeros_like(as_float(x, "step_derivative"))[()]


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


def softmax(x: ArrayLike, axis: int = -1, *, out: Array | None = None) -> Any:
    """Softmax: pᵢ = e^xᵢ / Σⱼ e^xⱼ along `axis`; positive, and sums to 1.

    The largest entry is subtracted first. That changes nothing in the ratio, and keeps every
    exponent at or below zero, so nothing overflows. Source: Bridle (1990).

    >>> softmax([2.0, 1.0, 0.1]).round(3)
    array([0.659, 0.242, 0.099])
    """
    x = as_float(x, "softmax")
    out = np.subtract(x, x.max(axis=axis, keepdims=True), out=out)
    np.exp(out, out=out)
    return np.divide(out, out.sum(axis=axis, keepdims=True), out=out)


def log_softmax(x: ArrayLike, axis: int = -1) -> Any:
    """log pᵢ = xᵢ - log Σⱼ e^xⱼ along `axis`, in nats; stable where p itself rounds to 0.

    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    x = as_float(x, "log_softmax")
    shifted = x - x.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def softmax_jacobian(x: ArrayLike) -> Array:
    """∂pᵢ/∂xⱼ = pᵢ(δᵢⱼ - pⱼ), as a matrix: diag(p) - ppᵀ.

    Parameters
    ----------
    x : array of shape (C,), or (N, C) for a batch

    Returns
    -------
    array of shape (C, C), or (N, C, C)

    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(x)
    diagonal = p[..., :, None] * np.eye(p.shape[-1], dtype=p.dtype)
    jacobian: Array = diagonal - p[..., :, None] * p[..., None, :]
    return jacobian


ACTIVATIONS: dict[str, Elementwise] = {
    "identity": identity,
    "relu": relu,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "step": step,
    "tanh": tanh,
}

DERIVATIVES: dict[str, Elementwise] = {
    "identity": identity_derivative,
    "relu": relu_derivative,
    "sigmoid": sigmoid_derivative,
    "step": step_derivative,
    "tanh": tanh_derivative,
}


def get_activation(activation: str | Elementwise) -> Elementwise:
    """Return the function for a name such as `"relu"`; a callable comes back as it is.

    Raises
    ------
    ValueError
        For an unknown name; the message lists the names there are.

    >>> get_activation("relu") is relu
    True
    """
    if callable(activation):
        return activation
    function: Elementwise = choose(ACTIVATIONS, activation, "activation")
    return function
