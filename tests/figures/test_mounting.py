"""What every figure owes the reader: it starts, can be read, reached and used, and fails kindly."""

import importlib.util
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FIGURES = Path(__file__).parents[2] / "book" / "figures"
NAMES = ["neuron", "perceptron", "xor"]
CONTROLS = "input, select, button, summary, [tabindex='0']"


def test_the_list_of_figures_is_complete():
    helpers = {"lib", "plane", "nn-figure"}
    assert {file.stem for file in FIGURES.glob("*.js")} - helpers == set(NAMES)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_mounts_without_accessibility_violations(open_figure, name, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    page = open_figure(name, theme=theme)
    assert "in words" not in page.inner_text("main")  # the text for readers without JavaScript
    # The theme of the book puts a white sheet behind every <img> on a dark page.
    assert page.locator(".nnf img").count() == 0
    for summary in page.locator("summary").all():
        summary.click()
    options = {"rules": {"target-size": {"enabled": True}}}
    results = axe.Axe().run(page, options=options)
    assert results.violations_count == 0, json.dumps(results.response["violations"], indent=1)
    # A blind axe would pass too: a control without a name must be found.
    page.evaluate("document.querySelector('nn-figure').append(document.createElement('select'))")
    assert axe.Axe().run(page).violations_count == 1


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("name", NAMES)
def test_fits_a_phone_with_targets_for_a_finger(open_figure, name, width):
    page = open_figure(name, width=width)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The page may hide an overflow of its parts, so look at the parts as well.
    overflow = """nodes => nodes.filter(n => n.scrollWidth > n.clientWidth + 1
        && !n.closest('.nnf-hidden')).map(n => n.className || n.tagName)"""
    assert page.locator(".nnf, .nnf div, .nnf label, .nnf table").evaluate_all(overflow) == []
    # The label of a radio button belongs to its target.
    sizes = """nodes => nodes.map(n => (n.type === 'radio' ? n.closest('label') : n))
        .map(n => n.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"""
    targets = page.locator(".nnf").locator(CONTROLS).evaluate_all(sizes)
    assert len(targets) >= 6
    assert min(targets) >= 32


@pytest.mark.parametrize("name", NAMES)
def test_tab_reaches_every_control_and_jupyterlab_leaves_its_keys_alone(open_figure, name):
    page = open_figure(name)
    for summary in page.locator("summary").all():
        summary.click()
    page.evaluate("document.activeElement.blur()")
    # Of a group of radio buttons Tab reaches the chosen one; arrow keys reach the others.
    reachable = f":is({CONTROLS}):not([type='radio']:not(:checked))"
    expected = page.locator(".nnf").locator(reachable).count()
    reached = set()
    page.locator("h1").click()
    for _ in range(expected + 2):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "[...document.querySelectorAll('.nnf *')].indexOf(document.activeElement)"
            )
        )
    assert len(reached - {-1}) == expected
    guarded = "nodes => nodes.every(n => n.getAttribute('data-lm-suppress-shortcuts') === 'true')"
    assert page.locator(".nnf").locator(CONTROLS).evaluate_all(guarded)


def test_two_figures_share_a_page_without_collisions(open_page):
    page = open_page([(f"figures/{name}.js", {}) for name in [*NAMES, "perceptron"]])
    assert page.locator("nn-figure[data-ready]").count() == 4
    assert page.locator("style[data-nnf]").count() == 1
    assert page.locator(".nnf [id]").count() == 0
    first, second = (page.locator("nn-figure").nth(i) for i in (1, 3))
    first.get_by_label("class 0").check()
    assert second.get_by_label("class 1").is_checked()
    before = second.locator("[data-part=counts]").inner_text()
    first.get_by_role("button", name="Next update").click()
    assert second.locator("[data-part=counts]").inner_text() == before
    assert first.locator("[data-part=counts]").inner_text() != before


@pytest.mark.parametrize(
    ("module", "props", "reason"),
    [
        ("figures/nowhere.js", "{}", "nowhere.js"),
        ("broken/throws.js", "{}", "no light today"),
        ("broken/syntax.js", "{}", ""),
        ("", "{}", "the attribute 'module' is missing"),
        ("figures/neuron.js", "[1, 2]", "props: expected a JSON object, got [1, 2]"),
        ("figures/neuron.js", "{w1: 1}", "JSON"),
    ],
)
def test_a_broken_figure_says_so_and_keeps_the_text(open_page, module, props, reason):
    page = open_page([(module, props), ("figures/neuron.js", "{}")], may_complain=True)
    broken = page.locator("nn-figure").nth(0)
    message = broken.get_by_role("status")
    assert message.is_visible()
    assert "could not start" in message.inner_text()
    assert reason in message.inner_text()
    assert "What the figure would show, in words." in broken.inner_text()
    assert broken.get_attribute("data-ready") is None
    assert page.locator("nn-figure").nth(1).get_attribute("data-ready") == "1"


def test_props_are_text_never_markup(open_page):
    evil = "<img src=x onerror=alert(1)>"
    page = open_page([("figures/neuron.js", {"activation": evil})], may_complain=True)
    assert page.locator("nn-figure img[src=x]").count() == 0


def as_one_file(module):
    spec = importlib.util.spec_from_file_location("one_file", FIGURES / "one_file.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool.one_file(module)


@pytest.mark.parametrize("name", NAMES)
def test_runs_as_one_file_under_a_widget_host(open_page, name):
    """As anywidget does it: a module from text, a model with events, a clean-up at the end."""
    page = open_page([(f"figures/{name}.js", {})])
    counts = page.evaluate(
        """async (source) => {
        const { PageModel } = await import("/figures/nn-figure.js");
        const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
        const widget = (await import(url)).default;
        let alive = 0;
        class Model extends PageModel {
          on(events, callback) { alive += 1; super.on(events, callback); }
          off(events, callback) { alive -= 1; super.off(events, callback); }
        }
        const el = document.createElement("div");
        document.body.append(el);
        const stop = widget.render({ model: new Model({}), el });
        const during = alive;
        stop();
        return { during, after: alive, planes: el.querySelectorAll("svg.nnf-plane").length };
        }""",
        as_one_file(FIGURES / f"{name}.js"),
    )
    assert counts["planes"] >= 1
    assert counts["during"] > 0
    assert counts["after"] == 0
