"""Answering questions with the keyboard; marks that survive a reload."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from booktools import ROOT, Visit, chapters, served, settle

pytestmark = pytest.mark.browser

PAGE = """# Page

```{nnquiz}
:name: quiz-one

Which?

- [ ] first

  The reason against A.
- [x] second

  The reason for B.
```

```{nnquiz}
:name: quiz-many
:kind: multiple

Which ones?

- [x] first

  The reason for A.
- [x] second

  The reason for B.
- [ ] third

  The reason against C.
```

```{nnquiz}
:name: quiz-number
:kind: numeric
:tolerance: 0.05

How much?

- [x] 2.8

  The sum.
- [ ] 7.8

  The bias is missing.
- [ ] *

  Add up the products.
```
"""


@pytest.fixture
def url(tiny: Callable[..., Any]) -> Iterator[str]:
    built = tiny(
        PAGE,
        ["nnquiz"],
        html_static_path=[str(ROOT / "book" / "assets")],
        html_css_files=["site.css", "nnquiz.css"],
        html_js_files=[("nnquiz.js", {"defer": "defer"})],
        html_theme_options={"body_min_width": "0"},
        html_favicon=str(ROOT / "book" / "assets" / "favicon.svg"),
    )
    assert built.warnings == ""
    with served(built.folder) as address:
        yield f"{address}index.html"


@pytest.fixture
def page(url: str, visit: Callable[..., Visit]) -> Any:
    return visit(url).page


def status(page: Any, number: int) -> str:
    return str(page.locator(".nnq-status").nth(number).inner_text())


def score(page: Any) -> str:
    return str(page.locator(".nnq-score p").first.inner_text())


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def test_single_choice_by_keyboard(page: Any) -> None:
    page.locator("#nnq-quiz-one-A").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert focused(page) == "Check"
    page.keyboard.press("Enter")
    assert status(page, 0).split("\n\n") == ["Not quite.", "The reason against A."]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "nnq-quiz-one-B"
    page.keyboard.press("Enter")  # also straight from the answer
    assert status(page, 0).split("\n\n") == ["Correct.", "The reason for B."]
    assert score(page) == "1 of 3 answered correctly."


def test_what_a_screen_reader_is_told(page: Any) -> None:
    group = page.get_by_role("group", name="Question 1 Which?")
    assert group.count() == 1
    assert group.get_by_role("radio", name="B. second").count() == 1
    assert page.locator(".nnq-status").first.get_attribute("role") == "status"
    page.get_by_role("textbox", name="Your number").fill("1")


def test_nothing_chosen(page: Any) -> None:
    for number, words in enumerate(["Choose an answer", "Choose an answer", "Type a number"]):
        page.get_by_role("button", name="Check").nth(number).click()
        assert words in status(page, number)
    assert score(page) == "0 of 3 answered correctly."
    assert page.evaluate("localStorage.length") == 0


def test_multiple_choice(page: Any) -> None:
    button = page.get_by_role("button", name="Check").nth(1)
    page.get_by_label("A. first").nth(1).check()
    button.click()
    assert "Not quite." in status(page, 1)
    assert "The reason for A." in status(page, 1)
    assert "One right answer is not ticked." in status(page, 1)
    page.get_by_label("C. third").check()
    button.click()
    assert "C is wrong." in status(page, 1)
    assert "The reason against C." in status(page, 1)
    page.get_by_label("B. second").nth(1).check()
    button.click()
    assert "Not quite." in status(page, 1)  # all right ones, and a wrong one
    page.get_by_label("C. third").uncheck()
    button.click()
    assert "Correct." in status(page, 1)
    assert "not ticked" not in status(page, 1)
    assert score(page) == "1 of 3 answered correctly."


@pytest.mark.parametrize(
    ("typed", "verdict", "reason"),
    [
        ("2.8", "Correct.", "The sum."),
        ("2.85", "Correct.", "The sum."),
        ("2,75", "Correct.", "The sum."),
        ("28e-1", "Correct.", "The sum."),
        ("2.86", "Not quite.", "Add up the products."),
        ("7.8", "Not quite.", "The bias is missing."),
        ("\u22122.8", "Not quite.", "Add up the products."),
        ("about three", "is not a number", "Write it like"),
    ],
)
def test_number(page: Any, typed: str, verdict: str, reason: str) -> None:
    field = page.get_by_label("Your number")
    field.fill(typed)
    field.press("Enter")
    assert verdict in status(page, 2)
    assert reason in status(page, 2)


def test_answers_are_hidden_until_the_reader_has_tried(page: Any) -> None:
    details = page.locator("details.nnq-answers").first
    assert not details.is_visible()
    page.locator("#nnq-quiz-one-A").check()
    page.get_by_role("button", name="Check").first.click()
    assert details.is_visible()
    assert not details.locator(".nnq-reason").first.is_visible()


def test_marks_survive_a_reload_and_can_be_erased(page: Any) -> None:
    page.locator("#nnq-quiz-one-B").check()
    page.get_by_role("button", name="Check").first.click()
    page.get_by_label("Your number").fill("7.8")
    page.get_by_role("button", name="Check").nth(2).click()
    page.reload(wait_until="networkidle")
    settle(page)
    assert score(page) == "1 of 3 answered correctly."
    assert page.locator("#nnq-quiz-one-B").is_checked()
    assert status(page, 0).split("\n\n") == ["Correct.", "The reason for B."]
    assert page.get_by_label("Your number").input_value() == "7.8"
    assert "The bias is missing." in status(page, 2)

    page.get_by_role("button", name="Erase my answers on this page").click()
    for _ in range(2):
        assert score(page) == "0 of 3 answered correctly."
        assert not page.locator("#nnq-quiz-one-B").is_checked()
        assert status(page, 0) == ""
        assert page.evaluate("localStorage.length") == 0
        page.reload(wait_until="networkidle")
        settle(page)


def test_marks_of_another_page_stay(page: Any) -> None:
    page.evaluate("localStorage.setItem('nnquiz:other', '{\"quiz-one\": {}}')")
    page.locator("#nnq-quiz-one-B").check()
    page.get_by_role("button", name="Check").first.click()
    page.get_by_role("button", name="Erase my answers on this page").click()
    assert page.evaluate("Object.keys(localStorage)") == ["nnquiz:other"]


@pytest.mark.parametrize(
    "stored",
    [
        "not json",
        "null",
        "[1]",
        '{"quiz-one": {"given": ["B"], "correct": true, "signature": "of an older question"}}',
        '{"quiz-gone": {"given": ["B"], "correct": true, "signature": "x"}}',
    ],
)
def test_marks_that_no_longer_fit_are_ignored(page: Any, stored: str) -> None:
    page.evaluate("text => localStorage.setItem('nnquiz:index', text)", stored)
    page.reload(wait_until="networkidle")
    settle(page)
    assert score(page) == "0 of 3 answered correctly."
    page.locator("#nnq-quiz-one-B").check()
    page.get_by_role("button", name="Check").first.click()
    assert score(page) == "1 of 3 answered correctly."


def test_it_works_where_storage_is_forbidden(url: str, chromium: Any) -> None:
    context = chromium.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.stack or ""))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    page.goto(url, wait_until="networkidle")
    settle(page)
    page.locator("#nnq-quiz-one-B").check()
    page.get_by_role("button", name="Check").first.click()
    assert score(page) == "1 of 3 answered correctly."
    assert [error for error in errors if "nnquiz.js" in error] == []
    context.close()


def test_narrow(url: str, visit: Callable[..., Visit]) -> None:
    page = visit(url, viewport={"width": 360, "height": 800}).page
    for number in range(2):
        page.locator(".nnq").nth(number).locator("input").first.check()
        page.get_by_role("button", name="Check").nth(number).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator(".nnq button:visible, .nnq-score button").all():
        box = button.bounding_box()
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


GIVE_EVERY_ANSWER = """() => [...document.querySelectorAll(".nnq")].flatMap(quiz => {
    const numeric = quiz.dataset.kind === "numeric";
    const inputs = [...quiz.querySelectorAll(".nnq-option input")];
    return [...quiz.querySelectorAll(".nnq-answers .nnq-reason")].map(reason => {
        const value = reason.dataset.answer;
        if (numeric) inputs[0].value = value === "*" ? "123456.789" : value;
        else for (const input of inputs) input.checked = input.value === value;
        quiz.querySelector(".nnq-check").click();
        return {
            quiz: quiz.dataset.quiz,
            kind: quiz.dataset.kind,
            right: reason.dataset.verdict === "right",
            reason: reason.querySelector(".nnq-why").textContent,
            shown: quiz.querySelector(".nnq-status").textContent,
        };
    });
})"""


@pytest.mark.parametrize("name", chapters())
def test_every_answer_of_a_chapter_gives_its_reason(
    site_url: str, visit: Callable[..., Visit], name: str
) -> None:
    given = visit(f"{site_url}{name}.html").page.evaluate(GIVE_EVERY_ANSWER)
    assert len(given) >= 16
    for answer in given:
        assert answer["reason"].strip()
        assert answer["reason"] in answer["shown"]
        if answer["kind"] != "multiple":
            verdict = "Correct." if answer["right"] else "Not quite."
            assert answer["shown"].startswith(verdict), answer
