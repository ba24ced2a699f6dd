"""Activation layers: an activation function with its backward rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nnlib import activations
from nnlib._checks import as_float, check_positive_number, choose
from nnlib.layers.base import Layer, check_gradient_shape, fits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnlib._types import Array, ArrayLike, Elementwise


@dataclass(slots=True)
class ActivationCache:
    """Input and output of the last `forward`, and arrays that the next step can use again.

    `kept` carries numbers from `forward` to `backward`; `scratch` holds none for long.
    """

    x: Array
    y: Array
    dx: Array | None = None
    kept: Array | None = None
    scratch: Array | None = None

    def room(self) -> Array:
        """Return `scratch`, made at first use."""
        if self.scratch is None:
            self.scratch = np.empty_like(self.y)
        return self.scratch

    def keeper(self) -> Array:
        """Return `kept`, made at first use."""
        if self.kept is None:
            self.kept = np.empty_like(self.y)
        return self.kept


class Activation(Layer):
    """Apply φ to every element: y = φ(x). Backward: dx = dy ∘ φ′(x), element by element.

    Parameters
    ----------
    function : str or callable
        A name (`"identity"`, `"relu"`, `"leaky_relu"`, `"elu"`, `"gelu"`, `"silu"`,
        `"softplus"`, `"sigmoid"`, `"step"`, `"tanh"`), or φ itself.
    derivative : callable, optional
        φ′ as a function of x; needed if `function` is a callable of your own.

    Notes
    -----
    `ReLU()`, `Sigmoid()`, `Tanh()` and the other named forms compute the same and are faster,
    since they get φ′ from what `forward` has computed, and work in place.

    >>> y, cache = Activation("tanh").forward([[0.0, 1.0]])
    >>> dx, grads = Activation("tanh").backward([[1.0, 1.0]], cache)
    >>> dx.round(2), grads
    (array([[1.  , 0.42]]), {})
    """

    def __init__(self, function: str | Elementwise, derivative: Elementwise | None = None) -> None:
        self.params = {}
        if isinstance(function, str):
            if function == "softmax":
                raise ValueError(
                    "Activation: softmax mixes the elements of a row, so it has no φ′ per "
                    "element; use the Softmax() layer"
                )
            derivative = choose(activations.DERIVATIVES, function, "Activation")
        if derivative is None:
            raise TypeError(
                "Activation: expected a derivative for a function of your own, got None"
            )
        self.function = activations.get_activation(function)
        self.derivative = derivative

    def forward(
        self, x: ArrayLike, *, training: bool = False, cache: ActivationCache | None = None
    ) -> tuple[Array, ActivationCache]:
        """Return y = φ(x), of the shape and dtype of x."""
        x = as_float(x, f"{type(self).__name__}.forward")
        if cache is None or not fits(cache.y, x, x.shape, x.dtype):
            cache = ActivationCache(x, np.empty(x.shape, x.dtype))
        cache.x = x
        self._apply(cache)
        return cache.y, cache

    def backward(
        self, dy: ArrayLike, cache: ActivationCache, *, out: Mapping[str, Array] | None = None
    ) -> tuple[Array, Mapping[str, Array]]:
        """Return dx = dy ∘ φ′(x), and no parameter gradients."""
        dy = np.asarray(dy, dtype=cache.y.dtype)
        check_gradient_shape(dy, cache.y, f"{type(self).__name__}.backward")
        if out is None:
            dx = np.empty(cache.y.shape, cache.y.dtype)
        else:
            if cache.dx is None or dy is cache.dx:
                cache.dx = np.empty(cache.y.shape, cache.y.dtype)
            dx = cache.dx
        self._pull_back(dy, cache, dx)
        return dx, ({} if out is None else out)

    # The named forms below replace these two. Each pair stands side by side, so that the rule
    # for the gradient can be checked against the line that it belongs to.

    def _apply(self, cache: ActivationCache) -> None:
        """Write φ(x) into `cache.y`."""
        cache.y[...] = self.function(cache.x)

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        """Write dy ∘ φ′(x) into `dx`."""
        np.multiply(dy, self.derivative(cache.x), out=dx)

    def __repr__(self) -> str:
        if type(self) is not Activation:
            return f"{type(self).__name__}()"
        return f"Activation({getattr(self.function, '__name__', self.function)!r})"


class ReLU(Activation):
    """y = max(0, x); dx = dy where y > 0, else 0 (also at x = 0, by convention).

    >>> y, cache = ReLU().forward([[-1.0, 2.0]])
    >>> y
    array([[0., 2.]])
    """

    def __init__(self) -> None:
        super().__init__("relu")

    def _apply(self, cache: ActivationCache) -> None:
        np.maximum(cache.x, 0, out=cache.y)

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        # y is never negative, so its sign is the mask, 0 or 1, and already of the right dtype;
        # np.where and boolean indexing are several times slower.
        np.sign(cache.y, out=dx)
        np.multiply(dx, dy, out=dx)


class Sigmoid(Activation):
    """y = 1/(1 + e⁻ˣ); dx = dy ∘ y ∘ (1 - y).

    >>> y, cache = Sigmoid().forward([[0.0, 1.0]])
    >>> y.round(3)
    array([[0.5  , 0.731]])
    """

    def __init__(self) -> None:
        super().__init__("sigmoid")

    def _apply(self, cache: ActivationCache) -> None:
        activations.sigmoid(cache.x, out=cache.y, scratch=cache.room())

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        np.subtract(1, cache.y, out=dx)
        np.multiply(dx, cache.y, out=dx)
        np.multiply(dx, dy, out=dx)


class Tanh(Activation):
    """y = tanh x; dx = dy ∘ (1 - y²).

    >>> y, cache = Tanh().forward([[0.0, 1.0]])
    >>> y.round(3)
    array([[0.   , 0.762]])
    """

    def __init__(self) -> None:
        super().__init__("tanh")

    def _apply(self, cache: ActivationCache) -> None:
        np.tanh(cache.x, out=cache.y)

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        np.multiply(cache.y, cache.y, out=dx)
        np.subtract(1, dx, out=dx)
        np.multiply(dx, dy, out=dx)


class Softmax(Activation):
    """yᵢ = e^(xᵢ/T) / Σⱼ e^(xⱼ/T) along the last axis; dx = y ∘ (dy - Σⱼ dyⱼ yⱼ)/T.

    The backward rule is (diag(y) - yyᵀ) dy/T without building the matrix. For training, leave
    this layer out and give the logits to `CategoricalCrossEntropy()`: that is more exact.

    Parameters
    ----------
    temperature : float
        T, above 0; see `softmax`.

    >>> y, cache = Softmax().forward([[2.0, 1.0, 0.1]])
    >>> y.round(3)
    array([[0.659, 0.242, 0.099]])
    """

    def __init__(self, temperature: float = 1.0) -> None:
        self.params = {}
        self.function = activations.softmax
        self.temperature = check_positive_number(temperature, "Softmax temperature")

    def _apply(self, cache: ActivationCache) -> None:
        activations.softmax(cache.x, temperature=self.temperature, out=cache.y)

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        np.multiply(dy, cache.y, out=dx)
        np.subtract(dy, dx.sum(axis=-1, keepdims=True), out=dx)
        np.multiply(dx, cache.y, out=dx)
        if self.temperature != 1:
            np.divide(dx, self.temperature, out=dx)

    def __repr__(self) -> str:
        return "Softmax()" if self.temperature == 1 else f"Softmax(temperature={self.temperature})"
