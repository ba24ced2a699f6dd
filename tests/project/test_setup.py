"""Setting up on a machine where something is missing: a clear message, no traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path):
    """What the set-up reads, in a place where it may not disturb the real environment."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "setup.sh", tmp_path / "scripts")
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("six==1.17.0\n")
    return tmp_path


def fake_python(folder, name, body):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def set_up(clone, **environment):
    return subprocess.run(
        ["sh", "scripts/setup.sh"],
        cwd=clone,
        env={"PATH": os.environ["PATH"], "HOME": str(clone), **environment},
        capture_output=True,
        text=True,
    )


def test_an_old_python_is_named_with_what_to_install(clone):
    old = fake_python(
        clone / "bin",
        "python3",
        'case "$1" in --version) echo Python 3.8.10;; *) exit 1;; esac',
    )
    done = set_up(clone, PYTHON=str(old))
    assert done.returncode == 1
    assert "It needs Python 3.11 or newer. Found: Python 3.8.10." in done.stderr
    assert "sudo apt install python3 python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (clone / ".venv").exists()


def test_no_python_at_all(clone):
    done = set_up(clone, PYTHON="no-such-python")
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr


def test_a_python_without_venv_is_told_apart(clone):
    """Debian ships Python without the module until python3-venv is installed."""
    half = fake_python(
        clone / "bin",
        "python3",
        f'case "$2" in *ensurepip*) exit 1;; *) exec "{sys.executable}" "$@";; esac',
    )
    done = set_up(clone, PYTHON=str(half))
    assert done.returncode == 1
    version = "{}.{}".format(*sys.version_info[:2])
    assert f"sudo apt install python{version}-venv" in done.stderr


def test_a_failed_installation_shows_the_end_of_the_log(clone):
    (clone / "requirements.lock").write_text("six==1.17.0 --hash=sha256:" + "0" * 64 + "\n")
    done = set_up(clone, PYTHON=sys.executable, PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 1
    assert "No matching distribution found for six" in done.stderr
    assert "Is the machine online?" in done.stderr
    assert not (clone / ".venv" / ".ok").exists()


def test_make_stops_with_the_message(clone):
    done = subprocess.run(
        ["make", "course", "PYTHON=no-such-python"], cwd=clone, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr


def test_nothing_is_made_twice():
    """After `make course`, asking again makes nothing: every stamp is newer than its sources."""
    subprocess.run(["make", "course"], cwd=ROOT, check=True, capture_output=True)
    again = subprocess.run(["make", "course"], cwd=ROOT, check=True, capture_output=True, text=True)
    assert "==>" not in again.stdout
    assert "_build/course/grades.csv" in again.stdout
    assert "possible" in again.stdout


@pytest.mark.parametrize("target", ["course", "assignments", "grade", "book", "test", "lint"])
def test_the_targets_are_understood(target):
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_make_lab_never_replaces_what_a_student_has_written(clone):
    """With a stand-in for Jupyter, and everything that is built taken as up to date."""
    for assignment in ("01_begun", "02_new"):
        (clone / "exercises" / "assignments" / assignment).mkdir(parents=True)
        released = clone / "_build" / "course" / "release" / assignment
        released.mkdir(parents=True)
        (released / "notebook").write_text("as released")
    begun = clone / "my_work" / "01_begun" / "notebook"
    begun.parent.mkdir(parents=True)
    begun.write_text("my answers")
    (clone / ".venv").mkdir()
    fake_python(clone / ".venv" / "bin", "jupyter", 'echo "opened $2"')
    (clone / "_build" / ".assignments.ok").touch()
    done = subprocess.run(
        ["make", "--assume-old=_build/.assignments.ok", "lab"],
        cwd=clone,
        capture_output=True,
        text=True,
    )
    assert "opened my_work" in done.stdout, done.stderr
    assert begun.read_text() == "my answers"
    assert (clone / "my_work" / "02_new" / "notebook").read_text() == "as released"
