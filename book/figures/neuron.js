// One neuron with two inputs: z = w1·x1 + w2·x2 + b, a = φ(z).
import { announcer, bind, figureBox, fmt, html, paren, select, setAttributes, slider, svg }
  from "./lib.js";
import { arrowPath, picture, plane } from "./plane.js";

export const DEFAULTS = { w1: 1.5, w2: -1, b: 0.5, activation: "sigmoid", x1: 1, x2: 1 };

// The colour key is as wide as the plot above it: 300 of 350 units, after 40 units of axis labels.
const KEY = "max-width: 27rem; margin: 0.25rem auto 0; padding: 0 2.9% 0 11.4%";

export const ACTIVATIONS = {
  step: (z) => (z >= 0 ? 1 : 0),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: (z) => Math.tanh(z),
  relu: (z) => Math.max(0, z),
  identity: (z) => z,
};

// The whole neuron: weighted sum, then activation.
export function forward(w, b, x, activation) {
  const z = w[0] * x[0] + w[1] * x[1] + b;
  return { z, a: ACTIVATIONS[activation](z) };
}

// What blue, clear and vermillion stand for: the lowest, middle and highest output shown.
export const SCALE = {
  step: [0, 0.5, 1],
  sigmoid: [0, 0.5, 1],
  tanh: [-1, 0, 1],
  relu: [-4, 0, 4],
  identity: [-4, 0, 4],
};
export function tone(a, activation) {
  const [, middle, high] = SCALE[activation];
  return Math.max(-1, Math.min(1, (a - middle) / (high - middle)));
}

function render({ model, el }) {
  const state = bind(model, DEFAULTS);
  const box = figureBox(el, "Interactive figure: one neuron with two inputs");
  const view = plane({ min: -3, max: 3, tick: 1, xLabel: "x₁", yLabel: "x₂",
    attributes: { role: "img" } });
  const line = svg("line", { class: "nnf-line", "data-part": "line" });
  const arrow = svg("path", { class: "nnf-line", "data-part": "arrow", "stroke-width": 3 });
  const arrowText = svg("text", { class: "nnf-halo", "text-anchor": "middle", "font-weight": 700 }, "w");
  // The visible dot is small; the clear circle around it is large enough for a finger.
  const dot = svg("g", { "data-part": "input", style: "cursor: grab; touch-action: none" },
    svg("circle", { r: 20, fill: "transparent" }),
    svg("path", { d: "M0 -10L10 0L0 10L-10 0Z", fill: "var(--nnf-green)", stroke: "var(--nnf-paper)",
      "stroke-width": 2 }));
  view.layer.append(line, arrow, arrowText, dot);

  const low = html("span"), middle = html("span"), high = html("span");
  // Not an <img>: themes put a white sheet behind images on a dark page.
  const bar = html("div", { style: "height: 14px; background-size: 100% 100%" });
  const key = html("div", { style: KEY }, bar,
    html("div", { style: "display: flex; justify-content: space-between" }, low, middle, high));
  box.append(html("div", {}, view.root, key));

  const range = { min: -3, max: 3 };
  const sum = html("div", { class: "nnf-sum" });
  const names = Object.fromEntries(Object.keys(ACTIVATIONS).map((name) => [name, name]));
  box.append(html("div", {},
    select(state, "activation", "activation φ", names),
    slider(state, "w1", "weight w₁", range),
    slider(state, "w2", "weight w₂", range),
    slider(state, "b", "bias b", { min: -5, max: 5 }),
    slider(state, "x1", "input x₁", range),
    slider(state, "x2", "input x₂", range),
    sum,
    html("p", {}, "Line: z = 0. Arrow: the weights w, at half their length. "
      + "Diamond: the input; drag it or use the sliders.")));
  const say = announcer(box);

  function draw() {
    const [w1, w2, b, x1, x2] = ["w1", "w2", "b", "x1", "x2"].map((name) => Number(state.get(name)));
    const phi = state.get("activation");
    const { z, a } = forward([w1, w2], b, [x1, x2], phi);

    view.shade((u, v) => tone(forward([w1, w2], b, [u, v], phi).a, phi));
    const ends = view.placeLine(line, [w1, w2], b);
    for (const node of [arrow, arrowText]) node.setAttribute("visibility", ends ? "visible" : "hidden");
    if (ends) {
      // The arrow starts in the middle of the visible line, so that it is always in sight.
      const from = [0, 1].map((i) => (ends[0][i] + ends[1][i]) / 2);
      const to = [from[0] + w1 / 2, from[1] + w2 / 2];
      const far = 0.32 / Math.hypot(w1, w2);
      arrow.setAttribute("d", arrowPath([view.X(from[0]), view.Y(from[1])], [view.X(to[0]), view.Y(to[1])]));
      setAttributes(arrowText, { x: view.X(to[0] + w1 * far), y: view.Y(to[1] + w2 * far) + 5 });
    }
    dot.setAttribute("transform", `translate(${view.X(x1)} ${view.Y(x2)})`);

    const [least, centre, most] = SCALE[phi];
    const clear = phi === "relu" ? 0 : least; // ReLU has no negative output to colour
    const output = (i) => (phi === "step" ? Number(i >= 64) : clear + ((i + 0.5) / 128) * (most - clear));
    bar.style.backgroundImage = `url(${picture(128, 1, (i) => tone(output(i), phi))})`;
    low.textContent = `a ${phi === "identity" ? "≤" : "="} ${fmt(clear, 0)}`;
    middle.textContent = phi === "step" ? "" : fmt((clear + most) / 2, centre === 0.5 ? 1 : 0);
    high.textContent = `${Math.abs(most) > 1 ? "≥ " : ""}${fmt(most, 0)}`;

    const lines = [
      "z = w₁·x₁ + w₂·x₂ + b",
      `= ${fmt(w1, 1)}·${paren(x1, 1)} + ${paren(w2, 1)}·${paren(x2, 1)} + ${paren(b, 1)} = ${fmt(z)}`,
      `a = φ(z) = ${phi}(${fmt(z)}) = ${fmt(a, 3)}`,
    ];
    sum.replaceChildren(...lines.map((text) => html("div", {}, text)));
    view.root.setAttribute("aria-label", "Plane of the inputs x1 and x2 from −3 to 3, coloured by the "
      + `output a. The line z = 0 ${ends ? "crosses it at right angles to the weights" : "is not in sight"}. `
      + `The input is at (${fmt(x1, 1)}, ${fmt(x2, 1)}).`);
    say(`z = ${fmt(z)}, a = ${fmt(a, 3)}`);
  }

  // Drag the diamond, or click anywhere in the plane.
  const move = (event) => {
    const [x1, x2] = view.fromEvent(event);
    state.set({ x1, x2 });
  };
  dot.addEventListener("pointerdown", (event) => dot.setPointerCapture(event.pointerId));
  dot.addEventListener("pointermove", (event) => {
    if (dot.hasPointerCapture(event.pointerId)) move(event);
  });
  view.root.addEventListener("click", move);

  state.onChange(Object.keys(DEFAULTS), draw);
  draw();
  return state.stop; // a host that removes the figure calls this
}

export default { render };
