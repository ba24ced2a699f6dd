"""Checks at the doors of the library: what came in, and what was expected.

Every message names the operation, what it expects and what it got.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike


def as_float(values: ArrayLike, what: str = "input") -> Array:
    """Return `values` as an array of floats; float32 stays float32, integers become float64."""
    array = np.asarray(values)
    if array.dtype.kind == "f":
        return array
    if array.dtype.kind in "iub":
        return array.astype(np.float64)
    raise TypeError(f"{what}: expected real numbers, got an array of dtype {array.dtype}")


def refuse_nonfinite(array: Array, what: str) -> None:
    """Raise ValueError if `array` holds NaN or infinity, and say where the first one is."""
    finite = np.isfinite(array)
    if finite.all():
        return
    first = tuple(int(i) for i in np.argwhere(~finite)[0])
    count = int(finite.size - np.count_nonzero(finite))
    raise ValueError(
        f"{what}: expected finite numbers, got {count} NaN or infinite value(s), "
        f"the first at index {first}"
    )


def check_rng(rng: object, what: str) -> None:
    """Raise TypeError unless `rng` is a NumPy random generator."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{what}: expected rng to be a numpy.random.Generator such as "
            f"np.random.default_rng(0), got {type(rng).__name__}"
        )


def check_positive_integer(value: object, what: str) -> int:
    """Return `value` as an int, or raise if it is not a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{what}: expected a positive integer, got {value!r}")
    if value < 1:
        raise ValueError(f"{what}: expected a positive integer, got {value!r}")
    return int(value)


def check_positive_number(value: Any, what: str) -> float:
    """Return `value` as a float, or raise if it is not finite and above zero."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{what}: expected a positive number, got {value!r}") from None
    if not 0.0 < number < float("inf"):
        raise ValueError(f"{what}: expected a positive finite number, got {value!r}")
    return number


def check_number(value: Any, what: str, low: float, below: float = float("inf")) -> float:
    """Return `value` as a float, or raise unless low ≤ value < below."""
    wanted = f"a number of at least {low:g}" + (f" and below {below:g}" if below < np.inf else "")
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{what}: expected {wanted}, got {value!r}") from None
    if not low <= number < below:
        raise ValueError(f"{what}: expected {wanted}, got {value!r}")
    return number


def choose(table: dict[str, Any], name: object, what: str) -> Any:
    """Look `name` up in `table`; the error lists the choices."""
    if isinstance(name, str) and name in table:
        return table[name]
    raise ValueError(f"{what}: expected one of {', '.join(sorted(table))}; got {name!r}")
