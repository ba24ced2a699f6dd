"""`import nnlib` must stay cheap, and its public names explicit."""

import json
import subprocess
import sys

import pytest

import nnlib

# What nnlib may load beyond NumPy: itself, and these small modules of the standard library.
ALLOWED = {"__future__", "copy", "dataclasses"}

LIST_NEW_MODULES = """
import json, sys
import numpy
before = set(sys.modules)
import nnlib
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_import_adds_only_allowed_modules_over_numpy():
    run = subprocess.run(
        [sys.executable, "-c", LIST_NEW_MODULES], capture_output=True, text=True, check=True
    )
    added = json.loads(run.stdout)
    assert "nnlib" in added
    foreign = {name for name in added if name.split(".")[0] != "nnlib"} - ALLOWED
    assert not foreign, f"import nnlib now also loads {sorted(foreign)}"


@pytest.mark.parametrize("module", ["nnlib.datasets", "nnlib.gradcheck", "nnlib.plot"])
def test_modules_with_lazy_imports_load_no_big_library(module):
    code = (
        f"import sys, {module}; print([m for m in ('matplotlib', 'sklearn') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_all_lists_every_public_name_once_and_all_exist():
    assert len(set(nnlib.__all__)) == len(nnlib.__all__)
    for name in nnlib.__all__:
        assert hasattr(nnlib, name)


@pytest.mark.parametrize("name", nnlib.__all__)
def test_every_public_name_has_a_docstring(name):
    assert getattr(nnlib, name).__doc__, f"{name} has no docstring"
