"""Initializers: spread, bounds, dtype, seeds; one table for all."""

import inspect
from functools import partial

import numpy as np
import pytest

from nnlib import (
    Dense,
    ReLU,
    Sequential,
    he_normal,
    he_uniform,
    initializers,
    normal,
    orthogonal,
    uniform,
    xavier_normal,
    xavier_uniform,
    zeros,
)


def rng(seed=0):
    return np.random.default_rng(seed)


# name: initializer, variance and bound for a matrix of shape (400, 100)
CASES = {
    "he_normal": (he_normal, 2 / 400, np.inf),
    "he_uniform": (he_uniform, 2 / 400, np.sqrt(6 / 400)),
    "normal": (normal, 0.05**2, np.inf),
    "normal, std": (partial(normal, std=0.3), 0.3**2, np.inf),
    "orthogonal": (orthogonal, 1 / 400, 1.0),
    "orthogonal, gain": (partial(orthogonal, gain=2.0), 4 / 400, 2.0),
    "uniform": (uniform, 0.05**2 / 3, 0.05),
    "uniform, limit": (partial(uniform, limit=0.3), 0.3**2 / 3, 0.3),
    "xavier_normal": (xavier_normal, 2 / 500, np.inf),
    "xavier_uniform": (xavier_uniform, 2 / 500, np.sqrt(6 / 500)),
    "zeros": (zeros, 0.0, 0.0),
}
every_initializer = pytest.mark.parametrize(
    ("initializer", "variance", "bound"), CASES.values(), ids=CASES.keys()
)
random_ones = [make for make, variance, _ in CASES.values() if variance]


def test_every_initializer_has_a_case():
    public = {
        name
        for name, thing in inspect.getmembers(initializers, inspect.isfunction)
        if thing.__module__ == initializers.__name__ and not name.startswith("_")
    }
    assert public == {name.split(",")[0] for name in CASES}


@every_initializer
def test_mean_variance_and_bound(initializer, variance, bound):
    W = initializer((400, 100), rng=rng(), dtype=np.float64)
    assert W.mean() == pytest.approx(0.0, abs=0.01 * np.sqrt(variance))
    assert W.var() == pytest.approx(variance, rel=0.03)
    assert np.abs(W).max() <= bound
    if bound == np.inf:  # a normal distribution that is not cut off
        assert np.abs(W).max() > 3 * np.sqrt(variance)


@every_initializer
def test_dtype_shape_and_seed(initializer, variance, bound):
    for dtype in (np.float32, np.float64):
        for shape in ((3, 2), (2, 3), (4, 4), (1, 5)):
            W = initializer(shape, rng=rng(), dtype=dtype)
            assert (W.shape, W.dtype) == (shape, dtype)
            assert W.flags.c_contiguous
    assert initializer((3, 2), rng=rng()).dtype == np.float32
    assert np.array_equal(initializer((3, 2), rng=rng(1)), initializer((3, 2), rng=rng(1)))
    if variance:
        assert not np.array_equal(initializer((3, 2), rng=rng(1)), initializer((3, 2), rng=rng(2)))


@every_initializer
def test_a_dense_layer_takes_it(initializer, variance, bound):
    W = Dense(400, 100, rng=rng(), initializer=initializer).params["W"]
    assert W.var() == pytest.approx(variance, rel=0.03)


@pytest.mark.parametrize("initializer", [he_normal, he_uniform, xavier_normal, xavier_uniform])
def test_fans_by_name_and_errors(initializer):
    kernel = initializer((60, 50, 50), rng=rng(), fan_in=25, fan_out=150, dtype=np.float64)
    assert kernel.shape == (60, 50, 50)
    expected = 2 / 25 if "he" in initializer.__name__ else 2 / 175
    assert kernel.var() == pytest.approx(expected, rel=0.03)
    with pytest.raises(ValueError, match=r"expected a shape \(in, out\), or fan_in and fan_out"):
        initializer((6, 5, 5), rng=rng())


@pytest.mark.parametrize("initializer", random_ones)
def test_a_seed_is_not_a_generator(initializer):
    with pytest.raises(TypeError, match="default_rng"):
        initializer((3, 2), rng=1)


def test_fixed_spreads_take_any_shape():
    for initializer in (normal, uniform, zeros):
        assert initializer((6, 5, 5), rng=rng()).shape == (6, 5, 5)


@pytest.mark.parametrize("shape", [(6, 6), (8, 3), (3, 8), (1, 4), (4, 1)])
@pytest.mark.parametrize("gain", [1.0, 1.5])
def test_orthogonal_has_columns_or_rows_at_right_angles(shape, gain):
    W = orthogonal(shape, rng=rng(), dtype=np.float64, gain=gain)
    square = W.T @ W if shape[0] >= shape[1] else W @ W.T
    assert square == pytest.approx(gain**2 * np.eye(min(shape)), abs=1e-12)


def test_orthogonal_shows_no_preference():
    """Without the signs of R, the first entry would always be negative."""
    corners = np.array([orthogonal((3, 3), rng=rng(seed))[0, 0] for seed in range(400)])
    assert abs(np.mean(corners > 0) - 0.5) < 0.1
    assert corners.var() == pytest.approx(1 / 3, rel=0.15)


def test_he_keeps_the_size_of_a_signal_through_relu_and_a_small_fixed_spread_does_not():
    x = rng(1).standard_normal((200, 256))

    def size_after_ten_layers(initializer):
        layers = []
        for seed in range(10):
            layers += [Dense(256, 256, rng=rng(seed), initializer=initializer), ReLU()]
        return float(np.mean(Sequential(*layers).predict(x) ** 2))

    for initializer in (he_normal, he_uniform):
        assert 0.3 < size_after_ten_layers(initializer) < 3.0
    assert size_after_ten_layers(partial(normal, std=0.01)) < 1e-8
    assert size_after_ten_layers(partial(normal, std=1.0)) > 1e8


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (partial(normal, std=0), "normal std: expected a positive finite number"),
        (partial(uniform, limit=-1), "uniform limit: expected a positive finite number"),
        (partial(orthogonal, gain=0), "orthogonal gain: expected a positive finite number"),
    ],
)
def test_senseless_options_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call((3, 2), rng=rng())


def test_orthogonal_is_for_matrices():
    with pytest.raises(ValueError, match=r"orthogonal: expected a shape \(in, out\), got shape"):
        orthogonal((6, 5, 5), rng=rng())
