"""Each figure in use: every control changes what it should, by keyboard and by pointer."""

import re

import pytest

pytestmark = pytest.mark.browser

ROLES = ["slider", "combobox", "radio"]


def drawing(page, *parts):
    """The geometry of the named parts: what a reader would see move."""
    return [
        page.locator(f"[data-part={part}]").first.evaluate(
            "n => [...n.attributes].map(a => `${a.name}=${a.value}`).join(' ')"
        )
        for part in parts
    ]


def control(page, name):
    """The control with this accessible name, as assistive technology sees it."""
    found = [page.get_by_role(role, name=name, exact=True) for role in ROLES]
    return found[0].or_(found[1]).or_(found[2])


def press(page, label, key):
    control(page, label).focus()
    page.keyboard.press(key)


# ---- neuron


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("weight w₁", "line"),
        ("weight w₂", "arrow"),
        ("bias b", "line"),
        ("input x₁", "input"),
        ("input x₂", "input"),
    ],
)
def test_neuron_sliders_move_the_drawing(open_figure, label, part):
    page = open_figure("neuron")
    before, sum_before = drawing(page, part), page.inner_text(".nnf-sum")
    press(page, label, "ArrowRight")
    assert drawing(page, part) != before
    assert page.inner_text(".nnf-sum") != sum_before


def test_neuron_prints_the_computation(open_figure):
    page = open_figure("neuron", {"w1": 2, "w2": -0.5, "b": -1, "x1": 1, "x2": 3})
    text = page.inner_text(".nnf-sum")
    assert "= 2.0·1.0 + (−0.5)·3.0 + (−1.0) = −0.50" in text
    assert "a = φ(z) = sigmoid(−0.50) = 0.378" in text


def test_neuron_activation_recolours_the_plane(open_figure):
    page = open_figure("neuron")
    seen = set()
    names = ["step", "sigmoid", "tanh", "relu", "identity"]
    for name in names:
        control(page, "activation φ").select_option(name)
        assert f"{name}(1.00)" in page.inner_text(".nnf-sum")
        seen.add(page.locator("svg.nnf-plane image").get_attribute("href"))
    assert len(seen) == len(names)
    press(page, "activation φ", "ArrowUp")
    assert "relu(1.00)" in page.inner_text(".nnf-sum")


def test_neuron_arrow_is_at_right_angles_to_the_line(open_figure):
    page = open_figure("neuron", {"w1": -0.7, "w2": 2.2, "b": 1.3})
    x1, y1, x2, y2 = (
        float(page.locator("[data-part=line]").get_attribute(name))
        for name in ("x1", "y1", "x2", "y2")
    )
    path = page.locator("[data-part=arrow]").get_attribute("d")
    a, b, c, d = map(float, re.findall(r"-?[\d.]+", path)[:4])
    along, arrow = (x2 - x1, y2 - y1), (c - a, d - b)
    assert along[0] * arrow[0] + along[1] * arrow[1] == pytest.approx(0, abs=1e-6)
    assert arrow[0] / arrow[1] == pytest.approx(-0.7 / -2.2)  # the drawing's y axis points down


def test_neuron_without_weights_has_no_line(open_figure):
    page = open_figure("neuron", {"w1": 0, "w2": 0, "b": 1})
    for part in ("line", "arrow"):
        assert page.locator(f"[data-part={part}]").get_attribute("visibility") == "hidden"


def test_neuron_input_can_be_dragged(open_figure):
    page = open_figure("neuron", {"x1": 0, "x2": 0})
    frame = page.locator(".nnf-frame").bounding_box()
    at = lambda x1, x2: (  # noqa: E731
        frame["x"] + (x1 + 3) / 6 * frame["width"],
        frame["y"] + (3 - x2) / 6 * frame["height"],
    )
    page.mouse.move(*at(0, 0))
    page.mouse.down()
    page.mouse.move(*at(1, 1))
    page.mouse.move(*at(2, -1))
    page.mouse.up()
    assert control(page, "input x₁").input_value() == "2"
    assert control(page, "input x₂").input_value() == "-1"
    page.mouse.click(*at(-2, 1.5))
    assert control(page, "input x₁").input_value() == "-2"
    assert control(page, "input x₂").input_value() == "1.5"


