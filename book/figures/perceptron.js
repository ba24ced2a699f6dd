// The perceptron learning rule (Rosenblatt, 1958), one update at a time.
import { announcer, bind, button, figureBox, fmt, html, OWN_KEYS, paren, select, setAttributes, slider, svg }
  from "./lib.js";
import { classMark, lineInSquare, plane } from "./plane.js";

// From this start no corner of the gates ever lies exactly on the line, whatever the slider says:
// a tie would be decided by rounding errors in the last digit.
export const DEFAULTS = { dataset: "separable", learning_rate: 0.3, w: [-1, 0.5], b: 0.25 };

// Points are [x1, x2, class].
export const DATASETS = {
  separable: [
    [-0.6, 0.4, 0], [-0.3, -0.5, 0], [0.1, 0.2, 0], [0.3, -0.2, 0], [-0.1, 0.9, 0], [0.6, 0.3, 0],
    [0.7, 1.5, 1], [1.1, 0.9, 1], [1.3, 1.6, 1], [1.6, 0.4, 1], [1.5, 1.1, 1], [0.9, 1.2, 1],
  ],
  AND: [[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 1]],
  OR: [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]],
  XOR: [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]],
};

// ŷ = step(w·x + b): class 1 on the line and on the side that w points to.
export function predict(w, b, x) {
  return w[0] * x[0] + w[1] * x[1] + b >= 0 ? 1 : 0;
}

// w ← w + η(y − ŷ)x and b ← b + η(y − ŷ). A right prediction has y − ŷ = 0 and changes nothing.
export function perceptronStep(w, b, x, y, learningRate) {
  const prediction = predict(w, b, x);
  const change = learningRate * (y - prediction);
  return {
    w: [w[0] + change * x[0], w[1] + change * x[1]],
    b: b + change,
    prediction,
    updated: prediction !== y,
  };
}

// The index of the first misclassified point from `start` on, going round once; −1 if there is none.
export function nextMistake(points, w, b, start = 0) {
  for (let k = 0; k < points.length; k += 1) {
    const i = (start + k) % points.length;
    if (predict(w, b, points[i]) !== points[i][2]) return i;
  }
  return -1;
}

// One pass over all points in order, with an update after each mistake.
export function runEpoch(points, w, b, learningRate) {
  let updates = 0;
  for (const [x1, x2, y] of points) {
    const step = perceptronStep(w, b, [x1, x2], y, learningRate);
    ({ w, b } = step);
    updates += Number(step.updated);
  }
  return { w, b, updates };
}

