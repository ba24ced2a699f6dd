"""`Neuron`: arithmetic, shapes, errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import Neuron, relu


@pytest.mark.parametrize(
    ("weights", "bias", "x", "z", "a"),
    [
        ((0.2, 0.00001), -5.0, (35, 80_000), 2.8, 0.9426758),  # purchase
        ((2.0, 1.5, -0.5), -1.0, (1, 1, 3), 1.0, 0.7310586),  # spam
        ((1.0,), 0.0, (0.0,), 0.0, 0.5),
    ],
)
def test_worked_examples(weights, bias, x, z, a):
    neuron = Neuron(weights, bias)
    assert neuron.weighted_sum(x) == pytest.approx(z)
    assert neuron(x) == pytest.approx(a, abs=1e-7)


def test_one_point_gives_a_scalar_and_a_batch_gives_one_number_per_row():
    neuron = Neuron([1.0, 2.0])
    assert isinstance(neuron([3.0, 4.0]), np.floating)
    assert neuron([[3.0, 4.0]]).shape == (1,)
    assert neuron(np.zeros((0, 2))).shape == (0,)


@given(st.integers(0, 5), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_batch_equals_point_by_point(n, d, seed):
    rng = np.random.default_rng(seed)
    neuron = Neuron(rng.standard_normal(d), rng.standard_normal(), "tanh")
    x = rng.standard_normal((n, d))
    assert neuron(x) == pytest.approx([neuron(row) for row in x])


@pytest.mark.parametrize("activation", ["identity", "step", "sigmoid", "tanh", "relu", relu, abs])
def test_every_activation_is_applied_to_the_weighted_sum(activation):
    neuron = Neuron([1.0, -2.0], 0.5, activation)
    z = neuron.weighted_sum([3.0, 1.0])
    assert z == 1.5
    assert neuron([3.0, 1.0]) == neuron.activation(z)


def test_float32_is_kept_only_if_all_is_float32():
    neuron = Neuron(np.ones(2, np.float32))
    assert neuron(np.ones((3, 2), np.float32)).dtype == np.float32
    assert Neuron([1, 1])(np.ones((3, 2), np.float32)).dtype == np.float64


def test_the_weights_are_a_copy_and_stay_as_they_are():
    weights = np.ones(2)
    neuron = Neuron(weights)
    weights[:] = 9
    neuron([1.0, 2.0])
    assert neuron.weights.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("x", [[1.0], [1.0, 2.0, 3.0], [[1.0, 2.0, 3.0]], 1.0, [[[1.0, 2.0]]]])
def test_wrong_number_of_features(x):
    with pytest.raises(ValueError, match=r"expected x of shape \(2,\) or \(N, 2\), got"):
        Neuron([1.0, 2.0])(x)


def test_nan_is_refused_and_located():
    with pytest.raises(ValueError, match=r"Neuron x: .* first at index \(1, 0\)"):
        Neuron([1.0, 2.0])([[0.0, 0.0], [np.nan, 0.0]])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"weights": 1.0}, ValueError, "one per input"),
        ({"weights": []}, ValueError, "one per input"),
        ({"weights": [[1.0]]}, ValueError, "one per input"),
        ({"weights": ["a"]}, TypeError, "real numbers"),
        ({"weights": [np.inf]}, ValueError, "finite"),
        ({"weights": [1.0], "bias": np.nan}, ValueError, "finite"),
        ({"weights": [1.0], "bias": [1.0, 2.0]}, ValueError, "one number as bias"),
        (
            {"weights": [1.0], "activation": "rleu"},
            ValueError,
            "identity, leaky_relu, relu, .* got 'rleu'",
        ),
        ({"weights": [1.0], "activation": "softmax"}, ValueError, "several neurons"),
    ],
)
def test_constructor_errors(arguments, error, message):
    with pytest.raises(error, match=message):
        Neuron(**arguments)


def test_repr_names_what_it_holds():
    assert repr(Neuron([1.0], 2.0)) == "Neuron(weights=[1.0], bias=2.0, activation=sigmoid)"
