"""The training loop: mini-batches, one step, the epochs around it, and their history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib import _fit_checks
from nnlib._checks import check_positive_integer, check_rng
from nnlib._progress import ProgressLine

if TYPE_CHECKING:
    from nnlib._types import AnyArray, Array, ArrayLike
    from nnlib.losses import Loss, LossCache, Penalty
    from nnlib.optimizers import Optimizer
    from nnlib.sequential import Sequential, SequentialCache

    Metric = Callable[[Any, Any], float]
    Metrics = Sequence[str | Metric] | Mapping[str, Metric]
    Callback = Callable[["TrainingState"], bool | None]


class History(dict[str, list[float]]):
    """One list per measured quantity, one entry per finished epoch: `history["loss"]`.

    Attributes
    ----------
    interrupted : bool
        Whether Ctrl-C ended the training.

    >>> history = History()
    >>> history.record({"loss": 0.5})
    >>> history["loss"], history.epochs, history.interrupted
    ([0.5], 1, False)
    """

    def __init__(self) -> None:
        super().__init__()
        self.interrupted = False

    @property
    def epochs(self) -> int:
        """How many epochs were finished."""
        return min((len(values) for values in self.values()), default=0)

    def record(self, row: Mapping[str, float]) -> None:
        """Append the numbers of one epoch."""
        for name, value in row.items():
            self.setdefault(name, []).append(value)

    def last(self) -> dict[str, float]:
        """Return the numbers of the last finished epoch."""
        return {name: values[-1] for name, values in self.items()}

    def trim(self) -> None:
        """Drop an epoch that was recorded only in part."""
        epochs = self.epochs
        for values in self.values():
            del values[epochs:]


@dataclass(frozen=True)
class TrainingState:
    """What a callback sees after every epoch; `epoch` counts from 1."""

    epoch: int
    model: Sequential
    optimizer: Optimizer
    history: History


def minibatches(
    x: AnyArray,
    y: AnyArray,
    batch_size: int,
    *,
    rng: np.random.Generator | None = None,
    reuse: bool = False,
) -> Iterator[tuple[AnyArray, AnyArray]]:
    """Go through the data once, in batches; every sample comes exactly once.

    Parameters
    ----------
    x, y : arrays with N entries along the first axis
    batch_size : int
        The last batch is smaller if N is not a multiple.
    rng : numpy.random.Generator, optional
        Shuffles; without it the given order is kept.
    reuse : bool
        Write every batch into the same two arrays, so that nothing is allocated. A batch is
        then valid only until the next one.

    >>> x = np.arange(5)
    >>> [batch.tolist() for batch, _ in minibatches(x, x, 2)]
    [[0, 1], [2, 3], [4]]
    """
    x, y = np.asarray(x), np.asarray(y)
    size = check_positive_integer(batch_size, "minibatches batch_size")
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(
            f"minibatches: expected x and y of the same length, got shapes {x.shape}, {y.shape}"
        )
    if rng is not None:
        check_rng(rng, "minibatches")
    return _batches(x, y, size, rng, reuse)


def _batches(
    x: AnyArray, y: AnyArray, size: int, rng: np.random.Generator | None, reuse: bool
) -> Iterator[tuple[AnyArray, AnyArray]]:
    # A separate generator, so that the checks above run at once and not at the first batch.
    count = len(x)
    order = np.arange(count) if rng is None else rng.permutation(count)
    room = min(size, count) if reuse else 0
    x_room = np.empty((room, *x.shape[1:]), x.dtype)
    y_room = np.empty((room, *y.shape[1:]), y.dtype)
    for start in range(0, count, size):
        index = order[start : start + size]
        if not reuse:
            yield x[index], y[index]
            continue
        x_batch, y_batch = x_room[: len(index)], y_room[: len(index)]
        # mode="clip" lets NumPy write straight into `out`; the indices are valid anyway.
        x.take(index, axis=0, out=x_batch, mode="clip")
        y.take(index, axis=0, out=y_batch, mode="clip")
        yield x_batch, y_batch


class TrainingStep:
    """One step of gradient descent: forward, loss, backward, update.

    With a `penalty` its gradient is added before the update; clipping and the learning-rate
    schedule belong to the optimizer.

    All arrays of the step are made at the first call and used again: one set of caches for
    every batch length (an epoch has two lengths at most), one gradient vector.

    >>> from nnlib import MSE, SGD, Dense, Sequential
    >>> model = Sequential(Dense(1, 1, rng=np.random.default_rng(0)))
    >>> step = TrainingStep(model, MSE(), SGD(0.1))
    >>> losses = [step([[1.0]], [[2.0]]) for _ in range(50)]
    >>> losses[0] > losses[-1]
    True
    """

    def __init__(
        self,
        model: Sequential,
        loss: Loss,
        optimizer: Optimizer,
        *,
        penalty: Penalty | None = None,
    ) -> None:
        self.model, self.loss, self.optimizer = model, loss, optimizer
        self.penalty = penalty
        self.vector = model.vector
        self.gradients = model.empty_gradients()
        self._scratch = None if penalty is None else np.empty_like(self.vector)
        self._caches: dict[int, tuple[SequentialCache, LossCache]] = {}

    def __call__(self, x: ArrayLike, y: ArrayLike) -> float:
        """Learn from one batch; return its loss, before the update and without the penalty."""
        length = len(x)  # type: ignore[arg-type]
        model_cache, loss_cache = self._caches.get(length, (None, None))
        prediction, model_cache = self.model.forward(x, training=True, cache=model_cache)
        value, loss_cache = self.loss.forward(prediction, y, cache=loss_cache)
        self._caches[length] = model_cache, loss_cache
        self.model.parameter_gradients(
            self.loss.backward(loss_cache), model_cache, out=self.gradients
        )
        if self.penalty is not None and self._scratch is not None:
            self.penalty.add_gradients(self.model.params, self.gradients, self._scratch)
        self.optimizer.update(self.vector, self.gradients.vector)
        return value


def fit(
    model: Sequential,
    x: ArrayLike,
    y: ArrayLike,
    *,
    loss: Loss,
    optimizer: Optimizer,
    epochs: int,
    rng: np.random.Generator,
    batch_size: int = 32,
    penalty: Penalty | None = None,
    validation_data: tuple[ArrayLike, ArrayLike] | None = None,
    metrics: Metrics = (),
    callbacks: Sequence[Callback] = (),
    progress: bool = False,
) -> History:
    """Train `model`; this is `Sequential.fit`, where the parameters are explained."""
    epochs = check_positive_integer(epochs, "fit epochs")
    batch_size = check_positive_integer(batch_size, "fit batch_size")
    check_rng(rng, "fit")
    _fit_checks.check_objects(model, loss, optimizer, penalty)
    named_metrics = _fit_checks.name_metrics(metrics)
    inputs, targets = _fit_checks.check_data(model, loss, x, y, "fit")
    held_out = _fit_checks.check_validation(model, loss, validation_data)
    history = History()
    line = ProgressLine(epochs, enabled=progress)
    step = TrainingStep(model, loss, optimizer, penalty=penalty)
    try:
        for epoch in range(1, epochs + 1):
            total = 0.0
            for x_batch, y_batch in minibatches(inputs, targets, batch_size, rng=rng, reuse=True):
                total += step(x_batch, y_batch) * len(x_batch)
            row = {"loss": total / len(inputs)}
            if named_metrics:
                measured = _measure(model, inputs, targets, loss, named_metrics)
                row |= {name: measured[name] for name in named_metrics}
            if held_out is not None:
                measured = _measure(model, *held_out, loss, named_metrics)
                row |= {f"val_{name}": value for name, value in measured.items()}
            history.record(row)
            line.show(epoch, row)
            state = TrainingState(epoch, model, optimizer, history)
            # A list, not a generator in any(): every callback must run, also after a True.
            if any([callback(state) for callback in callbacks]):
                break
    except KeyboardInterrupt:
        history.trim()
        history.interrupted = True
    line.close("interrupted" if history.interrupted else "")
    return history


def evaluate(
    model: Sequential, x: ArrayLike, y: ArrayLike, *, loss: Loss, metrics: Metrics = ()
) -> dict[str, float]:
    """Return the loss and the metrics of `model` on data; this is `Sequential.evaluate`."""
    _fit_checks.check_loss(model, loss, "evaluate")
    named_metrics = _fit_checks.name_metrics(metrics)
    inputs, targets = _fit_checks.check_data(model, loss, x, y, "evaluate")
    return _measure(model, inputs, targets, loss, named_metrics)


def _measure(
    model: Sequential, x: Array, y: AnyArray, loss: Loss, metrics: Mapping[str, Metric]
) -> dict[str, float]:
    """Return the loss and the metrics; the data were checked before."""
    prediction, _ = model.forward(x)
    result = {"loss": loss(prediction, y)}
    if metrics:
        probabilities = loss.probabilities(prediction)
        result |= {name: float(metric(probabilities, y)) for name, metric in metrics.items()}
    return result