function render({ model, el }) {
  const state = bind(model, DEFAULTS);
  const box = figureBox(el, "Interactive figure: the perceptron learns a line");
  const view = plane({ min: -1, max: 2, tick: 0.5, xLabel: "x₁", yLabel: "x₂",
    attributes: { role: "application", tabindex: "0", style: "cursor: crosshair", ...OWN_KEYS,
      "aria-label": "Plane of the inputs x1 and x2 from −1 to 2. Arrow keys move the crosshair, with "
        + "Shift in larger steps. Enter places a point." } });
  const oldLine = svg("line", { class: "nnf-line", "data-part": "old", "stroke-dasharray": "7 6",
    "stroke-opacity": 0.8, visibility: "hidden" });
  const line = svg("line", { class: "nnf-line", "data-part": "line" });
  const marks = svg("g", { "data-part": "points" });
  const ring = svg("circle", { r: 15, class: "nnf-line", "data-part": "ring", visibility: "hidden" });
  const cross = svg("path", { class: "nnf-line", "data-part": "crosshair",
    d: "M-12 0H-3M3 0H12M0 -12V-3M0 3V12", visibility: "hidden" });
  view.layer.append(oldLine, line, marks, ring, cross);

  let points, w, b, updates, epochs, last, edited; // `last`: index of the point used last
  let aim = [0.5, 0.5];

  const group = `class-${Math.random().toString(36).slice(2)}`; // radio buttons of one figure only
  const radio = (label, text) => {
    const input = html("input", { type: "radio", name: group, value: label, ...OWN_KEYS });
    input.checked = label === 1;
    const mark = svg("svg", { viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true" },
      classMark(label));
    return html("label", { class: "nnf-radio" }, input, mark, text);
  };
  const classes = html("fieldset", {}, html("legend", {}, "New points are of"),
    radio(0, "class 0"), radio(1, "class 1"));
  const counts = html("p", { "data-part": "counts", style: "font-weight: 600" });
  const story = html("div", { class: "nnf-sum", role: "status", style: "min-height: 8.5rem" });
  box.append(
    html("div", {}, view.root, html("p", { style: "max-width: 27rem; margin: 0.25rem auto" },
      "Click in the plane to add a point. With the keyboard: arrow keys, then Enter.")),
    html("div", {},
      select(state, "dataset", "data set", { separable: "two separable groups",
        AND: "AND", OR: "OR", XOR: "XOR", empty: "empty: my own points" }),
      slider(state, "learning_rate", "learning rate η", { min: 0.1, max: 1 }),
      classes,
      html("div", { class: "nnf-buttons" }, button("Next update", nextUpdate, "nnf-main"),
        button("Run an epoch", epoch), button("Reset", reset)),
      counts, story));
  const say = announcer(box, 300);

  const tell = (...lines) => story.replaceChildren(...lines.map((text) => html("div", {}, text)));
  const pair = ([p, q], digits = 2) => `(${fmt(p, digits)},\u00a0${fmt(q, digits)})`;
  const eta = () => Number(state.get("learning_rate"));
  const mistakes = () => points.filter((p) => predict(w, b, p) !== p[2]).length;

  function draw() {
    view.shade((x1, x2) => (predict(w, b, [x1, x2]) ? 0.55 : -0.55));
    view.placeLine(line, w, b);
    marks.replaceChildren(...points.map(([x1, x2, y]) => {
      const mark = classMark(y);
      mark.setAttribute("transform", `translate(${view.X(x1)} ${view.Y(x2)})`);
      return mark;
    }));
    counts.textContent = `updates: ${updates}, epochs: ${epochs}, mistakes: ${mistakes()} `
      + `of ${points.length} points`;
    cross.setAttribute("transform", `translate(${view.X(aim[0])} ${view.Y(aim[1])})`);
  }
  const highlight = (point) => {
    ring.setAttribute("visibility", point ? "visible" : "hidden");
    if (point) setAttributes(ring, { cx: view.X(point[0]), cy: view.Y(point[1]) });
  };

  // The last words of a message: done, going on for ever, or nothing to see?
  function outlook() {
    if (mistakes() === 0) return "No mistakes left: the rule has found a line and stops here.";
    if (state.get("dataset") === "XOR" && !edited && updates >= 8) {
      return `${updates} updates, and still mistakes. No line separates XOR, so they never end.`;
    }
    if (w[0] === 0 && w[1] === 0) return "w = (0, 0): there is no line until the next update.";
    return lineInSquare(w, b, -1, 2) ? "" : "The new line lies outside the picture.";
  }
  function nothingToDo() {
    highlight(null);
    oldLine.setAttribute("visibility", "hidden");
    if (points.length === 0) tell("There are no points yet. Add some of both classes.");
    else tell(outlook(), `w = ${pair(w)}, b = ${fmt(b)}. Updates needed: ${updates}.`);
  }

  function nextUpdate() {
    const i = nextMistake(points, w, b, last + 1);
    if (i < 0) return nothingToDo();
    const [x1, x2, y] = points[i];
    const step = perceptronStep(w, b, [x1, x2], y, eta());
    const rate = `${fmt(eta(), 1)}·(${y}\u00a0−\u00a0${step.prediction})`;
    const lines = [
      `Update ${updates + 1}: the ringed point x = ${pair([x1, x2], 1)} has y = ${y}, `
        + `but ŷ = ${step.prediction}.`,
      `w ← w + η(y − ŷ)x = ${pair(w)} + ${rate}·${pair([x1, x2], 1)} = ${pair(step.w)}`,
      `b ← b + η(y − ŷ) = ${fmt(b)} + ${rate} = ${fmt(step.b)}`,
    ];
    view.placeLine(oldLine, w, b);
    ({ w, b } = step);
    updates += 1;
    last = i;
    highlight(points[i]);
    draw();
    tell(...lines, outlook());
  }

  function epoch() {
    if (nextMistake(points, w, b) < 0) return nothingToDo();
    const pass = runEpoch(points, w, b, eta());
    view.placeLine(oldLine, w, b);
    ({ w, b } = pass);
    updates += pass.updates;
    epochs += 1;
    last = -1;
    highlight(null);
    draw();
    tell(`Epoch ${epochs}: all ${points.length} points seen once, ${pass.updates} `
      + `update${pass.updates === 1 ? "" : "s"}.`, `w = ${pair(w)}, b = ${fmt(b)}`, outlook());
  }

  function reset() {
    points = (DATASETS[state.get("dataset")] ?? []).map((point) => [...point]);
    w = state.get("w").map(Number);
    b = Number(state.get("b"));
    [updates, epochs, last, edited] = [0, 0, -1, false];
    highlight(null);
    oldLine.setAttribute("visibility", "hidden");
    draw();
    tell(`Start: w = ${pair(w)}, b = ${fmt(b)}.`, "Solid line: the boundary now. Dashed line: the "
      + "boundary before the last step. The square marks class 0, the disc class 1.");
  }

  function place([x1, x2]) {
    const label = Number(classes.querySelector("input:checked").value);
    points.push([x1, x2, label]);
    edited = true;
    draw();
    say(`Point of class ${label} at ${pair([x1, x2], 1)}. ${counts.textContent}`);
  }
  view.root.addEventListener("click", (event) => place(view.fromEvent(event)));
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  view.root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      place(aim);
    } else if (event.key in arrows) {
      const size = event.shiftKey ? 0.5 : 0.1;
      const moved = aim.map((v, i) => v + size * arrows[event.key][i]);
      aim = moved.map((v) => Math.round(10 * Math.min(2, Math.max(-1, v))) / 10);
      draw();
      say(pair(aim, 1));
    } else return; // Tab and the rest keep their meaning
    event.preventDefault();
  });
  // The crosshair shows only while the keyboard is in use.
  const showCross = () => cross.setAttribute("visibility",
    view.root.matches(":focus-visible") ? "visible" : "hidden");
  for (const event of ["focus", "blur", "keydown"]) view.root.addEventListener(event, showCross);

  state.onChange(["dataset", "w", "b"], reset);
  reset();
  return state.stop;
}

export default { render };
