"""Optimizers: one table, one contract."""

import inspect
import tracemalloc

import numpy as np
import pytest

import nnlib
from nnlib import SGD, Optimizer

CASES = {"SGD": lambda: SGD(0.1)}
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


@every_optimizer
def test_refuses_a_gradient_of_another_shape_or_dtype(make):
    for gradient in (np.ones(2), np.ones((3, 1)), np.ones(3, np.float32)):
        with pytest.raises(ValueError, match="expected a gradient like the parameters"):
            make().update(np.ones(3), gradient)


@every_optimizer
def test_repr_shows_the_learning_rate(make):
    assert f"learning_rate={make().learning_rate}" in repr(make())


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
