"""Gradient clipping: by norm, by value, and what it is for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnlib import MSE, SGD, Dense, Sequential, clip_by_norm, clip_by_value

gradients = hnp.arrays(
    np.float64,
    hnp.array_shapes(max_dims=3, max_side=5),
    elements=st.floats(-1e100, 1e100),
)


@given(gradients, st.floats(1e-3, 1e3))
def test_by_norm_shortens_and_keeps_the_direction(g, limit):
    clipped = clip_by_norm(g, limit)
    norm = np.linalg.norm(g)
    assert np.linalg.norm(clipped) <= limit * (1 + 1e-12)
    if norm <= limit:
        assert np.array_equal(clipped, g)
    else:
        assert clipped / limit == pytest.approx(g / norm, abs=1e-12)


@given(gradients, st.floats(1e-3, 1e3))
def test_by_value_keeps_what_is_small(g, limit):
    clipped = clip_by_value(g, limit)
    small = np.abs(g) <= limit
    assert np.array_equal(clipped[small], g[small])
    assert np.array_equal(clipped[~small], np.sign(g[~small]) * limit)


@pytest.mark.parametrize("clip", [clip_by_norm, clip_by_value])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_in_place_into_another_array_and_dtype(clip, dtype):
    g = np.array([[3.0, -4.0]], dtype)
    expected = clip(g, 1.0)
    assert expected.dtype == dtype
    assert g.tolist() == [[3.0, -4.0]]
    out = np.empty_like(g)
    assert clip(g, 1.0, out=out) is out
    assert np.array_equal(out, expected)
    assert clip(g, 1.0, out=g) is g
    assert np.array_equal(g, expected)


@pytest.mark.parametrize("size", [1e-42, 1e-30, 1e-20, 1.0, 1e20, 1e37])
def test_norms_whose_squares_overflow_or_vanish(size):
    g = np.array([3.0, -4.0], np.float32) * np.float32(size)
    clipped = clip_by_norm(g, 1.0)
    assert clipped == pytest.approx(g if size < 0.1 else [0.6, -0.8], rel=1e-6, abs=0)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_has_no_direction_passes(bad):
    g = np.array([1.0, bad, -100.0])
    assert np.array_equal(clip_by_norm(g, 1.0), g, equal_nan=True)
    expected = [1.0, np.nan if np.isnan(bad) else 1.0, -1.0]
    assert np.array_equal(clip_by_value(g, 1.0), expected, equal_nan=True)


@pytest.mark.parametrize("clip", [clip_by_norm, clip_by_value])
def test_zero_and_empty_gradients_pass(clip):
    assert clip(np.zeros(3), 1.0).tolist() == [0.0, 0.0, 0.0]
    assert clip(np.zeros(0), 1.0).shape == (0,)


@pytest.mark.parametrize("clip", [clip_by_norm, clip_by_value])
def test_errors(clip):
    with pytest.raises(ValueError, match=f"{clip.__name__} .*: expected a positive finite number"):
        clip([1.0], 0.0)
    with pytest.raises(TypeError, match=f"{clip.__name__}: expected real numbers"):
        clip(["a"], 1.0)


def test_clipping_stops_a_run_from_exploding():
    x = np.linspace(-10, 10, 64, dtype=np.float32)[:, None]

    def final_loss(**options):
        model = Sequential(Dense(1, 1, rng=np.random.default_rng(0)))
        with np.errstate(all="ignore"):
            history = model.fit(
                x,
                3 * x,
                loss=MSE(),
                optimizer=SGD(0.05, **options),
                epochs=60,
                rng=np.random.default_rng(0),
            )
        return history["loss"][-1]

    assert not final_loss() < 1e6
    assert final_loss(clip_norm=1.0) < 1.0
    assert final_loss(clip_value=1.0) < 1.0
