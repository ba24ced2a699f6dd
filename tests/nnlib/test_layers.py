"""What is special to single layers; what all have in common is in `test_layers_contract`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import (
    ELU,
    GELU,
    MSE,
    SGD,
    Activation,
    Dense,
    Layer,
    LeakyReLU,
    ReLU,
    Sequential,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
    elu,
    gelu,
    leaky_relu,
    softmax,
    zeros,
)
from nnlib.activations import DERIVATIVES, sigmoid, sigmoid_derivative
from nnlib.gradcheck import check_layer


def rng(seed=0):
    return np.random.default_rng(seed)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 6), st.integers(0, 999))
def test_dense_of_any_size(n, d, m, seed):
    layer = Dense(d, m, rng=rng(seed), dtype=np.float64)
    layer.params["b"][...] = rng(seed).standard_normal(m)
    x = rng(seed + 1).standard_normal((n, d))
    by_hand = [
        [
            sum(row[i] * layer.params["W"][i, j] for i in range(d)) + layer.params["b"][j]
            for j in range(m)
        ]
        for row in x
    ]
    assert layer.forward(x)[0] == pytest.approx(np.array(by_hand))
    check_layer(layer, x, rng=rng(seed))


def test_dense_by_hand():
    layer = Dense(2, 1, rng=rng(), dtype=np.float64)
    layer.params["W"][...] = [[2.0], [-1.0]]
    layer.params["b"][...] = [0.5]
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    y, cache = layer.forward(x)
    assert y.tolist() == [[0.5], [2.5]]
    dx, grads = layer.backward([[1.0], [10.0]], cache)
    assert dx.tolist() == [[2.0, -1.0], [20.0, -10.0]]
    assert grads["W"].tolist() == [[31.0], [42.0]]
    assert grads["b"].tolist() == [11.0]


def test_dense_starts_with_float32_random_weights_and_zero_biases():
    layer = Dense(300, 200, rng=rng())
    assert {a.dtype for a in layer.params.values()} == {np.dtype(np.float32)}
    assert layer.params["W"].var() == pytest.approx(2 / 300, rel=0.05)
    assert not layer.params["b"].any()
    assert (layer.in_features, layer.out_features) == (300, 200)
    assert not Dense(2, 3, rng=rng(), initializer=zeros).params["W"].any()
    assert np.array_equal(Dense(2, 3, rng=rng(5)).params["W"], Dense(2, 3, rng=rng(5)).params["W"])


def test_a_dense_cache_of_another_dense_is_safe():
    wide, narrow = Dense(4, 3, rng=rng()), Dense(2, 3, rng=rng())
    x = np.ones((5, 4), np.float32)
    y, cache = wide.forward(x)
    wide.backward(y, cache, out={k: np.empty_like(p) for k, p in wide.params.items()})
    y, cache = narrow.forward(np.ones((5, 2), np.float32), cache=cache)
    grads = {k: np.empty_like(p) for k, p in narrow.params.items()}
    assert narrow.backward(y, cache, out=grads)[0].shape == (5, 2)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (np.ones((2, 5)), r"Dense.forward: expected x of shape \(N, 4\), got \(2, 5\)"),
        (np.ones(4), r"got \(4,\). Add the batch axis: x\[None, :\]"),
        (np.ones((1, 2, 4)), r"got \(1, 2, 4\)"),
    ],
)
def test_dense_refuses_wrong_shapes(x, message):
    with pytest.raises(ValueError, match=message):
        Dense(4, 3, rng=rng()).forward(x)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"in_features": 0}, ValueError, "in_features: expected a positive integer"),
        ({"out_features": 2.5}, TypeError, "out_features: expected a positive integer"),
        ({"out_features": True}, TypeError, "out_features: expected a positive integer"),
        ({"rng": 42}, TypeError, "np.random.default_rng"),
        ({"dtype": int}, TypeError, "expected a floating dtype, got int64"),
        ({"initializer": lambda s, rng, dtype: np.zeros(3)}, ValueError, r"shape \(4, 3\), got"),
    ],
)
def test_dense_constructor_errors(options, error, message):
    arguments = {"in_features": 4, "out_features": 3, "rng": rng(), **options}
    with pytest.raises(error, match=message):
        Dense(**arguments)


@pytest.mark.parametrize("name", sorted(DERIVATIVES))
def test_activation_by_name_uses_the_function_and_its_derivative(name):
    x = rng().standard_normal((3, 2))
    layer = Activation(name)
    y, cache = layer.forward(x)
    dx, grads = layer.backward(np.full_like(x, 2.0), cache)
    assert np.array_equal(y, layer.function(x))
    assert np.array_equal(dx, 2 * DERIVATIVES[name](x))
    assert grads == {}


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (ELU, "elu"),
        (GELU, "gelu"),
        (LeakyReLU, "leaky_relu"),
        (ReLU, "relu"),
        (SiLU, "silu"),
        (Sigmoid, "sigmoid"),
        (Softplus, "softplus"),
        (Tanh, "tanh"),
    ],
)
def test_named_forms_agree_with_the_general_one(layer, name):
    x = rng().standard_normal((3, 2))
    x[0] = 0.0, -0.0
    dy = rng(1).standard_normal((3, 2))
    y, cache = layer().forward(x)
    y_general, cache_general = Activation(name).forward(x)
    assert y == pytest.approx(y_general, rel=1e-14, abs=1e-15)
    assert layer().backward(dy, cache)[0] == pytest.approx(
        Activation(name).backward(dy, cache_general)[0], rel=1e-13, abs=1e-15
    )


def test_options_of_activation_layers():
    x = rng().standard_normal((3, 2))
    assert np.array_equal(LeakyReLU(0.2).forward(x)[0], leaky_relu(x, 0.2))
    assert np.array_equal(ELU(2.0).forward(x)[0], elu(x, 2.0))
    assert np.array_equal(GELU("tanh").forward(x)[0], gelu(x, "tanh"))
    assert np.array_equal(Softmax(3.0).forward(x)[0], softmax(x, temperature=3.0))
    assert [repr(layer) for layer in (LeakyReLU(), ELU(2), GELU(), Softmax(), Softmax(3))] == [
        "LeakyReLU(alpha=0.01)",
        "ELU(alpha=2.0)",
        "GELU(form='exact')",
        "Softmax()",
        "Softmax(temperature=3.0)",
    ]
    for make, message in (
        (lambda: LeakyReLU(1.0), "LeakyReLU alpha: expected a number of at least 0 and below 1"),
        (lambda: ELU(-1.0), "ELU alpha: expected a number of at least 0"),
        (lambda: GELU("erf"), "GELU form: expected one of exact, tanh"),
        (lambda: Softmax(0), "Softmax temperature: expected a positive finite number"),
    ):
        with pytest.raises(ValueError, match=message):
            make()


def test_activation_errors():
    with pytest.raises(TypeError, match="expected a derivative"):
        Activation(np.sin)
    with pytest.raises(ValueError, match=r"use the Softmax\(\) layer"):
        Activation("softmax")
    with pytest.raises(ValueError, match="expected one of elu, gelu, identity, leaky_relu"):
        Activation("swish")
    assert Activation(sigmoid, sigmoid_derivative).function is sigmoid


@pytest.mark.parametrize("layer", [Dense(3, 3, rng=rng()), ReLU(), Sigmoid(), Softmax(), Tanh()])
def test_a_gradient_may_be_sent_back_twice(layer):
    _, cache = layer.forward(rng().standard_normal((4, 3)).astype(np.float32))
    grads = {name: np.empty_like(array) for name, array in layer.params.items()}
    dy = rng(1).standard_normal((4, 3)).astype(np.float32)
    once, _ = layer.backward(dy, cache, out=grads)
    expected, _ = layer.backward(once.copy(), cache)
    twice, _ = layer.backward(once, cache, out=grads)
    assert np.array_equal(twice, expected)


class Scale(Layer):
    """The least that a layer of one's own must have."""

    def __init__(self):
        self.params = {"s": np.ones(1, np.float32)}

    def forward(self, x, *, training=False, cache=None):
        x = np.asarray(x, self.params["s"].dtype)
        return x * self.params["s"], x

    def backward(self, dy, cache, *, out=None):
        grads = {"s": np.empty_like(self.params["s"])} if out is None else out
        grads["s"][0] = np.vdot(dy, cache)
        return dy * self.params["s"], grads


def test_a_layer_of_ones_own_needs_only_forward_and_backward():
    check_layer(Scale(), (3, 2), rng=rng())
    model = Sequential(Scale(), Dense(2, 1, rng=rng()), Scale())
    check_layer(model, (3, 2), rng=rng())
    x = rng().standard_normal((50, 2))
    history = model.fit(x, 3 * x[:, :1], loss=MSE(), optimizer=SGD(0.05), epochs=60, rng=rng())
    assert history["loss"][-1] < 0.001 < history["loss"][0]
    assert "Scale" in model.summary()
    assert repr(Scale()) == "Scale()"
