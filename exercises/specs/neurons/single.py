"""One neuron: the weighted sum, the output, a batch of points."""

from __future__ import annotations

import numpy as np

from exercises.spec import Arguments, Check, Example, Exercise, Mistake
from exercises.specs.neurons.draws import Rng, batches, point
from nnlib import Neuron
from nnlib.activations import sigmoid, step

WEIGHTED_SUM = Exercise(
    name="weighted_sum",
    title="The weighted sum",
    section="artificial-neuron",
    difficulty="easy",
    minutes=5,
    parameters=("x", "w", "b"),
    returns=("z",),
    reference=lambda x, w, b: Neuron(w, b).weighted_sum(x),
    examples=(
        Example("no bias", (np.array([1.0, 2.0]), np.array([3.0, 0.5]), 0.0)),
        Example("with a bias", (np.array([1.0, 2.0]), np.array([0.5, -1.5]), -1.0)),
        Example("three features", (np.array([2.0, 0.0, 1.0]), np.array([1.0, -4.0, 3.0]), 0.5)),
    ),
    checks=(
        Check("without a bias", 1, lambda rng: [point(rng, bias=False) for _ in range(4)]),
        Check("with a bias", 1, lambda rng: [point(rng, bias=True) for _ in range(4)]),
    ),
    mistakes=(
        Mistake(
            "no bias",
            lambda x, w, b: np.sum(w * x),
            "The bias is missing: add b after the sum.",
        ),
        Mistake(
            "bias subtracted",
            lambda x, w, b: np.sum(w * x) - b,
            "The bias is subtracted; it has to be added.",
        ),
        Mistake(
            "no weights",
            lambda x, w, b: np.sum(x) + b,
            "The inputs are added up without their weights.",
        ),
        Mistake(
            "not summed",
            lambda x, w, b: w * x + b,
            "These are the single products, one for each feature: they still have to be summed.",
        ),
        Mistake(
            "bias in every term",
            lambda x, w, b: np.sum(w * x + b),
            "The bias is added once for every feature; it belongs to the neuron, so add it once.",
        ),
        Mistake(
            "mean for sum",
            lambda x, w, b: np.mean(w * x) + b,
            "This is the mean of the products; the neuron needs their sum.",
        ),
    ),
    hints=(
        "Which two arrays have to be multiplied, entry by entry?",
        "`w * x` gives the products. One NumPy function adds them up. What is still missing then?",
        "z is the sum of all products w[i] * x[i], plus b. `@` multiplies and sums in one step.",
    ),
)


def _with_sum(rng: Rng, z: float) -> Arguments:
    """x, w and b whose weighted sum is z."""
    x, w, b = point(rng, bias=True)
    return x, w * (z - b) / (w @ x), b


def _moderate(rng: Rng) -> list[Arguments]:
    return [_with_sum(rng, z) for z in (*rng.uniform(0.3, 4, 3), *rng.uniform(-4, -0.3, 3))]


def _extreme(rng: Rng) -> list[Arguments]:
    return [_with_sum(rng, z) for z in (*rng.uniform(800, 1000, 2), *rng.uniform(-1000, -800, 2))]


