"""L1 and L2 penalties: values, gradients, and their effect in training."""

import inspect
import tracemalloc

import numpy as np
import pytest

import nnlib
from nnlib import (
    L1,
    L2,
    MSE,
    SGD,
    Dense,
    Momentum,
    Penalty,
    Sequential,
    Tanh,
    TrainingStep,
)
from nnlib.gradcheck import numerical_gradient


def rng(seed=0):
    return np.random.default_rng(seed)


CASES = {"L1": L1(0.3), "L2": L2(0.3), "L2, half": L2(0.3, half=True)}
every_penalty = pytest.mark.parametrize("penalty", CASES.values(), ids=CASES.keys())


def test_every_public_penalty_has_a_case():
    public = {
        thing
        for name in nnlib.__all__
        if inspect.isclass(thing := getattr(nnlib, name))
        and issubclass(thing, Penalty)
        and thing is not Penalty
    }
    assert public == {type(penalty) for penalty in CASES.values()}


def network(dtype=np.float64):
    model = Sequential(Dense(3, 4, rng=rng()), Tanh(), Sequential(Dense(4, 2, rng=rng(1))))
    model.vector[...] = rng(2).standard_normal(model.vector.shape)
    return model.astype(dtype)


def test_by_hand():
    W = np.array([[1.0, -2.0], [0.0, 3.0]])
    assert L1(0.5).value(W) == 3.0
    assert L2(0.5).value(W) == 7.0
    assert L2(0.5, half=True).value(W) == 3.5
    assert L1(0.5).gradient(W).tolist() == [[0.5, -0.5], [0.0, 0.5]]
    assert L2(0.5).gradient(W).tolist() == [[1.0, -2.0], [0.0, 3.0]]
    assert L2(0.5, half=True).gradient(W).tolist() == [[0.5, -1.0], [0.0, 1.5]]
    assert L2(0.5).value([[1, 2]]) == 2.5


@every_penalty
def test_gradients_agree_with_finite_differences(penalty):
    W = rng().standard_normal((3, 4))
    assert penalty.gradient(W) == pytest.approx(numerical_gradient(penalty.value, W), rel=1e-7)
    out = np.empty_like(W)
    assert penalty.gradient(W, out=out) is out
    assert np.array_equal(out, penalty.gradient(W))


@every_penalty
def test_weights_count_and_biases_do_not(penalty):
    model = network()
    weights = [array for name, array in model.params.items() if name.endswith("W")]
    assert len(weights) == 2
    assert penalty(model.params) == pytest.approx(sum(penalty.value(W) for W in weights))
    assert penalty(Tanh().params) == 0.0


@every_penalty
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_step_descends_on_loss_plus_penalty(penalty, dtype):
    """One step of SGD moves against the finite-difference slope of the whole objective."""
    model, loss = network(dtype), MSE()
    x, y = rng(3).standard_normal((5, 3)), rng(4).standard_normal((5, 2))
    twin = model.astype(np.float64)

    def objective(vector):
        twin.vector[...] = vector
        return loss(twin.forward(x)[0], y) + penalty(twin.params)

    slope = numerical_gradient(objective, model.vector)
    before = model.vector.copy()
    value = TrainingStep(model, loss, SGD(0.01), penalty=penalty)(x.astype(dtype), y)
    assert model.vector.dtype == dtype
    moved = (before - model.vector) / 0.01
    assert moved == pytest.approx(slope, rel=1e-4, abs=1e-4 if dtype == np.float32 else 1e-8)
    twin.vector[...] = before
    assert value == pytest.approx(loss(twin.forward(x)[0], y), rel=1e-5)


@every_penalty
def test_a_step_with_a_penalty_allocates_no_arrays(penalty):
    model = Sequential(Dense(300, 200, rng=rng()), Tanh(), Dense(200, 10, rng=rng(1)))
    step = TrainingStep(model, MSE(), Momentum(1e-4), penalty=penalty)
    x, y = np.ones((4, 300), np.float32), np.ones((4, 10), np.float32)
    step(x, y)
    tracemalloc.start()
    step(x, y)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < model.vector.nbytes / 5


def fitted(penalty, epochs=400):
    """A line through noisy points: only the first of 20 features matters."""
    x = rng(5).standard_normal((60, 20))
    y = 2 * x[:, :1] + 1 + 0.3 * rng(6).standard_normal((60, 1))
    model = Sequential(Dense(20, 1, rng=rng(7)))
    history = model.fit(
        x,
        y,
        loss=MSE(),
        optimizer=SGD(0.02),
        epochs=epochs,
        batch_size=60,
        rng=rng(),
        penalty=penalty,
        validation_data=(x, y),
    )
    return model, history, (x, y)


def test_weights_shrink_and_the_bias_stays_free():
    free, l1, l2 = (fitted(p)[0].params for p in (None, L1(0.3), L2(0.3)))
    for params in (l1, l2):
        assert np.linalg.norm(params["0.W"]) < 0.95 * np.linalg.norm(free["0.W"])
        assert params["0.b"][0] == pytest.approx(1.0, abs=0.3)
    # L1 clears the useless weights away (up to its trembling), L2 shares the work among all.
    useless = {name: np.abs(p["0.W"][1:]) for name, p in {"l1": l1, "l2": l2}.items()}
    assert useless["l1"].mean() < 0.5 * useless["l2"].mean()
    assert l1["0.W"][0, 0] > 1.5


def test_reported_losses_are_without_the_penalty():
    model, history, (x, y) = fitted(L2(0.3), epochs=300)
    plain = model.evaluate(x, y, loss=MSE())["loss"]
    assert history["val_loss"][-1] == pytest.approx(plain)
    assert history["loss"][-1] == pytest.approx(plain, rel=1e-3)


def test_plain_descent_with_half_l2_is_weight_decay():
    model = network()
    expected = model.copy()
    x, y = rng(3).standard_normal((5, 3)), rng(4).standard_normal((5, 2))
    TrainingStep(model, MSE(), SGD(0.1), penalty=L2(0.2, half=True))(x, y)
    for name, array in expected.params.items():
        if name.endswith("W"):
            array[...] *= 1 - 0.1 * 0.2
    before = network()
    TrainingStep(before, MSE(), SGD(0.1))(x, y)
    step = before.vector - network().vector
    assert model.vector == pytest.approx(expected.vector + step, rel=1e-12)


def test_errors_and_repr():
    for kind in (L1, L2):
        with pytest.raises(ValueError, match=f"{kind.__name__} strength: expected a positive"):
            kind(0)
        with pytest.raises(TypeError, match=f"{kind.__name__}: expected real numbers"):
            kind(1).value(["a"])
    assert [repr(p) for p in CASES.values()] == [
        "L1(strength=0.3)",
        "L2(strength=0.3, half=False)",
        "L2(strength=0.3, half=True)",
    ]
