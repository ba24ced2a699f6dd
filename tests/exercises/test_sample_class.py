"""The sample class, graded by real nbgrader: every mark is what a fair teacher would give."""

import csv
import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from exercises import sample_class
from exercises.course import Course
from exercises.specs import assignments, load

STUDENTS = [(a, student) for a in assignments() for student in sample_class.students(a)]
EACH = pytest.mark.parametrize(
    ("assignment", "student"), [pytest.param(a, s, id=f"{a}-{s.id}") for a, s in STUDENTS]
)
NBGRADER = str(Path(sys.executable).with_name("nbgrader"))


def run(*command, cwd):
    """A stock nbgrader command, as an instructor types it in the course folder."""
    return subprocess.run([NBGRADER, *command], cwd=cwd, capture_output=True, text=True)


def grade(folder, *students):
    """The course's own command, in a process of its own as instructors run it."""
    chosen = [word for student in students for word in ("--student", student)]
    command = [sys.executable, "-m", "exercises", "grade", folder, "01_neurons", *chosen]
    return subprocess.run(command, capture_output=True, text=True)


def feedback(course, student, assignment):
    page = course / "feedback" / student / assignment / f"{assignment}.html"
    text = html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8")))
    return " ".join(text.split())


@EACH
def test_the_marks_are_what_a_fair_teacher_would_give(course, assignment, student):
    with Course(course).gradebook() as gradebook:
        submission = gradebook.find_submission(assignment, student.id)
        grades = {g.name: g for notebook in submission.notebooks for g in notebook.grades}
        assert {name: grade.score for name, grade in grades.items()} == student.marks
        assert not any(grade.needs_manual_grade for grade in grades.values())
        assert submission.score == student.total


@EACH
def test_the_marks_are_in_the_csv(course, assignment, student):
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    row = rows[assignment, student.id]
    assert float(row["score"]) == student.total
    assert float(row["max_score"]) == sum(exercise.points for exercise in load(assignment))
    assert f"{row['first_name']} {row['last_name']}" == student.name


def test_the_class_is_of_all_sorts():
    totals = {student.id: student.total for _, student in STUDENTS}
    assert len(totals) >= 8
    possible = sum(exercise.points for exercise in load("01_neurons"))
    assert {"ada", "ben", "chloe", "ivan"} <= {who for who, t in totals.items() if t == possible}
    assert totals["gus"] == 0


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("dev", "The bias is missing: add b after the sum."),
        ("dev", "These are the weights only"),
        ("emma", "The sign is turned round"),
        ("emma", "A point with z = 0 belongs to class 1 here"),
        ("hana", "is there a loop that never ends?"),
        ("hana", "No module named 'a_package_that_is_not_installed'"),
        ("hana", "called itself again and again"),
        ("ivan", "Right, but Python warned: overflow encountered in exp"),
        ("jo", "a function gives its value with a `return` line"),
        ("jo", "changed its argument `w`"),
        ("jo", "a line passes too near to one of them"),
        ("gus", "not written yet"),
    ],
)
def test_the_feedback_names_the_mistake(course, student, words):
    assert words in feedback(course, student, "01_neurons")


@pytest.fixture
def stock(course, tmp_path):
    """A folder with nothing of this course but the notebooks: nbgrader with its own defaults."""
    for part in ("source", "submitted"):
        shutil.copytree(course / part, tmp_path / part)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    return tmp_path


def test_stock_nbgrader_without_any_settings_gives_the_same_marks(stock, monkeypatch):
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    for command in (
        ["generate_assignment", "01_neurons"],
        ["autograde", "01_neurons", "--student", "emma"],
        ["autograde", "01_neurons", "--student", "ivan"],
        ["generate_feedback", "01_neurons"],
        ["export", "--to=grades.csv"],
    ):
        done = run(*command, cwd=stock)
        assert done.returncode == 0, done.stderr[-2000:]
    assert "The sign is turned round" in feedback(stock, "emma", "01_neurons")
    with (stock / "grades.csv").open(encoding="utf-8") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    totals = {student.id: student.total for _, student in STUDENTS}
    assert marks == {who: totals[who] for who in ("emma", "ivan")}


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("ada", "Success! Your notebook passes all the tests."),
        ("gus", "VALIDATION FAILED ON 9 CELL(S)!"),
    ],
)
def test_nbgrader_validate_tells_finished_from_unfinished(course, student, words):
    path = f"submitted/{student}/01_neurons/01_neurons.ipynb"
    done = run("validate", path, cwd=course)
    assert words in done.stdout


