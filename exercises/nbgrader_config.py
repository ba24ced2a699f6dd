"""Settings of nbgrader for this course.

Every course folder made by `python -m exercises course` loads this file, so that a change here
reaches all of them. Run in this folder, nbgrader works on the sample class of `make course`.
"""

import os
import sys
import warnings
from pathlib import Path

# nbgrader 0.9.6 makes SQLAlchemy 2 say this for every submission; the rows are all written.
warnings.filterwarnings("ignore", r"Object of type <Submitted\w+> not in session")

# nbgrader starts `alembic` by its name; find the one beside this Python without an activated venv.
_bin = str(Path(sys.executable).parent)
if _bin not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = _bin + os.pathsep + os.environ["PATH"]

c = get_config()  # noqa: F821  (traitlets provides it)

c.CourseDirectory.course_id = "from-neuron-to-network"
c.CourseDirectory.root = str(Path(__file__).resolve().parent.parent / "_build" / "course")

# Keeps the grader's memory of commands out of the kernel, and the kernel's log to errors.
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=ERROR"]

# A cell that runs longer is stopped; the rest of the notebook is still graded.
c.Execute.timeout = 60
c.Execute.interrupt_on_timeout = True

# What a cell writes to stderr (a warning, a log line) must not turn its marks into 0.
c.IgnorePattern.pattern = r"(?s).*"

# A test cell that a student deleted comes back before grading.
c.OverwriteCells.add_missing_cells = True

c.ClearSolutions.code_stub = {
    "python": "# YOUR CODE HERE\nraise NotImplementedError()",
}
