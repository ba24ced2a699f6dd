"""No solution is published with the site, and the search for them finds planted ones."""

import json
from pathlib import Path

import pytest
from booktools import ROOT
from leaks import BEGIN, END, find_leaks, regions, secret_lines, squeeze

ASSIGNMENT = f'''
# %% role="solution"
def positive(values, name="x"):
    """Docstring."""
    {BEGIN}
    chosen = [value for value in values if value > 0 and name != "a&b"]
    return z
    {END}
'''
LINE = 'chosen = [value for value in values if value > 0 and name != "a&b"]'


def test_no_solution_is_in_the_site(site: Path) -> None:
    sources = sorted((ROOT / "exercises" / "assignments").glob("*/*.py"))
    found = [region for file in sources for region in regions(file.read_text(encoding="utf-8"))]
    assert found, "no solution region was found, so this test would see nothing"
    secrets = {line for file in sources for line in secret_lines(file.read_text(encoding="utf-8"))}
    assert secrets, "no solution has a line that is long enough to look for"
    assert find_leaks(site, secrets) == []


def test_only_long_lines_inside_the_region_are_secret() -> None:
    assert secret_lines(ASSIGNMENT) == {squeeze(LINE)}


def test_a_line_that_students_are_given_is_no_secret() -> None:
    assert secret_lines(ASSIGNMENT + f"# %%\n{LINE}\n") == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.txt", f"prose\n    {LINE}\n"),
        ("page.md", LINE),
        ("script.js", f"const x = {json.dumps(LINE)};"),
        ("searchindex.js", 'Search.setIndex({"t": ' + json.dumps(LINE) + "})"),
        (
            "page.html",
            '<pre><span class="n">chosen</span> <span>=</span> [value <b>for</b> value <i>in</i> '
            "values if value &gt; 0 and name != &quot;a&amp;b&quot;]</pre>",
        ),
        ("page.ipynb", json.dumps({"cells": [{"source": ["x = 1\n", f"{LINE}\n"]}]})),
        ("page.ipynb", json.dumps({"cells": [{"source": f"x = 1\n{LINE}"}]})),
        (
            "data.json",
            json.dumps({"html": LINE.replace("&", "&amp;").replace(">", "&gt;") + "<br>"}),
        ),
    ],
)
def test_a_planted_leak_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / name).write_text(text, encoding="utf-8")
    leaks = find_leaks(tmp_path, secret_lines(ASSIGNMENT))
    assert [(leak.file, leak.line) for leak in leaks] == [(f"deep/{name}", squeeze(LINE))]


def test_clean_files_have_no_leak(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>chosen = [value for value in values]</p>")
    assert find_leaks(tmp_path, secret_lines(ASSIGNMENT)) == []
