"""Initializers have the spread and the bounds of PyTorch's, where it is installed.

The random numbers differ, so distributions are compared. PyTorch's matrices are (out, in).
"""

from functools import partial

import numpy as np
import pytest

from nnlib import (
    he_normal,
    he_uniform,
    normal,
    orthogonal,
    uniform,
    xavier_normal,
    xavier_uniform,
)

torch = pytest.importorskip("torch", reason="PyTorch (the extra `oracle`) is not installed")
init = torch.nn.init

CASES = {
    "he_normal": (he_normal, partial(init.kaiming_normal_, nonlinearity="relu")),
    "he_uniform": (he_uniform, partial(init.kaiming_uniform_, nonlinearity="relu")),
    "normal": (partial(normal, std=0.3), partial(init.normal_, std=0.3)),
    "orthogonal": (partial(orthogonal, gain=1.5), partial(init.orthogonal_, gain=1.5)),
    "uniform": (partial(uniform, limit=0.2), partial(init.uniform_, a=-0.2, b=0.2)),
    "xavier_normal": (xavier_normal, init.xavier_normal_),
    "xavier_uniform": (xavier_uniform, init.xavier_uniform_),
}


@pytest.mark.parametrize(("ours", "theirs"), CASES.values(), ids=CASES.keys())
def test_same_distribution(ours, theirs):
    torch.manual_seed(0)
    a = ours((600, 300), rng=np.random.default_rng(0), dtype=np.float64).ravel()
    b = theirs(torch.empty(300, 600, dtype=torch.float64)).numpy().ravel()
    # Kolmogorov and Smirnov: for equal distributions the largest gap between the two
    # cumulative curves is below 2 √(1/n) in all but one of a thousand cases.
    both = np.sort(np.concatenate([a, b]))
    gap = np.abs(
        np.searchsorted(np.sort(a), both, side="right")
        - np.searchsorted(np.sort(b), both, side="right")
    )
    assert gap.max() / a.size < 2 / np.sqrt(a.size)
    assert a.std() == pytest.approx(b.std(), rel=0.01)


def test_the_comparison_can_fail():
    with pytest.raises(AssertionError):
        test_same_distribution(he_normal, init.kaiming_uniform_)
    with pytest.raises(AssertionError):
        test_same_distribution(he_normal, partial(init.kaiming_normal_, mode="fan_out"))
