"""`python -m exercises`: course folders, the sample class, grading, marks.

Stock nbgrader commands work in a course folder as well; nothing here has to be used.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from exercises import notebooks, sample_class
from exercises.specs import assignments, load

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
console = Console(soft_wrap=True)

Folder = Annotated[Path, typer.Argument(help="The course folder.")]
CONFIG = """\
# Made by `python -m exercises course`. Settings of your own go below the last line.
from pathlib import Path

SHARED = {shared!r}
if not Path(SHARED).exists():
    raise FileNotFoundError(
        f"{{SHARED}} is gone. Has the course been moved? Then run there: "
        f"python -m exercises course {{Path(__file__).parent}}"
    )
c = get_config()
load_subconfig(SHARED)
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
"""


@app.command()
def course(folder: Folder) -> None:
    """Make or update a course folder: settings, and the source notebook of each assignment."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "nbgrader_config.py"
    shared = str(Path(__file__).with_name("nbgrader_config.py"))
    if config.exists():  # keep the instructor's settings, but find the course where it is now
        text = config.read_text("utf-8")
        text = re.sub(r"^SHARED = .*$", lambda _: f"SHARED = {shared!r}", text, flags=re.M)
    else:
        text = CONFIG.format(shared=shared)
    config.write_text(text, "utf-8")
    for assignment in assignments():
        path = folder / "source" / assignment / f"{assignment}.ipynb"
        changed = notebooks.write(notebooks.build(assignment), path)
        console.print(f"    {assignment}: source {'built' if changed else 'up to date'}")


@app.command()
def samples(folder: Folder) -> None:
    """Hand in the notebooks of the sample class. The release version has to be there."""
    for assignment in assignments():
        sample = sample_class.write_class(assignment, folder)
        console.print(f"    {assignment}: {len(sample)} students hand in")


@app.command()
def grade(
    folder: Folder,
    assignment: Annotated[str, typer.Argument(help="Its name, such as 01_neurons.")],
    student: Annotated[list[str] | None, typer.Option(help="Only this one; repeatable.")] = None,
) -> None:
    """Autograde the submissions of an assignment and write the feedback."""
    from exercises.course import Course  # imports nbgrader, which is slow

    this = Course(folder)
    load(assignment)  # an unknown name is an error that lists the assignments
    students = student or this.submitted(assignment)
    if not students:
        raise typer.BadParameter(f"nobody has handed in {assignment} in {folder / 'submitted'}")
    bar = Progress(
        TextColumn("    {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
    failed = []
    with bar:
        task = bar.add_task(f"{assignment}: {students[0]}", total=len(students))
        for done, graded in enumerate(this.grade(assignment, students), start=1):
            coming = students[done] if done < len(students) else "done"
            bar.update(task, completed=done, description=f"{assignment}: {coming}")
            if graded.problem:
                failed.append(graded)
    for graded in failed:
        console.print(f"    {graded.student}: no mark, look at it yourself. {graded.problem}")
    if failed:
        raise typer.Exit(1)


@app.command()
def marks(folder: Folder) -> None:
    """Print the marks in a course's gradebook, one row a student."""
    from exercises.course import Course  # imports nbgrader, which is slow

    this = Course(folder)
    for assignment in assignments():
        exercises = load(assignment)
        table = Table(title=f"Marks of {assignment}", title_justify="left")
        table.add_column("student", no_wrap=True)
        for number, _ in enumerate(exercises, start=1):
            table.add_column(str(number), justify="right")
        table.add_column("total", justify="right")
        possible = sum(exercise.points for exercise in exercises)
        table.add_row("possible", *(f"{e.points:g}" for e in exercises), f"{possible:g}")
        table.add_section()
        unsure = False
        with this.gradebook() as gradebook:
            submissions = gradebook.assignment_submissions(assignment)
            for submission in submissions:
                grades = {g.name: g for notebook in submission.notebooks for g in notebook.grades}
                open_ones = {n for n, g in grades.items() if g.needs_manual_grade}
                row = [
                    "?" if e.name in open_ones else f"{grades[e.name].score:g}" for e in exercises
                ]
                total = "?" if open_ones else f"{submission.score:g}"
                table.add_row(submission.student.id, *row, total)
                unsure = unsure or bool(open_ones)
        if not submissions:
            console.print(f"{assignment}: no submission has been graded yet")
            continue
        console.print(table)
        if unsure:
            console.print(
                "? has no mark yet: the submission could not be graded, look at it yourself"
            )
