"""What students call in the notebook: `check` their function, or ask for a `hint`."""

from __future__ import annotations

from exercises.judge import CALL_SECONDS, judge
from exercises.report import lines
from exercises.spec import Check, Function
from exercises.specs import find

_hints_shown: dict[str, int] = {}


def check(name: str, function: Function) -> float:
    """Try a function on the visible examples of an exercise and print what was found.

    The grader later uses other inputs, so a function that only knows the examples will not pass.

    Parameters
    ----------
    name : str
        Name of the exercise, such as ``"neuron"``.
    function : callable
        Your function.

    Returns
    -------
    float
        Points times the share of the examples that are right: a plain number, because
        ``nbgrader validate`` reads the last value of the cell.

    Raises
    ------
    ValueError
        If there is no exercise of that name.

    Examples
    --------
    >>> from exercises import check
    >>> check("weighted_sum", lambda x, w, b: float(sum(x * w)))
    weighted_sum: 1 of 3 examples right
      right  no bias
      WRONG  with a bias
             weighted_sum(x=[1., 2.], w=[0.5, -1.5], b=-1)
             the result is -2.5, expected -3.5
             The bias is missing: add b after the sum.
      WRONG  three features
             weighted_sum(x=[2., 0., 1.], w=[1., -4., 3.], b=0.5)
             the result is 5, expected 5.5
      Stuck? Run hint("weighted_sum").
    0.67
    """
    exercise = find(name)
    checks = [
        (Check(example.label, 1, lambda rng: []), [example.arguments])
        for example in exercise.examples
    ]
    verdicts = judge(exercise, function, checks, seconds=CALL_SECONDS, prints=True)
    right = sum(verdict.passed for verdict in verdicts)
    print(f"{name}: {right} of {len(verdicts)} examples right")
    print("\n".join(lines(verdicts)))
    if right == len(verdicts):
        print("  Well done. The grader uses other inputs: does your function work for those too?")
    else:
        print(f'  Stuck? Run hint("{name}").')
    return float(round(exercise.points * right / len(verdicts), 2))


def hint(name: str) -> None:
    """Print the next hint for an exercise; each call tells a little more.

    Parameters
    ----------
    name : str
        Name of the exercise.

    Raises
    ------
    ValueError
        If there is no exercise of that name.

    Examples
    --------
    >>> from exercises import hint
    >>> hint("weighted_sum")
    Hint 1 of 3: Which two arrays have to be multiplied, entry by entry?
    """
    hints = find(name).hints
    step = min(_hints_shown.get(name, 0), len(hints) - 1)
    _hints_shown[name] = step + 1
    print(f"Hint {step + 1} of {len(hints)}: {hints[step]}")
