"""Activation functions: values, extremes, dtypes, derivatives."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnlib import activations as act
from nnlib.gradcheck import numerical_gradient

NAMES = sorted(act.DERIVATIVES)
POINTS = np.array([-5.0, -1.0, -0.3, 0.4, 1.0, 5.0])  # away from the kinks at 0


def test_values_of_the_course():
    assert act.sigmoid([-5, -1, 0, 1, 5]).round(4).tolist() == [0.0067, 0.2689, 0.5, 0.7311, 0.9933]
    assert act.softmax([2.0, 1.0, 0.1]).round(3).tolist() == [0.659, 0.242, 0.099]
    assert act.step([-1.0, 0.0, 1.0]).tolist() == [0.0, 1.0, 1.0]
    assert act.relu([-1.0, 0.0, 2.0]).tolist() == [0.0, 0.0, 2.0]
    assert act.relu_derivative([-1.0, 0.0, 2.0]).tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize("x", [-700.0, -40.0, -1.0, 0.0, 1e-9, 1.0, 40.0])
def test_sigmoid_keeps_relative_precision(x):
    exact = 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
    assert act.sigmoid(x) == pytest.approx(exact, rel=1e-14, abs=0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", sorted(act.ACTIVATIONS))
def test_extremes_give_no_warning_and_no_nan(name, dtype):
    x = np.array([-1e4, -100, 0, 100, 1e4], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = act.ACTIVATIONS[name](x)
    assert y.dtype == dtype
    assert np.isfinite(y).all()


def test_softmax_of_extremes_and_masks():
    assert act.softmax([1e4, 0.0, -1e4]).tolist() == [1.0, 0.0, 0.0]
    assert act.softmax([0.0, -np.inf]).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("function", [*act.ACTIVATIONS.values(), *act.DERIVATIVES.values()])
def test_dtype_and_input_rules(function):
    assert function([1, 2]).dtype == np.float64
    assert function(np.array([1, 2], np.int8)).dtype == np.float64
    assert function(np.array([True, False])).dtype == np.float64
    assert function(np.array([1, 2], np.float32)).dtype == np.float32
    with pytest.raises(TypeError, match="expected real numbers, got an array of dtype"):
        function(np.array([1j]))


@pytest.mark.parametrize(
    "function",
    [f for name, f in act.ACTIVATIONS.items() if name != "softmax"] + [*act.DERIVATIVES.values()],
)
def test_a_number_gives_a_scalar(function):
    assert isinstance(function(0.5), np.floating)
    assert np.ndim(function(2)) == 0


@pytest.mark.parametrize("function", [*act.ACTIVATIONS.values(), act.log_softmax])
def test_the_input_is_left_alone(function):
    x = POINTS.copy()
    y = function(x)
    assert y is not x
    assert np.array_equal(x, POINTS)


@pytest.mark.parametrize("name", sorted(act.ACTIVATIONS))
def test_out_receives_the_result(name):
    x = POINTS.reshape(2, 3)
    out = np.empty_like(x)
    assert act.ACTIVATIONS[name](x, out=out) is out
    assert np.array_equal(out, act.ACTIVATIONS[name](x))


@pytest.mark.parametrize("name", NAMES)
def test_derivatives_agree_with_finite_differences(name):
    numeric = numerical_gradient(lambda x: act.ACTIVATIONS[name](x).sum(), POINTS)
    assert act.DERIVATIVES[name](POINTS) == pytest.approx(numeric, rel=1e-8, abs=1e-10)


def test_every_elementwise_activation_has_a_derivative():
    assert set(act.ACTIVATIONS) - set(act.DERIVATIVES) == {"softmax"}


def test_derivative_bounds():
    x = np.linspace(-20, 20, 4001)
    assert act.sigmoid_derivative(x).max() == act.sigmoid_derivative(0.0) == 0.25
    assert act.tanh_derivative(x).max() == act.tanh_derivative(0.0) == 1.0
    # 1 - s would round to 0 here, and the slope with it.
    assert act.sigmoid_derivative(40.0) == pytest.approx(math.exp(-40), rel=1e-12, abs=0)


def test_tanh_is_a_stretched_sigmoid():
    assert act.tanh(POINTS) == pytest.approx(2 * act.sigmoid(2 * POINTS) - 1)


finite = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=2, max_dims=3, max_side=5),
    elements=st.floats(-50, 50),
)


@given(finite)
def test_softmax_rows_are_distributions_and_ignore_a_shift(x):
    p = act.softmax(x)
    assert p.shape == x.shape
    assert (p >= 0).all()
    assert p.sum(axis=-1) == pytest.approx(1.0)
    assert act.softmax(x + 300.0) == pytest.approx(p, abs=1e-12)
    assert act.log_softmax(x) == pytest.approx(np.log(p), abs=1e-9)


@given(finite)
def test_softmax_axis(x):
    assert act.softmax(x, axis=0) == pytest.approx(act.softmax(x.T).T)
    assert act.softmax(x, axis=0).sum(axis=0) == pytest.approx(1.0)


def test_softmax_jacobian_agrees_with_finite_differences():
    x = np.array([[0.5, -1.0, 2.0], [0.1, 0.2, 0.3]])
    jacobian = act.softmax_jacobian(x)
    assert jacobian.shape == (2, 3, 3)
    for n in range(2):
        assert act.softmax_jacobian(x[n]) == pytest.approx(jacobian[n])
        for i in range(3):
            row = numerical_gradient(lambda z, i=i: act.softmax(z)[i], x[n])
            assert jacobian[n, i] == pytest.approx(row, abs=1e-9)


def test_look_up_by_name():
    assert act.get_activation("tanh") is act.tanh
    assert act.get_activation(math.sin) is math.sin
    with pytest.raises(
        ValueError, match="identity, relu, sigmoid, softmax, step, tanh; got 'gelu'"
    ):
        act.get_activation("gelu")
    with pytest.raises(ValueError, match="got None"):
        act.get_activation(None)
