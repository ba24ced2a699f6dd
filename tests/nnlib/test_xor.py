"""The network of chapter 1 that learns XOR."""

import numpy as np
import pytest

from nnlib import (
    SGD,
    BinaryCrossEntropy,
    Dense,
    Sequential,
    Sigmoid,
    Tanh,
    xavier_uniform,
)
from nnlib.datasets import xor_gate


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("from_logits", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_a_2_4_1_network_learns_xor(seed, from_logits):
    data, r = xor_gate(), rng(seed)
    layers = [
        Dense(2, 4, rng=r, initializer=xavier_uniform),
        Tanh(),
        Dense(4, 1, rng=r, initializer=xavier_uniform),
    ] + ([] if from_logits else [Sigmoid()])
    model = Sequential(*layers)
    history = model.fit(
        data.x,
        data.y[:, None],
        loss=BinaryCrossEntropy(from_logits),
        optimizer=SGD(0.5),
        epochs=1500,
        batch_size=4,
        rng=r,
        metrics=("accuracy",),
    )
    assert history["accuracy"][-1] == 1.0
    assert history["loss"][-1] < 0.1