def test_changes_are_announced_once_the_reader_pauses(open_figure):
    page = open_figure("neuron")
    page.wait_for_timeout(900)  # the announcement of the start
    page.evaluate(
        """() => {
        window.spoken = [];
        const region = document.querySelector('.nnf [role=status]');
        new MutationObserver(() => window.spoken.push(region.textContent))
          .observe(region, { childList: true, characterData: true, subtree: true });
        }"""
    )
    control(page, "weight w₁").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("window.spoken.length > 0")
    page.wait_for_timeout(300)
    assert page.evaluate("window.spoken") == ["z = 1.80, a = 0.858"]


# ---- perceptron


def counts(page):
    text = page.inner_text("[data-part=counts]")
    return [int(n) for n in re.findall(r"\d+", text)]  # updates, epochs, mistakes, points


def test_perceptron_learns_click_by_click(open_figure):
    page = open_figure("perceptron", {"learning_rate": 0.5})
    start = drawing(page, "line")
    page.get_by_role("button", name="Next update").focus()
    page.keyboard.press("Enter")
    text = page.inner_text(".nnf-sum").replace("\u00a0", " ")
    assert "the ringed point x = (−0.6, 0.4) has y = 0, but ŷ = 1" in text
    assert "w ← w + η(y − ŷ)x = (−1.00, 0.50) + 0.5·(0 − 1)·(−0.6, 0.4) = (−0.70, 0.30)" in text
    assert "b ← b + η(y − ŷ) = 0.25 + 0.5·(0 − 1) = −0.25" in text
    assert drawing(page, "line") != start
    ends = r"(x1|y1|x2|y2)=[-\d.]+"
    assert re.findall(ends, drawing(page, "old")[0]) == re.findall(ends, start[0])
    assert page.locator("[data-part=old]").get_attribute("visibility") == "visible"
    assert page.locator("[data-part=ring]").get_attribute("visibility") == "visible"
    assert counts(page)[0] == 1


@pytest.mark.parametrize("dataset", ["separable", "AND", "OR"])
def test_perceptron_stops_when_no_mistakes_are_left(open_figure, dataset):
    page = open_figure("perceptron", {"dataset": dataset})
    for _ in range(60):
        if "No mistakes left" in page.inner_text(".nnf-sum"):
            break
        page.get_by_role("button", name="Next update").click()
    assert counts(page)[2] == 0
    settled = drawing(page, "line")
    for name in ("Next update", "Run an epoch"):
        page.get_by_role("button", name=name).click()
        assert "No mistakes left" in page.inner_text(".nnf-sum")
    assert drawing(page, "line") == settled


def test_perceptron_never_settles_on_xor(open_figure):
    page = open_figure("perceptron", {"dataset": "XOR"})
    for _ in range(40):
        page.get_by_role("button", name="Next update").click()
        assert counts(page)[2] > 0
    assert counts(page)[0] == 40
    assert "40 updates, and still mistakes" in page.inner_text(".nnf-sum")
    page.get_by_role("button", name="Run an epoch").click()
    assert counts(page)[1] == 1
    page.get_by_role("button", name="Reset").click()
    assert counts(page) == [0, 0, counts(page)[2], 4]


def test_perceptron_points_by_keyboard(open_figure):
    page = open_figure("perceptron", {"dataset": "empty"})
    page.get_by_role("button", name="Next update").click()
    assert "no points yet" in page.inner_text(".nnf-sum")
    plane = page.get_by_role("application")
    cross = page.locator("[data-part=crosshair]")
    assert cross.get_attribute("visibility") == "hidden"
    plane.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    assert cross.get_attribute("visibility") == "visible"
    page.keyboard.press("Enter")
    press(page, "class 1", "ArrowLeft")
    assert control(page, "class 0").is_checked()
    plane.focus()
    for _ in range(60):  # the crosshair stays inside the plane
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    points = page.locator("[data-part=points] > *")
    assert points.evaluate_all("nodes => nodes.map(n => n.tagName)") == ["circle", "rect"]
    assert counts(page)[3] == 2
    places = points.evaluate_all("nodes => nodes.map(n => n.getAttribute('transform'))")
    # Drawing coordinates: 40 + (x1 + 1)/3·300 and 8 + (2 − x2)/3·300.
    expected = [(40 + 2.0 / 3 * 300, 8 + 1.4 / 3 * 300), (40, 8 + 1.4 / 3 * 300)]
    for place, (x, y) in zip(places, expected, strict=True):
        assert [float(n) for n in re.findall(r"-?[\d.]+", place)] == pytest.approx([x, y])


