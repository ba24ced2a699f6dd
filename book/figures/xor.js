// XOR with one hidden layer of two neurons: the hidden layer moves the four points to places
// where one line can separate them.
import { announcer, bind, button, figureBox, fmt, html, OWN_KEYS, select, setAttributes, slider, svg }
  from "./lib.js";
import { classMark, plane } from "./plane.js";

export const POINTS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]; // [x1, x2, XOR]

// Hand-set weights: h1 = OR, h2 = NAND, output = AND of the two. The sigmoid needs larger
// weights, so that its outputs come near to 0 and 1.
const STEP_WEIGHTS = {
  h1x1: 1, h1x2: 1, h1b: -0.5,
  h2x1: -1, h2x2: -1, h2b: 1.5,
  yh1: 1, yh2: 1, yb: -1.5,
};
const SIGMOID_WEIGHTS = {
  h1x1: 8, h1x2: 8, h1b: -4,
  h2x1: -8, h2x2: -8, h2b: 12,
  yh1: 8, yh2: 8, yb: -12,
};
export const PRESETS = {
  step: { activation: "step", hidden: true, ...STEP_WEIGHTS },
  sigmoid: { activation: "sigmoid", hidden: true, ...SIGMOID_WEIGHTS },
  none: { activation: "step", hidden: false, ...STEP_WEIGHTS, yb: -0.5 },
};
export const DEFAULTS = { preset: "step", morph: 0, ...PRESETS.step };

const ACTIVATIONS = {
  step: (z) => (z >= 0 ? 1 : 0),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};

// The 2-2-1 network. Without a hidden layer the output neuron sees x itself: h = x.
export function forward(net, x) {
  const phi = ACTIVATIONS[net.activation];
  const h = net.hidden
    ? [
      phi(net.h1x1 * x[0] + net.h1x2 * x[1] + net.h1b),
      phi(net.h2x1 * x[0] + net.h2x2 * x[1] + net.h2b),
    ]
    : [...x];
  return { h, y: outputNeuron(net, h) };
}
export function outputNeuron(net, h) {
  return ACTIVATIONS[net.activation](net.yh1 * h[0] + net.yh2 * h[1] + net.yb);
}

// Part of the way from the input x (t = 0) to the hidden outputs h (t = 1).
export function morph(x, h, t) {
  return [(1 - t) * x[0] + t * h[0], (1 - t) * x[1] + t * h[1]];
}

// How many of the four points are on their right side (output at least ½ means class 1)?
export function countRight(net) {
  return POINTS.filter((p) => Number(forward(net, p).y >= 0.5) === p[2]).length;
}

const WEIGHTS = {
  "hidden neuron h₁": { h1x1: "weight of x₁", h1x2: "weight of x₂", h1b: "bias" },
  "hidden neuron h₂": { h2x1: "weight of x₁", h2x2: "weight of x₂", h2b: "bias" },
  "output neuron y": { yh1: "weight of h₁", yh2: "weight of h₂", yb: "bias" },
};

