"""Layers: the `Layer` protocol, `Dense`, and the activation layers."""

from nnlib.layers.activation import Activation, ReLU, Sigmoid, Softmax, Tanh
from nnlib.layers.base import Layer
from nnlib.layers.dense import Dense

__all__ = ["Activation", "Dense", "Layer", "ReLU", "Sigmoid", "Softmax", "Tanh"]
