"""Initializers: variance, dtype, seeds."""

import numpy as np
import pytest

from nnlib import he_normal, xavier_uniform, zeros


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("initializer", "variance"), [(he_normal, 2 / 400), (xavier_uniform, 2 / 500)]
)
def test_mean_and_variance(initializer, variance):
    W = initializer((400, 100), rng=rng(), dtype=np.float64)
    assert W.mean() == pytest.approx(0.0, abs=0.001)
    assert W.var() == pytest.approx(variance, rel=0.03)


def test_xavier_is_bounded_and_he_is_not_cut_off():
    W = xavier_uniform((400, 100), rng=rng())
    assert np.abs(W).max() <= np.sqrt(6 / 500)
    W = he_normal((400, 100), rng=rng())
    assert np.abs(W).max() > 3 * np.sqrt(2 / 400)


@pytest.mark.parametrize("initializer", [he_normal, xavier_uniform, zeros])
def test_dtype_shape_and_seed(initializer):
    for dtype in (np.float32, np.float64):
        W = initializer((3, 2), rng=rng(), dtype=dtype)
        assert (W.shape, W.dtype) == ((3, 2), dtype)
    assert initializer((3, 2), rng=rng()).dtype == np.float32
    assert np.array_equal(initializer((3, 2), rng=rng(1)), initializer((3, 2), rng=rng(1)))


@pytest.mark.parametrize("initializer", [he_normal, xavier_uniform])
def test_fans_by_name_and_errors(initializer):
    kernel = initializer((6, 5, 5), rng=rng(), fan_in=25, fan_out=150)
    assert kernel.shape == (6, 5, 5)
    with pytest.raises(ValueError, match=r"expected a shape \(in, out\), or fan_in and fan_out"):
        initializer((6, 5, 5), rng=rng())
    with pytest.raises(TypeError, match="default_rng"):
        initializer((3, 2), rng=1)
