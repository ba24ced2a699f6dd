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
from nnlib.clipping import clip_by_norm, clip_by_value
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
from nnlib.optimizers import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    Momentum,
    Nesterov,
    Optimizer,
    RMSprop,
)
from nnlib.perceptron import Perceptron, PerceptronHistory
from nnlib.schedules import (
    CosineDecay,
    ExponentialDecay,
    OneCycle,
    PerEpoch,
    StepDecay,
    WarmUp,
)
from nnlib.sequential import Sequential
from nnlib.training import History, TrainingState, TrainingStep, minibatches

__all__ = [
    "MSE",
    "SGD",
    "Activation",
    "AdaGrad",
    "Adam",
    "AdamW",
    "BinaryCrossEntropy",
    "CategoricalCrossEntropy",
    "CosineDecay",
    "Dense",
    "ExponentialDecay",
    "History",
    "Layer",
    "Loss",
    "Momentum",
    "Nesterov",
    "Neuron",
    "OneCycle",
    "Optimizer",
    "PerEpoch",
    "Perceptron",
    "PerceptronHistory",
    "RMSprop",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "StepDecay",
    "Tanh",
    "TrainingState",
    "TrainingStep",
    "WarmUp",
    "accuracy",
    "binary_cross_entropy",
    "categorical_cross_entropy",
    "clip_by_norm",
    "clip_by_value",
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
