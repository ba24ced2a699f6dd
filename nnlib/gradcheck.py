"""Gradient checks: compare a hand-written backward with finite differences.

Checks run in float64, with all parameters random (zero biases hide bugs) and a random upstream
gradient that differs from element to element (a gradient of ones hides transposed products).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, check_positive_number, check_rng

if TYPE_CHECKING:
    from collections.abc import Callable

    from nnlib._types import Array, ArrayLike
    from nnlib.layers import Layer
    from nnlib.losses import Loss


class GradientError(AssertionError):
    """A gradient does not agree with finite differences; the message shows both numbers."""


def numerical_gradient(f: Callable[[Any], Any], x: ArrayLike, step: float = 1e-5) -> Array:
    """Full gradient of a scalar function by central differences.

    ∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h, with error of order h², and two calls of f per
    element. A much smaller h does not help: rounding in f is divided by h.

    Parameters
    ----------
    f : callable
        Takes an array like x, gives one number.
    x : array of any shape
        Not changed; f gets a float64 copy.
    step : float
        h.

    Raises
    ------
    ValueError
        If f gives more than one number.

    >>> numerical_gradient(lambda x: (x**2).sum(), [1.0, -3.0]).round(6)
    array([ 2., -6.])
    """
    h = check_positive_number(step, "numerical_gradient step")
    point = np.array(as_float(x, "numerical_gradient x"), dtype=np.float64)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):
        kept = point[index]
        values = []
        for moved in (kept + h, kept - h):
            point[index] = moved
            value = np.asarray(f(point), dtype=np.float64)
            if value.size != 1:
                raise ValueError(
                    "numerical_gradient: expected f to give one number, "
                    f"got an array of shape {value.shape}"
                )
            values.append(float(value.reshape(())))
        point[index] = kept
        gradient[index] = (values[0] - values[1]) / (2 * h)
    return gradient


def check_layer(
    layer: Layer,
    x: ArrayLike | tuple[int, ...],
    *,
    rng: np.random.Generator,
    step: float = 1e-5,
    tolerance: float = 1e-6,
    full: bool = False,
    training: bool = False,
) -> dict[str, float]:
    """Check the backward of a layer or a network; raise `GradientError` if it is wrong.

    With L = Σ dy ∘ y for a random dy, the slope of L along a random direction v is ⟨v, ∂L/∂θ⟩.
    It is compared with (L(θ + hv) - L(θ - hv)) / 2h, for x and for every parameter. The cost
    does not grow with the number of parameters. The layer itself is not changed.

    Parameters
    ----------
    layer : Layer
    x : array or shape
        A batch, or the shape of a batch to draw; drawn inputs stay 0.1 away from zero, where
        ReLU has its kink.
    rng : numpy.random.Generator
    step, tolerance : float
        h, and the largest relative error |a - n| / max(|a|, |n|, 1e-3) that passes.
    full : bool
        Compare every single element instead; for small cases.
    training : bool
        Handed to `forward`.

    Returns
    -------
    dict
        The relative error for `"x"` and for every parameter.

    >>> from nnlib import Dense
    >>> rng = np.random.default_rng(0)
    >>> errors = check_layer(Dense(3, 2, rng=rng), (4, 3), rng=rng)
    >>> sorted(errors), max(errors.values()) < 1e-8
    (['W', 'b', 'x'], True)
    """
    check_rng(rng, "check_layer")
    layer = layer.astype(np.float64)
    for array in layer.params.values():
        array[...] = rng.standard_normal(array.shape)
    batch = _draw(x, rng) if isinstance(x, tuple) else np.array(as_float(x), np.float64)
    y, cache = layer.forward(batch, training=training)
    dy = rng.standard_normal(y.shape)
    dx, grads = layer.backward(dy, cache)
    if set(grads) != set(layer.params):
        raise GradientError(
            f"{layer!r}: expected gradients for {sorted(layer.params)}, got {sorted(grads)}"
        )

    def objective() -> float:
        output, _ = layer.forward(batch, training=training)
        return float(np.vdot(dy, output))

    values = {"x": batch, **layer.params}
    analytic = {"x": dx, **grads}
    return {
        name: _compare(
            f"{layer!r}, gradient of {name}",
            objective,
            values[name],
            analytic[name],
            rng,
            step,
            tolerance,
            full,
        )
        for name in values
    }


def check_loss(
    loss: Loss,
    prediction: ArrayLike,
    target: ArrayLike,
    *,
    rng: np.random.Generator,
    step: float = 1e-5,
    tolerance: float = 1e-6,
    full: bool = False,
) -> float:
    """Check the backward of a loss; return the relative error or raise `GradientError`.

    Parameters as in `check_layer`. Probabilities should stay clear of 0 and 1 by more than h.

    >>> from nnlib import MSE
    >>> rng = np.random.default_rng(0)
    >>> check_loss(MSE(), [1.0, 2.0], [0.0, 4.0], rng=rng) < 1e-8
    True
    """
    check_rng(rng, "check_loss")
    z = np.array(as_float(prediction, "check_loss prediction"), dtype=np.float64)
    gradient = loss.backward(loss.forward(z, target)[1])

    def objective() -> float:
        return loss.forward(z, target)[0]

    return _compare(
        f"{loss!r}, gradient of the prediction",
        objective,
        z,
        gradient,
        rng,
        step,
        tolerance,
        full,
    )


def _draw(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Return random inputs, none nearer to 0 than 0.1."""
    values = rng.standard_normal(shape)
    return np.asarray(values + 0.1 * np.where(values < 0, -1.0, 1.0))


def _compare(
    what: str,
    objective: Callable[[], float],
    values: Array,
    analytic: Array,
    rng: np.random.Generator,
    step: float,
    tolerance: float,
    full: bool,
) -> float:
    """Compare `analytic` with differences of `objective`, which reads `values` in place."""
    if analytic.shape != values.shape:
        raise GradientError(f"{what}: expected shape {values.shape}, got {analytic.shape}")
    start = values.copy()

    def moved(point: Array) -> float:
        values[...] = point
        try:
            return objective()
        finally:
            values[...] = start

    if full:
        pairs = zip(
            analytic.ravel().tolist(),
            numerical_gradient(moved, start, step).ravel().tolist(),
            strict=True,
        )
    else:
        direction = rng.standard_normal(values.shape)
        direction /= max(float(np.linalg.norm(direction)), 1e-300)
        difference = moved(start + step * direction) - moved(start - step * direction)
        pairs = zip([float(np.vdot(direction, analytic))], [difference / (2 * step)], strict=True)
    worst = 0.0
    for position, (a, n) in enumerate(pairs):
        error = abs(a - n) / max(abs(a), abs(n), 1e-3)
        if not error <= tolerance:
            place = f" at flat index {position}" if full else " along a random direction"
            raise GradientError(
                f"{what}{place}: backward gives {a:.10g}, finite differences give {n:.10g}, "
                f"relative error {error:.3g} is above {tolerance:.3g}"
            )
        worst = max(worst, error)
    return worst
