"""Mends of the theme, and what is built again."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nnfresh
import nnsite
import pytest
from booktools import JUPYTER_BOOK, ROOT


class Script:
    def __init__(self, filename: str | None, body: str | None = None) -> None:
        self.filename = filename
        self.attributes = {"body": body} if body else {}


def test_scripts_from_elsewhere_and_repetitions_are_dropped() -> None:
    kept = Script("kept.js")
    inline = Script(None, "let a = 1;")
    scripts = [
        kept,
        Script("sphinx-thebe.js"),
        Script(None, 'const THEBE_JS_URL = "https://unpkg.com/x"'),
        inline,
        Script("kept.js"),
        Script(None, "let a = 1;"),
        Script("https://cdn.jsdelivr.net/npm/x"),
        Script(None, "let a = 2;"),
    ]
    cleaned = nnsite.clean(scripts)
    assert cleaned[:2] == [kept, inline]
    assert [nnsite.asset_text(script) for script in cleaned] == [
        "kept.js\n",
        "\nlet a = 1;",
        "\nlet a = 2;",
    ]


def test_every_mend_still_finds_its_fault(site: Path) -> None:
    """A mend that changes no page is dead: the theme has changed, look whether it is needed."""
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    assert "nnsite: book/ext" in config
    pages = "\n".join(p.read_text(encoding="utf-8") for p in site.rglob("*.html"))
    for pattern, _ in nnsite.MENDS:
        assert not pattern.search(pages), f"not mended: {pattern.pattern}"
    for evidence in (
        'role="navigation" aria-label="Home"',
        '<div class="citation"',
        '<div class="citation-list">',
        "<td></td>",
        'data-theme="light"',
        '(prefers-color-scheme: dark)").matches',
        '<button class="btn search-button-field',
    ):
        assert evidence in pages, evidence


def test_mending_twice_changes_nothing(site: Path) -> None:
    page = (site / "search.html").read_text(encoding="utf-8")
    assert nnsite.mend(page) == page


def test_fingerprint_sees_contents_names_and_removals(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    file = tmp_path / "lib" / "a.py"
    file.write_text("x = 1")
    first = nnfresh.fingerprint(tmp_path, ["lib"])
    (tmp_path / "lib" / "notes.txt").write_text("no matter")
    assert nnfresh.fingerprint(tmp_path, ["lib"]) == first
    file.write_text("x = 2")
    second = nnfresh.fingerprint(tmp_path, ["lib"])
    file.rename(tmp_path / "lib" / "b.py")
    third = nnfresh.fingerprint(tmp_path, ["lib"])
    assert len({first, second, third}) == 3


PAGE = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# Page

```{code-cell} ipython3
import sys

sys.path.insert(0, "..")
from lib import answer

answer
```
"""

CONFIG = f"""
title: T
author: A
logo: ""
only_build_toc_files: true
execute: {{execute_notebooks: cache}}
sphinx:
  local_extensions: {{nnfresh: {ROOT / "book" / "ext"}}}
  config: {{fresh_paths: [lib]}}
"""


@pytest.mark.slow
def test_a_chapter_is_run_again_when_the_library_changes(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "book").mkdir()
    library = tmp_path / "lib" / "__init__.py"
    (tmp_path / "book" / "page.md").write_text(PAGE)
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/page\n")

    def build() -> subprocess.CompletedProcess[str]:
        command = [JUPYTER_BOOK, "build", ".", "-W", "--keep-going"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    def shown() -> str:
        return (tmp_path / "_build" / "html" / "book" / "page.html").read_text(encoding="utf-8")

    library.write_text("answer = 'first answer'\n")
    assert build().returncode == 0
    assert "first answer" in shown()

    assert "Executed notebook" not in build().stdout  # nothing has changed: the cache is used

    library.write_text("answer = 'second answer'\n")
    assert build().returncode == 0
    assert "second answer" in shown()

    # A fault that nobody mended fails the second build as well.
    library.write_text("raise RuntimeError('broken library')\n")
    assert build().returncode != 0
    assert build().returncode != 0


def test_a_warning_is_given_again(tiny: Callable[..., Any]) -> None:
    for _ in range(2):
        assert "nowhere" in tiny("# Page\n\n{ref}`nowhere`\n", ["nnfresh"]).warnings
