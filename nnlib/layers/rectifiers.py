"""Layers that bend at zero: leaky ReLU and ELU. `ReLU` itself is in `activation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnlib import activations
from nnlib._checks import check_number
from nnlib.layers.activation import Activation, ActivationCache

if TYPE_CHECKING:
    from nnlib._types import Array


class LeakyReLU(Activation):
    """y = max(x, αx); dx = dy where x > 0, else α dy (also at x = 0, by convention).

    Parameters
    ----------
    alpha : float
        α, at least 0 and below 1; see `leaky_relu`.

    >>> y, cache = LeakyReLU(0.1).forward([[-1.0, 2.0]])
    >>> y
    array([[-0.1,  2. ]])
    """

    def __init__(self, alpha: float = 0.01) -> None:
        super().__init__("leaky_relu")
        self.alpha = check_number(alpha, "LeakyReLU alpha", 0.0, 1.0)

    def _apply(self, cache: ActivationCache) -> None:
        activations.leaky_relu(cache.x, self.alpha, out=cache.y)

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        activations.leaky_relu_derivative(cache.x, self.alpha, out=dx)
        np.multiply(dx, dy, out=dx)

    def __repr__(self) -> str:
        return f"LeakyReLU(alpha={self.alpha})"


class ELU(Activation):
    """y = x for x > 0, else α(eˣ - 1); dx = dy where x > 0, else α eˣ dy.

    Parameters
    ----------
    alpha : float
        α, at least 0; see `elu`.

    >>> y, cache = ELU().forward([[-1.0, 2.0]])
    >>> y.round(4)
    array([[-0.6321,  2.    ]])
    """

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__("elu")
        self.alpha = check_number(alpha, "ELU alpha", 0.0)

    def _apply(self, cache: ActivationCache) -> None:
        activations.elu(cache.x, self.alpha, out=cache.y, scratch=cache.room())

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        activations.elu_derivative(cache.x, self.alpha, out=dx, scratch=cache.room())
        np.multiply(dx, dy, out=dx)

    def __repr__(self) -> str:
        return f"ELU(alpha={self.alpha})"
