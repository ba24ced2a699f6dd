"""Adam, and AdamW with decoupled weight decay."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from nnlib._checks import check_number, check_positive_number
from nnlib.optimizers.base import VectorOptimizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnlib._types import Array, Schedule


class Adam(VectorOptimizer):
    """Adam: momentum, divided by the root of the mean square as in RMSprop.

    With t = 1 at the first update, element by element:

    - m ← β₁ m + (1 - β₁) g and v ← β₂ v + (1 - β₂) g²
    - m̂ = m/(1 - β₁ᵗ) and v̂ = v/(1 - β₂ᵗ)
    - w ← w - η m̂/(√v̂ + ε)

    m and v start at zero and so are too small at first: after one update m = 0.1 g and
    √v = 0.03 |g|, a step of 3η and not η. m̂ and v̂ are the true weighted means.
    Source: Kingma and Ba (2015), algorithm 1.

    Parameters
    ----------
    learning_rate : float or schedule
        η, above 0. No step of a parameter is much longer than η.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and below 1.
    epsilon : float
        ε, above 0; it stands outside the root, beside √v̂, as in the paper and PyTorch. Keras
        puts it beside √v, before the correction, where it counts for more in the first steps.
    clip_norm, clip_value : float, optional
        Clip the gradient first, see `VectorOptimizer`.

    Notes
    -----
    The state is `"m"` and `"v"`, kept as m/(1 - β₁) = Σₛ β₁ᵗ⁻ˢ gₛ and v/(1 - β₂): without these
    factors there are two passes less. They go into the two numbers that the last passes
    multiply with anyway.

    >>> w, optimizer = np.array([1.0, 1.0]), Adam(0.1)
    >>> optimizer.update(w, np.array([100.0, 0.01]))
    >>> w.round(6)
    array([0.9, 0.9])
    """

    state_powers: ClassVar[dict[str, int]] = {"m": 1, "v": 2}

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        *,
        epsilon: float = 1e-8,
        clip_norm: float | None = None,
        clip_value: float | None = None,
    ) -> None:
        super().__init__(learning_rate, clip_norm=clip_norm, clip_value=clip_value)
        name = type(self).__name__
        self.beta1 = check_number(beta1, f"{name} beta1", 0.0, 1.0)
        self.beta2 = check_number(beta2, f"{name} beta2", 0.0, 1.0)
        self.epsilon = check_positive_number(epsilon, f"{name} epsilon")

    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        m, v = state
        np.multiply(m, self.beta1, out=m)
        np.add(m, g, out=m)
        np.multiply(v, self.beta2, out=v)
        np.square(g, out=scratch)
        np.add(v, scratch, out=v)
        # m̂ = a · m and √v̂ = √v / c for the sums m and v kept in the state, so that
        # η m̂/(√v̂ + ε) = η a c · m/(√v + ε c).
        a = (1 - self.beta1) / (1 - self.beta1**self.steps)
        c = ((1 - self.beta2**self.steps) / (1 - self.beta2)) ** 0.5
        np.sqrt(v, out=scratch)
        np.add(scratch, self.epsilon * c, out=scratch)
        np.divide(m, scratch, out=scratch)
        np.multiply(scratch, self.learning_rate * a * c, out=scratch)
        np.subtract(w, scratch, out=w)


class AdamW(Adam):
    """Adam with decoupled weight decay: w ← (1 - ηλ) w, then the step of Adam.

    A penalty λ w in the gradient would be divided by √v̂ like the rest of it, so weights with
    large gradients would hardly shrink. Here all weights shrink by the same fraction.
    Source: Loshchilov and Hutter (2019), algorithm 2, with the schedule in η.

    Parameters
    ----------
    learning_rate, beta1, beta2, epsilon, clip_norm, clip_value
        As for `Adam`.
    weight_decay : float
        λ, at least 0; 0.01 in PyTorch, 0.004 in Keras. Biases shrink too, as in both.

    >>> w = np.array([1.0])
    >>> AdamW(0.1, weight_decay=0.5).update(w, np.array([0.0]))
    >>> w
    array([0.95])
    """

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        *,
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
        clip_norm: float | None = None,
        clip_value: float | None = None,
    ) -> None:
        super().__init__(
            learning_rate,
            beta1,
            beta2,
            epsilon=epsilon,
            clip_norm=clip_norm,
            clip_value=clip_value,
        )
        self.weight_decay = check_number(weight_decay, "AdamW weight_decay", 0.0)

    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        np.multiply(w, 1 - self.learning_rate * self.weight_decay, out=w)
        super()._rule(w, g, scratch, state)
