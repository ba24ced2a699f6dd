"""Plots: what is drawn, which axes come back, what is refused."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from nnlib import Neuron, Perceptron, Sequential, datasets, plot
from nnlib.layers import Dense
from nnlib.training import History


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.fixture(autouse=True)
def _fresh_figures():
    with matplotlib.rc_context():
        yield
    plt.close("all")


DATA = datasets.blobs(30, spread=0.5, rng=rng())


def test_course_style_uses_the_safe_palette():
    plot.use_course_style()
    cycle = plt.rcParams["axes.prop_cycle"].by_key()
    assert tuple(cycle["color"]) == plot.OKABE_ITO
    assert len(set(cycle["linestyle"])) == 4  # never by colour alone


def perceptron():
    model = Perceptron(2)
    model.fit(DATA.x, DATA.y, epochs=20)
    return model


@pytest.mark.parametrize(
    "model",
    [
        perceptron(),
        Neuron([-1.0, -1.0]),
        lambda points: -points.sum(axis=1),
        Sequential(Dense(2, 1, rng=rng())),
        Sequential(Dense(2, 3, rng=rng())),
    ],
    ids=["Perceptron", "Neuron", "function", "one output", "three classes"],
)
def test_decision_boundary_draws_points_and_regions(model):
    ax = plot.decision_boundary(model, DATA.x, DATA.y, resolution=20)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")
    drawn = sum(len(line.get_xdata()) for line in ax.lines)
    assert drawn == 30
    markers = {line.get_marker() for line in ax.lines}
    assert len(markers) == len(ax.lines)
    assert ax.collections
    ax.figure.canvas.draw()


def test_decision_boundary_is_where_the_model_says():
    ax = plot.decision_boundary(lambda p: p[:, 0], DATA.x, DATA.y, threshold=1.0, resolution=50)
    (line,) = [c for c in ax.collections if c.get_facecolor().size == 0]
    assert line.get_paths()[0].vertices[:, 0] == pytest.approx(1.0)


def test_a_model_that_always_answers_the_same_has_no_boundary():
    ax = plot.decision_boundary(lambda p: np.ones(len(p)), DATA.x, DATA.y[:, None], resolution=5)
    assert not [c for c in ax.collections if c.get_facecolor().size == 0]


def test_given_axes_are_used_and_keep_their_limits():
    _, ax = plt.subplots()
    assert plot.decision_boundary(Neuron([1.0, 1.0]), DATA.x, DATA.y, ax, resolution=5) is ax
    limits = ax.get_xlim()
    ax.plot(*plot.line_of([1.0, 1.0], 0.0, half_length=99.0).T)
    assert ax.get_xlim() == limits


@pytest.mark.parametrize(
    ("model", "x", "y", "message"),
    [
        (len, np.ones((3, 3)), [0, 1, 0], r"X of shape \(N, 2\), got \(3, 3\)"),
        (len, np.zeros((0, 2)), [], r"got \(0, 2\)"),
        (len, np.ones((3, 2)), [0, 1], "expected 3 labels, got 2"),
        (lambda p: p.sum(), np.ones((3, 2)), [0, 1, 0], r"answers of shape \(25,\)"),
    ],
)
def test_decision_boundary_errors(model, x, y, message):
    with pytest.raises(ValueError, match=message):
        plot.decision_boundary(model, x, y, resolution=5)


@pytest.mark.parametrize(("w", "b"), [((1.0, 0.0), -3.0), ((0.0, 2.0), 1.0), ((3.0, -4.0), 5.0)])
def test_line_of_lies_on_the_line(w, b):
    points = plot.line_of(w, b, half_length=2.0)
    assert points @ np.array(w) + b == pytest.approx([0.0, 0.0])
    assert np.linalg.norm(points[1] - points[0]) == pytest.approx(4.0)


def test_line_of_errors():
    with pytest.raises(ValueError, match="both zero"):
        plot.line_of([0, 0], 1.0)
    with pytest.raises(ValueError, match=r"shape \(2,\), got \(3,\)"):
        plot.line_of([1, 2, 3], 1.0)


def history(*names, epochs=3):
    record = History()
    for epoch in range(epochs):
        record.record({name: 1.0 / (epoch + 1) for name in names})
    return record


def test_learning_curve_has_one_axes_per_quantity():
    axes = plot.learning_curve(history("loss", "accuracy", "val_loss", "val_accuracy"))
    assert [ax.get_ylabel() for ax in axes] == ["loss", "accuracy"]
    assert {ax.get_xlabel() for ax in axes} == {"epoch"}
    for ax in axes:
        assert [line.get_label() for line in ax.lines] == ["training", "validation"]
        assert ax.lines[0].get_xdata().tolist() == [1, 2, 3]
        assert ax.lines[0].get_linestyle() != ax.lines[1].get_linestyle()


def test_learning_curve_on_given_axes_and_of_one_epoch():
    _, ax = plt.subplots()
    assert plot.learning_curve(history("loss", epochs=1), [ax]) == [ax]
    assert ax.lines[0].get_marker() == "o"
    assert plot.learning_curve(history("loss"), ax) == [ax]


def test_learning_curve_errors():
    with pytest.raises(ValueError, match="at least one finished epoch"):
        plot.learning_curve(History())
    _, ax = plt.subplots()
    with pytest.raises(ValueError, match="expected 2 axes, for loss, accuracy; got 1"):
        plot.learning_curve(history("loss", "accuracy"), [ax])


def test_digits_sheet_marks_wrong_predictions():
    images = rng().random((5, 8, 8))
    ax = plot.digits_sheet(images, labels=[0, 1, 2, 3, 4], predictions=[0, 1, 9, 3, 4], columns=3)
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["0", "1", "9, is 2", "3", "4"]
    assert [text.get_weight() for text in ax.texts] == [
        "normal",
        "normal",
        "bold",
        "normal",
        "normal",
    ]
    sheet = ax.images[0].get_array()
    assert sheet.shape[0] == 2 * (8 + 3)
    for image in images:  # every image is on the sheet, unchanged
        assert any(
            np.array_equal(np.ma.filled(sheet[r : r + 8, c : c + 8], -1), image)
            for r in range(sheet.shape[0] - 7)
            for c in range(sheet.shape[1] - 7)
        )


def test_digits_sheet_captions_are_optional():
    images = np.ones((2, 4, 4))
    _, ax = plt.subplots()
    assert plot.digits_sheet(images, ax=ax) is ax
    assert not ax.texts
    assert [t.get_text() for t in plot.digits_sheet(images, [7, 8]).texts] == ["7", "8"]
    assert [t.get_text() for t in plot.digits_sheet(images, predictions=[7, 8]).texts] == ["7", "8"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"images": np.ones((2, 64))}, r"shape \(N, H, W\), got \(2, 64\)"),
        ({"images": np.ones((0, 8, 8))}, r"got \(0, 8, 8\)"),
        ({"images": np.ones((2, 8, 8)), "labels": [1]}, "expected 2 labels"),
        ({"images": np.ones((2, 8, 8)), "predictions": [1]}, "expected 2 predictions"),
        ({"images": np.ones((2, 8, 8)), "columns": 0}, "columns"),
    ],
)
def test_digits_sheet_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        plot.digits_sheet(**arguments)


def test_missing_matplotlib_says_what_to_install(monkeypatch):
    def refuse(name):
        raise ImportError(name)

    monkeypatch.setattr(plot.importlib, "import_module", refuse)
    with pytest.raises(ImportError, match="pip install matplotlib"):
        plot.use_course_style()
