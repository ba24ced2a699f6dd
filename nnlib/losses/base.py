"""What every loss object can do, and the caches that losses use again and again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike

# Denominators p and p(1 - p) of gradients are kept at or above this, as in PyTorch.
SMALLEST = 1e-12


class Loss(ABC):
    """A loss that `fit` can descend on: its value, and its gradient.

    `loss, cache = L.forward(prediction, target)`, then `L.backward(cache)` is
    ∂loss/∂prediction. Handing the cache to the next `forward` reuses its arrays and overwrites
    the earlier gradient. The loss is the mean, as in the function of the same name.
    """

    @abstractmethod
    def forward(
        self, prediction: ArrayLike, target: ArrayLike, *, cache: LossCache | None = None
    ) -> tuple[float, LossCache]:
        """Return the loss as a Python float, and a cache for `backward`."""

    @abstractmethod
    def backward(self, cache: LossCache) -> Array:
        """Return ∂loss/∂prediction, of the shape of the prediction."""

    def probabilities(self, prediction: ArrayLike) -> Any:
        """Return the prediction as metrics want it: logits become probabilities."""
        return prediction

    def __call__(self, prediction: ArrayLike, target: ArrayLike) -> float:
        """Return only the loss."""
        return self.forward(prediction, target)[0]

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value}" for name, value in vars(self).items())
        return f"{type(self).__name__}({options})"


@dataclass(slots=True)
class LossCache:
    """What `backward` needs, and arrays that the next step can use again."""

    prediction: Array
    target: Array
    work: Array
    gradient: Array

    @classmethod
    def renewed(cls, cache: LossCache | None, prediction: Array, target: Array) -> LossCache:
        """Return `cache` for new data, or a new one if its arrays do not fit."""
        # A cache that owns its target (of another loss) must not get one that it does not own.
        if type(cache) is not cls or not suits(cache.work, prediction):
            shape, dtype = prediction.shape, prediction.dtype
            return cls(prediction, target, np.empty(shape, dtype), np.empty(shape, dtype))
        cache.prediction, cache.target = prediction, target
        return cache


def suits(buffer: Array, values: Array) -> bool:
    """Whether `buffer` has the shape and dtype of `values`."""
    return buffer.shape == values.shape and buffer.dtype == values.dtype
