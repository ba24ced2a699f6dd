"""Run a student's function on chosen inputs and say what is right and what is wrong.

`judge` is the heart of both the visible `check(...)` and the hidden tests. It calls the
function, compares the results with the reference, and names the known mistake that
explains all that went wrong.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exercises.calls import Outcome, TooLong, call, calm
from exercises.compare import difference, same, show
from exercises.spec import Arguments, Check, Exercise, Function, Mistake

CALL_SECONDS = 4.0  # enough for any function of the course, many times over
SHORT_LIMIT = 1.0  # seconds for each call after one that never ended


@dataclass(frozen=True)
class Verdict:
    """The result of one check, with the words for it."""

    label: str
    points: float
    problem: str = ""  # what is wrong; empty where all is right
    call: str = ""  # the call that went wrong, as a student would type it
    mistake: str = ""  # the known mistake that explains it
    note: str = ""  # worth knowing, without loss of points

    @property
    def passed(self) -> bool:
        return not self.problem

    @property
    def earned(self) -> float:
        return self.points if self.passed else 0.0


@dataclass(frozen=True)
class Trial:
    """A check with the inputs that were drawn for it, and what the function did with them."""

    label: str
    points: float
    inputs: Sequence[Arguments]
    outcomes: Sequence[Outcome]
    part: int | None = None
    intact: bool = False


def _inputs(exercise: Exercise, arguments: Arguments) -> Arguments:
    return arguments[: len(exercise.parameters)]


def describe_call(exercise: Exercise, arguments: Arguments) -> str:
    """The call as a student would type it: ``neuron(x=[1., 2.], w=[3., 4.], b=0.5)``."""
    pairs = zip(exercise.parameters, _inputs(exercise, arguments), strict=True)
    return f"{exercise.name}({', '.join(f'{name}={show(value)}' for name, value in pairs)})"


def _has_part(value: Any, part: int | None) -> bool:
    return part is not None and isinstance(value, tuple | list) and len(value) > part


def _problem(exercise: Exercise, trial: Trial, arguments: Arguments, outcome: Outcome) -> str:
    """What is wrong with the outcome of one call; empty where nothing is."""
    if outcome.error is not None:
        return outcome.error_in_words
    with calm():
        if exercise.accept is not None:
            return exercise.accept(outcome.value, *copy.deepcopy(arguments))
        want = exercise.reference(*copy.deepcopy(arguments))
    got, part, returns = outcome.value, trial.part, exercise.returns
    if part is None or not isinstance(got, tuple | list) or len(got) != len(want):
        problem = difference(got, want, names=returns if isinstance(want, tuple) else ())
    else:
        problem = difference(got[part], want[part], returns[part])
    if trial.intact and problem:
        return "counts only together with right values"
    if trial.intact and outcome.changed:
        return f"the function changed its argument `{outcome.changed}`; work on a copy instead"
    return problem


def try_out(
    exercise: Exercise,
    function: Function,
    checks: Sequence[tuple[Check, Sequence[Arguments]]],
    seconds: float | None,
    prints: bool,
) -> list[Trial]:
    """Call the function on the inputs of every check."""
    trials = []
    for check, inputs in checks:
        outcomes: list[Outcome] = []
        for arguments in inputs:
            given = _inputs(exercise, arguments)
            outcomes.append(call(function, given, exercise.parameters, seconds, prints=prints))
            if isinstance(outcomes[-1].error, TooLong):
                seconds = SHORT_LIMIT  # one long wait is enough
                break
        trials.append(Trial(check.label, check.points, inputs, outcomes, check.part, check.intact))
    return trials


def _agrees(mine: Outcome, other: Outcome, trial: Trial) -> bool:
    """Whether two calls did the same: an error of the same type, or the same values."""
    if mine.error is not None or other.error is not None:
        return type(mine.error) is type(other.error)
    if trial.intact and mine.changed != other.changed:
        return False
    if _has_part(mine.value, trial.part) and _has_part(other.value, trial.part):
        return same(mine.value[trial.part], other.value[trial.part])
    return same(mine.value, other.value)


def _explains(mistake: Mistake, exercise: Exercise, trial: Trial) -> bool:
    """Whether the function with this mistake does the same in every call of a check."""
    return all(
        _agrees(
            outcome,
            call(mistake.function, _inputs(exercise, arguments), exercise.parameters),
            trial,
        )
        for arguments, outcome in zip(trial.inputs, trial.outcomes, strict=False)
    )


def _name_mistake(exercise: Exercise, trials: Sequence[Trial], failed: Sequence[bool]) -> str:
    """The known mistake that explains all failed checks, and most of the others besides.

    A mistake that explains only a part may agree by chance, so nothing is named then.
    """
    wrong = [trial for trial, bad in zip(trials, failed, strict=True) if bad]
    outcomes = [outcome for trial in wrong for outcome in trial.outcomes]
    if all(isinstance(outcome.error, NotImplementedError) for outcome in outcomes):
        return ""
    candidates = [m for m in exercise.mistakes if all(_explains(m, exercise, t) for t in wrong)]
    if len(candidates) > 1:
        candidates.sort(key=lambda m: -sum(_explains(m, exercise, t) for t in trials))
    return candidates[0].message if candidates else ""


def judge(
    exercise: Exercise,
    function: Function,
    checks: Sequence[tuple[Check, Sequence[Arguments]]],
    *,
    seconds: float | None = None,
    prints: bool = False,
) -> list[Verdict]:
    """Judge a function: a check is passed where all its calls are right.

    Parameters
    ----------
    exercise : Exercise
    function : callable
        The student's function; nothing is assumed of it.
    checks : sequence of (Check, inputs)
        What is looked at, and the arguments of each call.
    seconds : float, optional
        Time limit of one call.
    prints : bool
        Whether what the function prints is shown.

    Returns
    -------
    list of Verdict
        One a check; for a failed one the first call that went wrong.
    """
    if not callable(function):
        problem = f"`{exercise.name}` is a {type(function).__name__}, not a function"
        return [Verdict(check.label, check.points, problem) for check, _ in checks]
    trials = try_out(exercise, function, checks, seconds, prints)
    problems = [
        [
            (_problem(exercise, trial, arguments, outcome), arguments)
            for arguments, outcome in zip(trial.inputs, trial.outcomes, strict=False)
        ]
        for trial in trials
    ]
    first = [next((found for found in row if found[0]), None) for row in problems]
    name = _name_mistake(exercise, trials, [found is not None for found in first])
    verdicts = []
    for trial, found in zip(trials, first, strict=True):
        if found is None:
            warned = next((o.warned for o in trial.outcomes if o.warned), "")
            note = f"Right, but Python warned: {warned}" if warned else ""
            verdicts.append(Verdict(trial.label, trial.points, note=note))
        else:
            problem, arguments = found
            typed = describe_call(exercise, arguments)
            verdicts.append(Verdict(trial.label, trial.points, problem, typed, name))
    return verdicts
