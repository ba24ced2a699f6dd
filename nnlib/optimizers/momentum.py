"""Momentum and Nesterov momentum: steps that remember the steps before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from nnlib._checks import check_number, choose
from nnlib.optimizers.base import VectorOptimizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnlib._types import Array, Schedule

# form: (does η multiply g on its way into v, does η multiply v on its way into w, is it a mean)
_FORMS = {
    "velocity": (True, False, False),
    "sum": (False, True, False),
    "average": (False, True, True),
}


class Momentum(VectorOptimizer):
    """Gradient descent with momentum: a ball that rolls on, and slows down by friction.

    Books and frameworks write it in three forms, told apart by `form`:

    ============ ==================== ========== =============================================
    form         v ←                  w ←        written so by
    ============ ==================== ========== =============================================
    "velocity"   γ v + η g            w - v      Keras, with v of the other sign
    "sum"        γ v + g              w - η v    PyTorch's `SGD(momentum=γ)`
    "average"    γ v + (1 - γ) g      w - η v    PyTorch's with `dampening=γ`, but for v at t = 1
    ============ ==================== ========== =============================================

    For a constant η, "velocity" and "sum" take the same steps, and "average" takes the same
    steps with a rate of η/(1 - γ): ten times as large for γ = 0.9. When η changes, "velocity"
    keeps the old η in what it remembers; the others apply the new one to everything.

    Source: Polyak (1964); Rumelhart, Hinton and Williams (1986).

    Parameters
    ----------
    learning_rate : float or schedule
        η, above 0.
    momentum : float
        γ, at least 0 and below 1: what is left of v after one step. A gradient that stays the
        same moves w by up to 1/(1 - γ) times a plain step; "average" never exceeds it.
    form : "velocity", "sum" or "average"
    clip_norm, clip_value : float, optional
        Clip the gradient first, see `VectorOptimizer`.

    Notes
    -----
    The state is `"v"`, zero at the start. PyTorch with dampening starts it at g instead.

    >>> w, optimizer = np.array([1.0]), Momentum(0.1, momentum=0.5)
    >>> for _ in range(2):
    ...     optimizer.update(w, np.array([1.0]))
    >>> w, optimizer.state["v"]  # steps of 0.1 and 0.15
    (array([0.75]), array([0.15]))
    """

    state_powers: ClassVar[dict[str, int]] = {"v": 1}

    def __init__(
        self,
        learning_rate: float | Schedule = 0.01,
        momentum: float = 0.9,
        *,
        form: str = "velocity",
        clip_norm: float | None = None,
        clip_value: float | None = None,
    ) -> None:
        super().__init__(learning_rate, clip_norm=clip_norm, clip_value=clip_value)
        name = type(self).__name__
        self.momentum = check_number(momentum, f"{name} momentum", 0.0, 1.0)
        choose(_FORMS, form, f"{name} form")
        self.form = form

    def _factors(self) -> tuple[float, float]:
        """Return what multiplies g on its way into v, and v on its way into w."""
        eta_in, eta_out, mean = choose(_FORMS, self.form, f"{type(self).__name__} form")
        rate = self.learning_rate
        share = 1 - self.momentum if mean else 1.0
        return (rate if eta_in else share), (rate if eta_out else 1.0)

    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        (v,) = state
        into_v, into_w = self._factors()
        np.multiply(v, self.momentum, out=v)
        np.multiply(g, into_v, out=scratch)
        np.add(v, scratch, out=v)
        np.multiply(v, into_w, out=scratch)
        np.subtract(w, scratch, out=w)


class Nesterov(Momentum):
    """Nesterov momentum: take the gradient where the momentum is about to lead.

    On paper the gradient is taken at the look-ahead point w - γ v, which needs a second
    forward pass. Storing that point in place of w gives a rule that needs only g at the stored
    point, and this is what the frameworks and `update` do:

    v ← γ v + η g, then w ← w - (γ v + η g).

    The forms and parameters are those of `Momentum`, with η and 1 - γ at the same places. As
    PyTorch's `SGD(nesterov=True)` ("sum") and Keras' ("velocity").
    Source: Nesterov (1983); in this form Sutskever et al. (2013) and Bengio et al. (2013).

    >>> w, optimizer = np.array([1.0]), Nesterov(0.1, momentum=0.5)
    >>> optimizer.update(w, np.array([1.0]))
    >>> w  # a step of 0.1 · (1 + 0.5)
    array([0.85])
    """

    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        (v,) = state
        into_v, into_w = self._factors()
        np.multiply(v, self.momentum, out=v)
        np.multiply(g, into_v, out=scratch)
        np.add(v, scratch, out=v)
        # The step has two parts, the new gradient and the look-ahead γ v.
        np.multiply(scratch, into_w, out=scratch)
        np.subtract(w, scratch, out=w)
        np.multiply(v, self.momentum * into_w, out=scratch)
        np.subtract(w, scratch, out=w)
