"""The exercises of every assignment, found by name.

Each numbered module beside this one lists the exercises of one assignment in `EXERCISES`; the
name of the module is the name of the assignment. Such names cannot stand in an `import` line,
so they are loaded by `importlib`.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from exercises.spec import Exercise


def assignments() -> list[str]:
    """Names of all assignments, in course order."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name for name in names if name[0].isdigit())


@functools.cache
def load(assignment: str) -> tuple[Exercise, ...]:
    """The exercises of an assignment, in order.

    >>> [exercise.name for exercise in load("01_neurons")][:2]
    ['weighted_sum', 'neuron']
    """
    if assignment not in assignments():
        raise ValueError(
            f"load: expected one of the assignments {', '.join(assignments())}; got {assignment!r}"
        )
    exercises: tuple[Exercise, ...] = importlib.import_module(f"{__name__}.{assignment}").EXERCISES
    return exercises


def find(name: str) -> Exercise:
    """The exercise with this name, in whichever assignment it is.

    >>> find("neuron").points
    2.0
    """
    every = {exercise.name: exercise for a in assignments() for exercise in load(a)}
    if name not in every:
        raise ValueError(f"expected the name of an exercise ({', '.join(every)}); got {name!r}")
    return every[name]
