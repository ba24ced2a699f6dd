"""Optimizers, schedules and clipping agree with PyTorch, where it is installed.

Conventions are mapped here: momentum has PyTorch's form "sum" ("velocity" is the same for a
constant rate), PyTorch's clipping by norm divides by ‖g‖ + 1e-6.
"""

import numpy as np
import pytest

from nnlib import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    CosineDecay,
    ExponentialDecay,
    Momentum,
    Nesterov,
    OneCycle,
    RMSprop,
    StepDecay,
    WarmUp,
    clip_by_norm,
    clip_by_value,
    optimizers,
)

torch = pytest.importorskip("torch", reason="PyTorch (the extra `oracle`) is not installed")

TOLERANCE = {np.float32: 1e-5, np.float64: 1e-10}
every_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64])

# ours, PyTorch's
CASES = {
    "SGD": (SGD(0.1), lambda p: torch.optim.SGD(p, 0.1)),
    "Momentum, sum": (
        Momentum(0.1, 0.8, form="sum"),
        lambda p: torch.optim.SGD(p, 0.1, momentum=0.8),
    ),
    "Momentum, velocity": (Momentum(0.1, 0.8), lambda p: torch.optim.SGD(p, 0.1, momentum=0.8)),
    "Momentum, average": (
        Momentum(0.5, 0.8, form="average"),  # 0.1 / (1 - 0.8)
        lambda p: torch.optim.SGD(p, 0.1, momentum=0.8),
    ),
    "Nesterov": (
        Nesterov(0.1, 0.8, form="sum"),
        lambda p: torch.optim.SGD(p, 0.1, momentum=0.8, nesterov=True),
    ),
    "AdaGrad": (AdaGrad(0.1), lambda p: torch.optim.Adagrad(p, 0.1)),
    "AdaGrad with a start": (
        AdaGrad(0.1, initial_accumulator=0.1, epsilon=0.01),
        lambda p: torch.optim.Adagrad(p, 0.1, initial_accumulator_value=0.1, eps=0.01),
    ),
    "RMSprop": (RMSprop(0.01), lambda p: torch.optim.RMSprop(p, 0.01, alpha=0.9)),
    "Adam": (Adam(0.01), lambda p: torch.optim.Adam(p, 0.01)),
    "Adam with other numbers": (
        Adam(0.01, 0.7, 0.95, epsilon=0.01),
        lambda p: torch.optim.Adam(p, 0.01, betas=(0.7, 0.95), eps=0.01),
    ),
    "AdamW": (AdamW(0.01), lambda p: torch.optim.AdamW(p, 0.01)),
    "AdamW with strong decay": (
        AdamW(0.01, weight_decay=0.5),
        lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.5),
    ),
}


def test_every_optimizer_has_a_case():
    every = {getattr(optimizers, name) for name in optimizers.__all__}
    abstract = {optimizers.Optimizer, optimizers.VectorOptimizer}
    assert every - abstract == {type(ours) for ours, _ in CASES.values()}


def agree(ours, theirs, dtype):
    theirs = theirs.detach().numpy()
    assert ours.dtype == theirs.dtype == dtype
    np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


def gradients(dtype, steps=10, size=50):
    """Gradients of very different sizes, and some that are zero."""
    rng = np.random.default_rng(0)
    g = rng.standard_normal((steps, size)) * np.logspace(-3, 2, size)
    g[:, 0] = 0
    g[3:6, 10:20] = 0
    return g.astype(dtype)


@every_dtype
@pytest.mark.parametrize(("ours", "theirs"), CASES.values(), ids=CASES.keys())
def test_ten_steps(ours, theirs, dtype):
    w = np.random.default_rng(1).standard_normal(50).astype(dtype)
    parameter = torch.nn.Parameter(torch.tensor(w.copy()))
    ours, theirs = ours.copy(), theirs([parameter])
    for g in gradients(dtype):
        ours.update(w, g)
        parameter.grad = torch.tensor(g)
        theirs.step()
        agree(w, parameter, dtype)


# ours, PyTorch's scheduler for an optimizer with rate 0.1, and how many steps they agree
SCHEDULES = {
    "stairs": (
        StepDecay(0.1, every=3, factor=0.5),
        lambda o: torch.optim.lr_scheduler.StepLR(o, 3, gamma=0.5),
        20,
    ),
    "exponential": (
        ExponentialDecay(0.1, 0.9),
        lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.9),
        20,
    ),
    "cosine": (
        CosineDecay(0.1, steps=15, final=0.01),
        lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 15, eta_min=0.01),
        16,
    ),
    "warm-up": (
        WarmUp(0.1, steps=5),
        # start_factor is the rate at t = 0; ours reaches the full rate at t = 4.
        lambda o: torch.optim.lr_scheduler.LinearLR(o, start_factor=1 / 5, total_iters=4),
        20,
    ),
    "one cycle": (
        OneCycle(0.1, steps=20),
        lambda o: torch.optim.lr_scheduler.OneCycleLR(o, 0.1, total_steps=20, cycle_momentum=False),
        20,
    ),
    "one cycle, slow rise": (
        OneCycle(0.1, steps=17, rise=0.6),
        lambda o: torch.optim.lr_scheduler.OneCycleLR(
            o, 0.1, total_steps=17, pct_start=0.6, cycle_momentum=False
        ),
        17,
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "steps"), SCHEDULES.values(), ids=SCHEDULES.keys())
def test_schedules(ours, theirs, steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], 0.1)
    scheduler = theirs(optimizer)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(rates) < steps:
            scheduler.step()
    np.testing.assert_allclose([ours(t) for t in range(steps)], rates, rtol=1e-10, atol=1e-17)


@every_dtype
@pytest.mark.parametrize("limit", [0.1, 1.0, 1000.0])
def test_clipping(limit, dtype):
    g = gradients(dtype)[0]
    norm = float(np.linalg.norm(g.astype(np.float64)))
    for ours, theirs in (
        (clip_by_value(g, limit), lambda p: torch.nn.utils.clip_grad_value_(p, limit)),
        (
            clip_by_norm(g, limit) * dtype(norm / (norm + 1e-6) if norm > limit else 1),
            lambda p: torch.nn.utils.clip_grad_norm_(p, limit),
        ),
    ):
        parameter = torch.nn.Parameter(torch.zeros(50, dtype=torch.tensor(g).dtype))
        parameter.grad = torch.tensor(g)
        theirs([parameter])
        agree(ours, parameter.grad, dtype)
