"""The two plainest activations: none at all, and a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


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
