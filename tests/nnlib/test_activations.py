"""Activation functions: values, extremes, dtypes, derivatives."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnlib import activations as act
from nnlib.activations.normal import upper_tail
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
        slope = act.DERIVATIVES[name](x) if name in NAMES else y
    assert y.dtype == slope.dtype == dtype
    assert np.isfinite(y).all()
    assert np.isfinite(slope).all()


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


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *((name, {}) for name in NAMES),
        ("leaky_relu", {"alpha": 0.3}),
        ("elu", {"alpha": 0.5}),
        ("elu", {"alpha": 2.0}),
        ("gelu", {"form": "tanh"}),
    ],
)
def test_derivatives_agree_with_finite_differences(name, options):
    function, derivative = act.ACTIVATIONS[name], act.DERIVATIVES[name]
    numeric = numerical_gradient(lambda x: function(x, **options).sum(), POINTS)
    assert derivative(POINTS, **options) == pytest.approx(numeric, rel=1e-8, abs=1e-10)


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


@given(finite, st.floats(0.01, 100))
def test_temperature_divides_the_scores(x, temperature):
    p = act.softmax(x, temperature=temperature)
    assert p == pytest.approx(act.softmax(x / temperature), abs=1e-12)
    assert act.log_softmax(x, temperature=temperature) == pytest.approx(
        act.log_softmax(x / temperature), rel=1e-10, abs=1e-9
    )


def test_cold_takes_the_largest_and_hot_takes_all_alike():
    x = [2.0, 1.0, 0.1]
    assert act.softmax(x, temperature=1e-3).tolist() == [1.0, 0.0, 0.0]
    assert act.softmax(x, temperature=1e6) == pytest.approx([1 / 3] * 3, abs=1e-6)
    jacobian = act.softmax_jacobian(x, temperature=2.0)
    for i in range(3):
        row = numerical_gradient(lambda z, i=i: act.softmax(z, temperature=2.0)[i], x)
        assert jacobian[i] == pytest.approx(row, abs=1e-9)
    for function in (act.softmax, act.log_softmax, act.softmax_jacobian):
        with pytest.raises(ValueError, match="temperature: expected a positive finite number"):
            function(x, temperature=0)


# The relatives of ReLU


def test_relatives_of_relu_at_zero_and_far_out():
    for name in ("relu", "leaky_relu", "elu", "silu", "gelu"):
        assert act.ACTIVATIONS[name](0.0) == pytest.approx(0.0, abs=1e-15)
        assert act.ACTIVATIONS[name](1e4) == 1e4
        assert act.DERIVATIVES[name](1e4) == 1.0
    assert act.softplus(0.0) == pytest.approx(math.log(2), rel=1e-15)
    assert act.softplus(1e4) == 1e4
    assert act.leaky_relu(-1e4) == -100.0
    assert act.elu([-1e4, -1e4], alpha=2.0).tolist() == [-2.0, -2.0]
    assert [act.ACTIVATIONS[n](-1e4) for n in ("silu", "gelu", "softplus")] == [0.0, 0.0, 0.0]
    assert act.leaky_relu_derivative([0.0, -0.0]).tolist() == [0.01, 0.01]
    assert act.elu_derivative(0.0) == 1.0
    assert act.elu_derivative([0.0, 1.0], alpha=0.5).tolist() == [0.5, 1.0]


def test_tiny_numbers_keep_their_digits():
    assert act.elu(-1e-20) == -1e-20
    assert act.softplus(-50.0) == pytest.approx(math.exp(-50), rel=1e-14, abs=0)
    assert act.silu(-50.0) == pytest.approx(-50 * math.exp(-50), rel=1e-14, abs=0)
    assert act.gelu(-8.0) == pytest.approx(-4 * math.erfc(8 / math.sqrt(2)), rel=1e-13, abs=0)


def test_how_they_relate():
    x = np.linspace(-6, 6, 101)
    assert act.leaky_relu(x, alpha=0.0) == pytest.approx(act.relu(x))
    assert act.silu(x) == pytest.approx(x * act.sigmoid(x))
    assert act.softplus(x) - act.softplus(-x) == pytest.approx(x, abs=1e-14)
    assert act.gelu(x) - act.gelu(-x) == pytest.approx(x, abs=1e-14)
    difference = np.abs(act.gelu(x) - act.gelu(x, form="tanh"))
    assert 1e-4 < difference.max() < 5e-4
    assert act.silu(-1.278464543) == pytest.approx(act.silu(np.linspace(-3, 0, 1001)).min())


def test_gelu_is_right_to_the_last_digits():
    x = np.linspace(-40, 40, 16001)
    exact = [v * 0.5 * math.erfc(-v / math.sqrt(2)) for v in x]
    assert act.gelu(x) == pytest.approx(exact, rel=1e-12, abs=1e-15)
    slope = [
        0.5 * math.erfc(-v / math.sqrt(2)) + v * math.exp(-v * v / 2) / math.sqrt(2 * math.pi)
        for v in x
    ]
    assert act.gelu_derivative(x) == pytest.approx(slope, rel=1e-12, abs=2e-15)
    assert act.gelu(x.astype(np.float32)) == pytest.approx(exact, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize(
    ("dtype", "absolute", "relative"), [(np.float64, 1e-15, 3e-14), (np.float32, 3e-7, 3e-6)]
)
def test_tail_of_the_normal_distribution(dtype, absolute, relative):
    a = np.concatenate([np.linspace(0, 8, 4001), np.linspace(8, 100, 500)]).astype(dtype)
    exact = np.array([0.5 * math.erfc(v / math.sqrt(2)) for v in a.astype(float)])
    tail = upper_tail(a)
    assert tail.dtype == dtype
    assert np.abs(tail - exact).max() < absolute
    assert (np.abs(tail - exact) / np.maximum(exact, 1e-300))[a < 8].max() < relative
    out, scratch = np.empty_like(a), np.empty_like(a)
    assert upper_tail(a, out=out, scratch=scratch) is out
    assert np.array_equal(out, tail)
    assert np.isnan(upper_tail(np.array([np.nan], dtype))).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: act.leaky_relu([1.0], -0.1), "leaky_relu alpha: expected a number of at least 0"),
        (lambda: act.leaky_relu_derivative([1.0], 1.0), "leaky_relu_derivative alpha: .* below 1"),
        (lambda: act.elu([1.0], -1), "elu alpha: expected a number of at least 0, got -1"),
        (lambda: act.elu_derivative([1.0], np.inf), "elu_derivative alpha"),
        (lambda: act.gelu([1.0], "erf"), "gelu form: expected one of exact, tanh; got 'erf'"),
        (lambda: act.gelu_derivative([1.0], None), "gelu_derivative form"),
    ],
)
def test_senseless_options_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_look_up_by_name():
    assert act.get_activation("tanh") is act.tanh
    assert act.get_activation(math.sin) is math.sin
    with pytest.raises(
        ValueError, match="relu, sigmoid, silu, softmax, softplus, step, tanh; got 'swish'"
    ):
        act.get_activation("swish")
    with pytest.raises(ValueError, match="got None"):
        act.get_activation(None)
