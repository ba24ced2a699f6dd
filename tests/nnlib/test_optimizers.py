"""Optimizers: one table, one contract."""

import inspect
import tracemalloc

import numpy as np
import pytest

import nnlib
from nnlib import (
    MSE,
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    Dense,
    ExponentialDecay,
    Momentum,
    Nesterov,
    Optimizer,
    RMSprop,
    Sequential,
    TrainingStep,
)
from nnlib.optimizers.base import BLOCK, FLUSH_EVERY

FALLING = ExponentialDecay(0.1, 0.98)  # a constant rate makes RMSprop tremble about the goal
FORMS = ("velocity", "sum", "average")

CASES = {
    "SGD": lambda **options: SGD(0.1, **options),
    "SGD, schedule": lambda **options: SGD(FALLING, **options),
    "AdaGrad": lambda **options: AdaGrad(1.0, **options),
    "AdaGrad, ε inside": lambda **options: AdaGrad(
        1.0, epsilon=1e-7, epsilon_inside=True, initial_accumulator=0.1, **options
    ),
    "Adam": lambda **options: Adam(0.1, **options),
    "AdamW": lambda **options: AdamW(0.1, weight_decay=0.1, **options),
    "RMSprop": lambda **options: RMSprop(FALLING, **options),
    "RMSprop, ε inside": lambda **options: RMSprop(FALLING, epsilon_inside=True, **options),
    **{
        f"{kind.__name__}, {form}": lambda kind=kind, form=form, **options: kind(
            0.3 if form == "average" else 0.03, 0.8, form=form, **options
        )
        for kind in (Momentum, Nesterov)
        for form in FORMS
    },
}
every_optimizer = pytest.mark.parametrize("make", CASES.values(), ids=CASES.keys())


def test_every_public_optimizer_has_a_case():
    public = {
        thing
        for name in nnlib.__all__
        if inspect.isclass(thing := getattr(nnlib, name))
        and issubclass(thing, Optimizer)
        and thing is not Optimizer
    }
    assert public == {type(make()) for make in CASES.values()}


@every_optimizer
def test_minimises_a_parabola(make):
    w, optimizer = np.array([3.0, -2.0]), make()
    for _ in range(300):
        optimizer.update(w, 2 * w)
    assert np.abs(w).max() < 1e-3


@every_optimizer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_works_in_place_and_leaves_the_gradient_alone(make, dtype):
    w, g = np.ones(3, dtype), np.ones(3, dtype)
    assert make().update(w, g) is None
    assert w.dtype == dtype
    assert (w < 1).all()
    assert (g == 1).all()


@every_optimizer
def test_one_optimizer_may_serve_vectors_of_different_sizes(make):
    optimizer = make()
    for size in (3, 5, 3):
        w = np.ones(size)
        optimizer.update(w, np.ones(size))
        assert (w < 1).all()


@every_optimizer
def test_an_update_allocates_nothing_once_it_is_warm(make):
    w, g, optimizer = np.ones(100_000), np.ones(100_000), make()
    optimizer.update(w, g)
    tracemalloc.start()
    optimizer.update(w, g)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < w.nbytes / 10


def run(optimizer, w, gradients):
    for g in gradients:
        optimizer.update(w, g.astype(w.dtype))
    return w


