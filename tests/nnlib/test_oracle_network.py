"""Layers, losses and whole training runs agree with PyTorch, where it is installed.

Conventions are mapped here: PyTorch's `Linear` stores W transposed, its cross-entropies on
logits have names of their own, and labels must be int64.
"""

import inspect

import numpy as np
import pytest

import nnlib
from nnlib import (
    ELU,
    GELU,
    L1,
    L2,
    MAE,
    MSE,
    SGD,
    Activation,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Hinge,
    Huber,
    KLDivergence,
    Layer,
    LeakyReLU,
    Loss,
    Momentum,
    ReLU,
    Sequential,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
    TrainingStep,
    softmax,
)

torch = pytest.importorskip("torch", reason="PyTorch (the extra `oracle`) is not installed")
F = torch.nn.functional

TOLERANCE = {np.float32: 1e-5, np.float64: 1e-10}
every_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def rng(seed=0):
    return np.random.default_rng(seed)


def agree(ours, theirs, dtype):
    if isinstance(theirs, torch.Tensor):
        theirs = theirs.detach().numpy()
    assert np.asarray(ours).shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


# Layers without parameters: ours, PyTorch's
LAYERS = {
    "ELU": (ELU, F.elu),
    "ELU, α = 0.5": (lambda: ELU(0.5), lambda x: F.elu(x, 0.5)),
    "GELU": (GELU, F.gelu),
    "GELU, tanh": (lambda: GELU("tanh"), lambda x: F.gelu(x, approximate="tanh")),
    "LeakyReLU": (LeakyReLU, F.leaky_relu),
    "LeakyReLU, α = 0.3": (lambda: LeakyReLU(0.3), lambda x: F.leaky_relu(x, 0.3)),
    "SiLU": (SiLU, F.silu),
    "Softmax, T = 2": (lambda: Softmax(2.0), lambda x: torch.softmax(x / 2, -1)),
    # PyTorch switches to y = x at a threshold, 20 by default, which is 2e-9 off.
    "Softplus": (Softplus, lambda x: F.softplus(x, threshold=40)),
    "ReLU": (ReLU, torch.relu),
    "Sigmoid": (Sigmoid, torch.sigmoid),
    "Softmax": (Softmax, lambda x: torch.softmax(x, -1)),
    "Tanh": (Tanh, torch.tanh),
    "Activation": (lambda: Activation("tanh"), torch.tanh),
}


def test_every_layer_has_a_case():
    public = {
        thing
        for name in nnlib.__all__
        if inspect.isclass(thing := getattr(nnlib, name)) and issubclass(thing, Layer)
    }
    here = {Layer, Dense, Sequential}  # the last two have tests of their own below
    assert public - here == {type(make()) for make, _ in LAYERS.values()}


@every_dtype
@pytest.mark.parametrize(("make", "theirs"), LAYERS.values(), ids=LAYERS.keys())
def test_layers_forward_and_backward(make, theirs, dtype):
    x = (3 * rng().standard_normal((7, 5))).astype(dtype)
    x[0] = 0.0  # kinks have the same convention
    x[1] = [-1e4, -100.0, -20.0, 20.0, 1e4]
    dy = rng(1).standard_normal((7, 5)).astype(dtype)
    t = torch.tensor(x, requires_grad=True)
    y = theirs(t)
    y.backward(torch.tensor(dy))
    ours, cache = make().forward(x)
    dx, _ = make().backward(dy, cache)
    assert ours.dtype == dx.dtype == dtype
    agree(ours, y, dtype)
    agree(dx, t.grad, dtype)


@every_dtype
def test_dense_forward_and_backward(dtype):
    layer = Dense(6, 4, rng=rng(), dtype=dtype)
    layer.params["b"][...] = rng(1).standard_normal(4)
    twin = torch.nn.Linear(6, 4)
    twin.weight = torch.nn.Parameter(torch.tensor(layer.params["W"].T.copy()))
    twin.bias = torch.nn.Parameter(torch.tensor(layer.params["b"].copy()))
    x, dy = (rng(s).standard_normal((9, k)).astype(dtype) for s, k in ((2, 6), (3, 4)))
    t = torch.tensor(x, requires_grad=True)
    y = twin(t)
    y.backward(torch.tensor(dy))
    ours, cache = layer.forward(x)
    dx, grads = layer.backward(dy, cache)
    agree(ours, y, dtype)
    agree(dx, t.grad, dtype)
    agree(grads["W"], twin.weight.grad.T, dtype)
    agree(grads["b"], twin.bias.grad, dtype)


