"""Layers: the `Layer` protocol, `Dense`, and the activation layers."""

from nnlib.layers.activation import Activation, ReLU, Sigmoid, Softmax, Tanh
from nnlib.layers.base import Layer
from nnlib.layers.dense import Dense
from nnlib.layers.rectifiers import ELU, LeakyReLU
from nnlib.layers.smooth import GELU, SiLU, Softplus

__all__ = [
    "ELU",
    "GELU",
    "Activation",
    "Dense",
    "Layer",
    "LeakyReLU",
    "ReLU",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
]
