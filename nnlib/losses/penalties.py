"""Penalties on large weights, which are added to the loss: L1 and L2."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, check_positive_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnlib._types import Array, ArrayLike


class Penalty(ABC):
    """A term R(W) that `fit(..., penalty=...)` adds to the loss: L + R(W₁) + R(W₂) + …

    It holds for weights, the parameters with two or more axes. Biases have one axis and stay
    free, since they only shift and do not let a network wiggle.

    The losses that `fit` and `evaluate` report are without it, so that they measure the same
    with and without a penalty; Keras adds it. `penalty(model.params)` is the term itself.
    """

    strength: float

    @abstractmethod
    def value(self, weights: ArrayLike) -> float:
        """Return R for one array."""

    @abstractmethod
    def gradient(self, weights: Array, *, out: Array | None = None) -> Array:
        """Return ∂R/∂W, of the shape of the weights."""

    def __call__(self, params: Mapping[str, Array]) -> float:
        """Return the sum of R over all weights of a layer or network."""
        return sum((self.value(W) for W in params.values() if W.ndim >= 2), 0.0)

    def add_gradients(
        self, params: Mapping[str, Array], grads: Mapping[str, Array], scratch: Array
    ) -> None:
        """Add ∂R/∂W to the gradient of every weight array, in place.

        `scratch` is a vector of at least the size of the largest one.
        """
        for name, W in params.items():
            if W.ndim >= 2:
                room = scratch[: W.size].reshape(W.shape)
                grad = grads[name]
                np.add(grad, self.gradient(W, out=room), out=grad)

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value}" for name, value in vars(self).items())
        return f"{type(self).__name__}({options})"


class L1(Penalty):
    """L1 penalty: R(W) = λ Σ |W|, with gradient λ sign(W) (0 at 0).

    It pulls every weight towards 0 with the same force, whatever its size, so small ones end
    at 0 or tremble about it: a sparse network. Source: Tibshirani (1996), the lasso.

    Parameters
    ----------
    strength : float
        λ, above 0.

    >>> L1(0.1).value([[1.0, -2.0]]), L1(0.1).gradient(np.array([[1.0, -2.0]]))
    (0.30000000000000004, array([[ 0.1, -0.1]]))
    """

    def __init__(self, strength: float) -> None:
        self.strength = check_positive_number(strength, "L1 strength")

    def value(self, weights: ArrayLike) -> float:
        """Return λ Σ |W|."""
        return self.strength * float(np.abs(as_float(weights, "L1")).sum())

    def gradient(self, weights: Array, *, out: Array | None = None) -> Array:
        """Return λ sign(W)."""
        sign: Array = np.sign(weights, out=out)
        return np.multiply(sign, self.strength, out=sign)


class L2(Penalty):
    """L2 penalty: R(W) = λ ΣW², with gradient 2λW; with `half` R = ½λ ΣW² and λW.

    It pulls large weights more than small ones: many moderate weights in place of a few huge
    ones. With plain gradient descent this is weight decay, w ← (1 - 2ηλ)w - η ∂L/∂w; with Adam
    it is not, see `AdamW`. Source: Hoerl and Kennard (1970), ridge; Krogh and Hertz (1992).

    Parameters
    ----------
    strength : float
        λ, above 0.
    half : bool
        Convention: False as in Keras' `regularizers.L2`; True as in many books, and as
        PyTorch's `weight_decay`, which also takes the biases.

    >>> L2(0.1).value([[1.0, -2.0]]), L2(0.1).gradient(np.array([[1.0, -2.0]]))
    (0.5, array([[ 0.2, -0.4]]))
    """

    def __init__(self, strength: float, *, half: bool = False) -> None:
        self.strength = check_positive_number(strength, "L2 strength")
        self.half = half

    def value(self, weights: ArrayLike) -> float:
        """Return λ ΣW², or half of it."""
        W: Any = as_float(weights, "L2")
        return self._factor / 2 * float(np.vdot(W, W))

    def gradient(self, weights: Array, *, out: Array | None = None) -> Array:
        """Return 2λW, or λW."""
        gradient: Array = np.multiply(weights, self._factor, out=out)
        return gradient

    @property
    def _factor(self) -> float:
        return self.strength if self.half else 2 * self.strength
