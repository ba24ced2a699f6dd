"""Optimizers: how a gradient changes the parameters. One file for each idea."""

from nnlib.optimizers.adagrad import AdaGrad
from nnlib.optimizers.adam import Adam, AdamW
from nnlib.optimizers.base import Optimizer, VectorOptimizer
from nnlib.optimizers.momentum import Momentum, Nesterov
from nnlib.optimizers.rmsprop import RMSprop
from nnlib.optimizers.sgd import SGD

__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Momentum",
    "Nesterov",
    "Optimizer",
    "RMSprop",
    "VectorOptimizer",
]
