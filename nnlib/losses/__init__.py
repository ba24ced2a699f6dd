"""Loss functions, and the loss objects that `fit` uses. Losses are in nats (natural logarithm).

A function such as `mse(prediction, target)` gives the number. An object such as `MSE()` gives
the number and, through `backward`, its gradient with respect to the prediction.
"""

from nnlib.losses.absolute_error import MAE, mae
from nnlib.losses.base import Loss, LossCache
from nnlib.losses.binary import BinaryCrossEntropy, binary_cross_entropy
from nnlib.losses.categorical import (
    CategoricalCrossEntropy,
    ClassLossCache,
    categorical_cross_entropy,
)
from nnlib.losses.divergence import KLDivergence, kl_divergence
from nnlib.losses.hinge_loss import Hinge, hinge
from nnlib.losses.huber_loss import Huber, huber
from nnlib.losses.penalties import L1, L2, Penalty
from nnlib.losses.squared_error import MSE, mse

__all__ = [
    "L1",
    "L2",
    "MAE",
    "MSE",
    "BinaryCrossEntropy",
    "CategoricalCrossEntropy",
    "ClassLossCache",
    "Hinge",
    "Huber",
    "KLDivergence",
    "Loss",
    "LossCache",
    "Penalty",
    "binary_cross_entropy",
    "categorical_cross_entropy",
    "hinge",
    "huber",
    "kl_divergence",
    "mae",
    "mse",
]
