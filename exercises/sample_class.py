"""A class of made-up students, as real submissions, with the marks that a fair teacher would give.

Each student is one small `py:percent` file under `samples/`: a header with the name, the story
and the marks, then the cells in which this notebook differs from the one it starts from.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

from exercises.notebooks import HERE, build, read_source, write


@dataclass(frozen=True)
class Student:
    """One student of the sample class."""

    id: str
    name: str
    story: str
    starts_from: str  # "release" or "solution"
    marks: dict[str, float]
    answers: dict[str, str]  # source of the solution cell, by exercise

    @property
    def total(self) -> float:
        return sum(self.marks.values())


def students(assignment: str) -> list[Student]:
    """The sample class of an assignment, by id."""
    return [_read(path) for path in sorted((HERE / "samples" / assignment).glob("*.py"))]


def _read(path: Path) -> Student:
    header, *cells = read_source(path).cells
    facts = yaml.safe_load(header.source.strip("-\n"))
    if facts["starts_from"] not in ("release", "solution"):
        raise ValueError(f"{path.name}: starts_from has to be release or solution")
    return Student(
        id=path.stem,
        name=facts["name"],
        story=facts["story"],
        starts_from=facts["starts_from"],
        marks=facts["marks"],
        answers={cell.metadata["title"]: cell.source for cell in cells},
    )


def submission(
    student: Student, release: nbformat.NotebookNode, solutions: dict[str, str]
) -> nbformat.NotebookNode:
    """The notebook that a student hands in: the released one, with the student's cells.

    Parameters
    ----------
    student : Student
    release : NotebookNode
        What the student was given.
    solutions : dict
        Source of the right solution cell, by exercise, for students who start from them.

    Raises
    ------
    ValueError
        If an answer belongs to no solution cell.
    """
    answers = (solutions if student.starts_from == "solution" else {}) | student.answers
    notebook: nbformat.NotebookNode = nbformat.from_dict(release)
    for cell in notebook.cells:
        facts = cell.metadata.get("nbgrader", {})
        name = facts.get("grade_id", "").removesuffix("-solution")
        if facts.get("solution") and name in answers:
            cell.source = answers.pop(name)
    if answers:
        raise ValueError(f"{student.id}: no solution cell for {', '.join(answers)}")
    return notebook


def solutions(assignment: str) -> dict[str, str]:
    """The right solution cells of an assignment, without nbgrader's markers."""
    return {
        cell.id.removesuffix("-solution"): re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", cell.source)
        for cell in build(assignment).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def write_class(assignment: str, course: Path) -> list[Student]:
    """Hand in the notebooks of the whole sample class in a course folder.

    Parameters
    ----------
    assignment : str
    course : Path
        Course folder with the release version of the assignment.
    """
    release = nbformat.read(_notebook(course / "release", assignment), as_version=4)
    right = solutions(assignment)
    sample = students(assignment)
    for student in sample:
        folder = course / "submitted" / student.id
        write(submission(student, release, right), _notebook(folder, assignment))
    with (course / "students.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "first_name", "last_name"])
        rows.writerows([student.id, *student.name.split(" ", 1)] for student in sample)
    return sample


def _notebook(folder: Path, assignment: str) -> Path:
    return folder / assignment / f"{assignment}.ipynb"
