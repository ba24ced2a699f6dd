"""Compare what a function returned with what it should have returned, and say how they differ.

The order is the order in which a person would look: is there a value, is it numbers,
has it the right shape, is it finite, is it the right value?
"""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

# Relative tolerance by the precision the answer came in. A loop, another order of summation
# or float32 arithmetic stays far inside; the known mistakes are far outside.
TOLERANCE = {np.dtype(np.float16): 3e-3, np.dtype(np.float32): 1e-4}
DEFAULT_TOLERANCE = 1e-5
SHOWN_ENTRIES = 12


def show(value: Any) -> str:
    """A value as one short line: ``[1., 2.5]`` for an array, ``0.731`` for a number.

    >>> show(np.array([1.0, 2.5]))
    '[1., 2.5]'
    >>> show(np.float64(0.7310585786))
    '0.731059'
    """
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item) for item in value) + ")"
    if isinstance(value, np.ndarray) and value.ndim > 0:
        text = np.array2string(
            value,
            precision=6,
            separator=", ",
            suppress_small=True,
            threshold=SHOWN_ENTRIES,
            edgeitems=2,
        )
        return " ".join(text.split()).replace("[ ", "[").replace(" ,", ",")
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.6g}"
    text = repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


def _kind(value: Any) -> str:
    if value is None:
        return "nothing (None)"
    if isinstance(value, np.ndarray):
        return f"an array of dtype {value.dtype}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _as_numbers(value: Any) -> np.ndarray | None:
    """The value as a numeric array, or None where it is not numbers."""
    if not isinstance(value, np.ndarray | np.generic | bool | Real | list | tuple):
        return None
    try:
        array = np.asarray(value)
        if array.dtype == object and all(isinstance(item, Real) for item in array.flat):
            array = array.astype(float)  # Fraction, Decimal-like, or very large whole numbers
    except Exception:  # rows of different lengths, or objects with faulty methods of their own
        return None
    return array if array.dtype.kind in "biuf" else None


def _shape_in_words(shape: tuple[int, ...]) -> str:
    return "a single number" if shape == () else f"an array of shape {shape}"


def difference(got: Any, want: Any, what: str = "the result", names: tuple[str, ...] = ()) -> str:
    """Say how `got` differs from `want`; an empty string where it does not.

    Parameters
    ----------
    got : object
        Anything at all: it comes from a student's function.
    want : number, array or tuple of these
        The right value.
    what : str
        What to call the value in the sentence.
    names : tuple of str
        Where `want` is a tuple: what to call its items.

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
            return f"{what} is {_kind(got)}, expected {len(want)} values{_line(names)}"
        if len(got) != len(want):
            return f"{what} has {len(got)} values, expected {len(want)}{_line(names)}"
        names = names or tuple(f"value {n} of the result" for n in range(1, len(want) + 1))
        problems = map(difference, got, want, names)
        return next((problem for problem in problems if problem), "")
    right = np.asarray(want)
    answer = _as_numbers(got)
    if answer is None:
        return f"{what} is {_kind(got)}, expected {_shape_in_words(right.shape)}"
    if answer.shape != right.shape:
        return f"{what} is {_shape_in_words(answer.shape)}, expected {_shape_in_words(right.shape)}"
    if not np.isfinite(answer).all() and np.isfinite(right).all():
        bad = "nan" if np.isnan(answer).any() else "inf"
        return f"{what} contains {bad}, which is not a finite number"
    if _matches(answer, right).all():
        return ""
    if right.size <= SHOWN_ENTRIES:
        return f"{what} is {show(answer)}, expected {show(right)}{_rounded(answer, right)}"
    wrong = np.argwhere(~_matches(answer, right))
    first = tuple(int(i) for i in wrong[0])
    place = ", ".join(map(str, first))
    return (
        f"{what} is wrong in {len(wrong)} of {right.size} entries; "
        f"entry [{place}] is {show(answer[first])}, expected {show(right[first])}"
    )


def _rounded(answer: np.ndarray, right: np.ndarray) -> str:
    """Whether the answer is right but for being rounded, to at least one decimal place."""
    places = range(1, 5) if right.dtype.kind == "f" else ()
    cut = any(np.allclose(answer, np.round(right, n), rtol=0, atol=1e-9) for n in places)
    return " (is it rounded? return it with all its digits)" if cut else ""


def _line(names: tuple[str, ...]) -> str:
    return f": `return {', '.join(names)}`" if names else ""


def _matches(got: np.ndarray, want: np.ndarray) -> np.ndarray:
    """Entry by entry: do the numbers agree within the precision that `got` came in?"""
    rtol = TOLERANCE.get(got.dtype, DEFAULT_TOLERANCE)
    finite = np.abs(want[np.isfinite(want)])
    scale = float(np.clip(finite.max(initial=0.0), 1e-3, 1.0))
    got, want = got.astype(float), want.astype(float)
    return np.asarray(np.isclose(got, want, rtol=rtol, atol=rtol * scale))


def same(a: Any, b: Any) -> bool:
    """True where two results are the same answer (used to recognise known mistakes)."""
    return difference(a, b) == ""
