"""The site in a browser: requests, errors, narrow screens, accessibility, weight, no JavaScript."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from booktools import Visit, chapters, toc_pages

pytestmark = pytest.mark.browser

PAGES = [*toc_pages(), "search"]
LIMIT = 2_500_000  # bytes, compressed, of a chapter with everything that it loads

# Faults that axe reports and that cannot be mended here: rule → what the faulty element must hold.
UNAVOIDABLE = {
    # A heading that is a formula: screen readers read its MathML, but axe takes no name from it.
    "empty-table-header": "math",
}
# The colour of a formula is that of the text around it; looking at every glyph takes minutes.
GLYPHS = {"exclude": [["mjx-math"]]}

OPEN_ALL = """() => {
    for (const details of document.querySelectorAll("details")) {
        details.hidden = false;
        details.open = true;
    }
}"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_quiet_local_and_fits(
    site_url: str, visit: Callable[..., Visit], name: str, width: int
) -> None:
    opened = visit(f"{site_url}{name}.html", viewport={"width": width, "height": 800})
    page = opened.page
    page.evaluate(OPEN_ALL)
    page.mouse.wheel(0, 100_000)  # what is loaded lazily is loaded now
    page.wait_for_load_state("networkidle")
    assert opened.complaints == []
    outside = [u for u in opened.requests if not u.startswith((site_url, "data:", "blob:"))]
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("nn-figure[data-failed]").count() == 0
    assert page.locator("mjx-merror").count() == 0
    if "math" in page.content():
        assert page.locator("span.math:not(:has(mjx-container))").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    site_url: str, visit: Callable[..., Visit], name: str, scheme: str, width: int
) -> None:
    viewport = {"width": width, "height": 800}
    page = visit(f"{site_url}{name}.html", color_scheme=scheme, viewport=viewport).page
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    for quiz in page.locator(".nnq").all():
        answer(quiz)
    page.evaluate(OPEN_ALL)
    page.evaluate("dispatchEvent(new Event('resize'))")  # what was hidden is measured
    page.wait_for_timeout(300)
    assert violations(page) == []


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for fault in Axe().run(page, context=GLYPHS).response["violations"]:
        for node in fault["nodes"]:
            excuse = UNAVOIDABLE.get(fault["id"])
            if excuse and page.locator(f"{node['target'][-1]} {excuse}").count():
                continue
            found.append(f"{fault['id']}: {fault['help']}: {node['target']}")
    return found


def answer(quiz: Any) -> None:
    first = quiz.locator("input").first
    if first.get_attribute("type") == "text":
        first.fill("12345")
    else:
        first.check()
    quiz.get_by_role("button", name="Check").click()


def test_axe_would_find_something(site_url: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{site_url}book/index.html").page
    page.evaluate(
        """() => {
        const main = document.querySelector("main");
        main.append(document.createElement("button"));
        main.insertAdjacentHTML("beforeend", '<p style="color: #bbb; background: #fff">faint</p>');
        main.insertAdjacentHTML("beforeend", "<table><tr><th></th><td>1</td></tr></table>");
    }"""
    )
    rules = {fault.split(":")[0] for fault in violations(page)}
    assert {"button-name", "color-contrast", "empty-table-header"} <= rules


@pytest.mark.parametrize("name", chapters())
def test_a_chapter_is_not_heavy(site_url: str, visit: Callable[..., Visit], name: str) -> None:
    opened = visit(f"{site_url}{name}.html", keep_bodies=True)
    assert len(opened.bodies) > 5
    packed = sum(len(gzip.compress(body, 6)) for body in opened.bodies.values())
    assert packed <= LIMIT


@pytest.mark.parametrize("name", PAGES)
def test_page_is_readable_without_javascript(
    site_url: str, visit: Callable[..., Visit], name: str
) -> None:
    page = visit(f"{site_url}{name}.html", java_script_enabled=False).page
    assert page.locator("article h1:visible, main h1:visible").count()
    colours = page.evaluate(
        "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]; }"
    )
    assert colours[0] != colours[1]
    assert colours[1] == "rgb(255, 255, 255)"  # the theme's colours are there
    for index in range(page.locator("nn-figure").count()):
        figure = page.locator("nn-figure").nth(index)
        assert figure.is_visible()
        assert figure.get_attribute("aria-label") in figure.inner_text()
    for index in range(page.locator("details.nnq-answers").count()):
        details = page.locator("details.nnq-answers").nth(index)
        details.locator("summary").click()
        assert details.locator(".nnq-reason").first.is_visible()


def test_a_page_opens_from_the_disk(site: Path, visit: Callable[..., Visit]) -> None:
    """Figures need a server (browsers load no modules from files), all the rest works."""
    page = visit(f"file://{site}/{chapters()[0]}.html", figures=False).page
    assert page.locator("mjx-container").count() > 0
    answer(page.locator(".nnq").first)
    assert page.locator(".nnq-status .nnq-why").first.is_visible()


def test_dark_and_light_can_be_switched(site_url: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{site_url}book/index.html", color_scheme="light").page
    background = "getComputedStyle(document.body).backgroundColor"
    seen = {page.evaluate(background)}
    for _ in range(3):
        page.locator("button.theme-switch-button:visible").click()
        seen.add(page.evaluate(background))
    assert len(seen) == 2


def test_a_dark_page_is_printed_on_white(site_url: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{site_url}book/index.html", color_scheme="dark").page
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.emulate_media(media="print")
    page.wait_for_timeout(100)
    assert page.evaluate(background) == "rgb(255, 255, 255)" != dark
    page.emulate_media(media="screen")
    page.wait_for_timeout(100)
    assert page.evaluate(background) == dark


def test_what_scrolls_sideways_can_be_reached_by_keyboard(
    site_url: str, visit: Callable[..., Visit]
) -> None:
    page = visit(f"{site_url}{chapters()[0]}.html", viewport={"width": 360, "height": 800}).page
    unreachable = page.evaluate(
        """() => [...document.querySelectorAll(".bd-article *")].filter(e => {
            const scrolls = ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
                && e.scrollWidth > e.clientWidth + 13 && e.clientWidth > 0;
            return scrolls && e.tabIndex < 0 && !e.querySelector("a, button, input, [tabindex]");
        }).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert unreachable == []
    assert page.locator("[data-nn-scroll]").count() > 0
    # Formulas that fit are no stops of the Tab key.
    fitting = page.locator("mjx-container[tabindex]:not([data-nn-scroll])").count()
    assert fitting == 0
