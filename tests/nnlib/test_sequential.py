"""`Sequential`: composition, one vector, summary, copies, prediction."""

import copy
import pickle

import numpy as np
import pytest

from nnlib import MSE, SGD, Dense, ReLU, Sequential, Sigmoid, Softmax, Tanh
from nnlib.flat import FlatArrays


def rng(seed=0):
    return np.random.default_rng(seed)


def course_network():
    r = rng()
    return Sequential(
        Dense(10, 64, rng=r),
        ReLU(),
        Dense(64, 32, rng=r),
        ReLU(),
        Dense(32, 16, rng=r),
        ReLU(),
        Dense(16, 1, rng=r),
    )


SUMMARY = """\
layer      output shape    parameters
-------------------------------------
0 Dense    (N, 64)                704
1 ReLU     (N, 64)                  0
2 Dense    (N, 32)              2,080
3 ReLU     (N, 32)                  0
4 Dense    (N, 16)                528
5 ReLU     (N, 16)                  0
6 Dense    (N, 1)                  17
-------------------------------------
total                           3,329"""


def test_summary_of_the_course_network():
    assert course_network().summary() == SUMMARY
    assert course_network().parameter_count == 3329


def test_summary_asks_for_a_shape_only_if_it_must():
    model = Sequential(ReLU(), Tanh())
    assert model.summary().count("?") == 2
    assert "(N, 3, 4)" in model.summary((3, 4))


def test_forward_is_the_composition():
    model = course_network()
    x = rng(1).standard_normal((5, 10)).astype(np.float32)
    y = x
    for layer in model.layers:
        y, _ = layer.forward(y)
    assert np.array_equal(model.predict(x), y)


def test_vector_and_views_are_the_same_memory():
    model = course_network()
    assert model.vector.shape == (3329,)
    assert model.vector.flags.c_contiguous
    assert list(model.params) == ["0.W", "0.b", "2.W", "2.b", "4.W", "4.b", "6.W", "6.b"]
    model.vector[:] = np.arange(3329)
    joined = np.concatenate([array.ravel() for array in model.params.values()])
    assert np.array_equal(joined, np.arange(3329))
    assert model.layers[0].params["W"][0, 1] == 1.0
    model.layers[6].params["b"][0] = -1.0
    assert model.vector[-1] == -1.0


def test_gradients_come_in_one_vector_in_the_order_of_the_parameters():
    model = course_network()
    x = rng(1).standard_normal((5, 10))
    y, cache = model.forward(x)
    _, grads = model.backward(np.ones_like(y), cache)
    assert isinstance(grads, FlatArrays)
    assert list(grads) == list(model.params)
    joined = np.concatenate([array.ravel() for array in grads.values()])
    assert np.array_equal(joined, grads.vector)


def test_gradients_go_into_a_plain_dictionary_too():
    inner = Sequential(Dense(3, 2, rng=rng()), Tanh())
    model = Sequential(inner, Dense(2, 1, rng=rng(1)))
    y, cache = model.forward(np.ones((4, 3)))
    _, expected = model.backward(np.ones_like(y), cache)
    plain = {name: np.empty_like(array) for name, array in model.params.items()}
    _, grads = model.backward(np.ones_like(y), cache, out=plain)
    assert grads is plain
    assert sorted(plain) == ["0.0.W", "0.0.b", "1.W", "1.b"]
    for name in plain:
        assert np.array_equal(plain[name], expected[name])


def test_a_network_inside_a_network_shares_its_vector():
    encoder = Sequential(Dense(4, 2, rng=rng()), Tanh())
    decoder = Sequential(Dense(2, 4, rng=rng(1)))
    both = Sequential(encoder, decoder)
    both.vector[:] = 0.5
    assert (encoder.vector == 0.5).all()
    decoder.vector[:] = 2.0
    assert both.params["1.0.b"].tolist() == [2.0] * 4
    gradients = both.empty_gradients()
    gradients.vector[:] = 3.0
    assert (gradients.parts[1]["0.W"] == 3.0).all()


def test_a_layer_moved_into_another_network_is_noticed():
    layer = Dense(2, 2, rng=rng())
    first = Sequential(layer)
    second = Sequential(layer, Tanh())
    assert second.vector.shape == (6,)
    for use in (lambda: first.vector, lambda: first.params, first.empty_gradients):
        with pytest.raises(RuntimeError, match=r"layer 0, Dense\(2, 2\), was moved"):
            use()
    assert np.array_equal(first.predict([[1, 2]]), layer.forward([[1, 2]])[0])


def test_a_replaced_parameter_is_noticed():
    model = Sequential(Dense(2, 2, rng=rng()))
    model.layers[0].params["W"] = np.zeros((2, 2), np.float32)
    with pytest.raises(RuntimeError, match="change parameters in place"):
        _ = model.vector


