"""Verdicts as lines of text: readable in a notebook, in nbgrader's feedback, and aloud."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from exercises.judge import Verdict

WIDTH = 88
INDENT = " " * 9


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)


def lines(verdicts: Sequence[Verdict], *, points: bool = False) -> list[str]:
    """One line a check, with what went wrong below it. A known mistake is told once.

    Parameters
    ----------
    verdicts : sequence of Verdict
    points : bool
        Whether the points of each check are shown.

    >>> print("\\n".join(lines([Verdict("with a bias", 1.0, "the result is 3")], points=True)))
      WRONG  with a bias (0 of 1 point)
             the result is 3
    """
    out: list[str] = []
    told: set[str] = set()
    for verdict in verdicts:
        word = "right" if verdict.passed else "WRONG"
        unit = "point" if verdict.points == 1 else "points"
        marks = f" ({verdict.earned:g} of {verdict.points:g} {unit})" if points else ""
        out.append(f"  {word}  {verdict.label}{marks}")
        for text in (verdict.call, verdict.problem, verdict.mistake, verdict.note):
            if text and text not in told:
                out.extend(_wrapped(text))
        told.add(verdict.mistake)
    return out
