"""The upper tail of the normal distribution, which GELU needs and NumPy lacks.

Q(a) = P(Z > a) = (1 - erf(a/√2))/2 for a standard normal Z. From it, Φ(x) = P(Z ≤ x) is Q(-x)
for x < 0 and 1 - Q(x) for x ≥ 0, so no digits are lost in either tail.

The method: Q(a) = r(a) e^(-a²/2), where the ratio r falls slowly and smoothly from 1/2 towards 0
(r(a) ≈ 1/(a √2π) for large a). A function like that is a polynomial, all but exactly, once
a in [0, ∞) is mapped to u in (-1, 1] by u = 2·4/(4 + a) - 1. The polynomial through 22 points
of r is right to 1e-15, the one through 11 points to 1e-8. It is found at first use from exact
values at the Chebyshev points, where interpolation does not swing out at the ends.
The idea is in Schonfelder (1978), who tabulates such expansions.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nnlib._types import Array

# The a that is mapped to u = 0. Found by trial: with 4, the fewest terms are needed.
_MIDDLE = 4.0


def upper_tail(a: Array, *, out: Array | None = None, scratch: Array | None = None) -> Array:
    """Return Q(a) = P(Z > a) for a ≥ 0, of the dtype of a.

    The error is below 1e-15 in float64 and 3e-7 in float32; relative to Q, below 3e-14 and
    3e-6 up to a = 8. Beyond a = 38 the result is 0. NaN stays NaN.

    >>> upper_tail(np.array([0.0, 1.0, 1.96, 3.0])).round(5)
    array([0.5    , 0.15866, 0.025  , 0.00135])
    """
    coefficients = _ratio_polynomial(11 if a.dtype.itemsize < 8 else 22)
    u = np.add(a, _MIDDLE, out=scratch)
    u = np.subtract(np.divide(2 * _MIDDLE, u, out=scratch), 1, out=scratch)
    ratio = np.multiply(u, coefficients[0], out=out)
    for coefficient in coefficients[1:-1]:  # Horner's rule
        ratio = np.multiply(np.add(ratio, coefficient, out=out), u, out=out)
    ratio = np.add(ratio, coefficients[-1], out=out)
    tail: Array = np.multiply(ratio, bell(a, out=scratch), out=out)
    return tail


def bell(a: Array, *, out: Array | None = None) -> Array:
    """Return e^(-a²/2); it is 0 far out, and a² cannot overflow.

    >>> bell(np.array([0.0, -1.0, 1e300])).round(4)
    array([1.    , 0.6065, 0.    ])
    """
    near = np.clip(a, -40, 40, out=out)
    height: Array = np.exp(np.multiply(np.square(near, out=out), -0.5, out=out), out=out)
    return height


@lru_cache(maxsize=2)
def _ratio_polynomial(points: int) -> tuple[float, ...]:
    """Return the coefficients of r as a polynomial in u, highest power first."""
    u = np.cos((np.arange(points) + 0.5) * (math.pi / points))
    values = [_ratio(2 * _MIDDLE / (1 + place) - _MIDDLE) for place in u.tolist()]
    return tuple(np.linalg.solve(np.vander(u), np.array(values)).tolist())


def _ratio(a: float) -> float:
    """Return r(a) = Q(a) e^(a²/2) for one number, slowly and exactly."""
    if a < 3:
        return 0.5 * math.erfc(a / math.sqrt(2)) * math.exp(a * a / 2)
    # Laplace's continued fraction, r(a) = 1/√2π · 1/(a + 1/(a + 2/(a + 3/(a + …)))).
    fraction = a
    for k in range(200, 0, -1):
        fraction = a + k / fraction
    return 1 / (math.sqrt(2 * math.pi) * fraction)