def test_input_is_cast_and_nothing_is_upcast():
    model = course_network()
    for dtype in (np.float64, np.int64, np.float16):
        assert model.predict(np.ones((2, 10), dtype)).dtype == np.float32
    assert model.predict(np.ones((2, 10)).tolist()).dtype == np.float32
    assert Sequential(Tanh()).predict([[1, 2]]).dtype == np.float32


def test_astype_is_a_copy_in_another_dtype():
    model = course_network()
    double = model.astype(np.float64)
    assert double.dtype == double.vector.dtype == double.predict(np.ones((1, 10))).dtype
    assert double.vector.dtype == np.float64
    assert np.array_equal(double.vector.astype(np.float32), model.vector)
    double.vector[:] = 0
    assert model.vector.any()
    assert Sequential(Tanh()).astype(np.float64).predict([[1]]).dtype == np.float64


@pytest.mark.parametrize(
    "duplicate",
    [lambda m: m.copy(), copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))],
    ids=["copy()", "copy.copy", "copy.deepcopy", "pickle"],
)
def test_copies_have_a_working_vector_of_their_own(duplicate):
    model = Sequential(Sequential(Dense(3, 2, rng=rng()), ReLU()), Dense(2, 1, rng=rng(1)))
    other = duplicate(model)
    x = np.ones((2, 3), np.float32)
    y = model.predict(x)
    assert np.array_equal(other.predict(x), y)
    other.vector[:] = 0
    assert not other.predict(x).any()
    assert not other.layers[0].vector.any()
    assert np.array_equal(model.predict(x), y)
    assert model.vector.any()


def test_a_subclass_stays_a_subclass_when_copied():
    class Classifier(Sequential):
        def __init__(self):
            super().__init__(Dense(2, 3, rng=rng()), Softmax())

    assert type(Classifier().copy()) is Classifier
    assert type(Classifier().astype(np.float64)) is Classifier


def test_predict_returns_an_array_of_its_own():
    model = Sequential(Dense(2, 2, rng=rng()))
    first = model.predict([[1, 2]])
    kept = first.copy()
    model.predict([[5, 6]])
    assert np.array_equal(first, kept)
    assert model.predict(np.zeros((0, 2))).shape == (0, 2)


def test_predict_refuses_nan():
    with pytest.raises(ValueError, match="predict x: expected finite numbers"):
        Sequential(Dense(1, 1, rng=rng())).predict([[np.inf]])


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (list, ValueError, "at least one layer"),
        (lambda: [Dense], TypeError, "expected layers, got <class"),
        (lambda: [Tanh(), "relu"], TypeError, "got 'relu' at position 1"),
        (
            lambda: [Dense(2, 3, rng=rng()), ReLU(), Dense(4, 1, rng=rng())],
            ValueError,
            r"layer 2: Dense\(4, 1\): expected an input of shape \(4,\) per sample, got \(3,\)",
        ),
        (
            lambda: [Tanh(), Dense(2, 3, rng=rng()), Dense(2, 3, rng=rng())],
            ValueError,
            r"layer 2: Dense\(2, 3\)",
        ),
        (
            lambda: [Dense(2, 2, rng=rng())] * 2,
            ValueError,
            r"one of them twice; use layer.copy\(\)",
        ),
        (
            lambda: [Dense(2, 2, rng=rng()), Dense(2, 2, rng=rng(), dtype=np.float64)],
            ValueError,
            "one dtype for all parameters, got float32, float64",
        ),
    ],
)
def test_constructor_errors(make, error, message):
    with pytest.raises(error, match=message):
        Sequential(*make())


def test_an_activation_may_stand_at_two_places():
    relu = ReLU()
    model = Sequential(Dense(2, 2, rng=rng()), relu, Dense(2, 2, rng=rng(1)), relu)
    assert model.predict([[1, 2]]).shape == (1, 2)


def test_repr():
    assert (
        repr(Sequential(Dense(2, 1, rng=rng()), Sigmoid())) == "Sequential(Dense(2, 1), Sigmoid())"
    )


def test_a_hand_written_loop_learns_like_fit():
    x = rng(1).standard_normal((20, 3)).astype(np.float32)
    y = x @ np.array([[1.0], [2.0], [-1.0]], np.float32)
    by_hand, by_fit = (Sequential(Dense(3, 1, rng=rng())) for _ in range(2))
    loss, optimizer = MSE(), SGD(0.1)
    r = rng(9)
    for _ in range(5):
        index = r.permutation(20)
        prediction, cache = by_hand.forward(x[index])
        _, loss_cache = loss.forward(prediction, y[index])
        _, grads = by_hand.backward(loss.backward(loss_cache), cache)
        optimizer.update(by_hand.vector, grads.vector)
    by_fit.fit(x, y, loss=MSE(), optimizer=SGD(0.1), epochs=5, batch_size=20, rng=rng(9))
    assert by_hand.vector == pytest.approx(by_fit.vector, rel=1e-6)