def test_perceptron_points_by_pointer_and_learning_rate(open_figure):
    page = open_figure("perceptron", {"dataset": "XOR"})
    frame = page.locator(".nnf-frame").bounding_box()
    page.mouse.click(frame["x"] + 20, frame["y"] + 20)
    assert counts(page)[3] == 5
    press(page, "learning rate η", "End")
    page.get_by_role("button", name="Next update").click()
    assert "1.0·(" in page.inner_text(".nnf-sum")
    control(page, "data set").select_option("AND")
    assert counts(page)[0] == 0
    assert counts(page)[3] == 4


# ---- XOR


def answers(page):
    return [row.locator("td").all_inner_texts() for row in page.locator(".nnf tbody tr").all()]


def test_xor_slider_moves_the_points_to_hidden_space(open_figure):
    page = open_figure("xor")
    moving = page.locator("svg.nnf-plane").nth(1)
    place = lambda name: moving.locator(f"[data-part=point-{name}]").get_attribute(  # noqa: E731
        "transform"
    )
    names = ["00", "01", "10", "11"]
    start = [place(name) for name in names]
    assert len(set(start)) == 4
    press(page, "from x to h", "ArrowRight")
    assert place("00") != start[0]
    page.keyboard.press("End")
    # With step neurons 01 and 10 land on the same corner, away from 00 and 11.
    assert place("01") == place("10")
    assert len({place(name) for name in names}) == 3
    assert "hidden outputs" in page.inner_text(".nnf")


def test_xor_presets(open_figure):
    page = open_figure("xor")
    assert [row[5] for row in answers(page)] == ["0", "1", "1", "0"]
    assert "4 of 4 right" in page.inner_text(".nnf")
    control(page, "weights").select_option("sigmoid")
    assert [round(float(row[5])) for row in answers(page)] == [0, 1, 1, 0]
    assert answers(page)[0][5] not in ("0", "0.000")
    control(page, "weights").select_option("none")
    assert "3 of 4 right" in page.inner_text(".nnf")
    assert "✗ wrong" in answers(page)[3]
    assert page.locator("fieldset:disabled").count() == 2


@pytest.mark.parametrize("preset", ["step", "sigmoid"])
def test_xor_preset_in_the_props_brings_its_weights(open_figure, preset):
    page = open_figure("xor", {"preset": preset})
    assert page.locator("[data-name=h1x1]").input_value() == {"step": "1", "sigmoid": "8"}[preset]


def test_xor_weights_change_lines_and_answers(open_figure):
    page = open_figure("xor", {"preset": "sigmoid"})
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    for field in page.locator("fieldset input").all():
        before, table = drawing(page, "h1", "h2", "output"), answers(page)
        field.focus()
        page.keyboard.press("ArrowLeft")
        assert drawing(page, "h1", "h2", "output") != before
        assert answers(page) != table
    page.get_by_role("button", name="Reset").click()
    assert page.locator("[data-name=h2b]").input_value() == "12"


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_xor_play_respects_reduced_motion(open_figure, motion):
    page = open_figure("xor", reduced_motion=motion)
    page.evaluate(
        """() => {
        window.steps = new Set();
        const value = document.querySelector('[data-name=morph]').parentElement.lastChild;
        new MutationObserver(() => window.steps.add(value.textContent))
          .observe(value, { childList: true, characterData: true, subtree: true });
        }"""
    )
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("window.steps.has('1.00')")
    steps = page.evaluate("window.steps.size")
    assert steps == 1 if motion == "reduce" else steps > 3
