"""What an exercise is: the one description that every check of it is made from.

The visible `check(...)` in the notebook, the hidden tests, the feedback and the tests of the
grader all read the same `Exercise`. Its right answers come from `nnlib`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Function = Callable[..., Any]
Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Check:
    """One thing that is looked at, with its points.

    Parameters
    ----------
    label : str
        What is looked at, in a student's words: "with a bias".
    points : float
        Points when every call is right. There is no partial credit inside one check.
    draw : callable
        ``draw(rng)`` gives the arguments of each call, a list of tuples.
    part : int, optional
        Where the function returns several values, look only at this one.
    intact : bool
        Whether the function must also leave its arguments as they were.
    """

    label: str
    points: float
    draw: Callable[[np.random.Generator], list[Arguments]]
    part: int | None = None
    intact: bool = False


@dataclass(frozen=True)
class Mistake:
    """A mistake that is known, as the function it leads to and the words that name it."""

    name: str
    function: Function
    message: str


@dataclass(frozen=True)
class Example:
    """A call that students see, with a word on what it shows."""

    label: str
    arguments: Arguments


@dataclass(frozen=True)
class Exercise:
    """An exercise: what is asked, what is right, what often goes wrong.

    Parameters
    ----------
    name : str
        Name of the function that the student writes; also the nbgrader grade id.
    title : str
        Heading in the notebook and in reports.
    section : str
        Label of the section of the book that teaches it.
    difficulty : {"easy", "medium", "hard"}
    minutes : int
        Expected working time.
    parameters : tuple of str
        Names of the function's arguments.
    returns : tuple of str
        Names of the results: ``("z",)`` for one value, ``("w", "b")`` for a pair.
    reference : callable
        The right answer, built from `nnlib`.
    examples : tuple of Example
        The visible calls. Hidden checks never use them.
    checks : tuple of Check
        The hidden checks; their points add up to the points of the exercise.
    mistakes : tuple of Mistake
        Known mistakes. An answer that equals one of them is named.
    hints : tuple of str
        From a nudge to nearly the answer.
    accept : callable, optional
        For exercises with many right answers. ``accept(value, *arguments)`` returns ``""``
        for a right value and otherwise a sentence that says what is wrong.
        The value is then not compared with that of `reference`. Arguments beyond
        `parameters` are for `accept` alone: the function does not see them.
    """

    name: str
    title: str
    section: str
    difficulty: str
    minutes: int
    parameters: tuple[str, ...]
    returns: tuple[str, ...]
    reference: Function
    examples: tuple[Example, ...]
    checks: tuple[Check, ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...]
    accept: Callable[..., str] | None = None

    @property
    def points(self) -> float:
        """Points of the exercise: the sum over its checks."""
        return sum(check.points for check in self.checks)
