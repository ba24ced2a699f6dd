"""One artificial neuron: a weighted sum, a bias, an activation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, refuse_nonfinite
from nnlib.activations import get_activation

if TYPE_CHECKING:
    from nnlib._types import ArrayLike, Elementwise


class Neuron:
    """An artificial neuron: z = w·x + b, a = φ(z).

    Parameters
    ----------
    weights : array of shape (D,)
        One weight per input.
    bias : float
        Added to the weighted sum; it shifts the point at which the neuron responds.
    activation : str or callable
        φ: a name such as `"step"`, `"sigmoid"` or `"relu"`, or any function.

    Notes
    -----
    The neuron computes in float64 unless all it is given is float32.
    Source: McCulloch and Pitts (1943); with learnable weights, Rosenblatt (1958).

    Will a visitor of 35 years with an income of 80,000 buy?

    >>> neuron = Neuron(weights=[0.2, 0.00001], bias=-5.0, activation="sigmoid")
    >>> round(float(neuron.weighted_sum([35, 80_000])), 3)
    2.8
    >>> round(float(neuron([35, 80_000])), 3)
    0.943
    >>> neuron([[35, 80_000], [20, 20_000]]).round(3)
    array([0.943, 0.31 ])
    """

    def __init__(
        self,
        weights: ArrayLike,
        bias: float = 0.0,
        activation: str | Elementwise = "sigmoid",
    ) -> None:
        self.weights = np.array(as_float(weights, "Neuron weights"))
        if self.weights.ndim != 1 or self.weights.size == 0:
            raise ValueError(
                "Neuron: expected weights of shape (D,), one per input, "
                f"got shape {self.weights.shape}"
            )
        if np.ndim(bias) != 0:
            raise ValueError(f"Neuron: expected one number as bias, got shape {np.shape(bias)}")
        self.bias = float(bias)
        refuse_nonfinite(self.weights, "Neuron weights")
        refuse_nonfinite(np.asarray(self.bias), "Neuron bias")
        if activation == "softmax":
            raise ValueError("Neuron: softmax needs several neurons; use a Dense layer")
        self.activation = get_activation(activation)

    def weighted_sum(self, x: ArrayLike) -> Any:
        """Return z = w·x + b.

        Parameters
        ----------
        x : array of shape (D,) or (N, D)
            One point, or one point per row.

        Returns
        -------
        a NumPy scalar for one point, an array of shape (N,) for N points

        Raises
        ------
        ValueError
            If the number of features is not D, or if x holds NaN or infinity.
        """
        x = as_float(x, "Neuron")
        features = self.weights.size
        if x.ndim not in (1, 2) or x.shape[-1] != features:
            raise ValueError(
                f"Neuron: expected x of shape ({features},) or (N, {features}), got {x.shape}"
            )
        refuse_nonfinite(x, "Neuron x")
        return np.dot(x, self.weights) + self.bias

    def __call__(self, x: ArrayLike) -> Any:
        """Return a = φ(w·x + b); shapes as for `weighted_sum`."""
        return self.activation(self.weighted_sum(x))

    def __repr__(self) -> str:
        name = getattr(self.activation, "__name__", repr(self.activation))
        return f"Neuron(weights={self.weights.tolist()}, bias={self.bias}, activation={name})"
