"""The concept map: its shape, its counts, and faces that lead nowhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import concepts
import pytest
from booktools import ROOT
from nnlabels import labels_of

PAGE = """(chapter)=
# Chapter

(bias)=
## The bias

(cell-bias)=
```{code-cell} ipython3
x: str = "(not-a-label)="
```

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-plot
    caption: A plot.
---
name: str = "x"
```

```{nnfig} neuron
:name: fig-neuron
:alt: A neuron
```

```{nnquiz}
:name: quiz-bias

Why?

- [x] a

  Yes.
- [ ] b

  No.
```

````md
(listed)=
## Not a section
```{nnquiz}
:name: quiz-listed
```
````

(tab-plain)=
| a |
|---|
| 1 |
"""

ASSIGNMENT = """
# %% [markdown] exercise="told"
# %% exercise="neuron" role="solution"
# %% exercise="neuron" role="test"
"""

GOOD = {
    "text": "bias",
    "code": "nnlib.neuron.Neuron",
    "picture": "fig-plot",
    "exercise": "quiz:quiz-bias",
}


def entry(**faces: str | None) -> str:
    lines = [f"      {face}: {value or 'null'}\n" for face, value in (GOOD | faces).items()]
    return "    - id: bias\n      name: Bias\n" + "".join(lines)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    def make(rows: str) -> Path:
        (tmp_path / "book").mkdir(exist_ok=True)
        (tmp_path / "_toc.yml").write_text(
            "format: jb-book\nroot: book/page\n"
            "parts:\n- caption: C\n  chapters:\n  - file: absent\n"
        )
        (tmp_path / "book" / "page.md").write_text(PAGE)
        (tmp_path / "book" / "unlisted.md").write_text("(elsewhere)=\n## Elsewhere\n")
        folder = tmp_path / "exercises" / "assignments" / "01_neurons"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "01_neurons.py").write_text(ASSIGNMENT)
        (tmp_path / "book" / "concepts.yml").write_text(f"- section: Neurons\n  concepts:\n{rows}")
        return tmp_path

    return make


def test_labels_and_their_kinds() -> None:
    assert {label.name: label.kind for label in labels_of(PAGE, "page")} == {
        "chapter": "section",
        "bias": "section",
        "cell-bias": "cell",
        "fig-plot": "figure",
        "fig-neuron": "figure",
        "quiz-bias": "quiz",
        "tab-plain": "block",
    }


@pytest.mark.parametrize(
    "faces",
    [
        {},
        {"code": "nnlib.activations.sigmoid"},
        {"code": "nnlib.neuron"},
        {"code": "cell:cell-bias", "picture": "cell-bias"},
        {"picture": "fig-neuron", "exercise": "01_neurons/neuron"},
        {"picture": "tab-plain"},
    ],
)
def test_a_concept_with_four_good_faces_is_done(
    project: Callable[[str], Path], capsys: pytest.CaptureFixture[str], faces: dict[str, str]
) -> None:
    assert concepts.main(["--root", str(project(entry(**faces)))]) == 0
    output = capsys.readouterr()
    assert output.out.splitlines()[-1].split() == ["All", "1", "/", "1"]
    assert output.err == ""


@pytest.mark.parametrize("face", concepts.FACES)
def test_a_concept_with_an_empty_face_is_not_done(
    project: Callable[[str], Path], capsys: pytest.CaptureFixture[str], face: str
) -> None:
    assert concepts.main(["--root", str(project(entry(**{face: None})))]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["All", "0", "/", "1"]


@pytest.mark.parametrize(
    ("face", "value", "complaint"),
    [
        ("text", "biass", "no page has the label 'biass'"),
        ("text", "elsewhere", "no page has the label"),
        ("text", "listed", "no page has the label"),
        ("text", "quiz-bias", "belongs to a quiz"),
        ("picture", "bias", "belongs to a section"),
        ("picture", "quiz-bias", "belongs to a quiz"),
        ("code", "nnlib.neuron.Neurone", "has no 'Neurone'"),
        ("code", "nnlib.nothing.Neuron", "has no 'nothing.Neuron'"),
        ("code", "numpy.sum", "expected an object of nnlib"),
        ("code", "cell:bias", "belongs to a section"),
        ("exercise", "quiz:bias", "belongs to a section"),
        ("exercise", "01_neurons/told", "no test cell of the exercise 'told'"),
        ("exercise", "02_activations/neuron", "no test cell"),
        ("exercise", "neuron", "expected <assignment>/<exercise>"),
    ],
)
def test_a_face_that_leads_nowhere_fails(
    project: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
    face: str,
    value: str,
    complaint: str,
) -> None:
    assert concepts.main(["--root", str(project(entry(**{face: value})))]) == 1
    output = capsys.readouterr()
    assert f"bias: {face}: " in output.err
    assert complaint in output.err
    assert output.out.splitlines()[-1].split() == ["All", "0", "/", "1"]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (entry() + entry(), "come twice: bias"),
        (entry().replace("      code", "      source"), "a concept has the keys"),
        (entry().replace("name: Bias", "name: null"), "name must be text"),
        (entry().replace("text: bias", "text: [bias]"), "text must be text or null"),
    ],
)
def test_a_misshapen_map_fails(
    project: Callable[[str], Path], capsys: pytest.CaptureFixture[str], rows: str, complaint: str
) -> None:
    assert concepts.main(["--root", str(project(rows))]) == 1
    assert complaint in capsys.readouterr().err


def test_the_map_of_the_book() -> None:
    sections = concepts.load(ROOT / "book" / "concepts.yml")
    # The size of the curriculum: a concept cannot vanish unnoticed.
    assert [len(section.concepts) for section in sections] == [18, 14, 11, 9, 11, 17, 14, 10, 9, 6]
    report = concepts.examine(sections, concepts.Resolver())
    assert report.faults == []


def test_the_index_page_links_to_every_face(tiny: Callable[..., Any], tmp_path: Path) -> None:
    rows = entry() + entry(text=None, exercise=None).replace("id: bias", "id: bias2").replace(
        "name: Bias", "name: Second"
    )
    empty = "    - id: none\n      name: Third\n" + "".join(
        f"      {face}: null\n" for face in concepts.FACES
    )
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "concepts.yml").write_text(
        f"- section: Neurons\n  concepts:\n{rows}{empty}"
    )
    page = PAGE.replace("```{nnfig} neuron", "```{figure} p.svg").replace(":alt: A neuron", "\nCap")
    page = page.replace(
        "{code-cell} ipython3\n---\nmystnb:\n  figure:\n    name: fig-plot\n"
        '    caption: A plot.\n---\nname: str = "x"',
        "{figure} p.svg\n:name: fig-plot\n\nA plot.",
    )
    page = page.replace("{code-cell} ipython3", "{code-block} python")
    (tmp_path / "source" / "p.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    built = tiny(
        {
            "index.md": "# Concepts\n\n```{toctree}\npage\n```\n```{concept-index}\n```\n",
            "page.md": page,
        },
        ["nnquiz", "concept_index"],
    )
    assert built.warnings == ""
    html = built.read()
    assert "1 of 3 concepts have all four faces." in html
    assert '<a class="reference internal" href="page.html#bias">The bias</a>' in html
    assert '<a class="reference internal" href="page.html#fig-plot">Figure 1</a>' in html
    assert '<a class="reference internal" href="page.html#quiz-bias">Question 1</a>' in html
    assert "<code>nnlib.<wbr>neuron.<wbr>Neuron</code>" in html
    assert "The others are not written yet: Third." in html


def test_the_index_page_reports_a_missing_label(tiny: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "concepts.yml").write_text(
        "- section: Neurons\n  concepts:\n" + entry(picture=None, exercise=None)
    )
    built = tiny("# Concepts\n\n```{concept-index}\n```\n", ["concept_index"])
    assert "no page has the label 'bias'" in built.warnings
