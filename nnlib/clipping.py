"""Gradient clipping: keep one bad batch from throwing the parameters far away.

The optimizers do this by themselves with `clip_norm=` or `clip_value=`. Without `out=` a new
array is returned; `out=gradient` clips in place.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nnlib._checks import as_float, check_positive_number

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def clip_by_norm(gradient: ArrayLike, max_norm: float, *, out: Array | None = None) -> Array:
    """Shorten a gradient that is longer than c: g ← g · c/‖g‖ if ‖g‖ > c, else g as it is.

    The direction stays. ‖g‖ is the Euclidean norm over all elements of the array; give the
    gradient of the whole network, `grads.vector`, and not one layer at a time.

    Parameters
    ----------
    gradient : array of any shape
    max_norm : float
        c, above 0.

    Notes
    -----
    A gradient with NaN or infinity has no direction, and is returned as it is. Convention: the
    result has norm c, as in Keras' `global_clipnorm`; PyTorch's `clip_grad_norm_` divides by
    ‖g‖ + 1e-6, so its result is shorter by that much.
    Source: Pascanu, Mikolov and Bengio (2013), algorithm 1.

    >>> clip_by_norm([3.0, 4.0], 1.0)
    array([0.6, 0.8])
    >>> clip_by_norm([0.3, 0.4], 1.0)
    array([0.3, 0.4])
    """
    limit = check_positive_number(max_norm, "clip_by_norm max_norm")
    g = as_float(gradient, "clip_by_norm")
    result = np.empty_like(g) if out is None else out
    norm = _norm(g)
    np.multiply(g, limit / norm if limit < norm < np.inf else 1.0, out=result)
    return result


def clip_by_value(gradient: ArrayLike, limit: float, *, out: Array | None = None) -> Array:
    """Cut every element off at ± c: gᵢ ← min(max(gᵢ, -c), c).

    This can turn the direction of the gradient. As in PyTorch's `clip_grad_value_` and Keras'
    `clipvalue`. NaN stays NaN.

    >>> clip_by_value([3.0, -0.5], 1.0)
    array([ 1. , -0.5])
    """
    c = check_positive_number(limit, "clip_by_value limit")
    clipped: Array = np.clip(as_float(gradient, "clip_by_value"), -c, c, out=out)
    return clipped


def _norm(g: Array) -> float:
    """Return ‖g‖, also where the squares overflow (above 1e19 in float32) or vanish."""
    squares = float(np.vdot(g, g))
    if np.finfo(g.dtype).tiny < squares < np.inf:
        return math.sqrt(squares)
    largest = float(np.abs(g).max(initial=0.0))
    if largest == 0.0 or not np.isfinite(largest):
        return largest
    scaled = g / largest
    return largest * math.sqrt(np.vdot(scaled, scaled))
