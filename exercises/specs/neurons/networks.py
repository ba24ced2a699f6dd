"""The first small networks: counting parameters, XOR, two layers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from exercises.spec import Arguments, Check, Example, Exercise, Mistake
from exercises.specs.neurons.draws import CORNERS, Array, Rng
from nnlib import Dense, Sequential
from nnlib.activations import relu, sigmoid, step


def _layer_sizes(rng: Rng) -> list[Arguments]:
    """Networks of several depths; one of them has a layer of a single unit in the middle."""
    drawn = [[int(n) for n in rng.integers(2, 90, size=length)] for length in (2, 3, 4, 6)]
    return [(sizes,) for sizes in (*drawn, [drawn[0][0], 1, drawn[0][1], 1])]


def _count_with_nnlib(sizes: list[int]) -> int:
    rng = np.random.default_rng(0)
    layers = [Dense(fan_in, fan_out, rng=rng) for fan_in, fan_out in pairwise(sizes)]
    return Sequential(*layers).vector.size


COUNT_PARAMETERS = Exercise(
    name="count_parameters",
    title="How many parameters?",
    section="parameter-count",
    difficulty="easy",
    minutes=8,
    parameters=("sizes",),
    returns=("count",),
    reference=_count_with_nnlib,
    examples=(
        Example("one layer", ([3, 2],)),
        Example("the 2-3-2-1 network", ([2, 3, 2, 1],)),
        Example("10 features, three hidden layers", ([10, 64, 32, 16, 1],)),
    ),
    checks=(Check("networks of any depth", 2, _layer_sizes),),
    mistakes=(
        Mistake(
            "no biases",
            lambda sizes: sum(i * o for i, o in pairwise(sizes)),
            "These are the weights only: every unit after the input layer has a bias as well.",
        ),
        Mistake(
            "biases of the inputs",
            lambda sizes: sum(i * o for i, o in pairwise(sizes)) + sum(sizes),
            "The input layer only holds the features: it has no biases.",
        ),
        Mistake(
            "one bias a layer",
            lambda sizes: sum(i * o + 1 for i, o in pairwise(sizes)),
            "One bias is counted for each layer; there is one for each unit.",
        ),
        Mistake(
            "last layer left out",
            lambda sizes: sum(i * o + o for i, o in list(pairwise(sizes))[:-1]),
            "The last layer is left out.",
        ),
        Mistake(
            "biases of the layer before",
            lambda sizes: sum(i * o + i for i, o in pairwise(sizes)),
            "A layer has one bias for each of its own units, not for each unit before it.",
        ),
    ),
    hints=(
        "Count one layer first: 3 inputs and 2 units. How many arrows, how many biases?",
        "A layer from `fan_in` units to `fan_out` units has fan_in * fan_out weights and fan_out "
        "biases.",
        "Walk through neighbouring pairs: `for fan_in, fan_out in zip(sizes[:-1], sizes[1:])`.",
    ),
)


def _xor_problem(value: Any, points: Array, labels: Array) -> str:
    """Run the 2-2-1 step network with these weights and say where it is wrong."""
    if not isinstance(value, tuple | list) or len(value) != 4:
        return "the result has to be four things: W1, b1, w2, b2"
    expected = {"W1": (2, 2), "b1": (2,), "w2": (2,), "b2": ()}
    arrays = []
    for (name, shape), given in zip(expected.items(), value, strict=True):
        try:
            array = np.asarray(given, dtype=float)
        except (TypeError, ValueError, OverflowError):
            return f"{name} is not made of numbers"
        if array.shape != shape:
            right = "a single number" if shape == () else f"shape {shape}"
            return f"{name} has shape {array.shape}, expected {right}"
        if not np.isfinite(array).all():
            return f"{name} contains nan or inf"
        arrays.append(array)
    W1, b1, w2, b2 = arrays

    def output(first: Array, x: Array = points) -> Array:
        return np.asarray(step(step(x @ first + b1) @ w2 + b2))

    wrong = np.flatnonzero(output(W1) != labels)
    if not len(wrong):
        return ""
    where, said, right = points[wrong[0]], output(W1)[wrong[0]], labels[wrong[0]]
    problem = (
        f"for the input ({where[0]:.3g}, {where[1]:.3g}) the network says {said:g}, "
        f"expected {right:g}"
    )
    table = tuple(int(label) for label in output(W1, CORNERS))
    if table == XOR:
        return f"{problem}: {NO_MARGIN}"
    if tuple(output(W1.T, CORNERS)) == XOR:
        return f"{problem}: {TRANSPOSED}"
    return f"{problem}{COMPUTES.get(table, '')}"


# Outputs for (0, 0), (0, 1), (1, 0), (1, 1).
XOR = (0, 1, 1, 0)
COMPUTES: dict[tuple[int, ...], str] = {
    (0, 1, 1, 1): ": it computes OR, so the unit that sees (1, 1) has to pull the output down",
    (0, 0, 0, 1): ": it computes AND",
    (1, 1, 1, 0): ": it computes NAND, so (0, 0) has to give 0 as well",
    (1, 0, 0, 0): ": it computes NOR",
    (1, 0, 0, 1): ": it is right the other way round, 0 and 1 are swapped",
}
NO_MARGIN = "the four corners are right, but a line passes too near to one of them; move the biases"
TRANSPOSED = (
    "with W1 transposed the corners would be right; column j holds the weights of hidden unit j"
)


def _moved_corners(rng: Rng) -> list[Arguments]:
    """Every corner moved as far as the text says in all four directions, and less at random."""
    farthest = np.concatenate([CORNERS + 0.1 * sign for sign in 2 * CORNERS - 1])
    nearer = np.repeat(CORNERS, 4, axis=0) + rng.uniform(-0.1, 0.1, (16, 2))
    labels = np.concatenate([np.tile(XOR, 4), np.repeat(XOR, 4)])
    return [(np.concatenate([farthest, nearer]), labels)]


_XOR = (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5]), np.array([1.0, -1.0]), -0.5)

XOR_NETWORK = Exercise(
    name="xor_network",
    title="XOR by hand",
    section="xor",
    difficulty="medium",
    minutes=15,
    parameters=(),
    returns=("W1", "b1", "w2", "b2"),
    reference=lambda *_: _XOR,
    accept=_xor_problem,
    examples=(Example("the four corners", (CORNERS, np.array(XOR))),),
    checks=(
        Check("the four corners", 2, lambda rng: [(CORNERS, np.array(XOR))]),
        Check("corners moved by up to 0.1", 1, _moved_corners),
    ),
    mistakes=(
        Mistake("OR", lambda: (*_XOR[:2], np.array([1.0, 0.0]), -0.5), COMPUTES[0, 1, 1, 1]),
        Mistake("AND", lambda: (*_XOR[:2], np.array([0.0, 1.0]), -0.5), COMPUTES[0, 0, 0, 1]),
        Mistake("swapped", lambda: (*_XOR[:2], np.array([-1.0, 1.0]), 0.5), COMPUTES[1, 0, 0, 1]),
        Mistake(
            "transposed",
            lambda: (np.array([[1.0, 1.0], [-1.0, -1.0]]), (-0.5, -0.5), np.ones(2), -0.5),
            TRANSPOSED,
        ),
        Mistake("no margin", lambda: (_XOR[0], (-1.0, -2.0), _XOR[2], -1.0), NO_MARGIN),
    ),
    hints=(
        "XOR is true when OR is true and AND is not. Each of the two is one line.",
        "Let hidden unit 1 be OR and hidden unit 2 be AND. For OR: 1*x1 + 1*x2 - 0.5 >= 0.",
        "The output must be 1 for (h1, h2) = (1, 0), and 0 for (0, 0) and (1, 1).",
    ),
)


def _two_layers_with_nnlib(
    X: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array]:
    first = Dense(*W1.shape, rng=np.random.default_rng(0), dtype=np.float64)
    second = Dense(*W2.shape, rng=np.random.default_rng(0), dtype=np.float64)
    first.params["W"][...], first.params["b"][...] = W1, b1
    second.params["W"][...], second.params["b"][...] = W2, b2
    hidden = relu(first.forward(X)[0])
    return hidden, sigmoid(second.forward(hidden)[0])


def _networks(rng: Rng) -> list[Arguments]:
    sizes = ((5, 3, 4, 2), (3, 2, 2, 2), (1, 4, 3, 1))
    return [
        (
            rng.normal(size=(n, d)),
            rng.normal(size=(d, h)),
            rng.normal(size=h),
            rng.normal(size=(h, m)),
            rng.normal(size=m),
        )
        for n, d, h, m in sizes
    ]


def layers(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    hidden = relu(X @ W1 + b1)
    return hidden, sigmoid(hidden @ W2 + b2)


FORWARD_TWO_LAYERS = Exercise(
    name="forward_two_layers",
    title="Forward through two layers",
    section="forward-propagation",
    difficulty="medium",
    minutes=15,
    parameters=("X", "W1", "b1", "W2", "b2"),
    returns=("H", "A"),
    reference=_two_layers_with_nnlib,
    examples=(
        Example(
            "two points through a 2-3-1 network",
            (
                np.array([[1.0, 2.0], [-1.0, 0.5]]),
                np.array([[1.0, 0.0, -1.0], [0.5, -1.0, 1.0]]),
                np.array([0.0, 1.0, -0.5]),
                np.array([[1.0], [-2.0], [0.5]]),
                np.array([0.25]),
            ),
        ),
        Example(
            "one point through a 2-2-2 network",
            (
                np.array([[0.5, -1.0]]),
                np.array([[2.0, 1.0], [0.0, -1.0]]),
                np.array([-0.5, 0.5]),
                np.array([[1.0, -1.0], [0.5, 2.0]]),
                np.array([0.0, -1.0]),
            ),
        ),
    ),
    checks=(
        Check("the hidden layer H", 1.5, _networks, part=0),
        Check("the output A", 1.5, _networks, part=1),
        Check("both together", 1, _networks),
    ),
    mistakes=(
        Mistake(
            "no ReLU",
            lambda X, W1, b1, W2, b2: (X @ W1 + b1, sigmoid((X @ W1 + b1) @ W2 + b2)),
            "The ReLU of the hidden layer is missing: negative sums become 0.",
        ),
        Mistake(
            "sigmoid in the hidden layer",
            lambda X, W1, b1, W2, b2: (
                sigmoid(X @ W1 + b1),
                sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2),
            ),
            "The hidden layer uses the sigmoid; this network has ReLU there.",
        ),
        Mistake(
            "no sigmoid",
            lambda X, W1, b1, W2, b2: (layers(X, W1, b1, W2, b2)[0], relu(X @ W1 + b1) @ W2 + b2),
            "The sigmoid of the output layer is missing.",
        ),
        Mistake(
            "sign in the sigmoid",
            lambda X, W1, b1, W2, b2: (
                layers(X, W1, b1, W2, b2)[0],
                1 - layers(X, W1, b1, W2, b2)[1],
            ),
            "H is right, but A is 1 / (1 + e^z): the sigmoid needs a minus sign, e^(-z).",
        ),
        Mistake(
            "ReLU in the output layer",
            lambda X, W1, b1, W2, b2: (
                layers(X, W1, b1, W2, b2)[0],
                relu(relu(X @ W1 + b1) @ W2 + b2),
            ),
            "The output layer uses the ReLU; this network has the sigmoid there.",
        ),
        Mistake(
            "no biases",
            lambda X, W1, b1, W2, b2: layers(X, W1, 0 * b1, W2, 0 * b2),
            "The biases are missing.",
        ),
        Mistake(
            "only the output",
            lambda X, W1, b1, W2, b2: layers(X, W1, b1, W2, b2)[1],
            "Return both layers: `return H, A`.",
        ),
        Mistake(
            "swapped",
            lambda X, W1, b1, W2, b2: layers(X, W1, b1, W2, b2)[::-1],
            "H and A are swapped.",
        ),
    ),
    hints=(
        "One layer at a time: the output of the first is the input of the second.",
        "Z1 = X @ W1 + b1 has shape (N, H). The ReLU keeps what is positive: np.maximum(0, Z1).",
        "A is the sigmoid of H @ W2 + b2. Return both, first H and then A.",
    ),
)