NEURON = Exercise(
    name="neuron",
    title="A neuron",
    section="artificial-neuron",
    difficulty="easy",
    minutes=8,
    parameters=("x", "w", "b"),
    returns=("a",),
    reference=lambda x, w, b: Neuron(w, b, "sigmoid")(x),
    examples=(
        Example(
            "will this customer buy?",
            (np.array([35.0, 80000.0]), np.array([0.2, 0.00001]), -5.0),
        ),
        Example(
            "is this mail spam?",
            (np.array([1.0, 1.0, 3.0]), np.array([2.0, 1.5, -0.5]), -1.0),
        ),
        Example("a negative sum", (np.array([1.0, 2.0]), np.array([-1.0, -0.5]), 0.5)),
    ),
    checks=(
        Check("ordinary inputs", 1.5, _moderate),
        Check("weighted sums near 1000 and -1000", 0.5, _extreme),
    ),
    mistakes=(
        Mistake(
            "no activation",
            lambda x, w, b: w @ x + b,
            "This is the weighted sum z itself: the sigmoid still has to be applied to it.",
        ),
        Mistake(
            "sign of z",
            lambda x, w, b: sigmoid(-(w @ x + b)),
            "This is 1 / (1 + e^z): the exponent of the sigmoid needs a minus sign, e^(-z).",
        ),
        Mistake(
            "bias missing",
            lambda x, w, b: sigmoid(w @ x),
            "The bias is missing from the weighted sum.",
        ),
        Mistake(
            "brackets",
            lambda x, w, b: sigmoid(w @ x - b),
            "This is e^(-w·x + b) in the denominator: put brackets round the whole sum, "
            "so that the minus sign reaches the bias as well.",
        ),
        Mistake(
            "bias after the sigmoid",
            lambda x, w, b: sigmoid(w @ x) + b,
            "The bias is added after the sigmoid; it belongs inside, to the weighted sum.",
        ),
        Mistake(
            "step",
            lambda x, w, b: step(w @ x + b),
            "This is the step function: the sigmoid gives all values between 0 and 1.",
        ),
        Mistake(
            "tanh",
            lambda x, w, b: np.tanh(w @ x + b),
            "This is tanh of the weighted sum; the exercise asks for the sigmoid.",
        ),
    ),
    hints=(
        "Two steps: first z, exactly as in the exercise before, then the sigmoid of z.",
        "The sigmoid is 1 / (1 + e^(-z)). Mind the minus sign.",
        "`np.exp(-z)` is e^(-z). For z = -1000 it becomes inf with a warning, and 1 / inf is 0: "
        "the right answer. `math.exp` stops with an error instead.",
    ),
)


NEURON_BATCH = Exercise(
    name="neuron_batch",
    title="A neuron and a batch of points",
    section="artificial-neuron",
    difficulty="easy",
    minutes=10,
    parameters=("X", "w", "b"),
    returns=("a",),
    reference=lambda X, w, b: Neuron(w, b, "sigmoid")(X),
    examples=(
        Example(
            "three points",
            (np.array([[1.0, 2.0], [0.0, 0.0], [-1.0, 3.0]]), np.array([0.5, -1.0]), -0.75),
        ),
        Example(
            "two points, three features",
            (np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.0]]), np.array([1.0, 2.0, -1.0]), 1.0),
        ),
    ),
    checks=(
        Check("several points", 1.5, lambda rng: batches(((5, 3), (4, 4), (2, 6)), rng)),
        Check("a batch of one point", 0.5, lambda rng: batches(((1, 3), (1, 5)), rng)),
    ),
    mistakes=(
        Mistake(
            "no activation",
            lambda X, w, b: X @ w + b,
            "These are the weighted sums: the sigmoid still has to be applied to each.",
        ),
        Mistake(
            "not summed",
            lambda X, w, b: sigmoid(X * w + b),
            "`X * w` keeps one number for each feature: the products of a point have to be summed.",
        ),
        Mistake(
            "first point only",
            lambda X, w, b: sigmoid(X[0] @ w + b),
            "This is the output for the first point only; one output for each row is needed.",
        ),
        Mistake(
            "summed over points",
            lambda X, w, b: sigmoid(np.sum(X * w, axis=0) + b),
            "The sum runs over the points (axis 0); it has to run over the features (axis 1).",
        ),
        Mistake(
            "column",
            lambda X, w, b: sigmoid(X @ w.reshape(-1, 1) + b),
            "The outputs stand in a column of shape (N, 1); a flat array of shape (N,) is needed.",
        ),
        Mistake(
            "squeezed",
            lambda X, w, b: np.squeeze(sigmoid(X @ w + b)),
            "`squeeze` also removes the batch axis when there is one point only.",
        ),
        Mistake(
            "bias missing",
            lambda X, w, b: sigmoid(X @ w),
            "The bias is missing from the weighted sums.",
        ),
    ),
    hints=(
        "Each row of X is one point. What would you compute for a single row?",
        "`X @ w` computes the products and sums for all rows at once. Which shape does it have?",
        "z = X @ w + b has shape (N,): NumPy adds b to every entry, and `np.exp` works on every "
        "entry too.",
    ),
)
