"""RMSprop: AdaGrad that forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from nnlib._checks import check_number, check_positive_number
from nnlib.optimizers.base import VectorOptimizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnlib._types import Array, Schedule


class RMSprop(VectorOptimizer):
    """RMSprop: v ← β v + (1 - β) g², then w ← w - η g/(√v + ε), element by element.

    Every gradient is divided by the root of the mean square of the recent ones. Old gradients
    fade, so the rates do not fall for ever as in AdaGrad, and can follow a problem that
    changes. Source: Tieleman and Hinton (2012), lecture 6.5.

    Parameters
    ----------
    learning_rate : float or schedule
        η, above 0. The first step is η/√(1 - β), about 3η for β = 0.9, since v starts at 0.
    beta : float
        β, at least 0 and below 1; 0.9 in the lecture and Keras, 0.99 in PyTorch.
    epsilon : float
        ε, above 0; keeps 0/0 away.
    epsilon_inside : bool
        False: √v + ε, as in PyTorch. True: √(v + ε), as in Keras.
    clip_norm, clip_value : float, optional
        Clip the gradient first, see `VectorOptimizer`.

    Notes
    -----
    The state `"v"` is v/(1 - β) = Σₛ βᵗ⁻ˢ gₛ², since without the factor there is one pass less;
    the rule puts the factor back.

    >>> w, optimizer = np.array([1.0, 1.0]), RMSprop(0.1, beta=0.75)
    >>> optimizer.update(w, np.array([100.0, 0.01]))
    >>> w.round(4)
    array([0.8, 0.8])
    """

    state_powers: ClassVar[dict[str, int]] = {"v": 2}

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        beta: float = 0.9,
        *,
        epsilon: float = 1e-8,
        epsilon_inside: bool = False,
        clip_norm: float | None = None,
        clip_value: float | None = None,
    ) -> None:
        super().__init__(learning_rate, clip_norm=clip_norm, clip_value=clip_value)
        self.beta = check_number(beta, "RMSprop beta", 0.0, 1.0)
        self.epsilon = check_positive_number(epsilon, "RMSprop epsilon")
        self.epsilon_inside = epsilon_inside

    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        (v,) = state
        share = 1 - self.beta
        np.multiply(v, self.beta, out=v)
        np.square(g, out=scratch)
        np.add(v, scratch, out=v)
        # With v = share · (the state): √v + ε = √share · (√state + ε/√share), and inside the
        # root v + ε = share · (state + ε/share).
        if self.epsilon_inside:
            np.add(v, self.epsilon / share, out=scratch)
            np.sqrt(scratch, out=scratch)
        else:
            np.sqrt(v, out=scratch)
            np.add(scratch, self.epsilon / share**0.5, out=scratch)
        np.divide(g, scratch, out=scratch)
        np.multiply(scratch, self.learning_rate / share**0.5, out=scratch)
        np.subtract(w, scratch, out=w)
