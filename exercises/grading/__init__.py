"""The hidden tests: fresh inputs, partial credit, and a mark that nbgrader can read."""

from __future__ import annotations

import hashlib

import numpy as np

from exercises.judge import CALL_SECONDS, Verdict, judge
from exercises.report import lines
from exercises.spec import Exercise, Function
from exercises.specs import find


def _generator(*words: str) -> np.random.Generator:
    """A generator seeded by words: the same words give the same inputs on any machine."""
    digest = hashlib.sha256("/".join(words).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def verdicts(exercise: Exercise, function: Function, seed: str = "") -> list[Verdict]:
    """Judge every hidden check of an exercise.

    Parameters
    ----------
    exercise : Exercise
    function : callable
        The student's function.
    seed : str
        Changes the inputs; the same seed gives the same inputs again.
    """
    checks = [
        (check, check.draw(_generator(exercise.name, check.label, seed)))
        for check in exercise.checks
    ]
    return judge(exercise, function, checks, seconds=CALL_SECONDS)


def grade(name: str, function: Function, seed: str = "") -> float:
    """Mark a function, print the reasons, and return the points as a plain `float`.

    nbgrader gives partial credit for a plain Python number only: a NumPy scalar or an array
    as the last value of a test cell would earn full marks.

    Parameters
    ----------
    name : str
        Name of the exercise.
    function : callable
        The student's function.
    seed : str
        Changes the inputs.

    Returns
    -------
    float
        Between 0 and the points of the exercise.

    Examples
    --------
    >>> from exercises.grading import grade
    >>> grade("weighted_sum", lambda x, w, b: sum(x * w) + b)
    weighted_sum: 2 of 2 points
      right  without a bias (1 of 1 point)
      right  with a bias (1 of 1 point)
    2.0
    """
    exercise = find(name)
    found = verdicts(exercise, function, seed)
    earned = sum(verdict.earned for verdict in found)
    print(f"{name}: {earned:g} of {exercise.points:g} points")
    print("\n".join(lines(found, points=True)))
    return float(round(earned, 4))
