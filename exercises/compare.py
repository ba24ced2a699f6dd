"""Compare what a function returned with what it should have returned, and say how they differ.

The order is the order in which a person would look: is there a value, is it numbers,
has it the right shape, is it finite, is it the right value?
"""

from __future__ import annotations

from typing import Any

import numpy as np

# Relative tolerance by the precision the answer came in. A loop, another order of summation
# or float32 arithmetic stays far inside; the known mistakes are far outside.
TOLERANCE = {np.dtype(np.float16): 1e-2, np.dtype(np.float32): 1e-4}
DEFAULT_TOLERANCE = 1e-5
SHOWN_ENTRIES = 12


def show(value: Any) -> str:
    """A value as one short line: ``[1. 2.5]`` for an array, ``0.731`` for a number.

    >>> show(np.array([1.0, 2.5]))
    '[1. 2.5]'
    >>> show(np.float64(0.7310585786))
    '0.731059'
    """
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item) for item in value) + ")"
    if isinstance(value, np.ndarray) and value.ndim > 0:
        text = np.array2string(
            value, precision=6, suppress_small=True, threshold=SHOWN_ENTRIES, edgeitems=2
        )
        return " ".join(text.split()).replace("[ ", "[")
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.6g}"
    text = repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


def _kind(value: Any) -> str:
    return "nothing (None)" if value is None else f"a {type(value).__name__}"


def _as_numbers(value: Any) -> np.ndarray | None:
    """The value as a numeric array, or None where it is not numbers."""
    if not isinstance(value, np.ndarray | np.generic | bool | int | float | list | tuple):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    return array if array.dtype.kind in "biuf" else None


def _shape_in_words(shape: tuple[int, ...]) -> str:
    return "a single number" if shape == () else f"an array of shape {shape}"


def difference(got: Any, want: Any, what: str = "the result") -> str:
    """Say how `got` differs from `want`; an empty string where it does not.

    Parameters
    ----------
    got : object
        Anything at all: it comes from a student's function.
    want : number, array or tuple of these
        The right value.
    what : str
        What to call the value in the sentence.

    >>> difference(2.0, 2.0)
    ''
    >>> difference(None, 2.0)
    'the result is nothing (None): a function gives its value with a `return` line'
    >>> difference(np.ones((3, 1)), np.ones(3))
    'the result is an array of shape (3, 1), expected an array of shape (3,)'
    """
    if got is None:
        return f"{what} is nothing (None): a function gives its value with a `return` line"
    if isinstance(want, tuple):
        if not isinstance(got, tuple | list):
            return f"{what} is {_kind(got)}, expected {len(want)} values (a tuple)"
        if len(got) != len(want):
            return f"{what} has {len(got)} values, expected {len(want)}"
        for position, (g, w) in enumerate(zip(got, want, strict=True), start=1):
            problem = difference(g, w, f"value {position} of the result")
            if problem:
                return problem
        return ""
    right = np.asarray(want)
    answer = _as_numbers(got)
    if answer is None:
        return f"{what} is {_kind(got)}, expected {_shape_in_words(right.shape)}"
    if answer.shape != right.shape:
        return f"{what} is {_shape_in_words(answer.shape)}, expected {_shape_in_words(right.shape)}"
    if not np.isfinite(answer).all() and np.isfinite(right).all():
        bad = "nan" if np.isnan(answer).any() else "inf"
        return f"{what} contains {bad}, which is not a finite number"
    if close(answer, right):
        return ""
    return f"{what} is {show(answer)}, expected {show(right)}"


def close(got: Any, want: Any) -> bool:
    """True where the numbers agree within the precision that `got` came in."""
    got, want = np.asarray(got), np.asarray(want)
    if got.shape != want.shape:
        return False
    rtol = TOLERANCE.get(got.dtype, DEFAULT_TOLERANCE)
    finite = np.abs(want[np.isfinite(want)])
    scale = float(np.clip(finite.max(initial=0.0), 1e-3, 1.0))
    return bool(np.allclose(got.astype(float), want.astype(float), rtol=rtol, atol=rtol * scale))


def same(a: Any, b: Any) -> bool:
    """True where two results are the same answer (used to recognise known mistakes)."""
    return difference(a, b) == ""
