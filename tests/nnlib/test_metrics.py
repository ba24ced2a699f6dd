"""`accuracy`."""

import numpy as np
import pytest

from nnlib import accuracy


@pytest.mark.parametrize(
    ("prediction", "target", "expected"),
    [
        ([[0.9, 0.1], [0.2, 0.8]], [0, 0], 0.5),
        ([[0.9, 0.1], [0.2, 0.8]], [[1, 0], [0, 1]], 1.0),
        ([[0.5, 0.5]], [0], 1.0),  # a tie: the first wins
        ([0.4, 0.5, 0.6], [0, 1, 1], 1.0),
        ([[0.4], [0.6]], [[1], [1]], 0.5),
        ([[0.4], [0.6]], [[0.0], [1.0]], 1.0),
        ([0, 1, 2, 2], [0, 1, 2, 0], 0.75),
        ([True, False], [1, 1], 0.5),
    ],
)
def test_values(prediction, target, expected):
    result = accuracy(prediction, target)
    assert type(result) is float
    assert result == expected


def test_threshold_for_logits():
    assert accuracy([-0.1, 0.2], [0, 1], threshold=0.0) == 1.0
    assert accuracy([-0.1, 0.2], [0, 1]) == 0.5


@pytest.mark.parametrize(
    ("prediction", "target", "message"),
    [
        ([], [], "at least one"),
        ([[0.1], [0.2]], [0, 1], r"same shape, got \(2, 1\) and \(2,\)"),
        (np.ones((2, 3)), [0, 1, 2], r"labels of shape \(2,\) or one-hot rows of shape \(2, 3\)"),
    ],
)
def test_errors(prediction, target, message):
    with pytest.raises(ValueError, match=message):
        accuracy(prediction, target)
