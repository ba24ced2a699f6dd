"""`fit` and what belongs to it: mini-batches, history, validation, callbacks, Ctrl-C."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import (
    ELU,
    GELU,
    MSE,
    SGD,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    History,
    LeakyReLU,
    ReLU,
    Sequential,
    Sigmoid,
    SiLU,
    Softplus,
    Tanh,
    TrainingStep,
    accuracy,
    minibatches,
)
from nnlib.datasets import blobs


def rng(seed=0):
    return np.random.default_rng(seed)


def classifier(seed=0):
    r = rng(seed)
    return Sequential(Dense(2, 8, rng=r), ReLU(), Dense(8, 3, rng=r))


DATA = blobs(90, centers=3, spread=0.7, rng=rng(5))


def run(model=None, **options):
    model = model or classifier()
    settings = {
        "loss": CategoricalCrossEntropy(),
        "optimizer": SGD(0.1),
        "epochs": 4,
        "rng": rng(1),
        **options,
    }
    return model, model.fit(DATA.x, DATA.y, **settings)


# Mini-batches


@given(st.integers(0, 30), st.integers(1, 12), st.booleans(), st.booleans())
def test_every_sample_comes_once(n, size, shuffled, reuse):
    x = np.arange(n)
    batches = minibatches(x, -x, size, rng=rng() if shuffled else None, reuse=reuse)
    pairs = [(int(a), int(b)) for xs, ys in batches for a, b in zip(xs, ys, strict=True)]
    assert sorted(a for a, _ in pairs) == list(range(n))
    assert all(b == -a for a, b in pairs)
    if not shuffled:
        assert [a for a, _ in pairs] == list(range(n))


def test_batch_lengths_and_reuse():
    x = np.arange(7.0)
    assert [len(xs) for xs, _ in minibatches(x, x, 3)] == [3, 3, 1]
    kept = [xs for xs, _ in minibatches(x, x, 3)]
    assert np.concatenate(kept).tolist() == x.tolist()
    reused = [xs for xs, _ in minibatches(x, x, 3, reuse=True)]
    assert all(np.shares_memory(reused[0], xs) for xs in reused)


def test_minibatches_errors_come_at_once():
    with pytest.raises(ValueError, match="the same length"):
        minibatches(np.ones(3), np.ones(4), 2)
    with pytest.raises(ValueError, match="positive integer"):
        minibatches(np.ones(3), np.ones(3), 0)
    with pytest.raises(TypeError, match="default_rng"):
        minibatches(np.ones(3), np.ones(3), 1, rng=0)


# One step


@pytest.mark.parametrize(
    "activations",
    [
        (ReLU(), Tanh(), Sigmoid()),
        (LeakyReLU(), ELU(0.5), Softplus()),
        (SiLU(), GELU(), GELU("tanh")),
    ],
)
def test_a_step_allocates_no_arrays(activations):
    r = rng()
    first, second, third = activations
    model = Sequential(
        Dense(64, 64, rng=r),
        first,
        Dense(64, 32, rng=r),
        second,
        Dense(32, 16, rng=r),
        third,
        Dense(16, 10, rng=r),
    )
    step = TrainingStep(model, CategoricalCrossEntropy(), SGD(0.05))
    x = r.standard_normal((4096, 64)).astype(np.float32)
    y = r.integers(0, 10, 4096)
    for _ in range(3):
        step(x, y)
    tracemalloc.start()
    step(x, y)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The smallest activation of the batch has 4096 × 10 × 4 = 163,840 bytes. NumPy itself takes
    # a buffer of 8,192 elements for a moment when it broadcasts, as in x W + b.
    assert peak < 80_000


def test_a_step_goes_down_the_gradient():
    model, loss = Sequential(Dense(2, 1, rng=rng())), MSE()
    x, y = np.array([[1.0, 2.0]], np.float32), np.array([[1.0]], np.float32)
    prediction, cache = model.forward(x)
    value, loss_cache = loss.forward(prediction, y)
    _, grads = model.backward(loss.backward(loss_cache), cache)
    expected = model.vector - np.float32(0.1) * grads.vector
    assert TrainingStep(model, loss, SGD(0.1))(x, y) == value
    assert model.vector == pytest.approx(expected)


# fit


def test_fit_learns_and_reports():
    model, history = run(epochs=30, metrics=("accuracy",), validation_data=(DATA.x, DATA.y))
    assert history.epochs == 30
    assert set(history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert history["loss"][-1] < 0.2 < history["loss"][0]
    assert history["accuracy"][-1] > 0.95
    # Measured after the epoch, on the same data, so these agree exactly.
    assert history["accuracy"] == history["val_accuracy"]
    final = model.evaluate(DATA.x, DATA.y, loss=CategoricalCrossEntropy(), metrics=["accuracy"])
    assert final == {"loss": history["val_loss"][-1], "accuracy": history["accuracy"][-1]}
    assert history.last()["accuracy"] == final["accuracy"]
    assert not history.interrupted


def test_same_seed_same_run():
    (m1, h1), (m2, h2), (m3, _) = run(), run(), run(rng=rng(2))
    assert np.array_equal(m1.vector, m2.vector)
    assert h1 == h2
    assert not np.array_equal(m1.vector, m3.vector)


def test_loss_of_an_epoch_is_the_mean_over_all_samples():
    # Learning rate so small that the weights stay put: the mean over batches is the mean.
    model, history = run(optimizer=SGD(1e-12), epochs=1, batch_size=32)
    expected = model.evaluate(DATA.x, DATA.y, loss=CategoricalCrossEntropy())["loss"]
    assert history["loss"][0] == pytest.approx(expected, rel=1e-5)


def test_a_batch_larger_than_the_data_is_the_whole_data():
    a, _ = run(batch_size=90)
    b, _ = run(batch_size=1000)
    assert np.array_equal(a.vector, b.vector)


def test_fit_does_not_change_the_data():
    x, y = DATA.x.copy(), DATA.y.copy()
    x.flags.writeable = y.flags.writeable = False
    classifier().fit(x, y, loss=CategoricalCrossEntropy(), optimizer=SGD(), epochs=1, rng=rng())
    assert np.array_equal(x, DATA.x)


def test_one_hot_targets_and_labels_give_the_same_run():
    one_hot = np.eye(3, dtype=int)[DATA.y]
    m1, _ = run()
    m2 = classifier()
    m2.fit(
        DATA.x, one_hot, loss=CategoricalCrossEntropy(), optimizer=SGD(0.1), epochs=4, rng=rng(1)
    )
    assert np.array_equal(m1.vector, m2.vector)


def test_metrics_by_name_function_and_dict():
    _, by_name = run(metrics=("accuracy",))
    _, by_function = run(metrics=[accuracy])
    _, by_dict = run(metrics={"right": accuracy})
    assert by_name["accuracy"] == by_function["accuracy"] == by_dict["right"]


@pytest.mark.parametrize("from_logits", [True, False])
def test_metrics_get_probabilities(from_logits):
    seen = []

    def remember(prediction, target):
        seen.append(prediction)
        return 0.0

    layers = [Dense(2, 1, rng=rng())] + ([] if from_logits else [Sigmoid()])
    model = Sequential(*layers)
    y = (DATA.y > 0).astype(int)[:, None]
    model.fit(
        DATA.x,
        y,
        loss=BinaryCrossEntropy(from_logits),
        optimizer=SGD(),
        epochs=1,
        rng=rng(),
        metrics=(remember,),
    )
    assert seen[0].shape == (90, 1)
    assert 0 <= seen[0].min() <= seen[0].max() <= 1


def test_callbacks_see_the_state_and_can_stop():
    seen = []

    def watch(state):
        seen.append((state.epoch, state.history.epochs))
        state.optimizer.learning_rate /= 2
        return state.epoch == 3

    also = []
    optimizer = SGD(0.8)
    _, history = run(epochs=10, callbacks=(watch, also.append), optimizer=optimizer)
    assert seen == [(1, 1), (2, 2), (3, 3)]
    assert len(also) == 3
    assert history.epochs == 3
    assert optimizer.learning_rate == 0.1


def test_ctrl_c_keeps_what_was_learned(capsys):
    def interrupt(state):
        if state.epoch == 2:
            raise KeyboardInterrupt

    model, history = run(epochs=10, callbacks=(interrupt,), progress=True)
    assert history.interrupted
    assert history.epochs == 2
    reference, _ = run(epochs=2)
    assert np.array_equal(model.vector, reference.vector)
    assert capsys.readouterr().out.endswith("interrupted\n")


def test_ctrl_c_in_the_middle_of_an_epoch():
    class Impatient(SGD):
        calls = 0

        def update(self, vector, gradient):
            self.calls += 1
            if self.calls == 5:  # an epoch has three steps
                raise KeyboardInterrupt
            super().update(vector, gradient)

    model, history = run(optimizer=Impatient(0.1), validation_data=(DATA.x, DATA.y))
    assert history.interrupted
    assert {len(values) for values in history.values()} == {1}
    assert not np.array_equal(model.vector, classifier().vector)


def test_history_drops_an_unfinished_epoch():
    history = History()
    history.record({"loss": 1.0, "val_loss": 2.0})
    history.record({"loss": 0.5})
    history.trim()
    assert history == {"loss": [1.0], "val_loss": [2.0]}


def test_other_errors_are_not_swallowed():
    def broken(state):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(callbacks=(broken,))


def test_divergence_shows_as_a_loss_that_is_not_finite():
    with np.errstate(all="ignore"):
        model = Sequential(Dense(2, 4, rng=rng()), Dense(4, 1, rng=rng(1)))
        history = model.fit(
            DATA.x * 10,
            DATA.y[:, None],
            loss=MSE(),
            optimizer=SGD(10.0),
            epochs=20,
            rng=rng(),
            validation_data=(DATA.x, DATA.y[:, None]),
        )
    assert not np.isfinite(history["loss"][-1])
    assert history.epochs == 20


# Progress


def test_silence_is_the_default(capsys):
    run()
    assert capsys.readouterr() == ("", "")


def test_progress_is_one_line_that_ends(capsys):
    _, history = run(progress=True, metrics=("accuracy",))
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    assert out.endswith("\n")
    last = out.rstrip("\n").split("\r")[-1]
    assert last.startswith("epoch 4/4  loss ")
    assert f"accuracy {history['accuracy'][-1]:.4g}" in last


def test_a_shorter_line_wipes_out_the_longer_one(capsys):
    from nnlib._progress import ProgressLine

    line = ProgressLine(2, enabled=True)
    line.show(1, {"loss": 0.12345})
    line.show(2, {"loss": 1.0})
    line.close()
    first, second = capsys.readouterr().out.strip("\r\n").split("\r")
    assert len(second) >= len(first)
    assert second.startswith("epoch 2/2  loss 1 ")
