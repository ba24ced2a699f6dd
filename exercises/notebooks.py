"""Turn the single source of an assignment into the notebook that nbgrader starts from.

An assignment is one `py:percent` file. Its cells say which exercise they belong to and which
role they play; points come from the spec, section titles from the book. The conversion goes one
way, and the same source always gives the same bytes: cell ids are made from the names.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from exercises.spec import Exercise
from exercises.specs import load

HERE = Path(__file__).parent
CHAPTERS = HERE.parent / "book"
ROLES = ("setup", "solution", "test")
# nbgrader refuses notebooks of another schema; all its keys must be there.
SCHEMA_VERSION = 3


def section_title(label: str) -> str:
    """The heading below a label in the book: where an exercise sends its reader.

    Raises
    ------
    ValueError
        If no chapter has the label.
    """
    for chapter in sorted(CHAPTERS.rglob("*.md")):
        found = re.search(
            rf"^\({re.escape(label)}\)=\n(?:\(.*\)=\n|\n)*#+ (.+)$",
            chapter.read_text("utf-8"),
            re.M,
        )
        if found:
            return found[1].strip()
    raise ValueError(f"section_title: expected a label of the book, got {label!r}")


def _number(value: float, unit: str) -> str:
    return f"{value:g} {unit}" if value == 1 else f"{value:g} {unit}s"


def _summary(exercises: tuple[Exercise, ...]) -> str:
    points = sum(exercise.points for exercise in exercises)
    minutes = sum(exercise.minutes for exercise in exercises)
    hours, rest = divmod(5 * round(minutes / 5), 60)
    time = f"{hours} h {rest} min" if hours else f"{rest} min"
    return f"{len(exercises)} exercises, {points:g} points, about {time}."


def _heading(number: int, exercise: Exercise) -> str:
    return (
        f"## {number}. {exercise.title}\n\n"
        f"*{_number(exercise.points, 'point')} · {exercise.difficulty} · "
        f"about {_number(exercise.minutes, 'minute')} · "
        f"chapter section “{section_title(exercise.section)}”*\n\n"
    )


def _nbgrader(grade_id: str, cell_type: str, **more: Any) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "grade_id": grade_id,
        "cell_type": cell_type,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        **more,
    }


def read_source(path: Path) -> nbformat.NotebookNode:
    """Read a `py:percent` file."""
    notebook: nbformat.NotebookNode = jupytext.reads(path.read_text("utf-8"), fmt="py:percent")
    return notebook


def build(assignment: str) -> nbformat.NotebookNode:
    """Build the instructor's notebook of an assignment, solutions and hidden tests included.

    Parameters
    ----------
    assignment : str
        Its name, such as ``"01_neurons"``.

    Raises
    ------
    ValueError
        If the source and the spec do not fit: an exercise that only one of them has, a cell
        without its partner, an unknown role.
    """
    exercises = {exercise.name: exercise for exercise in load(assignment)}
    numbers = {name: number for number, name in enumerate(exercises, start=1)}
    source = read_source(HERE / "assignments" / assignment / f"{assignment}.py")
    roles: dict[str, list[str]] = {name: [] for name in exercises}
    for position, cell in enumerate(source.cells):
        name, role = cell.metadata.get("exercise"), cell.metadata.get("role")
        if role is not None and role not in ROLES:
            raise ValueError(f"build {assignment}: expected a role of {ROLES}, got {role!r}")
        if name is not None and name not in exercises:
            raise ValueError(f"build {assignment}: expected an exercise of the spec, got {name!r}")
        cell.metadata.clear()
        if role == "setup":
            cell.id = "setup"
            cell.metadata["nbgrader"] = _nbgrader("setup", "code", locked=True)
        elif name is None:
            cell.id = f"text-{position}"
            cell.source = cell.source.replace("{{ summary }}", _summary(load(assignment)))
        elif role == "solution":
            cell.id = f"{name}-solution"
            cell.metadata["nbgrader"] = _nbgrader(cell.id, "code", solution=True)
        elif role == "test":
            cell.id = name
            cell.metadata["nbgrader"] = _nbgrader(
                name, "code", grade=True, locked=True, points=exercises[name].points
            )
        else:
            cell.id = f"{name}-task"
            cell.source = _heading(numbers[name], exercises[name]) + cell.source
            cell.metadata["nbgrader"] = _nbgrader(cell.id, cell.cell_type, locked=True)
        if name is not None:
            roles[name].append(role or "task")
    for name, found in roles.items():
        if found != ["task", "solution", "test"]:
            raise ValueError(
                f"build {assignment}: expected a task, a solution and a test cell for {name!r}, "
                f"in this order; got {found}"
            )
    return _finished(source)


def _finished(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    nbformat.validate(notebook)
    return notebook


def write(notebook: nbformat.NotebookNode, path: Path) -> bool:
    """Write a notebook where it has changed; say whether it had."""
    text = nbformat.writes(notebook) + "\n"
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True
