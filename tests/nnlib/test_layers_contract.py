"""One contract for all layers. A new layer needs one line in `CASES`; a test checks that."""

import inspect

import numpy as np
import pytest

import nnlib
from nnlib import (
    ELU,
    GELU,
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
    xavier_uniform,
)
from nnlib.gradcheck import check_layer


def rng(seed=0):
    return np.random.default_rng(seed)


# name: how to make the layer, shape of a batch
CASES = {
    "Dense": (lambda: Dense(4, 3, rng=rng()), (5, 4)),
    "Dense to one": (lambda: Dense(4, 1, rng=rng(), initializer=xavier_uniform), (5, 4)),
    "Dense float64": (lambda: Dense(2, 3, rng=rng(), dtype=np.float64), (5, 2)),
    "Activation": (lambda: Activation(np.sin, np.cos), (5, 4)),
    "Activation by name": (lambda: Activation("tanh"), (5, 4)),
    "ELU": (ELU, (5, 4)),
    "ELU, α = 0.5": (lambda: ELU(0.5), (5, 4)),
    "GELU": (GELU, (5, 4)),
    "GELU, tanh": (lambda: GELU("tanh"), (5, 4)),
    "LeakyReLU": (LeakyReLU, (5, 4)),
    "LeakyReLU, α = 0.3": (lambda: LeakyReLU(0.3), (5, 4)),
    "ReLU": (ReLU, (5, 4)),
    "SiLU": (SiLU, (5, 4)),
    "Sigmoid": (Sigmoid, (5, 4)),
    "Softmax": (Softmax, (5, 4)),
    "Softmax, T = 2": (lambda: Softmax(2.0), (5, 4)),
    "Softplus": (Softplus, (5, 4)),
    "Tanh": (Tanh, (5, 4)),
    "Tanh of images": (Tanh, (2, 3, 4)),
    "Sequential": (
        lambda: Sequential(Dense(4, 6, rng=rng()), ReLU(), Dense(6, 2, rng=rng(1)), Softmax()),
        (5, 4),
    ),
    "Sequential starting with an activation": (
        lambda: Sequential(Tanh(), Dense(4, 2, rng=rng())),
        (5, 4),
    ),
    "Sequential in a Sequential": (
        lambda: Sequential(
            Sequential(Dense(4, 3, rng=rng()), Tanh()), Sequential(Dense(3, 2, rng=rng(1)))
        ),
        (5, 4),
    ),
    "Sequential without parameters": (lambda: Sequential(Tanh(), Sigmoid()), (5, 4)),
}

every_layer = pytest.mark.parametrize(("make", "shape"), CASES.values(), ids=CASES.keys())


def draw(layer, shape, seed=1):
    """A layer's dtype decides; a layer without parameters takes what comes."""
    dtypes = {array.dtype for array in layer.params.values()} or {np.dtype(np.float32)}
    return rng(seed).standard_normal(shape).astype(dtypes.pop())


def randomise(layer, seed=2):
    for array in layer.params.values():
        array[...] = rng(seed).standard_normal(array.shape)
    return layer


def test_every_public_layer_has_a_case():
    public = {
        thing
        for name in nnlib.__all__
        if inspect.isclass(thing := getattr(nnlib, name))
        and issubclass(thing, Layer)
        and thing is not Layer
    }
    covered = {type(make()) for make, _ in CASES.values()}
    assert public == covered


@every_layer
def test_forward_twice_without_interference(make, shape):
    layer = randomise(make())
    x1, x2 = draw(layer, shape, 1), draw(layer, shape, 2)
    y1, cache1 = layer.forward(x1)
    expected = y1.copy()
    dy = draw(layer, y1.shape, 3)
    dx_expected, grads_expected = layer.backward(dy, cache1)
    y2, cache2 = layer.forward(x2)
    layer.backward(dy, cache2)
    assert np.array_equal(y1, expected)
    assert not np.shares_memory(y1, y2)
    dx, grads = layer.backward(dy, cache1)
    assert np.array_equal(dx, dx_expected)
    assert not np.shares_memory(dx, dx_expected)
    for name in grads:
        assert np.array_equal(grads[name], grads_expected[name])