def test_a_student_who_deletes_the_tests_is_graded_all_the_same(course, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(course, folder)
    for path in (folder / "submitted").iterdir():
        if path.name != "ada":
            shutil.rmtree(path)
    handed_in = folder / "submitted" / "ada" / "01_neurons" / "01_neurons.ipynb"
    notebook = nbformat.read(handed_in, as_version=4)
    notebook.cells = [c for c in notebook.cells if not c.metadata.get("nbgrader", {}).get("grade")]
    nbformat.write(notebook, handed_in)
    done = grade(folder, "ada")
    assert done.returncode == 0, done.stdout
    with Course(folder).gradebook() as gradebook:
        assert gradebook.find_submission("01_neurons", "ada").score == 24


def test_a_submission_that_cannot_be_read_does_not_end_the_batch(course, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(course, folder)
    broken = folder / "submitted" / "ada" / "01_neurons" / "01_neurons.ipynb"
    broken.write_text("this is not a notebook")
    done = grade(folder, "ada", "gus")
    assert done.returncode == 1
    assert "ada: no mark, look at it yourself. " in done.stdout
    assert "does not appear to be JSON" in done.stdout
    assert "gus: no mark" not in done.stdout
    assert (folder / "autograded" / "gus" / "01_neurons" / "01_neurons.ipynb").exists()


def test_a_folder_that_is_no_course_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="python -m exercises course"):
        Course(tmp_path)


def test_a_sample_with_an_answer_to_nothing_is_refused(course):
    release = nbformat.read(course / "release/01_neurons/01_neurons.ipynb", as_version=4)
    lost = sample_class.Student("x", "X Y", "", "release", {}, {"nueron": "pass"})
    with pytest.raises(ValueError, match="x: no solution cell for nueron"):
        sample_class.submission(lost, release, {})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["grade", "{empty}", "01_neurons"], "is not a course folder"),
        (["marks", "{empty}"], "is not a course folder"),
        (["samples", "{empty}"], "No such file"),
        (["grade", "{course}", "99_none"], "expected one of the assignments 01_neurons"),
        (["grade", "{new}", "01_neurons"], "nobody has handed in 01_neurons"),
    ],
)
def test_the_command_line_says_what_is_wrong_without_a_traceback(course, tmp_path, words, message):
    new = tmp_path / "a new course"
    command = [sys.executable, "-m", "exercises"]
    subprocess.run([*command, "course", new], check=True, capture_output=True)
    words = [word.format(empty=tmp_path, course=course, new=new) for word in words]
    done = subprocess.run([*command, *words], capture_output=True, text=True)
    assert done.returncode != 0
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_course_folder_finds_the_course_again_after_a_move(course, tmp_path):
    """An instructor's settings stay; only the line that says where the course is changes."""
    folder = tmp_path / "mine"
    make = [sys.executable, "-m", "exercises", "course", folder]
    subprocess.run(make, check=True, capture_output=True)
    config = folder / "nbgrader_config.py"
    right = config.read_text("utf-8") + "c.Execute.timeout = 90\n"
    config.write_text(re.sub("SHARED = .*", "SHARED = '/gone/nbgrader_config.py'", right), "utf-8")
    with pytest.raises(FileNotFoundError, match="Has the course been moved"):
        Course(folder)
    subprocess.run(make, check=True, capture_output=True)
    assert config.read_text("utf-8") == right
    assert Course(folder).config.Execute.timeout == 90
