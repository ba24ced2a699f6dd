"""The house is in order: what must be there, what must not, and the style of the code."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def tracked():
    """Files that git has or would take: what a fresh clone consists of."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff", "Makefile"),
        *("pyproject.toml", "requirements.lock", "_config.yml", "_toc.yml", ".ci/run"),
        *("docs/architecture.md", "docs/notation.md", ".pre-commit-config.yaml"),
        *("book", "exercises", "nnlib", "tests"),
    ],
)
def test_it_is_there(name):
    path = ROOT / name
    assert path.is_dir() or path.stat().st_size > 100


def test_nothing_generated_is_committed():
    generated = {".ipynb", ".db", ".pyc", ".whl"}
    assert [path for path in tracked() if path.suffix in generated] == []


def test_the_lock_has_a_version_and_hashes_for_everything_and_no_address():
    text = (ROOT / "requirements.lock").read_text()
    assert "http:" not in text
    assert "https:" not in text
    assert "--index" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[\w.\-\[\]]+==[\w.+!]+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_lock_has_every_package_that_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    # `oracle` holds PyTorch, far larger than all the rest; its tests are skipped without it.
    every = project["optional-dependencies"]
    extras = [lines for name, lines in every.items() if name != "oracle"]
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.match(r"[\w.\-]+", line)[0].lower() for line in wanted}
    locked = {
        line.split("==")[0]
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line
    }
    assert names - {project["name"]} <= locked
    assert "torch" not in locked
    named = set(re.search(r"\$\(foreach e,(.*?),", (ROOT / "Makefile").read_text())[1].split())
    assert named == set(every) - {"oracle"}, "make lock does not name these extras"


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_the_code_is_in_style(command):
    tool, *arguments = command
    done = subprocess.run([BIN / tool, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pre_commit_hooks_need_no_download():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hooks = {hook["id"] for repo in config["repos"] for hook in repo["hooks"]}
    assert {"ruff-check", "ruff-format", "mypy", "no-notebooks"} <= hooks
    assert {repo["repo"] for repo in config["repos"]} == {"local"}


def test_every_make_target_in_the_readme_exists():
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"\bmake ([a-z]+)\b", readme))
    assert {"course", "test", "serve"} <= targets
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {name for name in targets if not re.search(rf"^{name}:", makefile, re.M)} == set()


def test_links_between_the_documents_resolve():
    documents = [path for path in tracked() if path.suffix == ".md" and path.parent.name != "book"]
    assert len(documents) >= 5
    for document in documents:
        for target in re.findall(
            r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8")
        ):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_nnlib_and_the_book_do_not_import_backwards():
    """Imports point one way: book and exercises to nnlib."""
    for path in (ROOT / "nnlib").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) (exercises|book)\b", path.read_text(), re.M), path
