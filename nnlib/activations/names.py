"""Look-up of activations by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnlib._checks import choose
from nnlib.activations.plain import identity, identity_derivative, step, step_derivative
from nnlib.activations.rectifiers import (
    elu,
    elu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
)
from nnlib.activations.sigmoidal import sigmoid, sigmoid_derivative, tanh, tanh_derivative
from nnlib.activations.smooth import (
    gelu,
    gelu_derivative,
    silu,
    silu_derivative,
    softplus,
    softplus_derivative,
)
from nnlib.activations.softmaxes import softmax

if TYPE_CHECKING:
    from nnlib._types import Elementwise

ACTIVATIONS: dict[str, Elementwise] = {
    "elu": elu,
    "gelu": gelu,
    "identity": identity,
    "leaky_relu": leaky_relu,
    "relu": relu,
    "sigmoid": sigmoid,
    "silu": silu,
    "softmax": softmax,
    "softplus": softplus,
    "step": step,
    "tanh": tanh,
}

DERIVATIVES: dict[str, Elementwise] = {
    "elu": elu_derivative,
    "gelu": gelu_derivative,
    "identity": identity_derivative,
    "leaky_relu": leaky_relu_derivative,
    "relu": relu_derivative,
    "sigmoid": sigmoid_derivative,
    "silu": silu_derivative,
    "softplus": softplus_derivative,
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
