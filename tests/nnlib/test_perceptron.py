"""`Perceptron`: the learning rule, its history, and what it can and cannot learn."""

import numpy as np
import pytest

from nnlib import Perceptron
from nnlib.datasets import and_gate, blobs, nand_gate, or_gate, xor_gate


@pytest.mark.parametrize("gate", [and_gate, or_gate, nand_gate])
@pytest.mark.parametrize("seed", [None, 0, 1])
@pytest.mark.parametrize("learning_rate", [1.0, 0.1])
def test_learns_the_separable_gates(gate, seed, learning_rate):
    data = gate()
    perceptron = Perceptron(2, learning_rate)
    rng = None if seed is None else np.random.default_rng(seed)
    history = perceptron.fit(data.x, data.y, epochs=50, rng=rng)
    assert history.converged
    assert history.mistakes[-1] == 0
    assert perceptron.predict(data.x).tolist() == data.y.tolist()


def test_never_learns_xor():
    data = xor_gate()
    perceptron = Perceptron(2)
    history = perceptron.fit(data.x, data.y, epochs=200)
    assert not history.converged
    assert history.epochs == 200
    assert min(history.mistakes) > 0
    assert perceptron.predict(data.x).tolist() != data.y.tolist()


def test_a_mistake_moves_weights_and_bias_by_the_rule():
    perceptron = Perceptron(2, learning_rate=0.5, weights=[1.0, -1.0], bias=0.25)
    assert perceptron.predict([1.0, 3.0]) == 0
    assert perceptron.update([1.0, 3.0], 1) is True
    assert perceptron.weights.tolist() == [1.5, 0.5]
    assert perceptron.bias == 0.75


def test_a_right_answer_changes_nothing():
    perceptron = Perceptron(1, weights=[1.0])
    assert perceptron.update([2.0], 1) is False
    assert (perceptron.weights.tolist(), perceptron.bias) == ([1.0], 0.0)


def test_step_of_zero_counts_as_one():
    assert Perceptron(1).predict([5.0]) == 1


def test_history_holds_the_start_and_every_update():
    data = and_gate()
    perceptron = Perceptron(2)
    history = perceptron.fit(data.x, data.y, epochs=50)
    assert history.updates == sum(history.mistakes) == len(history.boundaries) - 1
    first, last = history.boundaries[0], history.boundaries[-1]
    assert (first[0].tolist(), first[1]) == ([0.0, 0.0], 0.0)
    assert (last[0].tolist(), last[1]) == (perceptron.weights.tolist(), perceptron.bias)
    # Replay: each entry follows from the one before by adding or subtracting one of the points.
    for (w0, b0), (w1, b1) in zip(history.boundaries, history.boundaries[1:], strict=False):
        sign = b1 - b0
        assert sign in (1.0, -1.0)
        assert any(np.array_equal(w1 - w0, sign * point) for point in data.x)


def test_history_entries_are_copies():
    data = or_gate()
    perceptron = Perceptron(2)
    history = perceptron.fit(data.x, data.y, epochs=5)
    before = history.boundaries[-1][0].copy()
    perceptron.weights += 100
    assert history.boundaries[-1][0].tolist() == before.tolist()


def test_stays_within_the_bound_of_novikoff():
    data = blobs(100, spread=0.5, rng=np.random.default_rng(0))
    signs = np.where(data.y == 1, 1.0, -1.0)
    points = np.column_stack([data.x, np.ones(len(data.x))])
    direction = np.array([-1.0, -1.0, 0.0]) / np.sqrt(2)  # separates these clouds
    margin = (signs * (points @ direction)).min()
    assert margin > 0
    bound = (np.linalg.norm(points, axis=1).max() / margin) ** 2
    # The bound counts mistakes with the answer "none" at 0; step(0) = 1 adds at most one.
    assert Perceptron(2).fit(data.x, data.y, epochs=1000).updates <= bound + 1


def test_same_seed_same_run_and_the_order_matters():
    data = nand_gate()
    runs = [
        Perceptron(2).fit(data.x, data.y, rng=np.random.default_rng(seed)) for seed in (3, 3, 4)
    ]
    bias = [[b for _, b in run.boundaries] for run in runs]
    assert bias[0] == bias[1]
    assert bias[0] != bias[2]


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([[0.0, 1.0]], [2], "labels 0 and 1, got"),
        ([[0.0, 1.0]], [-1], "labels 0 and 1, got"),
        ([[0.0, 1.0]], [0, 1], r"shape \(1,\), got \(2,\)"),
        ([[0.0, 1.0]], [[1]], r"shape \(1,\), got \(1, 1\)"),
        ([0.0, 1.0], [0, 1], r"shape \(N, 2\)"),
        (np.zeros((0, 2)), [], "at least 1"),
        ([[0.0]], [1], "expected x of shape"),
        ([[0.0, np.nan]], [1], "NaN"),
    ],
)
def test_fit_refuses_bad_data_and_learns_nothing(x, y, message):
    perceptron = Perceptron(2)
    with pytest.raises(ValueError, match=message):
        perceptron.fit(x, y)
    assert perceptron.weights.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n_features": 0}, ValueError, "positive integer"),
        ({"n_features": 2.0}, TypeError, "positive integer"),
        ({"n_features": 2, "learning_rate": 0}, ValueError, "positive finite"),
        ({"n_features": 2, "learning_rate": "fast"}, TypeError, "positive number"),
        ({"n_features": 2, "weights": [1.0]}, ValueError, r"shape \(2,\), got \(1,\)"),
        ({"n_features": 1, "weights": [np.nan]}, ValueError, "finite"),
    ],
)
def test_constructor_errors(arguments, error, message):
    with pytest.raises(error, match=message):
        Perceptron(**arguments)


def test_other_errors():
    with pytest.raises(TypeError, match="default_rng"):
        Perceptron(2).fit([[0, 1]], [1], rng=42)
    with pytest.raises(ValueError, match="one point"):
        Perceptron(2).update([[0, 1]], 1)
    assert "Perceptron(weights=[0.0]" in repr(Perceptron(1))
