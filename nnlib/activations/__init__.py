"""Activation functions φ and their derivatives φ′, as plain functions of arrays.

Integers and lists become float64; float32 stays float32. A single number gives a NumPy scalar.
Every function takes `out=`, an array to write the result into, like NumPy's own functions. Some
take `scratch=`, room for numbers between, for callers that want no allocation.
"""

from nnlib.activations.names import ACTIVATIONS, DERIVATIVES, get_activation
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
from nnlib.activations.softmaxes import log_softmax, softmax, softmax_jacobian

__all__ = [
    "ACTIVATIONS",
    "DERIVATIVES",
    "elu",
    "elu_derivative",
    "gelu",
    "gelu_derivative",
    "get_activation",
    "identity",
    "identity_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "log_softmax",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "silu",
    "silu_derivative",
    "softmax",
    "softmax_jacobian",
    "softplus",
    "softplus_derivative",
    "step",
    "step_derivative",
    "tanh",
    "tanh_derivative",
]
