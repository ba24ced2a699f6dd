"""AdaGrad: a learning rate for every parameter, from all its gradients so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from nnlib._checks import check_number, check_positive_number
from nnlib.optimizers.base import VectorOptimizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnlib._types import Array, Schedule


class AdaGrad(VectorOptimizer):
    """AdaGrad: G ← G + g², then w ← w - η g/(√G + ε), element by element.

    A parameter that seldom gets a gradient (a rare word) keeps a large rate. G only grows, so
    the rates fall like 1/√t and may become too small before the goal is reached.
    Source: Duchi, Hazan and Singer (2011).

    Parameters
    ----------
    learning_rate : float or schedule
        η, above 0. The first step of every parameter is about η, whatever the gradient.
    epsilon : float
        ε, above 0; keeps 0/0 away.
    epsilon_inside : bool
        False: √G + ε, as in the paper and PyTorch. True: √(G + ε), as in Keras and many
        lectures. The same ε means different things: inside, its effect is that of √ε outside,
        1e-5 for 1e-10.
    initial_accumulator : float
        G at the start, at least 0; 0 in PyTorch, 0.1 in Keras.
    clip_norm, clip_value : float, optional
        Clip the gradient first, see `VectorOptimizer`.

    Notes
    -----
    The state is `"G"`.

    >>> w, optimizer = np.array([1.0, 1.0]), AdaGrad(0.1)
    >>> optimizer.update(w, np.array([100.0, 0.01]))
    >>> w.round(6)
    array([0.9, 0.9])
    """

    state_powers: ClassVar[dict[str, int]] = {"G": 0}

    def __init__(
        self,
        learning_rate: float | Schedule = 0.01,
        *,
        epsilon: float = 1e-10,
        epsilon_inside: bool = False,
        initial_accumulator: float = 0.0,
        clip_norm: float | None = None,
        clip_value: float | None = None,
    ) -> None:
        super().__init__(learning_rate, clip_norm=clip_norm, clip_value=clip_value)
        self.epsilon = check_positive_number(epsilon, "AdaGrad epsilon")
        self.epsilon_inside = epsilon_inside
        self.initial_accumulator = check_number(
            initial_accumulator, "AdaGrad initial_accumulator", 0.0
        )

    def _new_state(self, name: str, vector: Array) -> Array:
        return np.full_like(vector, self.initial_accumulator)

    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        (G,) = state
        np.square(g, out=scratch)
        np.add(G, scratch, out=G)
        if self.epsilon_inside:
            np.add(G, self.epsilon, out=scratch)
            np.sqrt(scratch, out=scratch)
        else:
            np.sqrt(G, out=scratch)
            np.add(scratch, self.epsilon, out=scratch)
        np.divide(g, scratch, out=scratch)
        np.multiply(scratch, self.learning_rate, out=scratch)
        np.subtract(w, scratch, out=w)
