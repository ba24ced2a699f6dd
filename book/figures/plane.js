// A square piece of the (x1, x2) plane with axes, and what can be drawn in it.
import { setAttributes, svg } from "./lib.js";

const LEFT = 40, TOP = 8, SIZE = 300; // the plot inside a 350 × 352 drawing
const BLUE = [0, 114, 178], RED = [213, 94, 0]; // safe for colour-blind readers (Okabe and Ito)

// The part of the line w1·x1 + w2·x2 + b = 0 inside the square [min, max]²: [[x1, x2], [x1, x2]],
// or null where the line misses the square or where w = 0 and there is no line.
export function lineInSquare(w, b, min, max) {
  const length2 = w[0] ** 2 + w[1] ** 2;
  if (length2 < 1e-12) return null;
  const foot = [(-b * w[0]) / length2, (-b * w[1]) / length2]; // the point nearest to the origin
  const along = [-w[1], w[0]]; // at right angles to w
  let from = -Infinity, to = Infinity; // the points foot + t·along with from <= t <= to are inside
  for (const axis of [0, 1]) {
    if (along[axis] === 0) {
      if (foot[axis] < min || foot[axis] > max) return null;
      continue;
    }
    const ends = [(min - foot[axis]) / along[axis], (max - foot[axis]) / along[axis]];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  }
  if (from >= to) return null;
  return [from, to].map((t) => [foot[0] + t * along[0], foot[1] + t * along[1]]);
}

// Returns the drawing, a clipped layer to draw in, and the maps between data and drawing.
export function plane({ min, max, tick, xLabel, yLabel, attributes = {} }) {
  const X = (x1) => LEFT + ((x1 - min) / (max - min)) * SIZE;
  const Y = (x2) => TOP + ((max - x2) / (max - min)) * SIZE;
  const root = svg("svg", { viewBox: "0 0 350 352", class: "nnf-plane", ...attributes });
  // A nested svg clips what leaves it. A clip path would need an id that could collide.
  const inside = { x: LEFT, y: TOP, width: SIZE, height: SIZE };
  const layer = svg("svg", { ...inside, viewBox: `${LEFT} ${TOP} ${SIZE} ${SIZE}` });
  const image = svg("image", { ...inside, preserveAspectRatio: "none" });
  const frame = svg("rect", { ...inside, class: "nnf-frame", "pointer-events": "all" });
  root.append(image, frame);
  for (let i = 0; i <= Math.round((max - min) / tick); i += 1) {
    const t = min + i * tick, text = String(t).replace("-", "\u2212");
    root.append(
      svg("line", { x1: X(t), x2: X(t), y1: TOP, y2: TOP + SIZE, class: "nnf-grid" }),
      svg("line", { x1: LEFT, x2: LEFT + SIZE, y1: Y(t), y2: Y(t), class: "nnf-grid" }),
      svg("text", { x: X(t), y: TOP + SIZE + 18, "text-anchor": "middle" }, text),
      svg("text", { x: LEFT - 7, y: Y(t) + 5, "text-anchor": "end" }, text),
    );
  }
  const xText = svg("text", { x: LEFT + SIZE / 2, y: 348, "text-anchor": "middle" }, xLabel);
  const yText = svg("text", { x: 2, y: TOP + SIZE / 2 + 22 }, yLabel);
  root.append(layer, xText, yText);

  // Where in the plane did the reader point? Rounded to 0.1, as the sliders are.
  function fromEvent(event) {
    const box = frame.getBoundingClientRect();
    const limit = (v) => Math.round(Math.min(max, Math.max(min, v)) * 10) / 10;
    return [
      limit(min + ((event.clientX - box.left) / box.width) * (max - min)),
      limit(max - ((event.clientY - box.top) / box.height) * (max - min)),
    ];
  }

  // Colours the plane by tone(x1, x2): −1 is blue, 0 is clear, +1 is vermillion.
  function shade(tone, n = 100) {
    const at = (i) => min + ((i + 0.5) / n) * (max - min);
    image.setAttribute("href", picture(n, n, (i, j) => tone(at(i), at(n - 1 - j))));
  }

  // Moves an svg <line> onto w·x + b = 0, and hides it where there is nothing to see.
  function placeLine(node, w, b) {
    const ends = lineInSquare(w, b, min, max);
    node.setAttribute("visibility", ends ? "visible" : "hidden");
    if (ends) {
      const [p, q] = ends;
      setAttributes(node, { x1: X(p[0]), y1: Y(p[1]), x2: X(q[0]), y2: Y(q[1]) });
    }
    return ends;
  }
  return { root, layer, frame, xText, yText, X, Y, fromEvent, shade, placeLine };
}

// A small picture as a data URL. tone(i, j) in −1…1 as in shade(); half transparent, so that
// it fits a light and a dark page.
export function picture(width, height, tone) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  for (let j = 0; j < height; j += 1) {
    for (let i = 0; i < width; i += 1) {
      const t = Math.max(-1, Math.min(1, tone(i, j)));
      pixels.data.set([...(t < 0 ? BLUE : RED), Math.abs(t) * 120], 4 * (j * width + i));
    }
  }
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

// The mark of a class: a blue square for 0, a vermillion disc for 1, so that shape tells them apart.
export function classMark(label, size = 8) {
  if (label === 1) return svg("circle", { r: size, class: "nnf-1" });
  const side = { width: 1.8 * size, height: 1.8 * size };
  return svg("rect", { x: -0.9 * size, y: -0.9 * size, ...side, class: "nnf-0" });
}

// The path of an arrow between two points of the drawing.
export function arrowPath([x1, y1], [x2, y2], head = 11) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (turn) => [x2 - head * Math.cos(angle + turn), y2 - head * Math.sin(angle + turn)];
  const [a, b] = [wing(0.45), wing(-0.45)];
  return `M${x1} ${y1}L${x2} ${y2}M${a[0]} ${a[1]}L${x2} ${y2}L${b[0]} ${b[1]}`;
}
