"""Inputs that several exercises draw."""

from __future__ import annotations

import numpy as np

from exercises.spec import Arguments

Array = np.ndarray
Rng = np.random.Generator

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def point(rng: Rng, bias: bool, low: int = 2, high: int = 7) -> Arguments:
    """x and w of some random length, and a bias that is never near 0, or exactly 0."""
    size = int(rng.integers(low, high))
    b = float(rng.choice([-1, 1]) * rng.uniform(0.5, 3)) if bias else 0.0
    return rng.normal(size=size), rng.normal(size=size), b


def batches(sizes: tuple[tuple[int, int], ...], rng: Rng) -> list[Arguments]:
    """X, w and b for each (N, D); the biases are of both signs in turn."""
    return [
        (rng.normal(size=(n, d)), rng.normal(size=d), (-1) ** k * float(rng.uniform(0.5, 1.5)))
        for k, (n, d) in enumerate(sizes)
    ]