SCORES = 3 * rng(4).standard_normal((8, 5))
LABELS = rng(5).integers(0, 5, 8)
SOFT = softmax(rng(6).standard_normal((8, 5)))
UNIT = rng(7).uniform(size=(8, 5))

WEIGHTS = [0.5, 2.0, 1.0, 0.0, 3.0]


def weights(like):
    return torch.tensor(WEIGHTS, dtype=like.dtype)


NOTHING = ((), lambda z: z)
TO_UNIT = ((Sigmoid(),), torch.sigmoid)
TO_ROWS = ((Softmax(),), lambda z: torch.softmax(z, -1))

# ours, PyTorch's, what turns scores into predictions, target
LOSSES = {
    "MSE": (MSE(), F.mse_loss, NOTHING, SOFT),
    "BCE of logits": (
        BinaryCrossEntropy(),
        F.binary_cross_entropy_with_logits,
        NOTHING,
        UNIT,
    ),
    "BCE of probabilities": (
        BinaryCrossEntropy(from_logits=False),
        F.binary_cross_entropy,
        TO_UNIT,
        UNIT,
    ),
    "CCE, labels": (CategoricalCrossEntropy(), F.cross_entropy, NOTHING, LABELS),
    "CCE, distributions": (CategoricalCrossEntropy(), F.cross_entropy, NOTHING, SOFT),
    "CCE of probabilities": (
        CategoricalCrossEntropy(from_logits=False),
        lambda p, y: F.nll_loss(torch.log(p), y),
        TO_ROWS,
        LABELS,
    ),
}


def emphasised(p, y):
    """-Σ w ỹ log p / Σ w y, which PyTorch has for logits only."""
    one_hot = F.one_hot(y, 5).to(p.dtype)
    weight = weights(p)
    rows = (0.8 * one_hot + 0.2 / 5) * weight
    return -(rows * torch.log(p)).sum() / (one_hot * weight).sum()


LOSSES |= {
    "CCE, smoothed": (
        CategoricalCrossEntropy(label_smoothing=0.2),
        lambda z, y: F.cross_entropy(z, y, label_smoothing=0.2),
        NOTHING,
        LABELS,
    ),
    # With integer labels PyTorch divides by the weights, with distributions by N.
    "CCE, weighted and smoothed, labels": (
        CategoricalCrossEntropy(class_weights=WEIGHTS, label_smoothing=0.2),
        lambda z, y: F.cross_entropy(z, y, weight=weights(z), label_smoothing=0.2),
        NOTHING,
        LABELS,
    ),
    "CCE, weighted and smoothed, distributions": (
        CategoricalCrossEntropy(class_weights=WEIGHTS, label_smoothing=0.2, mean_over="samples"),
        lambda z, y: F.cross_entropy(z, y, weight=weights(z), label_smoothing=0.2),
        NOTHING,
        SOFT,
    ),
    "CCE of probabilities, weighted and smoothed": (
        CategoricalCrossEntropy(False, class_weights=WEIGHTS, label_smoothing=0.2),
        emphasised,
        TO_ROWS,
        LABELS,
    ),
    # PyTorch's kl_div wants log p, and has our mean over samples under the name "batchmean".
    "KL of logits": (
        KLDivergence(),
        lambda z, y: F.kl_div(F.log_softmax(z, -1), y, reduction="batchmean"),
        NOTHING,
        SOFT,
    ),
    "KL of probabilities": (
        KLDivergence(from_logits=False),
        lambda p, y: F.kl_div(torch.log(p), y, reduction="batchmean"),
        TO_ROWS,
        SOFT,
    ),
    "MAE": (MAE(), F.l1_loss, NOTHING, SOFT),
    "Huber": (Huber(), F.huber_loss, NOTHING, SOFT),
    "Huber, δ = 0.4": (
        Huber(0.4),
        lambda z, y: F.smooth_l1_loss(z, y, beta=0.4) * 0.4,
        NOTHING,
        SOFT,
    ),
    # PyTorch has no hinge loss for labels of -1 and +1; its autograd knows the formula's slope.
    "Hinge": (
        Hinge(),
        lambda s, y: torch.clamp(1 - y * s, min=0).mean(),
        NOTHING,
        np.where(UNIT < 0.5, -1.0, 1.0),
    ),
}
every_loss = pytest.mark.parametrize(
    ("ours", "theirs", "last", "target"), LOSSES.values(), ids=LOSSES.keys()
)


