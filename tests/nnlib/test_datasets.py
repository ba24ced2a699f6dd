"""Data sets: shapes, ranges, splits."""

import builtins
import dataclasses
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import datasets
from nnlib.datasets import split


def rng(seed=0):
    return np.random.default_rng(seed)


REAL = {
    # name: shape of x, shape of y, number of classes or None
    "digits": ((1797, 64), (1797,), 10),
    "iris": ((150, 4), (150,), 3),
    "wine": ((178, 13), (178,), 3),
    "breast_cancer": ((569, 30), (569,), 2),
    "diabetes": ((442, 10), (442,), None),
    "linnerud": ((20, 3), (20, 3), None),
}


@pytest.mark.parametrize("name", REAL)
def test_real_data(name):
    shape, y_shape, classes = REAL[name]
    data = getattr(datasets, name)()
    assert (data.x.shape, data.y.shape, data.x.dtype) == (shape, y_shape, np.float32)
    assert np.isfinite(data.x).all()
    assert len(data.feature_names) == shape[1]
    assert all(type(text) is str for text in data.feature_names + data.target_names)
    assert data.description
    assert data.source
    assert repr(data).startswith(f"Dataset(x {shape}")
    if classes is None:
        assert data.y.dtype == np.float32
    else:
        assert data.y.dtype == np.int64
        assert np.unique(data.y).tolist() == list(range(classes))
        assert len(data.target_names) == classes


def test_digits_are_scaled_images():
    data = datasets.digits()
    assert (data.x.min(), data.x.max()) == (0.0, 1.0)
    assert data.images.shape == (1797, 8, 8)
    assert np.shares_memory(data.images, data.x)
    assert np.array_equal(data.images[3].ravel(), data.x[3])


def test_known_values():
    # First rows as printed in the documentation of the sets.
    assert datasets.iris().x[0] == pytest.approx([5.1, 3.5, 1.4, 0.2])
    assert datasets.linnerud().y[0].tolist() == [191.0, 36.0, 50.0]
    assert datasets.diabetes().x[0, :2].tolist() == [59.0, 2.0]  # years and sex, not scaled
    assert np.bincount(datasets.breast_cancer().y).tolist() == [212, 357]


@pytest.mark.parametrize("name", ["china", "flower"])
def test_photos(name):
    picture = datasets.photo(name)
    assert (picture.shape, picture.dtype) == ((427, 640, 3), np.float32)
    assert 0 <= picture.min() < 0.1
    assert 0.9 < picture.max() <= 1


def test_photo_of_something_else():
    with pytest.raises(ValueError, match="photo: expected one of china, flower; got 'cat'"):
        datasets.photo("cat")


def test_only_images_have_images():
    with pytest.raises(ValueError, match="these are not"):
        _ = datasets.iris().images


def test_datasets_are_frozen_and_read_anew():
    data = datasets.iris()
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.x = None
    data.x[0] = 0
    assert datasets.iris().x[0, 0] != 0


def test_missing_scikit_learn_says_what_to_install(monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    original = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.split(".")[0] == "sklearn":
            raise ImportError(name)
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    monkeypatch.setattr(
        datasets.importlib, "import_module", lambda name: refuse(name), raising=True
    )
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        datasets.iris()
    assert datasets.xor_gate().x.shape == (4, 2)


@pytest.mark.parametrize(
    ("gate", "function"),
    [
        (datasets.and_gate, lambda a, b: a and b),
        (datasets.or_gate, lambda a, b: a or b),
        (datasets.nand_gate, lambda a, b: not (a and b)),
        (datasets.xor_gate, lambda a, b: a != b),
    ],
)
def test_gates(gate, function):
    data = gate()
    assert data.x.dtype == np.float32
    assert data.y.tolist() == [int(function(a, b)) for a, b in data.x.astype(bool)]


def test_blobs():
    data = datasets.blobs(1000, centers=[[0.0, 0.0], [10.0, 0.0]], spread=0.5, rng=rng())
    assert np.bincount(data.y).tolist() == [500, 500]
    for k, center in enumerate([[0, 0], [10, 0]]):
        cloud = data.x[data.y == k]
        assert cloud.mean(axis=0) == pytest.approx(center, abs=0.1)
        assert cloud.std(axis=0) == pytest.approx([0.5, 0.5], abs=0.05)
    assert len(np.unique(datasets.blobs(10, centers=4, rng=rng()).y)) == 4
    again = datasets.blobs(1000, centers=[[0.0, 0.0], [10.0, 0.0]], spread=0.5, rng=rng())
    assert np.array_equal(data.x, again.x)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n_samples": 0}, ValueError, "blobs n_samples"),
        ({"centers": 0}, ValueError, "blobs centers"),
        ({"centers": [1.0, 2.0]}, ValueError, r"shape \(C, D\), got \(2,\)"),
        ({"spread": -1.0}, ValueError, "spread of 0 or more"),
        ({"rng": 0}, TypeError, "default_rng"),
    ],
)
def test_blobs_errors(arguments, error, message):
    with pytest.raises(error, match=message):
        datasets.blobs(**{"rng": rng(), **arguments})


@given(st.integers(5, 60), st.floats(0.2, 0.8), st.booleans(), st.integers(0, 99))
def test_split_keeps_every_sample_once(n, fraction, stratify, seed):
    x, y = np.arange(n), np.arange(n) % 2
    parts = split(x, y, fraction, rng=rng(seed), stratify=stratify)
    assert sorted([*parts.x_train, *parts.x_test]) == list(range(n))
    assert np.array_equal(parts.y_train, parts.x_train % 2)
    assert np.array_equal(parts.y_test, parts.x_test % 2)
    assert abs(len(parts.x_test) - fraction * n) <= 1


def test_a_stratified_split_keeps_the_mix_and_is_shuffled():
    y = np.repeat([0, 1, 2], [80, 16, 4])
    parts = split(np.arange(100), y, 0.25, rng=rng(), stratify=True)
    assert np.bincount(parts.y_test).tolist() == [20, 4, 1]
    assert parts.y_train.tolist() != sorted(parts.y_train)


def test_split_is_seeded():
    first, second, third = (split(np.arange(50), np.arange(50), rng=rng(s)) for s in (1, 1, 2))
    assert np.array_equal(first.x_test, second.x_test)
    assert not np.array_equal(first.x_test, third.x_test)


@pytest.mark.parametrize(
    ("x", "y", "options", "error", "message"),
    [
        (np.ones(3), np.ones(4), {}, ValueError, "same length"),
        (np.ones(4), np.ones(4), {"test_fraction": 1.0}, ValueError, "between 0 and 1, got 1.0"),
        (np.ones(2), np.ones(2), {"test_fraction": 0.1}, ValueError, "2 for training and 0"),
        (np.ones(4), np.ones(4), {"stratify": True}, ValueError, "stratify expects integer labels"),
        (np.ones(4), np.ones(4), {"rng": 1}, TypeError, "default_rng"),
    ],
)
def test_split_errors(x, y, options, error, message):
    with pytest.raises(error, match=message):
        split(x, y, **{"rng": rng(), **options})
