"""`Sequential`: layers in a row, with their parameters in one vector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from nnlib import flat, training
from nnlib._checks import as_float, refuse_nonfinite
from nnlib._summary import layer_table
from nnlib.layers.base import Layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nnlib._types import Array, ArrayLike, DType
    from nnlib.losses import Loss, Penalty
    from nnlib.optimizers import Optimizer
    from nnlib.training import Callback, History, Metrics


@dataclass(slots=True)
class SequentialCache:
    """The caches of the layers, in order, and the output of the last one."""

    layers: list[Any]
    y: Array | None = None


class Sequential(Layer):
    """Layers in a row: the output of one is the input of the next.

    A `Sequential` is a `Layer` itself, so networks can be parts of networks. It moves the
    parameters of its layers into one vector. A layer whose parameters were moved on into
    another network still works, but the first network no longer owns it, and says so when its
    `params` or `vector` are asked for. Use `layer.copy()` to have a layer of one's own.

    Parameters
    ----------
    *layers : Layer

    Raises
    ------
    ValueError
        If a layer does not fit to the one before it, if the dtypes of the parameters differ,
        or if one layer with parameters stands at two places.

    >>> from nnlib import Dense, ReLU
    >>> rng = np.random.default_rng(0)
    >>> model = Sequential(Dense(10, 64, rng=rng), ReLU(), Dense(64, 1, rng=rng))
    >>> model.predict(np.ones((5, 10))).shape
    (5, 1)
    >>> model.vector.shape, sorted(model.params)
    ((769,), ['0.W', '0.b', '2.W', '2.b'])
    """

    def __init__(self, *layers: Layer) -> None:
        for position, layer in enumerate(layers):
            if not isinstance(layer, Layer):
                raise TypeError(
                    f"Sequential: expected layers, got {layer!r} at position {position}"
                )
        if not layers:
            raise ValueError("Sequential: expected at least one layer, got none")
        learners = [id(layer) for layer in layers if layer.params]
        if len(set(learners)) < len(learners):
            raise ValueError(
                "Sequential: expected every layer with parameters once, got one of them twice; "
                "use layer.copy() for a second one"
            )
        self.layers = tuple(layers)
        self._check_chain()
        self.dtype = _common_dtype(layers, np.dtype(np.float32))
        self.bind(np.empty(self.parameter_count, self.dtype))

    # Forward and backward

    def forward(
        self, x: ArrayLike, *, training: bool = False, cache: SequentialCache | None = None
    ) -> tuple[Array, SequentialCache]:
        """Return the output of the last layer. The input is cast to the model's dtype."""
        y = self._cast(x)
        # As in `fits`: a network applied to its own last output must not write over its input.
        if cache is None or (cache.y is not None and np.may_share_memory(cache.y, y)):
            cache = SequentialCache([None] * len(self.layers))
        caches = cache.layers
        for position, layer in enumerate(self.layers):
            y, caches[position] = layer.forward(y, training=training, cache=caches[position])
        cache.y = y
        return y, cache

    def backward(
        self, dy: ArrayLike, cache: SequentialCache, *, out: Mapping[str, Array] | None = None
    ) -> tuple[Array, Mapping[str, Array]]:
        """Return ∂L/∂x and the gradients; `grads.vector` is the gradient in one vector."""
        grads = self.empty_gradients() if out is None else out
        parts = flat.split_by_layer(grads, len(self.layers))
        dy = self._back_to_first(dy, cache, parts)
        dx, _ = self.layers[0].backward(dy, cache.layers[0], out=parts[0])
        return (dx.copy() if out is None else dx), grads

    def parameter_gradients(
        self, dy: ArrayLike, cache: SequentialCache, *, out: Mapping[str, Array] | None = None
    ) -> Mapping[str, Array]:
        """Return the gradients only; the first layer then does not compute ∂L/∂x."""
        grads = self.empty_gradients() if out is None else out
        parts = flat.split_by_layer(grads, len(self.layers))
        dy = self._back_to_first(dy, cache, parts)
        self.layers[0].parameter_gradients(dy, cache.layers[0], out=parts[0])
        return grads

    def _back_to_first(
        self, dy: ArrayLike, cache: SequentialCache, parts: Sequence[Mapping[str, Array]]
    ) -> ArrayLike:
        """Go back through all layers but the first; return the gradient of its output."""
        for position in range(len(self.layers) - 1, 0, -1):
            layer = self.layers[position]
            dy, _ = layer.backward(dy, cache.layers[position], out=parts[position])
        return dy

    def _cast(self, x: ArrayLike) -> Array:
        if isinstance(x, np.ndarray) and x.dtype == self.dtype:
            return x
        return as_float(x, "Sequential").astype(self.dtype)

    # Parameters

    def bind(self, vector: Array) -> None:
        """Move all parameters into `vector`, and keep views on it."""
        start = 0
        for layer in self.layers:
            stop = start + layer.parameter_count
            layer.bind(vector[start:stop])
            start = stop
        self._flat = flat.FlatArrays([layer.params for layer in self.layers], vector)

    @property
    def params(self) -> flat.FlatArrays:  # type: ignore[override]
        """All parameters by name, `"0.W"` for `W` of the first layer; views on `vector`."""
        self._check_ownership()
        return self._flat

    @property
    def vector(self) -> Array:
        """All parameters in one contiguous vector; change it in place to change the model."""
        self._check_ownership()
        return self._flat.vector

    def empty_gradients(self) -> flat.FlatArrays:
        """Return arrays like `params`, not filled, for `backward(..., out=)`."""
        return flat.empty_like(self.params.parts, np.empty_like(self.vector))

    @property
    def parameter_count(self) -> int:
        """How many numbers the network learns."""
        return sum(layer.parameter_count for layer in self.layers)

    def _check_ownership(self) -> None:
        for position, layer in enumerate(self.layers):
            for name, array in layer.params.items():
                if self._flat[f"{position}.{name}"] is not array:
                    raise RuntimeError(
                        f"Sequential: layer {position}, {layer!r}, was moved into another "
                        "network (or its params were replaced); build networks from "
                        "layer.copy(), and change parameters in place"
                    )

    def copy(self) -> Self:
        """Return a network of the same kind with parameters of its own."""
        return self._rebuilt([layer.copy() for layer in self.layers])

    def astype(self, dtype: DType) -> Self:
        """Return a copy that computes in the given dtype."""
        new = self._rebuilt([layer.astype(dtype) for layer in self.layers])
        new.dtype = np.dtype(dtype)  # also if there is no parameter to tell it
        return new

    def _rebuilt(self, layers: Sequence[Layer]) -> Self:
        new = type(self).__new__(type(self))
        new.__setstate__({**self.__dict__, "layers": tuple(layers)})
        return new

    # Copied or unpickled views would no longer share one vector, so it is made anew.

    def __copy__(self) -> Self:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.copy()

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_flat"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.dtype = _common_dtype(self.layers, self.dtype)
        self.bind(np.empty(self.parameter_count, self.dtype))

    # Shapes

    @property
    def input_shape(self) -> tuple[int, ...] | None:
        """Shape of one sample, or None if the first layer takes any shape."""
        return self.layers[0].input_shape

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        """Shape of one output sample, given the shape of one input sample."""
        return self._shapes(input_shape)[-1]

    def _shapes(self, shape: tuple[int, ...], start: int = 0) -> list[tuple[int, ...]]:
        """Return the output shape of every layer from `start` on."""
        shapes = []
        for position, layer in enumerate(self.layers[start:], start):
            try:
                shape = layer.output_shape(shape)
            except ValueError as error:
                raise ValueError(f"Sequential, layer {position}: {error}") from None
            shapes.append(shape)
        return shapes

    def _check_chain(self) -> None:
        """Raise ValueError if a layer does not fit to the one before it."""
        for position, layer in enumerate(self.layers):
            if layer.input_shape is not None:
                self._shapes(layer.input_shape, position)
                return

    def summary(self, input_shape: tuple[int, ...] | None = None) -> str:
        """Return a table of layers, output shapes and parameter counts.

        Parameters
        ----------
        input_shape : tuple, optional
            Shape of one sample without N; needed only if the first layer takes any shape.

        >>> from nnlib import Dense, Tanh
        >>> rng = np.random.default_rng(0)
        >>> print(Sequential(Dense(2, 4, rng=rng), Tanh(), Dense(4, 1, rng=rng)).summary())
        layer      output shape    parameters
        -------------------------------------
        0 Dense    (N, 4)                  12
        1 Tanh     (N, 4)                   0
        2 Dense    (N, 1)                   5
        -------------------------------------
        total                              17
        """
        shape = self.input_shape if input_shape is None else tuple(input_shape)
        shapes = [None] * len(self.layers) if shape is None else self._shapes(shape)
        return layer_table(self.layers, shapes)

    def __repr__(self) -> str:
        return f"Sequential({', '.join(repr(layer) for layer in self.layers)})"

    # Use and training

    def predict(self, x: ArrayLike) -> Array:
        """Return the output for a batch x of shape (N, D); a batch of none gives none.

        Raises
        ------
        ValueError
            If x holds NaN or infinity, or its shape does not fit.
        """
        batch = self._cast(x)
        refuse_nonfinite(batch, "predict x")
        return self.forward(batch)[0]

    def fit(
        self,
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
        """Train on mini-batches, and return the history.

        Parameters
        ----------
        x, y : arrays
            N samples and N targets, in the shape that the loss wants.
        loss : Loss
            An object such as `MSE()`.
        optimizer : Optimizer
            An object such as `SGD(learning_rate=0.1)`; a schedule and clipping are its options.
        epochs : int
            How many times to go through the data.
        rng : numpy.random.Generator
            Shuffles the data before every epoch. The same seed gives the same run.
        batch_size : int
            Samples per step; the last batch of an epoch may be smaller.
        penalty : Penalty, optional
            Such as `L2(0.001)`, added to the loss for the gradient; not in the history.
        validation_data : (x, y), optional
            Measured after every epoch, never learned from.
        metrics : names, functions, or a dict of name to function
            Such as `("accuracy",)`. A metric gets probabilities, also if the model gives logits.
        callbacks : functions
            Called after every epoch with a `TrainingState`; training stops if one returns True.
        progress : bool
            Print one line and keep it up to date.

        Returns
        -------
        History
            `history["loss"]` (mean over the steps of the epoch, while the weights move), each
            metric on the training data after the epoch, and the same as `"val_..."`.

        Raises
        ------
        ValueError, TypeError
            Before anything is learned: for no data, lengths that differ, NaN, labels out of
            range, shapes that do not fit, or a loss that expects logits after a `Sigmoid`.

        Notes
        -----
        Ctrl-C ends the training early: the model keeps what it has learned, and the history
        comes back with `interrupted=True`.

        >>> from nnlib import MSE, SGD, Dense
        >>> x, y = [[0.0], [1.0], [2.0], [3.0]], [[1.0], [3.0], [5.0], [7.0]]
        >>> model = Sequential(Dense(1, 1, rng=np.random.default_rng(0)))
        >>> history = model.fit(x, y, loss=MSE(), optimizer=SGD(0.1), epochs=200, batch_size=4,
        ...                     rng=np.random.default_rng(1))
        >>> model.predict([[10.0]]).round(2)
        array([[21.]], dtype=float32)
        """
        return training.fit(
            self,
            x,
            y,
            loss=loss,
            optimizer=optimizer,
            epochs=epochs,
            rng=rng,
            batch_size=batch_size,
            penalty=penalty,
            validation_data=validation_data,
            metrics=metrics,
            callbacks=callbacks,
            progress=progress,
        )

    def evaluate(
        self, x: ArrayLike, y: ArrayLike, *, loss: Loss, metrics: Metrics = ()
    ) -> dict[str, float]:
        """Return the loss and the metrics on data, as `{"loss": ..., "accuracy": ...}`."""
        return training.evaluate(self, x, y, loss=loss, metrics=metrics)


def _common_dtype(layers: Sequence[Layer], default: np.dtype[Any]) -> np.dtype[Any]:
    """Return the dtype of all parameters, or the default if there are none."""
    dtypes = {array.dtype for layer in layers for array in layer.params.values()}
    if len(dtypes) > 1:
        raise ValueError(
            "Sequential: expected one dtype for all parameters, got "
            + ", ".join(sorted(str(dtype) for dtype in dtypes))
            + "; use layer.astype(dtype)"
        )
    return dtypes.pop() if dtypes else default