@every_layer
def test_a_cache_handed_back_is_reused_and_changes_no_number(make, shape):
    layer = randomise(make())
    x1, x2 = draw(layer, shape, 1), draw(layer, shape, 2)
    y_fresh, cache_fresh = layer.forward(x2)
    dy = draw(layer, y_fresh.shape, 3)
    dx_fresh, grads_fresh = layer.backward(dy, cache_fresh)

    y1, cache = layer.forward(x1)
    grads = {name: np.full_like(array, np.nan) for name, array in layer.params.items()}
    layer.backward(dy, cache, out=grads)
    y2, cache = layer.forward(x2, cache=cache)
    assert y2 is y1
    dx, out = layer.backward(dy, cache, out=grads)
    assert out is grads
    assert np.array_equal(y2, y_fresh)
    assert np.array_equal(dx, dx_fresh)
    for name, array in grads.items():
        assert np.array_equal(array, grads_fresh[name])
    dx_again, _ = layer.backward(dy, cache, out=grads)
    assert dx_again is dx


@every_layer
def test_a_cache_is_renewed_when_the_batch_size_changes(make, shape):
    layer = randomise(make())
    _, cache = layer.forward(draw(layer, shape))
    small = draw(layer, (1, *shape[1:]), 2)
    y, cache = layer.forward(small, cache=cache)
    assert np.array_equal(y, layer.forward(small)[0])
    dx, _ = layer.backward(np.ones_like(y), cache, out=dict(layer.backward(y, cache)[1]))
    assert dx.shape == small.shape


@every_layer
def test_parameter_gradients_are_those_of_backward(make, shape):
    layer = randomise(make())
    y, cache = layer.forward(draw(layer, shape))
    dy = draw(layer, y.shape, 3)
    _, grads = layer.backward(dy, cache)
    alone = layer.parameter_gradients(dy, cache)
    assert set(alone) == set(grads)
    for name in grads:
        assert np.array_equal(alone[name], grads[name])


@every_layer
def test_dtype_is_kept(make, shape):
    for dtype in (np.float32, np.float64):
        layer = make().astype(dtype)
        y, cache = layer.forward(draw(layer, shape).astype(dtype))
        dx, grads = layer.backward(np.ones_like(y), cache)
        assert {y.dtype, dx.dtype, *(g.dtype for g in grads.values())} == {np.dtype(dtype)}


@every_layer
def test_parameters_decide_the_dtype(make, shape):
    layer = make()
    if layer.params:
        expected = next(iter(layer.params.values())).dtype
        for given_dtype in (np.float16, np.float64, np.int64):
            y, cache = layer.forward(np.ones(shape, given_dtype))
            dx, _ = layer.backward(np.ones(y.shape, np.float64), cache)
            assert y.dtype == dx.dtype == expected


@every_layer
def test_rows_are_independent_and_one_row_is_enough(make, shape):
    layer = randomise(make()).astype(np.float64)
    x = draw(layer, shape)
    y, _ = layer.forward(x)
    for n in range(len(x)):
        assert layer.forward(x[n : n + 1])[0] == pytest.approx(y[n : n + 1], rel=1e-12)


@every_layer
def test_an_empty_batch_gives_empty_results(make, shape):
    layer = make()
    x = draw(layer, (0, *shape[1:]))
    y, cache = layer.forward(x)
    dx, grads = layer.backward(np.zeros_like(y), cache)
    assert len(y) == 0
    assert dx.shape == x.shape
    assert all((g == 0).all() for g in grads.values())


@every_layer
def test_strided_and_read_only_inputs(make, shape):
    layer = randomise(make())
    x = draw(layer, shape)
    y, cache = layer.forward(x)
    dy = draw(layer, y.shape, 3)
    dx, _ = layer.backward(dy, cache)
    wide = np.repeat(x, 2, axis=-1)
    for same in (wide[..., ::2], np.asfortranarray(x)):
        same.flags.writeable = False
        y_same, cache = layer.forward(same)
        assert y_same == pytest.approx(y, rel=1e-5, abs=1e-6)
        dx_same, _ = layer.backward(np.asfortranarray(dy), cache)
        assert dx_same == pytest.approx(dx, rel=1e-5, abs=1e-6)


