"""The course folder that `make course` made: assignments generated, sample class graded."""

import subprocess
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "_build" / "course"


@pytest.fixture(scope="session")
def course() -> Path:
    """Up to date: `make` does nothing where nothing has changed."""
    COURSE.parent.mkdir(exist_ok=True)
    with FileLock(COURSE.parent / ".course.lock"):  # pytest-xdist runs several sessions
        subprocess.run(["make", "grade"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return COURSE
