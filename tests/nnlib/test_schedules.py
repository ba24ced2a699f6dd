"""Learning-rate schedules: values, their use by optimizers and `fit`, errors."""

import copy
import dataclasses
import inspect
import math
import pickle

import numpy as np
import pytest

from nnlib import (
    MSE,
    SGD,
    CosineDecay,
    Dense,
    ExponentialDecay,
    OneCycle,
    PerEpoch,
    Sequential,
    StepDecay,
    WarmUp,
    schedules,
)

CASES = {
    "stairs": StepDecay(0.1, every=3, factor=0.1),
    "exponential": ExponentialDecay(0.1, 0.9),
    "cosine": CosineDecay(0.1, steps=20, final=0.01),
    "warm-up to a number": WarmUp(0.1, steps=5),
    "warm-up, then cosine": WarmUp(CosineDecay(0.1, steps=20), steps=5),
    "one cycle": OneCycle(0.1, steps=20),
    "by epochs": PerEpoch(StepDecay(0.1, every=2), steps_per_epoch=3),
}
every_schedule = pytest.mark.parametrize("schedule", CASES.values(), ids=CASES.keys())


def test_every_schedule_has_a_case():
    public = {
        thing
        for _, thing in inspect.getmembers(schedules, inspect.isclass)
        if thing.__module__ == schedules.__name__
    }
    assert public == {type(schedule) for schedule in CASES.values()}


@every_schedule
def test_rates_are_finite_floats_for_any_t(schedule):
    for t in (0, 1, 2, 19, 20, 21, 1000, 10**6):
        rate = schedule(t)
        assert type(rate) is float
        assert 0 <= rate <= 0.1 + 1e-15


@every_schedule
def test_schedules_copy_pickle_compare_and_cannot_change(schedule):
    assert copy.deepcopy(schedule) == pickle.loads(pickle.dumps(schedule)) == schedule
    assert eval(repr(schedule), vars(schedules)) == schedule
    with pytest.raises(dataclasses.FrozenInstanceError):
        schedule.steps = 3


@every_schedule
def test_the_optimizer_asks_before_every_update(schedule):
    optimizer, w, used = SGD(schedule), np.zeros(1), []
    assert optimizer.learning_rate == schedule(0)
    for _ in range(30):
        before = w.copy()
        optimizer.update(w, np.ones(1))
        used.append(float(before[0] - w[0]))
    assert used == pytest.approx([schedule(t) for t in range(30)], rel=1e-9, abs=1e-12)
    assert optimizer.learning_rate == schedule(29)


def test_fit_counts_steps_and_goes_on_counting():
    x = np.linspace(0, 1, 50)[:, None]
    model = Sequential(Dense(1, 1, rng=np.random.default_rng(0)))
    rates = []

    def watch(state):
        rates.append(state.optimizer.learning_rate)

    optimizer = SGD(PerEpoch(StepDecay(0.1, every=1), math.ceil(50 / 16)))
    for _ in range(2):
        model.fit(
            x,
            x,
            loss=MSE(),
            optimizer=optimizer,
            epochs=2,
            batch_size=16,
            rng=np.random.default_rng(0),
            callbacks=[watch],
        )
    assert optimizer.steps == 16
    assert rates == [0.1, 0.05, 0.025, 0.0125]


def test_any_function_of_t_will_do():
    optimizer = SGD(lambda t: 1 / (1 + t))
    w = np.zeros(1)
    for _ in range(3):
        optimizer.update(w, np.ones(1))
    assert w[0] == pytest.approx(-(1 + 1 / 2 + 1 / 3))


def test_by_hand():
    stairs, ratio = CASES["stairs"], CASES["exponential"]
    assert [stairs(t) for t in (0, 2, 3, 5, 6)] == pytest.approx([0.1, 0.1, 0.01, 0.01, 0.001])
    assert [ratio(t) for t in (0, 1, 10)] == pytest.approx([0.1, 0.09, 0.1 * 0.9**10])
    wave = CASES["cosine"]
    assert [wave(t) for t in (0, 10, 20, 99)] == pytest.approx([0.1, 0.055, 0.01, 0.01])
    assert [WarmUp(0.1, steps=1)(t) for t in range(3)] == [0.1, 0.1, 0.1]
    cycle = CASES["one cycle"]
    assert [cycle(t) for t in (0, 5, 19, 99)] == pytest.approx([0.004, 0.1, 4e-7, 4e-7])


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: StepDecay(0, 3), ValueError, "StepDecay initial: expected a positive finite"),
        (lambda: StepDecay(0.1, 0), ValueError, "StepDecay every: expected a positive integer"),
        (lambda: StepDecay(0.1, 3, 1.0), ValueError, "StepDecay factor: .* below 1, got 1.0"),
        (lambda: ExponentialDecay(-1, 0.5), ValueError, "ExponentialDecay initial"),
        (lambda: ExponentialDecay(0.1, 1.5), ValueError, "ExponentialDecay factor"),
        (lambda: CosineDecay("a", 3), TypeError, "CosineDecay initial: expected a positive numb"),
        (lambda: CosineDecay(0.1, 2.5), TypeError, "CosineDecay steps: expected a positive int"),
        (lambda: CosineDecay(0.1, 3, -1), ValueError, "CosineDecay final"),
        (lambda: WarmUp(-0.1, 3), ValueError, "WarmUp after: expected a positive finite number"),
        (lambda: WarmUp(0.1, 0), ValueError, "WarmUp steps"),
        (lambda: OneCycle(0, 30), ValueError, "OneCycle peak"),
        (lambda: OneCycle(0.1, 30, 1.0), ValueError, "OneCycle rise"),
        (lambda: OneCycle(0.1, 3), ValueError, "more than one step up and more than one down"),
        (lambda: OneCycle(0.1, 10, 0.95), ValueError, "got steps=10 and rise=0.95"),
        (lambda: PerEpoch(0.1, 3), TypeError, "PerEpoch: expected a schedule, got 0.1"),
        (lambda: PerEpoch(ExponentialDecay(0.1, 0.5), 0), ValueError, "PerEpoch steps_per_epoch"),
    ],
)
def test_errors(make, error, message):
    with pytest.raises(error, match=message):
        make()