@every_layer
def test_lists_are_welcome(make, shape):
    layer = make()
    x = draw(layer, shape)
    assert layer.forward(x.tolist())[0] == pytest.approx(layer.forward(x)[0], rel=1e-5)


@every_layer
def test_input_upstream_gradient_and_parameters_are_left_alone(make, shape):
    layer = randomise(make())
    x = draw(layer, shape)
    before = {name: array.copy() for name, array in layer.params.items()}
    x_before = x.copy()
    y, cache = layer.forward(x)
    dy = draw(layer, y.shape, 3)
    dy_before = dy.copy()
    layer.backward(dy, cache)
    assert np.array_equal(x, x_before)
    assert np.array_equal(dy, dy_before)
    for name, array in layer.params.items():
        assert np.array_equal(array, before[name])


@every_layer
def test_a_layer_may_be_applied_to_its_own_output(make, shape):
    layer = make().astype(np.float64)
    if layer.output_shape(shape[1:]) != shape[1:]:
        width = layer.output_shape(shape[1:])[0]
        layer = Sequential(layer, Dense(width, shape[1], rng=rng(), dtype=np.float64))
    y, cache = layer.forward(draw(layer, shape))
    kept = y.copy()
    y2, cache = layer.forward(y, cache=cache)
    assert np.array_equal(y, kept)
    expected, fresh = layer.forward(kept)
    assert np.array_equal(y2, expected)
    assert np.array_equal(layer.backward(y2, cache)[0], layer.backward(y2, fresh)[0])


@every_layer
def test_gradient_keys_and_shapes(make, shape):
    layer = make()
    x = draw(layer, shape)
    y, cache = layer.forward(x)
    dx, grads = layer.backward(np.ones_like(y), cache)
    assert dx.shape == x.shape
    assert {k: g.shape for k, g in grads.items()} == {k: p.shape for k, p in layer.params.items()}
    assert layer.parameter_count == sum(p.size for p in layer.params.values())
    assert layer.output_shape(shape[1:]) == y.shape[1:]


@every_layer
@pytest.mark.parametrize("seed", range(3))
def test_gradients_by_random_projection(make, shape, seed):
    errors = check_layer(make(), shape, rng=rng(seed), tolerance=1e-6)
    assert set(errors) == {"x", *make().params}


@every_layer
def test_gradients_by_full_differences(make, shape):
    check_layer(make(), (2, *shape[1:]), rng=rng(7), tolerance=1e-6, full=True)


@every_layer
def test_wrong_upstream_shape(make, shape):
    layer = make()
    y, cache = layer.forward(draw(layer, shape))
    with pytest.raises(ValueError, match=r"expected dy with the shape of the output, .*, got"):
        layer.backward(np.ones((*y.shape, 1), y.dtype), cache)


@every_layer
def test_what_is_not_numbers_is_refused(make, shape):
    with pytest.raises(TypeError, match="expected real numbers"):
        make().forward(np.full(shape, "a"))


@every_layer
def test_nan_travels_through_layers_and_is_refused_at_the_door(make, shape):
    layer = make()
    x = draw(layer, shape)
    x[0] = np.nan
    assert np.isnan(layer.forward(x)[0][0]).all()
    with pytest.raises(ValueError, match=r"predict x: expected finite numbers, .* index \(0, 0"):
        Sequential(layer).predict(x)


@every_layer
def test_a_copy_is_independent(make, shape):
    layer = randomise(make())
    x = draw(layer, shape)
    other = layer.copy()
    y = layer.forward(x)[0].copy()
    for array in other.params.values():
        array += 1
    assert np.array_equal(layer.forward(x)[0], y)
    for name in layer.params:
        assert not np.shares_memory(layer.params[name], other.params[name])


@every_layer
def test_repr_starts_with_the_name(make, shape):
    assert repr(make()).startswith(type(make()).__name__ + "(")


@every_layer
def test_extremes_give_no_warning_and_no_nan(make, shape):
    for dtype in (np.float32, np.float64):
        layer = make().astype(dtype)
        x = np.resize(np.array([-1e4, -100.0, 0.0, 100.0, 1e4], dtype), shape)
        y, cache = layer.forward(x)
        dx, _ = layer.backward(np.ones_like(y), cache)
        assert np.isfinite(y).all()
        assert np.isfinite(dx).all()