def given(target, dtype):
    return target if target.dtype.kind == "i" else target.astype(dtype)


def test_every_loss_has_a_case():
    public = {
        thing
        for name in nnlib.__all__
        if inspect.isclass(thing := getattr(nnlib, name)) and issubclass(thing, Loss)
    }
    assert public - {Loss} == {type(ours) for ours, *_ in LOSSES.values()}


@every_dtype
@every_loss
def test_losses_forward_and_backward(ours, theirs, last, target, dtype):
    z = last[1](torch.tensor(SCORES)).numpy().astype(dtype)
    y = given(target, dtype)
    t = torch.tensor(z, requires_grad=True)
    value = theirs(t, torch.tensor(y))
    value.backward()
    loss, cache = ours.forward(z, y)
    agree(loss, value, dtype)
    agree(ours.backward(cache), t.grad, dtype)


def twins(dtype, layer, last):
    """The same network twice, with the same weights: 6-16-(layer)-12-(layer)-5-(last)."""
    r = rng(8)
    sizes = ((6, 16), (16, 12), (12, 5))
    dense = [Dense(d, m, rng=r, dtype=dtype) for d, m in sizes]
    linear = [torch.nn.Linear(d, m) for d, m in sizes]
    for a, b in zip(dense, linear, strict=True):
        b.weight = torch.nn.Parameter(torch.tensor(a.params["W"].T.copy()))
        b.bias = torch.nn.Parameter(torch.tensor(a.params["b"].copy()))
    ours, theirs = layer
    model = Sequential(dense[0], ours(), dense[1], ours(), dense[2], *last[0])

    def function(x):
        return last[1](linear[2](theirs(linear[1](theirs(linear[0](x))))))

    return model, linear, function


def train_both(dtype, layer, last, loss, optimizer, target, penalty=(None, None)):
    """Ten steps with both; the losses on the way and the weights at the end must agree."""
    model, linear, function = twins(dtype, layer, last)
    step = TrainingStep(model, loss[0], optimizer[0], penalty=penalty[0])
    parameters = [p for module in linear for p in (module.weight, module.bias)]
    their_optimizer = optimizer[1](parameters)
    x, y = rng(9).standard_normal((8, 6)).astype(dtype), given(target, dtype)
    for _ in range(10):
        value = step(x, y)
        their_optimizer.zero_grad()
        their_value = loss[1](function(torch.tensor(x)), torch.tensor(y))
        extra = 0.0 if penalty[1] is None else sum(penalty[1](m.weight) for m in linear)
        (their_value + extra).backward()
        their_optimizer.step()
        agree(value, their_value, dtype)
    for position, module in zip((0, 2, 4), linear, strict=True):
        agree(model.params[f"{position}.W"], module.weight.T, dtype)
        agree(model.params[f"{position}.b"], module.bias, dtype)


@every_dtype
@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS.keys())
def test_ten_steps_with_every_layer(layer, dtype):
    train_both(
        dtype,
        layer,
        NOTHING,
        (CategoricalCrossEntropy(), F.cross_entropy),
        (SGD(0.1), lambda p: torch.optim.SGD(p, 0.1)),
        LABELS,
    )


@every_dtype
@every_loss
def test_ten_steps_with_every_loss(ours, theirs, last, target, dtype):
    train_both(
        dtype,
        (Tanh, torch.tanh),
        last,
        (ours, theirs),
        (Momentum(0.01, form="sum"), lambda p: torch.optim.SGD(p, 0.01, momentum=0.9)),
        target,
    )


@every_dtype
@pytest.mark.parametrize(
    "penalty",
    [
        (L1(0.01), lambda W: 0.01 * W.abs().sum()),
        (L2(0.01), lambda W: 0.01 * (W**2).sum()),
        (L2(0.01, half=True), lambda W: 0.005 * (W**2).sum()),
    ],
    ids=lambda pair: repr(pair[0]),
)
def test_ten_steps_with_every_penalty(penalty, dtype):
    train_both(
        dtype,
        (Tanh, torch.tanh),
        NOTHING,
        (CategoricalCrossEntropy(), F.cross_entropy),
        (SGD(0.1), lambda p: torch.optim.SGD(p, 0.1)),
        LABELS,
        penalty,
    )
