"""The quiz directive: what it writes, and what it says to an author who got it wrong."""

import re
from collections.abc import Callable
from typing import Any

import pytest

SINGLE = """# Page

See {ref}`quiz-zero`.

```{nnquiz}
:name: quiz-zero

What does a weight of $0$ do?

- [ ] It counts **double**, $2x$.

  A weight of 2 would.
- [x] $0 \\cdot x = 0$

  Whatever $x$ is.

  Even here.
- [ ] `raise ValueError`

  Nothing is raised.
```
"""

NUMERIC = """# Page

```{nnquiz}
:name: quiz-number
:kind: numeric
:tolerance: 0.05

Compute.

- [x] 2.8

  Right so.
- [ ] -7.8

  The bias was added twice.
- [ ] *

  Look again.
```
"""


def quiz(body: str, options: str = ":name: q", fence: str = "```") -> str:
    return f"# Page\n\nText.\n\n{fence}{{nnquiz}}\n{options}\n\n{body}\n{fence}\n"


@pytest.fixture
def build(tiny: Callable[..., Any]) -> Callable[..., Any]:
    return lambda text, **config: tiny(text, ["nnquiz"], **config)


def test_single_choice(build: Callable[..., Any]) -> None:
    built = build(SINGLE)
    assert built.warnings == ""
    page = built.read()
    assert page.count('type="radio"') == 3
    assert page.count('name="nnq-quiz-zero"') == 3
    for letter in "ABC":
        assert f'id="nnq-quiz-zero-{letter}"' in page
        assert f'<label for="nnq-quiz-zero-{letter}">' in page
    assert re.findall(r'data-answer="(.)" data-verdict="(\w+)"', page) == [
        ("A", "wrong"),
        ("B", "right"),
        ("C", "wrong"),
    ]
    assert "task-list-item-checkbox" not in page
    assert re.search(r"<fieldset>\s*<legend>.*What does a weight of .*</legend>", page, re.DOTALL)
    # Without JavaScript the reasons stand in a details element.
    details = page[page.index("<details") : page.index("</details>")]
    assert "Even here." in details
    assert "<strong>B</strong> is right." in details
    assert ">Question 1<" in page[: page.index("<fieldset")]  # the text of the reference


def test_question_may_hold_code_and_formulas(build: Callable[..., Any]) -> None:
    body = "Which?\n\n```python\nx = 1\n```\n\n$$x + 1$$\n\n- [x] a\n\n  Yes.\n- [ ] b\n\n  No."
    built = build(quiz(body, fence="````"))
    assert built.warnings == ""
    page = built.read()
    assert 'aria-describedby="nnq-q-details"' in page
    assert 'id="nnq-q-details"' in page
    assert page.index('class="highlight') < page.index('type="radio"')


def test_multiple_choice(build: Callable[..., Any]) -> None:
    body = "Which?\n\n- [x] a\n\n  Yes.\n- [x] b\n\n  Yes.\n- [ ] c\n\n  No."
    built = build(quiz(body, ":name: q\n:kind: multiple"))
    assert built.warnings == ""
    assert built.read().count('type="checkbox"') == 3


def test_numeric(build: Callable[..., Any]) -> None:
    built = build(NUMERIC)
    assert built.warnings == ""
    page = built.read()
    assert 'data-tolerance="0.05"' in page
    assert 'inputmode="decimal"' in page
    assert re.findall(r'data-answer="(.+?)" data-verdict="(\w+)"', page) == [
        ("2.8", "right"),
        ("-7.8", "wrong"),
        ("*", "wrong"),
    ]


def test_questions_are_numbered_by_page(build: Callable[..., Any]) -> None:
    second = SINGLE.replace("quiz-zero", "quiz-two").replace("# Page", "")
    built = build(SINGLE + second)
    assert built.warnings == ""
    assert re.findall(r'nnq-number">(Question \d)', built.read()) == ["Question 1", "Question 2"]


def test_signature_changes_with_the_question_only(build: Callable[..., Any]) -> None:
    def signature(text: str) -> str:
        return re.findall(r'data-signature="(\w+)"', build(text).read())[0]

    first = signature(SINGLE)
    assert signature(SINGLE.replace("# Page", "# Other page\n\nMore text.")) == first
    assert signature(SINGLE.replace("What does", "What will")) != first


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_other_formats_have_the_answers(build: Callable[..., Any], builder: str) -> None:
    built = build(SINGLE.replace("$", ""), builder=builder)
    assert built.warnings == ""
    file = next(f for f in built.folder.iterdir() if f.suffix in (".txt", ".tex"))
    text = file.read_text(encoding="utf-8")
    assert "B is right" in text
    assert "Even here." in text


ANSWERS = "- [x] a\n\n  Yes.\n- [ ] b\n\n  No."


@pytest.mark.parametrize(
    ("source", "complaint", "line"),
    [
        (quiz(f"Which?\n\n{ANSWERS}", ":kind: single"), "option :name: is missing", 5),
        (quiz("Which?"), "no list of answers", 5),
        (quiz(ANSWERS), "question must come first", 5),
        (quiz("Which?\n\n- [x] a\n\n  Yes.\n- [x] b\n\n  No."), "exactly one [x]", 5),
        (quiz("Which?\n\n- [ ] a\n\n  Yes.\n- [ ] b\n\n  No."), "exactly one [x]", 5),
        (quiz("Which?\n\n- [x] a\n\n  Yes."), "at least two answers", 5),
        (quiz("Which?\n\n- [x] a\n\n  Yes.\n- b\n\n  No."), "no tick box", 13),
        (quiz("Which?\n\n- [x] a\n\n  Yes.\n- [ ] b"), "'b' has no reason", 13),
        (quiz("Which?\n\n- [x] a\n  Yes.\n- [ ] b\n\n  No."), "has no reason", 10),
        (quiz(f"Which?\n\n{ANSWERS}\n\nMore."), "must come last", 17),
        (quiz(f"Which?\n\n{ANSWERS}", ":name: q\n:tolerance: 1"), ":tolerance: is for", 5),
        (
            quiz("How many?\n\n- [x] 1\n\n  Yes.", ":name: q\n:kind: numeric"),
            "needs :tolerance:",
            5,
        ),
        (
            quiz("How many?\n\n- [x] 1\n\n  Yes.", ":name: q\n:kind: numeric\n:tolerance: 0"),
            "ends with one answer",
            5,
        ),
        (
            quiz(
                "How many?\n\n- [x] one\n\n  Yes.\n- [ ] *\n\n  No.",
                ":name: q\n:kind: numeric\n:tolerance: 0",
            ),
            "must be a number, got 'one'",
            12,
        ),
        (
            quiz(f"Which?\n\n{ANSWERS.replace('[x]', '[ ]')}", ":name: q\n:kind: multiple"),
            "one [x]",
            5,
        ),
        (quiz(f"Which?\n\n{ANSWERS}", ":name: q\n:kind: essay"), "essay", 5),
    ],
)
def test_a_malformed_quiz_is_reported_with_its_line(
    build: Callable[..., Any], source: str, complaint: str, line: int
) -> None:
    built = build(source)
    assert complaint in built.warnings
    assert f"index.md:{line}:" in built.warnings
    assert "<fieldset" not in built.read()


def test_two_quizzes_of_one_name_are_reported(build: Callable[..., Any]) -> None:
    assert "quiz-zero" in build(SINGLE + SINGLE.replace("# Page", "")).warnings
