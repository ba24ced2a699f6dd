"""Smooth relatives of ReLU: softplus, SiLU and GELU."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, choose
from nnlib.activations.normal import bell, upper_tail
from nnlib.activations.sigmoidal import sigmoid

if TYPE_CHECKING:
    from nnlib._types import Array, ArrayLike

GELU_FORMS = {"exact": False, "tanh": True}

# tanh form of GELU: Φ(x) ≈ (1 + tanh(c(x + kx³)))/2
GELU_C, GELU_K = math.sqrt(2 / math.pi), 0.044715

# The normal density is this, times e^(-x²/2).
BELL_HEIGHT = 1 / math.sqrt(2 * math.pi)


def softplus(x: ArrayLike, *, out: Array | None = None, scratch: Array | None = None) -> Any:
    """Softplus: φ(x) = log(1 + eˣ), in (0, ∞): a ReLU with a round corner.

    Computed as max(x, 0) + log1p(e^-|x|), which never overflows and keeps its digits for very
    negative x. Its derivative is the sigmoid. Source: Dugas et al. (2001).

    Notes
    -----
    Convention: PyTorch returns x itself above a threshold of 20, which differs by up to 2e-9.

    >>> softplus([-1e4, -1.0, 0.0, 5.0]).round(4)
    array([0.    , 0.3133, 0.6931, 5.0067])
    """
    x = as_float(x, "softplus")
    rest = np.negative(np.abs(x, out=scratch), out=scratch)
    rest = np.log1p(np.exp(rest, out=scratch), out=scratch)
    return np.add(np.maximum(x, 0, out=out), rest, out=out)


def softplus_derivative(x: ArrayLike) -> Any:
    """φ′(x) = σ(x), the sigmoid.

    >>> softplus_derivative([-5.0, 0.0, 5.0]).round(4)
    array([0.0067, 0.5   , 0.9933])
    """
    return sigmoid(as_float(x, "softplus_derivative"))


def silu(x: ArrayLike, *, out: Array | None = None, scratch: Array | None = None) -> Any:
    """SiLU or swish: φ(x) = x σ(x), in [-0.279, ∞).

    Like ReLU far from 0, but smooth, and with a small dip below 0 (lowest at x = -1.278).
    Source: Elfwing, Uchibe and Doya (2018); Ramachandran, Zoph and Le (2017).

    >>> silu([-1e4, -1.0, 0.0, 1.0]).round(4)
    array([-0.    , -0.2689,  0.    ,  0.7311])
    """
    x = as_float(x, "silu")
    return np.multiply(x, sigmoid(x, out=out, scratch=scratch), out=out)


def silu_derivative(x: ArrayLike) -> Any:
    """φ′(x) = σ(x) + x σ(x)(1 - σ(x)), between -0.1 and 1.1.

    1 - σ(x) is computed as σ(-x), which does not cancel for large x.

    >>> silu_derivative([-5.0, 0.0, 5.0]).round(4)
    array([-0.0265,  0.5   ,  1.0265])
    """
    x = as_float(x, "silu_derivative")
    return sigmoid(x) * (1 + x * sigmoid(-x))


def gelu(x: ArrayLike, form: str = "exact", *, out: Array | None = None) -> Any:
    """Gaussian error linear unit: φ(x) = x Φ(x), where Φ(x) = P(Z ≤ x) for standard normal Z.

    Each input is weighted by how large it is among normal inputs. The usual choice in
    Transformers. Source: Hendrycks and Gimpel (2016).

    Parameters
    ----------
    x : array of any shape
    form : "exact" or "tanh"
        "exact": Φ(x) = (1 + erf(x/√2))/2, the default in PyTorch and Keras; computed as
        max(x, 0) - |x| Q(|x|) with the tail Q, see `nnlib.activations.normal`.
        "tanh": Φ(x) ≈ (1 + tanh(√(2/π)(x + 0.044715x³)))/2, as in BERT's and GPT-2's code;
        PyTorch's `approximate="tanh"`, Keras' `approximate=True`. It differs by up to 5e-4.

    >>> gelu([-1e4, -1.0, 0.0, 1.0]).round(4)
    array([ 0.    , -0.1587,  0.    ,  0.8413])
    >>> gelu([-1.0, 1.0], form="tanh").round(4)
    array([-0.1588,  0.8412])
    """
    x = as_float(x, "gelu")
    if choose(GELU_FORMS, form, "gelu form"):
        return np.multiply(x, gelu_gate(x), out=out)
    size = np.abs(x)
    return np.subtract(np.maximum(x, 0, out=out), size * upper_tail(size), out=out)


def gelu_derivative(x: ArrayLike, form: str = "exact") -> Any:
    """φ′(x) = Φ(x) + x Φ′(x), with Φ′(x) = e^(-x²/2)/√(2π) for the exact form.

    For the form "tanh", Φ = (1 + tanh z)/2 with z = √(2/π)(x + 0.044715x³), so that
    Φ′ = Φ(1 - Φ) · 2z′.

    >>> gelu_derivative([-1.0, 0.0, 1.0]).round(4)
    array([-0.0833,  0.5   ,  1.0833])
    """
    x = as_float(x, "gelu_derivative")
    if choose(GELU_FORMS, form, "gelu_derivative form"):
        gate = gelu_gate(x)
        return gate + x * gate * (1 - gate) * (2 * GELU_C * (1 + 3 * GELU_K * x**2))
    gate = 0.5 + np.sign(x) * (0.5 - upper_tail(np.abs(x)))  # Q for x < 0, 1 - Q for x > 0
    return gate + x * bell(x) * BELL_HEIGHT


def gelu_gate(x: Array, *, out: Array | None = None) -> Array:
    """Return Φ(x) in the tanh form.

    >>> gelu_gate(np.array([-1e4, 0.0, 1.0])).round(4)
    array([0.    , 0.5   , 0.8412])
    """
    z = np.multiply(np.square(x, out=out), GELU_K, out=out)
    z = np.multiply(np.add(z, 1, out=out), GELU_C, out=out)
    z = np.tanh(np.multiply(z, x, out=out), out=out)
    gate: Array = np.multiply(np.add(z, 1, out=out), 0.5, out=out)
    return gate
