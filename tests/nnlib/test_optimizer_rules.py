"""The rules of the optimizers as the books write them, one number at a time; settings."""

import numpy as np
import pytest

from nnlib import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    ExponentialDecay,
    Momentum,
    Nesterov,
    Optimizer,
    RMSprop,
)
from nnlib.optimizers.base import FLUSH_EVERY

FORMS = ("velocity", "sum", "average")


def run(optimizer, w, gradients):
    for g in gradients:
        optimizer.update(w, g.astype(w.dtype))
    return w


def draw(shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def momentum_by_hand(w, gradients, rates, gamma, form, nesterov):
    v = 0.0
    for g, rate in zip(gradients, rates, strict=True):
        if form == "velocity":
            v = gamma * v + rate * g
            w -= gamma * v + rate * g if nesterov else v
        elif form == "sum":
            v = gamma * v + g
            w -= rate * (gamma * v + g if nesterov else v)
        else:
            v = gamma * v + (1 - gamma) * g
            w -= rate * (gamma * v + (1 - gamma) * g if nesterov else v)
    return w


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_momentum_with_a_changing_rate_by_hand(kind, form):
    gradients = draw(10)
    schedule = ExponentialDecay(0.1, 0.8)
    w = run(kind(schedule, 0.7, form=form), np.array([1.0]), gradients[:, None])
    rates = [schedule(t) for t in range(10)]
    expected = momentum_by_hand(1.0, gradients, rates, 0.7, form, kind is Nesterov)
    assert w[0] == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_how_the_forms_of_momentum_map(kind):
    gradients = draw((10, 4))
    velocity = run(kind(0.02, 0.8), np.ones(4), gradients)
    total = run(kind(0.02, 0.8, form="sum"), np.ones(4), gradients)
    average = run(kind(0.02 / (1 - 0.8), 0.8, form="average"), np.ones(4), gradients)
    assert total == pytest.approx(velocity, rel=1e-13)
    assert average == pytest.approx(velocity, rel=1e-13)
    falling = ExponentialDecay(0.02, 0.5)
    a = run(kind(falling, 0.8), np.ones(4), gradients)
    b = run(kind(falling, 0.8, form="sum"), np.ones(4), gradients)
    assert np.abs(a - b).max() > 1e-3


def test_nesterov_is_a_look_ahead_on_paper():
    """With θ = w - γ v in place of w, the rule on paper and the rule in code are the same."""
    eta, gamma, theta, v = 0.05, 0.9, np.array([2.0, -3.0]), np.zeros(2)
    w, optimizer = theta.copy(), Nesterov(eta, gamma)
    slopes = np.array([1.0, 4.0])
    for _ in range(10):
        gradient = slopes * (theta - gamma * v)
        v = gamma * v + eta * gradient
        theta = theta - v
        optimizer.update(w, slopes * w)
        assert w == pytest.approx(theta - gamma * v, rel=1e-12)


def test_a_ball_with_momentum_overshoots_and_one_without_does_not():
    paths = {}
    for optimizer in (SGD(0.1), Momentum(0.1, 0.9)):
        w, path = np.array([1.0]), []
        for _ in range(50):
            optimizer.update(w, w.copy())
            path.append(float(w[0]))
        paths[type(optimizer)] = path
    assert min(paths[SGD]) > 0 > min(paths[Momentum])


@pytest.mark.parametrize("inside", [False, True])
def test_adagrad_by_hand(inside):
    gradients, eta, epsilon = draw(10), 0.3, 0.01
    w, total = 1.0, 0.2
    for g in gradients:
        total += g * g
        w -= eta * g / (np.sqrt(total + epsilon) if inside else np.sqrt(total) + epsilon)
    optimizer = AdaGrad(eta, epsilon=epsilon, epsilon_inside=inside, initial_accumulator=0.2)
    assert run(optimizer, np.ones(1), gradients[:, None])[0] == pytest.approx(w, rel=1e-14)
    assert optimizer.state["G"][0] == pytest.approx(total, rel=1e-14)


@pytest.mark.parametrize("inside", [False, True])
def test_rmsprop_by_hand(inside):
    gradients, eta, beta, epsilon = draw(10), 0.03, 0.8, 0.01
    w, v = 1.0, 0.0
    for g in gradients:
        v = beta * v + (1 - beta) * g * g
        w -= eta * g / (np.sqrt(v + epsilon) if inside else np.sqrt(v) + epsilon)
    optimizer = RMSprop(eta, beta, epsilon=epsilon, epsilon_inside=inside)
    assert run(optimizer, np.ones(1), gradients[:, None])[0] == pytest.approx(w, rel=1e-14)
    assert optimizer.state["v"][0] * (1 - beta) == pytest.approx(v, rel=1e-14)


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_adam_and_adamw_by_hand(decay):
    gradients, eta, beta1, beta2, epsilon = draw(10), 0.03, 0.8, 0.95, 0.01
    w, m, v = 1.0, 0.0, 0.0
    for t, g in enumerate(gradients, 1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        w -= eta * (step + decay * w)
    optimizer = AdamW(eta, beta1, beta2, epsilon=epsilon, weight_decay=decay)
    assert run(optimizer, np.ones(1), gradients[:, None])[0] == pytest.approx(w, rel=1e-13)
    assert optimizer.state["m"][0] * (1 - beta1) == pytest.approx(m, rel=1e-13)
    if not decay:
        plain = run(Adam(eta, beta1, beta2, epsilon=epsilon), np.ones(1), gradients[:, None])
        assert plain[0] == pytest.approx(w, rel=1e-13)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Momentum(0.1, 1.0), "Momentum momentum: expected a number of at least 0 and be"),
        (lambda: Nesterov(0.1, -0.1), "Nesterov momentum: expected a number of at least 0"),
        (lambda: Momentum(0.1, form="Adam"), "Momentum form: expected one of average, sum, velo"),
        (lambda: AdaGrad(epsilon=0), "AdaGrad epsilon: expected a positive finite number"),
        (lambda: AdaGrad(initial_accumulator=-1), "AdaGrad initial_accumulator: expected a number"),
        (lambda: RMSprop(0.1, 1.0), "RMSprop beta: expected a number of at least 0 and below 1"),
        (lambda: RMSprop(epsilon=-1), "RMSprop epsilon: expected a positive finite number"),
        (lambda: Adam(0.1, 1.0), "Adam beta1: expected a number of at least 0 and below 1"),
        (lambda: AdamW(0.1, 0.9, np.nan), "AdamW beta2: expected a number of at least 0"),
        (lambda: AdamW(weight_decay=-1), "AdamW weight_decay: expected a number of at least 0, g"),
        (lambda: Adam(lambda t: -1.0), "Adam learning_rate: expected a number of at least 0"),
    ],
)
def test_senseless_settings_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_settings_that_are_not_numbers_are_refused():
    with pytest.raises(TypeError, match="Adam beta1: expected a number of at least 0 and below 1"):
        Adam(0.1, "0.9a")
    with pytest.raises(TypeError, match="SGD learning_rate: expected a positive number, got None"):
        SGD(None)


def test_an_optimizer_of_ones_own_needs_only_update():
    class Sign(Optimizer):
        def update(self, vector, gradient):
            vector -= 0.01 * np.sign(gradient)

    w = np.array([0.5])
    run(Sign(), w, [np.ones(1)] * 50)
    assert abs(w[0]) < 1e-12


def test_half_precision_is_not_flushed_away():
    w, optimizer = np.ones(3, np.float16), Momentum(0.001)
    for _ in range(FLUSH_EVERY):
        optimizer.update(w, np.full(3, 0.01, np.float16))
    assert (optimizer.state["v"] > 0).all()
