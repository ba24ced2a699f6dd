"""The library learns to read: 64-32-10 on real handwritten digits."""

import numpy as np
import pytest

from nnlib import SGD, CategoricalCrossEntropy, Dense, ReLU, Sequential
from nnlib.datasets import digits, split


@pytest.fixture(scope="module")
def parts():
    data = digits()
    return split(data.x, data.y, 0.25, rng=np.random.default_rng(1), stratify=True)


@pytest.mark.parametrize("seed", range(5))
def test_digits_reach_96_percent_on_the_held_out_quarter(parts, seed):
    # Scaled with the training part's mean and spread; 0.1 keeps pixels that never change small.
    mean, spread = parts.x_train.mean(axis=0), parts.x_train.std(axis=0) + 0.1
    x_train, x_test = (parts.x_train - mean) / spread, (parts.x_test - mean) / spread
    rng = np.random.default_rng(seed)
    model = Sequential(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))
    loss = CategoricalCrossEntropy()
    history = model.fit(
        x_train, parts.y_train, loss=loss, optimizer=SGD(0.2), epochs=60, batch_size=32, rng=rng
    )
    assert history["loss"][-1] < 0.02
    result = model.evaluate(x_test, parts.y_test, loss=loss, metrics=("accuracy",))
    assert len(parts.y_test) == 450
    assert result["accuracy"] >= 0.96
