"""What `fit` and `evaluate` check before they start, so that no run fails half-way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, choose, refuse_nonfinite
from nnlib.activations import sigmoid, softmax
from nnlib.layers.activation import Activation
from nnlib.losses import Loss, Penalty
from nnlib.metrics import METRICS
from nnlib.optimizers import Optimizer

if TYPE_CHECKING:
    from nnlib._types import AnyArray, Array, ArrayLike
    from nnlib.sequential import Sequential
    from nnlib.training import Metric, Metrics


def check_objects(model: Sequential, loss: object, optimizer: object, penalty: object) -> None:
    """Raise TypeError unless both are objects of the right kind, and fit to the model."""
    check_loss(model, loss, "fit")
    if not isinstance(optimizer, Optimizer):
        raise TypeError(
            "fit: expected an optimizer object such as SGD(learning_rate=0.1), "
            f"got {_describe(optimizer)}"
        )
    if penalty is not None and not isinstance(penalty, Penalty):
        raise TypeError(f"fit: expected a penalty such as L2(0.001), got {_describe(penalty)}")


def check_loss(model: Sequential, loss: object, what: str) -> None:
    """Raise unless `loss` is a loss object that suits the last layer of the model."""
    if not isinstance(loss, Loss):
        raise TypeError(f"{what}: expected a loss object such as MSE(), got {_describe(loss)}")
    last: Any = model
    while hasattr(last, "layers"):
        last = last.layers[-1]
    gives_probabilities = isinstance(last, Activation) and last.function in (sigmoid, softmax)
    if gives_probabilities and getattr(loss, "from_logits", False):
        raise ValueError(
            f"{what}: the model ends in {last!r} and so gives probabilities, but "
            f"{loss!r} expects logits; leave out the last layer (better), or use "
            f"{type(loss).__name__}(from_logits=False)"
        )


def check_data(
    model: Sequential, loss: Loss, x: ArrayLike, y: ArrayLike, what: str
) -> tuple[Array, AnyArray]:
    """Return x and y as arrays of the model's dtype (labels stay integers), or raise."""
    inputs, targets = as_float(x, f"{what} x"), np.asarray(y)
    if inputs.ndim < 2:
        raise ValueError(f"{what}: expected x of shape (N, D), got {inputs.shape}")
    if len(inputs) == 0:
        raise ValueError(f"{what}: expected at least one sample, got x of shape {inputs.shape}")
    if targets.ndim == 0 or len(inputs) != len(targets):
        raise ValueError(
            f"{what}: expected as many targets as samples, got x of shape {inputs.shape} "
            f"and y of shape {targets.shape}"
        )
    if targets.dtype.kind not in "iub":
        targets = as_float(targets, f"{what} y")
        refuse_nonfinite(targets, f"{what} y")
    refuse_nonfinite(inputs, f"{what} x")
    inputs = inputs.astype(model.dtype, copy=False)
    # The prediction for one sample stands in for all of them: that is enough to let the loss
    # check shapes and the range of every label before anything is learned.
    sample, _ = model.forward(inputs[:1])
    predictions = np.broadcast_to(sample, (len(inputs), *sample.shape[1:]))
    loss.forward(predictions, targets)
    if targets.shape == predictions.shape:
        targets = targets.astype(model.dtype, copy=False)
    return inputs, targets


def check_validation(
    model: Sequential, loss: Loss, data: tuple[ArrayLike, ArrayLike] | None
) -> tuple[Array, AnyArray] | None:
    """Return the validation data as arrays, or None if there are none."""
    if data is None:
        return None
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        raise TypeError(f"fit: expected validation_data as (x, y), got {_describe(data)}")
    return check_data(model, loss, data[0], data[1], "fit validation_data")


def name_metrics(metrics: Metrics) -> dict[str, Metric]:
    """Return the metrics as a dict of name to function."""
    if isinstance(metrics, Mapping):
        return dict(metrics)
    if isinstance(metrics, str):
        raise TypeError(f"metrics: expected a tuple such as ({metrics!r},), got {metrics!r}")
    named = {}
    for metric in metrics:
        if callable(metric):
            named[getattr(metric, "__name__", type(metric).__name__)] = metric
        else:
            named[metric] = choose(METRICS, metric, "metrics")
    return named


def _describe(thing: object) -> str:
    """Name a thing for an error message, with a hint if the brackets were forgotten."""
    if isinstance(thing, type):
        return f"the class {thing.__name__}; write {thing.__name__}()"
    if callable(thing) and hasattr(thing, "__name__"):
        return f"the function {thing.__name__}"
    return repr(thing)
