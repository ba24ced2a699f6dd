"""The figure directive: what it writes, what it ships, what it refuses."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

FIGURE = """# Page

{numref}`fig-one`

```{nnfig} one
:name: fig-one
:alt: A line that "rises" & falls
:props: {"w": 1.5, "label": "it's <b>"}

A caption with **words**, $w_1$.

A legend.
```
"""


@pytest.fixture
def build(tiny: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    figures = tmp_path / "source" / "figures"
    (figures / "parts").mkdir(parents=True)
    for name in ("one.js", "nn-figure.js", "parts/line.js", "notes.txt"):
        (figures / name).write_text(f"// {name}")
    return lambda pages, **config: tiny(pages, ["nnfig"], **config)


def test_figure(build: Callable[..., Any]) -> None:
    built = build(FIGURE)
    assert built.warnings == ""
    page = built.read()
    element = re.search(r"<nn-figure ([^>]*)>(.*?)</nn-figure>", page, re.DOTALL)
    assert element is not None
    attributes = {k: unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', element[1])}
    assert attributes["module"] == "_static/figures/one.js"
    assert attributes["role"] == "group"
    assert attributes["aria-label"] == 'A line that "rises" & falls'
    assert json.loads(attributes["props"]) == {"w": 1.5, "label": "it's <b>"}
    assert 'A line that "rises" &amp; falls' in element[2] or "&quot;rises&quot;" in element[2]
    assert re.search(r'<figure[^>]*id="fig-one"', page)
    assert re.search(r"<figcaption>.*Fig. 1.*<strong>words</strong>", page, re.DOTALL)
    assert "A legend." in page
    assert re.search(r'<script type="module"[^>]*src="_static/figures/nn-figure.js', page) or (
        re.search(r'<script[^>]*src="_static/figures/nn-figure.js[^>]*type="module"', page)
    )


def test_the_address_of_the_module_is_relative_to_the_page(build: Callable[..., Any]) -> None:
    built = build({"index.md": "# Top\n\n```{toctree}\na/b/page\n```\n", "a/b/page.md": FIGURE})
    assert built.warnings == ""
    assert 'module="../../_static/figures/one.js"' in built.read("a/b/page.html")
    assert "nn-figure.js" not in built.read()  # a page without figures loads nothing


def test_modules_are_shipped_afresh(build: Callable[..., Any], tmp_path: Path) -> None:
    shipped = build(FIGURE).folder / "_static" / "figures"
    names = {file.relative_to(shipped).as_posix() for file in shipped.rglob("*") if file.is_file()}
    assert names == {"one.js", "nn-figure.js", "parts/line.js"}
    (tmp_path / "source" / "figures" / "parts" / "line.js").unlink()
    build(FIGURE)
    assert not (shipped / "parts" / "line.js").exists()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (':alt: A line that "rises" & falls\n', "", ":alt: is missing"),
        ('{"w": 1.5, "label": "it\'s <b>"}', "{w: 1}", "must be a JSON object"),
        ('{"w": 1.5, "label": "it\'s <b>"}', "[1]", "must be a JSON object"),
        ("{nnfig} one", "{nnfig} two", "no figure module figures/two.js"),
        ("A caption", "- A caption", "must begin with a paragraph"),
    ],
)
def test_faults_are_reported_with_their_line(
    build: Callable[..., Any], old: str, new: str, complaint: str
) -> None:
    assert old in FIGURE
    built = build(FIGURE.replace(old, new))
    assert complaint in built.warnings
    assert re.search(r"index\.md:5", built.warnings)


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_other_formats_say_what_the_figure_shows(build: Callable[..., Any], builder: str) -> None:
    built = build(FIGURE.replace(" & ", " and "), builder=builder)
    assert built.warnings == ""
    file = next(f for f in built.folder.iterdir() if f.suffix in (".txt", ".tex"))
    text = " ".join(file.read_text(encoding="utf-8").split())
    assert "and falls" in text
