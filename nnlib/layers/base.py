"""What every layer can do: forward, backward, and parameters in a dictionary."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnlib._types import Array, ArrayLike, DType


class Layer(ABC):
    """A function with parameters, and the rule that carries gradients back through it.

    `forward` and `backward` are pure: they keep nothing on the layer, so one layer can be used
    many times before the first `backward`. What `backward` needs travels in the cache.

    - `y, cache = layer.forward(x)` computes the output. The batch axis N comes first.
    - `dx, grads = layer.backward(dy, cache)` takes `dy` = ∂L/∂y and returns ∂L/∂x and one
      gradient for every parameter, under the same key and of the same shape.
    - The cache keeps `x` itself, not a copy: leave x alone until `backward` has run.
    - `layer.forward(x, cache=cache)` reuses the cache's arrays: the step allocates nothing,
      and the earlier `y` is overwritten.
    - `layer.backward(dy, cache, out=grads)` writes into the arrays of `grads`, and puts `dx`
      into an array that the cache keeps.

    Layers let NaN pass, as NumPy does, so that a diverging network can be watched. The doors
    `fit`, `predict` and `evaluate` of `Sequential` refuse NaN in the data.
    """

    params: dict[str, Array]
    """The parameters by name; empty for a layer that has none."""

    @abstractmethod
    def forward(
        self, x: ArrayLike, *, training: bool = False, cache: Any = None
    ) -> tuple[Array, Any]:
        """Return the output and a cache for `backward`."""

    @abstractmethod
    def backward(
        self, dy: ArrayLike, cache: Any, *, out: Mapping[str, Array] | None = None
    ) -> tuple[Array, Mapping[str, Array]]:
        """Return ∂L/∂x and the gradients of the parameters."""

    def parameter_gradients(
        self, dy: ArrayLike, cache: Any, *, out: Mapping[str, Array] | None = None
    ) -> Mapping[str, Array]:
        """Return only the gradients of the parameters.

        The first layer of a network is asked for no more than this: nobody needs ∂L/∂x there.
        Layers that can save work override it.
        """
        return self.backward(dy, cache, out=out)[1]

    @property
    def input_shape(self) -> tuple[int, ...] | None:
        """Shape of one sample that the layer expects, without N; None if any shape will do."""
        return None

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        """Shape of one output sample, given the shape of one input sample."""
        return input_shape

    @property
    def parameter_count(self) -> int:
        """How many numbers the layer learns."""
        return sum(array.size for array in self.params.values())

    def bind(self, vector: Array) -> None:
        """Move the parameters into `vector`, one after the other, and keep views on it.

        This is how a `Sequential` gathers all parameters in one contiguous array.
        """
        start = 0
        for name, array in self.params.items():
            view = vector[start : start + array.size].reshape(array.shape)
            view[...] = array
            self.params[name] = view
            start += array.size

    def copy(self) -> Self:
        """Return a layer with parameters of its own."""
        return copy.deepcopy(self)

    def astype(self, dtype: DType) -> Self:
        """Return a copy whose parameters have the given dtype, float64 for gradient checks."""
        new = self.copy()
        new.params = {name: array.astype(dtype) for name, array in new.params.items()}
        return new

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def fits(buffer: Array, x: Array, shape: tuple[int, ...], dtype: np.dtype[Any]) -> bool:
    """Whether `buffer` can take an output of this shape that is computed from `x`.

    It must not share memory with `x`: a layer applied to its own last output would otherwise
    overwrite its input.
    """
    return buffer.shape == shape and buffer.dtype == dtype and not np.may_share_memory(buffer, x)


def check_gradient_shape(dy: Array, y: Array, what: str) -> None:
    """Raise ValueError unless the incoming gradient has the shape of the output."""
    if dy.shape != y.shape:
        raise ValueError(
            f"{what}: expected dy with the shape of the output, {y.shape}, got {dy.shape}"
        )