def draw(shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


@every_optimizer
def test_all_elements_are_treated_alike_also_across_blocks(make):
    size = 2 * BLOCK + 5
    few = draw((3, 4))
    many = np.tile(few, size // 4 + 1)[:, :size]
    w = run(make(), np.ones(size), many)
    assert np.array_equal(w, np.resize(w[:4], size))
    assert w[:4] == pytest.approx(run(make(), np.ones(4), few), rel=1e-14)


@every_optimizer
def test_any_shape_will_do(make):
    gradients = draw((3, 6))
    flat = run(make(), np.ones(6), gradients)
    square = run(make(), np.ones((2, 3)), gradients.reshape(3, 2, 3))
    assert np.array_equal(square.ravel(), flat)
    wide = np.ones((3, BLOCK))
    run(make(), wide, np.ones((2, 3, BLOCK)))
    assert (wide == wide[0, 0]).all()


@every_optimizer
def test_a_copy_goes_on_alone(make):
    optimizer, w = make(), np.ones(4)
    gradients = draw((6, 4))
    run(optimizer, w, gradients[:3])
    other, w_other = optimizer.copy(), w.copy()
    run(optimizer, w, gradients[3:])
    run(other, w_other, gradients[:3])
    again = run(make(), np.ones(4), [*gradients[:3], *gradients[:3]])
    assert np.array_equal(w_other, again)
    assert np.array_equal(w, run(make(), np.ones(4), gradients))


@every_optimizer
def test_a_saved_run_can_be_taken_up_again(make):
    first, w = make(), np.ones(4)
    gradients = draw((6, 4))
    run(first, w, gradients[:3])
    assert set(first.state) == set(first.state_powers)
    assert first.steps == 3
    second = make()
    second.state = {name: array.copy() for name, array in first.state.items()}
    second.steps = first.steps
    run(second, w, gradients[3:])
    assert np.array_equal(w, run(make(), np.ones(4), gradients))


@every_optimizer
def test_reset_forgets_and_another_size_starts_anew(make):
    optimizer, gradients = make(), draw((4, 4))
    expected = run(make(), np.ones(4), gradients)
    run(optimizer, np.ones(4), gradients)
    optimizer.reset()
    assert optimizer.steps == 0
    assert optimizer.state == {}
    assert np.array_equal(run(optimizer, np.ones(4), gradients), expected)
    if optimizer.state_powers:
        run(optimizer, np.ones(3), gradients[:, :3])
        assert np.array_equal(run(optimizer, np.ones(4), gradients), expected)
        assert optimizer.steps == 4


@every_optimizer
def test_zero_gradients_leave_no_denormal_numbers_behind(make):
    w, optimizer = np.ones(3, np.float32), make()
    optimizer.update(w, np.array([1.0, -1e-3, 0.0], np.float32))
    with np.errstate(all="raise"):
        for _ in range(40 * FLUSH_EVERY):
            optimizer.update(w, np.zeros(3, np.float32))
    smallest = np.finfo(np.float32).tiny
    for array in optimizer.state.values():
        assert ((array == 0) | (np.abs(array) >= smallest)).all()
    assert np.isfinite(w).all()


@every_optimizer
def test_nan_in_one_place_stays_in_that_place_also_after_a_flush(make):
    w, optimizer = np.ones(3), make()
    optimizer.update(w, np.array([1.0, np.nan, 1.0]))
    for _ in range(FLUSH_EVERY):
        optimizer.update(w, np.ones(3))
    assert np.isnan(w).tolist() == [False, True, False]


@every_optimizer
def test_clipping_is_the_same_as_clipping_before(make):
    gradients = 10 * draw((5, 4))
    gradients[2] /= 1000
    for options, clip in (
        ({"clip_norm": 2.0}, lambda g: g * min(1.0, 2.0 / np.linalg.norm(g))),
        ({"clip_value": 0.5}, lambda g: np.clip(g, -0.5, 0.5)),
    ):
        before = gradients.copy()
        clipped = run(make(**options), np.ones(4), gradients)
        assert clipped == pytest.approx(run(make(), np.ones(4), map(clip, gradients)), rel=1e-13)
        assert np.array_equal(gradients, before)


@every_optimizer
@pytest.mark.parametrize("option", ["clip_norm", "clip_value"])
def test_clipping_allocates_nothing_once_it_is_warm(make, option):
    w, g, optimizer = np.ones(100_000), np.ones(100_000), make(**{option: 0.1})
    optimizer.update(w, g)
    tracemalloc.start()
    optimizer.update(w, g)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < w.nbytes / 10


@every_optimizer
def test_senseless_clipping_is_refused(make):
    with pytest.raises(ValueError, match="expected clip_norm or clip_value, got both, 1 and 2"):
        make(clip_norm=1, clip_value=2)
    for option in ("clip_norm", "clip_value"):
        with pytest.raises(ValueError, match=f"{option}: expected a positive finite number"):
            make(**{option: 0.0})


@every_optimizer
def test_learns_a_line_in_a_training_step(make):
    model = Sequential(Dense(1, 1, rng=np.random.default_rng(0)))
    step = TrainingStep(model, MSE(), make())
    x = np.linspace(-1, 1, 32, dtype=np.float32)[:, None]
    losses = [step(x, 2 * x + 1) for _ in range(150)]
    assert losses[-1] < 0.02 < losses[0]


@every_optimizer
def test_refuses_a_gradient_of_another_shape_or_dtype(make):
    for gradient in (np.ones(2), np.ones((3, 1)), np.ones(3, np.float32)):
        with pytest.raises(ValueError, match="expected a gradient like the parameters"):
            make().update(np.ones(3), gradient)


@every_optimizer
def test_repr_shows_the_learning_rate(make):
    optimizer = make()
    assert f"learning_rate={optimizer.schedule or optimizer.learning_rate}" in repr(optimizer)
    again = eval(repr(optimizer), vars(nnlib))
    assert repr(again) == repr(optimizer)
    assert "clip_norm=2.0" in repr(make(clip_norm=2))


def test_sgd_is_the_plain_rule_and_follows_the_learning_rate():
    w, optimizer = np.array([1.0]), SGD(0.5)
    optimizer.update(w, np.array([2.0]))
    assert w.tolist() == [0.0]
    optimizer.learning_rate = 0.25
    optimizer.update(w, np.array([2.0]))
    assert w.tolist() == [-0.5]


@pytest.mark.parametrize("rate", [0, -0.1, np.nan, np.inf])
def test_sgd_refuses_a_senseless_learning_rate(rate):
    with pytest.raises(ValueError, match="SGD learning_rate: expected a positive finite number"):
        SGD(rate)
