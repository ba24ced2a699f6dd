"""A course folder: what nbgrader finds in it, and how its submissions are graded.

The grading itself is nbgrader's own `Autograde` and `GenerateFeedback`, called one submission at
a time, so that there is progress to show and one bad submission does not end the batch.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

# nbgrader starts `alembic` by its name: find it without an activated environment.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@dataclass(frozen=True)
class Graded:
    """What became of one submission."""

    student: str
    problem: str = ""  # why it has no mark; empty where it has one


class Course:
    """A folder with a `nbgrader_config.py`, made by ``python -m exercises course``.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    FileNotFoundError
        If the folder has no `nbgrader_config.py`.
    """

    def __init__(self, folder: Path) -> None:
        config = folder / "nbgrader_config.py"
        if not config.exists():
            raise FileNotFoundError(
                f"{folder} is not a course folder: it has no nbgrader_config.py. "
                f"Make one with: python -m exercises course {folder}"
            )
        self.folder = folder
        self.config: Config = PyFileConfigLoader(config.name, str(folder.resolve())).load_config()

    def submitted(self, assignment: str) -> list[str]:
        """Ids of the students who have handed in an assignment."""
        return sorted(p.parent.name for p in self.folder.glob(f"submitted/*/{assignment}"))

    def gradebook(self) -> Gradebook:
        """nbgrader's gradebook of this course; use it in a `with` block."""
        return Gradebook(CourseDirectory(config=self.config).db_url)

    def grade(self, assignment: str, students: list[str]) -> Iterator[Graded]:
        """Autograde submissions and write the feedback, one after the other."""
        for student in students:
            directory = CourseDirectory(config=self.config)
            directory.assignment_id, directory.student_id = assignment, student
            log = io.StringIO()
            problem = ""
            for converter in (Autograde, GenerateFeedback):
                step = converter(coursedir=directory, config=self.config)
                step.force = True
                try:
                    with _logged_to(log, step.log):
                        step.start()
                except NbGraderException as error:
                    problem = _cause(log.getvalue()) or str(error)
                    break
            yield Graded(student, problem)


@contextlib.contextmanager
def _logged_to(stream: io.StringIO, log: logging.Logger) -> Iterator[None]:
    """Send nbgrader's log to a text instead of the screen."""
    handler, handlers, level = logging.StreamHandler(stream), log.handlers, log.level
    log.handlers = [handler]
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.handlers = handlers
        log.setLevel(level)


def _cause(log: str) -> str:
    """The error at the bottom of nbgrader's log: ``KeyError: 'neuron-solution'``."""
    errors = re.findall(r"^\s*(?:\w+\.)*(\w*(?:Error|Exception|Invalid\w*)\b.*)$", log, re.M)
    return errors[-1].strip() if errors else ""
