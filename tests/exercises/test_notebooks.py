"""From the single source to the notebooks: the same bytes, nothing left out, nothing given away."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from exercises import notebooks
from exercises.specs import assignments, load

ROOT = Path(__file__).resolve().parents[2]
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.S)


def source_text(assignment):
    return (ROOT / "exercises" / "assignments" / assignment / f"{assignment}.py").read_text("utf-8")


def released(course, assignment):
    return nbformat.read(course / "release" / assignment / f"{assignment}.ipynb", as_version=4)


def solution_lines(assignment):
    """Lines of the solutions that are long enough to be recognised."""
    bodies = SOLUTION.findall(source_text(assignment))
    assert len(bodies) == len(load(assignment))
    lines = {line.strip() for body in bodies for line in body.splitlines()}
    return {line for line in lines if len(line) >= 12}


@pytest.mark.parametrize("assignment", assignments())
def test_the_same_source_gives_the_same_bytes(assignment):
    first, second = (nbformat.writes(notebooks.build(assignment)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("assignment", assignments())
def test_every_exercise_has_its_cells_and_its_points(assignment):
    cells = {cell.id: cell for cell in notebooks.build(assignment).cells}
    for exercise in load(assignment):
        assert cells[exercise.name].metadata.nbgrader.points == exercise.points
        assert cells[f"{exercise.name}-solution"].metadata.nbgrader.solution
        task = cells[f"{exercise.name}-task"]
        assert task.metadata.nbgrader.locked
        assert f"{exercise.points:g} points" in task.source


@pytest.mark.parametrize("assignment", assignments())
def test_the_release_has_no_solution_and_no_hidden_test(course, assignment):
    text = "\n".join(cell.source for cell in released(course, assignment).cells)
    assert "NotImplementedError" in text
    assert "HIDDEN" not in text
    assert "SOLUTION" not in text
    assert "exercises.grading" not in text
    assert {line for line in solution_lines(assignment) if line in text} == set()


def test_a_solution_that_leaks_would_be_found():
    """The test above can fail: a notebook with a solution line in it is caught."""
    leaked = notebooks.build("01_neurons")
    text = "\n".join(cell.source for cell in leaked.cells)
    assert {line for line in solution_lines("01_neurons") if line in text}


@pytest.mark.parametrize("assignment", assignments())
def test_a_student_can_run_the_release_from_top_to_bottom(course, assignment, tmp_path):
    """In a fresh kernel: no cell fails, every check says that there is something to do."""
    notebook = released(course, assignment)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": tmp_path}}).execute()
    for exercise in load(assignment):
        (cell,) = (cell for cell in notebook.cells if cell.id == exercise.name)
        said = "".join(output.get("text", "") for output in cell.outputs)
        assert f"{exercise.name}: 0 of" in said
        assert "not written yet" in said
        assert f'hint("{exercise.name}")' in said


@pytest.mark.parametrize("assignment", assignments())
def test_each_solution_works_alone(assignment):
    """An exercise does not need the answers before it: each runs in a namespace of its own."""
    from exercises.grading import grade

    built = {cell.id: cell.source for cell in notebooks.build(assignment).cells}
    for exercise in load(assignment):
        space = {}
        exec(built["setup"], space)
        exec(built[f"{exercise.name}-solution"], space)
        assert grade(exercise.name, space[exercise.name]) == exercise.points


def rewritten(tmp_path, monkeypatch, old, new):
    """Build assignment 01 from a source in which something was changed."""
    text = source_text("01_neurons")
    assert old in text
    path = tmp_path / "assignments" / "01_neurons" / "01_neurons.py"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(notebooks, "HERE", tmp_path)
    return notebooks.build("01_neurons")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('exercise="neuron" role="test"', 'exercise="neuron" role="tset"', "role.*got 'tset'"),
        ('exercise="neuron" role="test"', 'exercise="nueron" role="test"', "got 'nueron'"),
        ('# %% exercise="neuron" role="test"', "# %%", "'neuron'.*got .'task', 'solution'.$"),
    ],
)
def test_a_source_that_does_not_fit_its_spec_is_refused(tmp_path, monkeypatch, old, new, message):
    with pytest.raises(ValueError, match=message):
        rewritten(tmp_path, monkeypatch, old, new)


def test_a_section_that_the_book_does_not_have_is_refused():
    with pytest.raises(ValueError, match="got 'no-such-section'"):
        notebooks.section_title("no-such-section")


def test_writing_the_same_notebook_again_changes_nothing(tmp_path):
    built = notebooks.build("01_neurons")
    path = tmp_path / "a" / "b.ipynb"
    assert notebooks.write(built, path)
    before = path.stat().st_mtime_ns
    assert not notebooks.write(built, path)
    assert path.stat().st_mtime_ns == before


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel that students install, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_has_no_solutions_and_no_grader(wheel):
    kept_back = {"alternatives", "assignments", "samples", "grading"}
    kept_back |= {"nbgrader_config.py", "notebooks.py", "sample_class.py", "course.py", "cli.py"}
    assert {path.name for path in (wheel / "exercises").iterdir()} & kept_back == set()
    text = "\n".join(path.read_text("utf-8") for path in wheel.rglob("*.py"))
    for assignment in assignments():
        assert {line for line in solution_lines(assignment) if line in text} == set()


def test_check_works_from_the_wheel_alone(wheel, tmp_path):
    program = (
        f"import sys; sys.path.insert(0, {str(wheel)!r})\n"
        "import exercises, nnlib\n"
        f"assert exercises.__file__.startswith({str(wheel)!r}), exercises.__file__\n"
        f"assert nnlib.__file__.startswith({str(wheel)!r}), nnlib.__file__\n"
        "exercises.check('weighted_sum', lambda x, w, b: sum(x * w) + b)\n"
        "print('nbgrader' in sys.modules, 'matplotlib' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert "3 of 3 examples right" in done.stdout
    assert done.stdout.splitlines()[-1] == "False False"
