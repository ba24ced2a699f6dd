"""The arithmetic of the figures, run in Node, gives the numbers that nnlib gives."""

import numpy as np
import pytest

from nnlib import Neuron, Perceptron

ACTIVATIONS = ["step", "sigmoid", "tanh", "relu", "identity"]
DATASETS = ["separable", "AND", "OR", "XOR"]
RATES = [round(0.1 * k, 1) for k in range(1, 11)]  # the stops of the learning-rate slider


@pytest.fixture(scope="module")
def perceptron_data(run_js):
    return run_js(
        'import { DATASETS, DEFAULTS } from "./perceptron.js";'
        "answer({ sets: DATASETS, start: DEFAULTS });"
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_neuron_forward(run_js, activation):
    rng = np.random.default_rng(3)
    cases = rng.uniform(-3, 3, size=(50, 5))
    cases[0] = [1, 1, 1, -1, 0]  # z = 0, where the step function has to choose
    cases[1] = [300, 300, 3, 3, 5]  # far out, where a careless sigmoid overflows
    cases[2] = -cases[1]
    got = run_js(
        'import { forward } from "./neuron.js";'
        "answer(data.cases.map(([w1, w2, x1, x2, b]) =>"
        " forward([w1, w2], b, [x1, x2], data.activation)));",
        {"cases": cases.tolist(), "activation": activation},
    )
    for (w1, w2, x1, x2, b), answer in zip(cases, got, strict=True):
        neuron = Neuron([w1, w2], b, activation)
        assert answer["z"] == pytest.approx(neuron.weighted_sum([x1, x2]), rel=1e-12, abs=1e-12)
        assert answer["a"] == pytest.approx(neuron([x1, x2]), rel=1e-12, abs=1e-12)


def test_neuron_gives_the_worked_example_of_the_chapter(run_js):
    got = run_js(
        'import { forward } from "./neuron.js";'
        'answer(forward([0.2, 0.00001], -5, [35, 80000], "sigmoid"));'
    )
    assert got["z"] == pytest.approx(2.8)
    assert got["a"] == pytest.approx(0.943, abs=5e-4)


def test_neuron_offers_the_activations_of_nnlib_and_only_those(run_js):
    assert (
        run_js('import { ACTIVATIONS } from "./neuron.js"; answer(Object.keys(ACTIVATIONS));')
        == ACTIVATIONS
    )


@pytest.mark.parametrize("rate", [0.1, 0.3, 1.0])
@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("zeros", [False, True])
def test_perceptron_walks_the_path_of_nnlib(run_js, perceptron_data, name, rate, zeros):
    """Click by click, the same mistakes in the same order and the same boundaries.

    From zeros the first point lies on the boundary, so both must agree on step(0) = 1.
    """
    points = np.array(perceptron_data["sets"][name], dtype=float)
    start = {"w": [0, 0], "b": 0} if zeros else perceptron_data["start"]
    learner = Perceptron(2, rate, weights=start["w"], bias=start["b"])
    history = learner.fit(points[:, :2], points[:, 2].astype(int), epochs=12)
    got = run_js(
        """
        import { DATASETS, nextMistake, perceptronStep, runEpoch } from "./perceptron.js";
        const points = DATASETS[data.name], path = [], updates = [];
        let { w, b } = data.start, last = -1;
        for (let k = 0; k < data.clicks; k += 1) {
          const i = nextMistake(points, w, b, last + 1);
          const [x1, x2, y] = points[i];
          ({ w, b } = perceptronStep(w, b, [x1, x2], y, data.rate));
          path.push([...w, b]);
          last = i;
        }
        const left = nextMistake(points, w, b);
        ({ w, b } = data.start);
        for (let k = 0; k < data.epochs; k += 1) {
          const pass = runEpoch(points, w, b, data.rate);
          ({ w, b } = pass);
          updates.push(pass.updates);
        }
        answer({ path, updates, end: [...w, b], done: left < 0 });
        """,
        {
            "name": name,
            "rate": rate,
            "start": start,
            "clicks": history.updates,
            "epochs": history.epochs,
        },
    )
    expected = [[*weights, bias] for weights, bias in history.boundaries[1:]]
    assert len(expected) > 2  # there was something to learn
    np.testing.assert_allclose(got["path"], expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(got["end"], expected[-1], rtol=0, atol=1e-12)
    assert got["updates"] == history.mistakes
    assert got["done"] == history.converged


def test_perceptron_leaves_a_right_answer_alone(run_js):
    got = run_js(
        'import { perceptronStep } from "./perceptron.js";'
        "answer(perceptronStep([1, 2], 3, [1, 1], 1, 0.5));"
    )
    assert got == {"w": [1, 2], "b": 3, "prediction": 1, "updated": False}


def test_perceptron_data_sets_are_what_their_names_say(perceptron_data):
    sets = perceptron_data["sets"]
    assert list(sets) == DATASETS
    gates = {"AND": lambda p, q: p & q, "OR": lambda p, q: p | q, "XOR": lambda p, q: p ^ q}
    for name, gate in gates.items():
        assert sets[name] == [[p, q, gate(p, q)] for p in (0, 1) for q in (0, 1)]
    for name in DATASETS:
        points = np.array(sets[name])
        history = Perceptron(2).fit(points[:, :2], points[:, 2].astype(int), epochs=200)
        assert history.converged == (name != "XOR")


def test_perceptron_gates_never_tie(perceptron_data):
    """A point exactly on the line would be classified by rounding errors."""
    start = perceptron_data["start"]
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    for name in ("AND", "OR", "XOR"):
        labels = [point[2] for point in perceptron_data["sets"][name]]
        for rate in RATES:
            learner = Perceptron(2, rate, weights=start["w"], bias=start["b"])
            history = learner.fit(corners, labels, epochs=20)
            for weights, bias in history.boundaries:
                assert np.abs(corners @ weights + bias).min() > 1e-6


@pytest.mark.parametrize("activation", ["step", "sigmoid"])
@pytest.mark.parametrize("hidden", [True, False])
def test_xor_network_is_three_neurons(run_js, activation, hidden):
    rng = np.random.default_rng(8)
    names = ["h1x1", "h1x2", "h1b", "h2x1", "h2x2", "h2b", "yh1", "yh2", "yb"]
    nets = [
        dict(zip(names, row, strict=True), activation=activation, hidden=hidden)
        for row in rng.normal(0, 2, size=(10, 9)).tolist()
    ]
    points = rng.uniform(-0.5, 1.5, size=(6, 2))
    got = run_js(
        'import { forward } from "./xor.js";'
        "answer(data.nets.map((net) => data.points.map((x) => forward(net, x))));",
        {"nets": nets, "points": points.tolist()},
    )
    for net, answers in zip(nets, got, strict=True):
        h1 = Neuron([net["h1x1"], net["h1x2"]], net["h1b"], activation)
        h2 = Neuron([net["h2x1"], net["h2x2"]], net["h2b"], activation)
        h = np.column_stack([h1(points), h2(points)]) if hidden else points
        y = Neuron([net["yh1"], net["yh2"]], net["yb"], activation)(h)
        np.testing.assert_allclose([a["h"] for a in answers], h, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose([a["y"] for a in answers], y, rtol=1e-12, atol=1e-12)


def test_xor_presets_solve_it_or_get_three_of_four(run_js):
    got = run_js(
        'import { countRight, PRESETS } from "./xor.js";'
        "answer(Object.fromEntries(Object.entries(PRESETS)"
        ".map(([name, net]) => [name, countRight(net)])));"
    )
    assert got == {"step": 4, "sigmoid": 4, "none": 3}


def test_xor_morph_goes_from_x_to_h(run_js):
    got = run_js(
        'import { morph } from "./xor.js";'
        "answer([0, 0.25, 1].map((t) => morph([0, 1], [1, -1], t)));"
    )
    assert got == [[0, 1], [0.25, 0.5], [1, -1]]


def test_line_in_square_has_its_ends_on_the_line_and_on_the_edge(run_js):
    rng = np.random.default_rng(5)
    lines = rng.uniform(-3, 3, size=(200, 3)).tolist()
    lines += [[1, 0, 0.5], [0, 2, -1], [1, 0, 9], [0, 1, -9], [0, 0, 1]]
    got = run_js(
        'import { lineInSquare } from "./plane.js";'
        "answer(data.map(([w1, w2, b]) => lineInSquare([w1, w2], b, -1, 2)));",
        lines,
    )
    corners = np.array([[-1, -1], [-1, 2], [2, -1], [2, 2]])
    for (w1, w2, b), ends in zip(lines, got, strict=True):
        sides = corners @ [w1, w2] + b
        crosses = sides.min() < 0 < sides.max()
        assert (ends is not None) == crosses
        for end in ends or []:
            assert np.dot([w1, w2], end) + b == pytest.approx(0, abs=1e-9)
            assert min(abs(end[0] + 1), abs(end[0] - 2), abs(end[1] + 1), abs(end[1] - 2)) < 1e-9
            assert -1 - 1e-9 <= min(end) <= max(end) <= 2 + 1e-9


def test_numbers_are_printed_as_in_a_textbook(run_js):
    got = run_js(
        'import { fmt, paren } from "./lib.js";'
        "answer([fmt(1.005, 1), fmt(-2), fmt(-0.0001), fmt(-0), paren(-3, 1), paren(3, 1)]);"
    )
    assert got == ["1.0", "−2.00", "0.00", "0.00", "(−3.0)", "3.0"]


def test_page_model_behaves_as_the_widget_model(run_js):
    got = run_js(
        """
        import { PageModel } from "./nn-figure.js";
        const log = [], model = new PageModel({ w: 1, b: 0 });
        const note = (model, value) => log.push(value), any = () => log.push("any");
        model.on("change:w change:b", note);
        model.on("change", any);
        model.set("w", 2); model.set("w", 2); model.set("b", 5); model.save_changes();
        model.off("change:b", note); model.set("b", 6);
        model.off(null, note); model.set("w", 3);
        model.off(); model.set("w", 4);
        const missing = model.get("x") === undefined;
        answer({ log, w: model.get("w"), b: model.get("b"), missing });
        """
    )
    assert got == {
        "log": [2, "any", 5, "any", "any", "any"],
        "w": 4,
        "b": 6,
        "missing": True,
    }
