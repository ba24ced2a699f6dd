"""nnlib: neural networks in NumPy, written to be read.

The public names are re-exported here. `nnlib.datasets`, `nnlib.gradcheck` and `nnlib.plot` are
imported on their own, since not every program needs them.
"""

from nnlib.activations import (
    identity,
    identity_derivative,
    log_softmax,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_jacobian,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)
from nnlib.initializers import he_normal, xavier_uniform, zeros
from nnlib.layers import Activation, Dense, Layer, ReLU, Sigmoid, Softmax, Tanh
from nnlib.losses import (
    MSE,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Loss,
    binary_cross_entropy,
    categorical_cross_entropy,
    mse,
)
from nnlib.metrics import accuracy
from nnlib.neuron import Neuron
from nnlib.optimizers import SGD, Optimizer
from nnlib.perceptron import Perceptron, PerceptronHistory
from nnlib.sequential import Sequential
from nnlib.training import History, TrainingState, TrainingStep, minibatches

__all__ = [
    "MSE",
    "SGD",
    "Activation",
    "BinaryCrossEntropy",
    "CategoricalCrossEntropy",
    "Dense",
    "History",
    "Layer",
    "Loss",
    "Neuron",
    "Optimizer",
    "Perceptron",
    "PerceptronHistory",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "Tanh",
    "TrainingState",
    "TrainingStep",
    "accuracy",
    "binary_cross_entropy",
    "categorical_cross_entropy",
    "he_normal",
    "identity",
    "identity_derivative",
    "log_softmax",
    "minibatches",
    "mse",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_jacobian",
    "step",
    "step_derivative",
    "tanh",
    "tanh_derivative",
    "xavier_uniform",
    "zeros",
]
__version__ = "0.1.0"
