"""Smooth relatives of ReLU as layers: softplus, SiLU and GELU."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnlib import activations
from nnlib._checks import choose
from nnlib.activations.normal import bell, upper_tail
from nnlib.activations.smooth import BELL_HEIGHT, GELU_C, GELU_FORMS, GELU_K, gelu_gate
from nnlib.layers.activation import Activation, ActivationCache

if TYPE_CHECKING:
    from nnlib._types import Array


class Softplus(Activation):
    """y = log(1 + eˣ); dx = dy ∘ σ(x), where σ(x) = 1 - e⁻ʸ.

    >>> y, cache = Softplus().forward([[-1.0, 0.0, 2.0]])
    >>> y.round(4)
    array([[0.3133, 0.6931, 2.1269]])
    """

    def __init__(self) -> None:
        super().__init__("softplus")

    def _apply(self, cache: ActivationCache) -> None:
        activations.softplus(cache.x, out=cache.y, scratch=cache.room())

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        # -expm1(-y) is 1 - e⁻ʸ with all its digits for tiny y; y is never negative.
        np.expm1(np.negative(cache.y, out=dx), out=dx)
        np.multiply(np.negative(dx, out=dx), dy, out=dx)


class SiLU(Activation):
    """y = x s with s = σ(x); dx = dy ∘ (s + y(1 - s)).

    >>> y, cache = SiLU().forward([[-1.0, 0.0, 2.0]])
    >>> y.round(4)
    array([[-0.2689,  0.    ,  1.7616]])
    """

    def __init__(self) -> None:
        super().__init__("silu")

    def _apply(self, cache: ActivationCache) -> None:
        s = activations.sigmoid(cache.x, out=cache.keeper(), scratch=cache.room())
        np.multiply(cache.x, s, out=cache.y)

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        s = cache.keeper()
        np.subtract(1, s, out=dx)
        np.multiply(dx, cache.y, out=dx)
        np.add(dx, s, out=dx)
        np.multiply(dx, dy, out=dx)


class GELU(Activation):
    """y = x Φ(x); dx = dy ∘ (Φ(x) + x Φ′(x)); see `gelu`.

    Parameters
    ----------
    form : "exact" or "tanh"
        "exact" is the default in PyTorch and Keras; "tanh" is several times faster here.

    >>> y, cache = GELU().forward([[-1.0, 0.0, 2.0]])
    >>> y.round(4)
    array([[-0.1587,  0.    ,  1.9545]])
    """

    def __init__(self, form: str = "exact") -> None:
        super().__init__("gelu")
        self._tanh = choose(GELU_FORMS, form, "GELU form")
        self.form = form

    def _apply(self, cache: ActivationCache) -> None:
        x, y = cache.x, cache.y
        if self._tanh:
            gate = gelu_gate(x, out=cache.keeper())
            np.multiply(x, gate, out=y)
            return
        size = np.abs(x, out=y)
        tail = upper_tail(size, out=cache.keeper(), scratch=cache.room())
        lost = np.multiply(size, tail, out=cache.room())
        np.subtract(np.maximum(x, 0, out=y), lost, out=y)  # max(x, 0) - |x| Q(|x|)

    def _pull_back(self, dy: Array, cache: ActivationCache, dx: Array) -> None:
        x, scratch = cache.x, cache.room()
        if self._tanh:  # Φ + y(1 - Φ) · 2z′, with 2z′ = 2c(1 + 3kx²)
            gate = cache.keeper()
            np.multiply(np.square(x, out=dx), 6 * GELU_C * GELU_K, out=dx)
            np.add(dx, 2 * GELU_C, out=dx)
            np.multiply(np.subtract(1, gate, out=scratch), cache.y, out=scratch)
            np.multiply(dx, scratch, out=dx)
            np.add(dx, gate, out=dx)
        else:  # Φ + x e^(-x²/2)/√2π, with Φ = 1/2 + sign(x)(1/2 - Q)
            np.multiply(bell(x, out=dx), BELL_HEIGHT, out=dx)
            np.multiply(dx, x, out=dx)
            tail = cache.keeper()
            np.copysign(np.subtract(0.5, tail, out=scratch), x, out=scratch)
            np.add(np.add(scratch, 0.5, out=scratch), dx, out=dx)
        np.multiply(dx, dy, out=dx)

    def __repr__(self) -> str:
        return f"GELU(form={self.form!r})"