function render({ model, el }) {
  const state = bind(model, { ...DEFAULTS, ...PRESETS[model.get("preset")] });
  const box = figureBox(el, "Interactive figure: XOR in the space of the hidden layer");
  const sides = { min: -0.5, max: 1.5, tick: 0.5, attributes: { role: "img" } };
  const left = plane({ ...sides, xLabel: "x₁", yLabel: "x₂" });
  const right = plane({ ...sides, xLabel: "x₁ → h₁", yLabel: "h₂" });

  const lines = [
    svg("line", { class: "nnf-line", "data-part": "h1" }),
    svg("line", { class: "nnf-line", "data-part": "h2", "stroke-dasharray": "8 5" }),
  ];
  const outLine = svg("line", { class: "nnf-line", "data-part": "output" });
  const point = ([x1, x2, label], shift) => svg("g", { "data-part": `point-${x1}${x2}` },
    classMark(label), svg("text", { class: "nnf-halo", x: shift[0], y: shift[1], "text-anchor": "middle" },
      `${x1}${x2}`));
  // 01 and 10 land on the same place with step neurons: their names stand on different sides.
  const shifts = [[0, 25], [0, -14], [0, 25], [0, -14]];
  const leftPoints = POINTS.map((p, i) => point(p, shifts[i]));
  const rightPoints = POINTS.map((p, i) => point(p, shifts[i]));
  // A grid of small dots shows what the hidden layer does to the plane between the four points.
  const grid = [];
  for (let i = 0; i <= 16; i += 1) for (let j = 0; j <= 16; j += 1) grid.push([i / 8 - 0.5, j / 8 - 0.5]);
  const dots = grid.map(() => svg("circle", { r: 2 }));
  left.layer.append(...lines, ...leftPoints);
  right.layer.append(...dots, outLine, ...rightPoints);

  const morphRow = slider(state, "morph", "from x to h", { min: 0, max: 1, step: 0.05, digits: 2 });
  const buttons = html("div", { class: "nnf-buttons" }, button("Play", animate),
    button("Reset", () => state.set({ morph: 0, ...PRESETS[state.get("preset")] })));
  const result = html("p", { style: "font-weight: 600" });
  const lineKey = html("p", { style: "text-align: center" });
  const rightTitle = html("p", { style: "text-align: center; font-weight: 600" });
  const leftTitle = html("p", { style: "text-align: center; font-weight: 600" }, "inputs (x₁, x₂)");
  const body = html("tbody");
  const head = ["x₁", "x₂", "XOR", "h₁", "h₂", "y", ""].map((text) =>
    html("th", { scope: "col" }, text || html("span", { class: "nnf-hidden" }, "right?")));
  box.append(
    html("div", { class: "nnf-wide" }, html("div", { style: "max-width: 30rem" },
      select(state, "preset", "weights", { step: "by hand, step",
        sigmoid: "by hand, sigmoid", none: "no hidden layer" }),
      morphRow, buttons)),
    html("div", {}, leftTitle, left.root, lineKey),
    html("div", {}, rightTitle, right.root,
      html("p", { style: "text-align: center" }, "Line: where the output switches. Square: 0. Disc: 1.")),
    html("div", { class: "nnf-wide" }, result,
      html("table", {}, html("caption", {}, "What the network answers"),
        html("thead", {}, html("tr", {}, ...head)), body)));
  const groups = Object.entries(WEIGHTS).map(([name, fields]) => html("fieldset", { "data-group": name },
    html("legend", {}, name), ...Object.entries(fields).map(([field, label]) =>
      slider(state, field, label, { min: -15, max: 15, step: 0.5 }))));
  box.append(html("details", { class: "nnf-wide" },
    html("summary", { ...OWN_KEYS }, "Change the nine weights"),
    html("div", { class: "nnf-columns" }, ...groups)));
  const say = announcer(box);

  function draw() {
    const net = { activation: state.get("activation"), hidden: state.get("hidden") };
    for (const fields of Object.values(WEIGHTS)) {
      for (const name of Object.keys(fields)) net[name] = Number(state.get(name));
    }
    const t = Number(state.get("morph"));
    const tone = (y) => 1.4 * (y - 0.5);
    left.shade((u, v) => tone(forward(net, [u, v]).y));
    right.shade((u, v) => t * tone(outputNeuron(net, [u, v])));
    if (net.hidden) {
      left.placeLine(lines[0], [net.h1x1, net.h1x2], net.h1b);
      left.placeLine(lines[1], [net.h2x1, net.h2x2], net.h2b);
    } else {
      left.placeLine(lines[0], [net.yh1, net.yh2], net.yb);
      lines[1].setAttribute("visibility", "hidden");
    }
    right.placeLine(outLine, [net.yh1, net.yh2], net.yb);
    outLine.setAttribute("stroke-opacity", 0.15 + 0.85 * t);

    grid.forEach((x, i) => {
      const { h, y } = forward(net, x);
      const at = morph(x, h, t);
      setAttributes(dots[i], { cx: right.X(at[0]), cy: right.Y(at[1]),
        fill: y >= 0.5 ? "var(--nnf-red)" : "var(--nnf-blue)" });
    });
    const rows = POINTS.map(([x1, x2, target], i) => {
      const { h, y } = forward(net, [x1, x2]);
      const at = morph([x1, x2], h, t);
      leftPoints[i].setAttribute("transform", `translate(${left.X(x1)} ${left.Y(x2)})`);
      rightPoints[i].setAttribute("transform", `translate(${right.X(at[0])} ${right.Y(at[1])})`);
      const good = Number(y >= 0.5) === target;
      const digits = net.activation === "step" ? 0 : 3;
      const cells = [x1, x2, target, fmt(h[0], digits), fmt(h[1], digits), fmt(y, digits),
        good ? "✓ right" : "✗ wrong"];
      return html("tr", {}, ...cells.map((text) => html("td", {}, String(text))));
    });
    body.replaceChildren(...rows);

    const right4 = countRight(net);
    rightTitle.textContent = !net.hidden ? "no hidden layer: nothing moves"
      : t === 0 ? "the same points, not moved yet"
      : t === 1 ? "hidden outputs (h₁, h₂)" : `on the way: ${Math.round(100 * t)} %`;
    lineKey.textContent = net.hidden ? "Lines: where h₁ (solid) and h₂ (dashed) switch."
      : "Line: where the output neuron switches.";
    result.textContent = `${right4} of 4 right. `
      + (net.hidden ? (right4 === 4 ? "In hidden space one line is enough." : "")
        : "One line gets at most 3 of 4 right, wherever it lies.");
    for (const part of groups.slice(0, 2)) part.disabled = !net.hidden;
    left.root.setAttribute("aria-label", "Plane of the inputs, with the four points of XOR.");
    right.root.setAttribute("aria-label", "The four points on their way from input space to hidden space: "
      + `${Math.round(100 * t)} percent.`);
    say(`${rightTitle.textContent}. ${result.textContent}`);
  }

  // Moves the slider to h in 1.5 s, or at once for readers who asked for less motion.
  function animate() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return state.set({ morph: 1 });
    const start = performance.now();
    const frame = (now) => {
      const t = Math.min(1, Math.max(0, (now - start) / 1500));
      state.set({ morph: t });
      if (t < 1 && box.isConnected) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  state.onChange(["preset"], () => state.set(PRESETS[state.get("preset")]));
  state.onChange(Object.keys(DEFAULTS), draw);
  draw();
  return state.stop;
}

export default { render };
