// What all figures share: making elements, labelled controls, state, announcements, the style sheet.

const STYLE = `
.nnf { --nnf-blue: #0072B2; --nnf-red: #D55E00; --nnf-green: #00795A;
  --nnf-paper: var(--pst-color-background, var(--jp-layout-color0, #fff));
  color-scheme: light; display: flex; flex-wrap: wrap; gap: 0.75rem 1.5rem; margin: 1rem 0;
  line-height: 1.45; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
html[data-theme="dark"] .nnf, body[data-jp-theme-light="false"] .nnf {
  --nnf-blue: #56B4E9; --nnf-red: #F0803C; --nnf-green: #2CC79B;
  --nnf-paper: var(--pst-color-background, var(--jp-layout-color0, #121212));
  color-scheme: dark; }
.nnf, .nnf * { box-sizing: border-box; }
.nnf > * { flex: 1 1 17rem; min-width: 0; }
.nnf > .nnf-wide { flex-basis: 100%; }
.nnf svg.nnf-plane { display: block; width: 100%; max-width: 27rem; height: auto;
  margin: 0 auto; color: inherit; }
.nnf svg text { fill: currentColor; font-size: 14px; font-family: inherit; }
.nnf svg text.nnf-halo { paint-order: stroke; stroke: var(--nnf-paper); stroke-width: 4px;
  stroke-linejoin: round; }
.nnf .nnf-grid { stroke: currentColor; stroke-opacity: 0.14; }
.nnf .nnf-frame { fill: none; stroke: currentColor; stroke-opacity: 0.5; }
.nnf .nnf-line { stroke: currentColor; stroke-width: 2.5; fill: none; }
.nnf .nnf-0 { fill: var(--nnf-blue); stroke: var(--nnf-paper); stroke-width: 1.5; }
.nnf .nnf-1 { fill: var(--nnf-red); stroke: var(--nnf-paper); stroke-width: 1.5; }
.nnf p { margin: 0.4rem 0; }
.nnf .nnf-sum { margin: 0.75rem 0 0; padding: 0.5rem 0.75rem; min-height: 4.5rem;
  border: 1px solid; border-color: color-mix(in srgb, currentColor 30%, transparent);
  border-radius: 6px; overflow-wrap: anywhere; }
.nnf .nnf-sum > div { padding: 0.1rem 0; }
.nnf label.nnf-row { display: grid; grid-template-columns: 7rem 1fr 3.25rem;
  align-items: center; gap: 0.6rem; min-height: 34px; margin: 0; font-weight: inherit; }
.nnf label.nnf-row > .nnf-value { text-align: right; }
.nnf label.nnf-pick > :last-child { grid-column: 2 / -1; }
.nnf input[type="range"] { width: 100%; min-width: 0; height: 32px; margin: 0;
  accent-color: var(--nnf-blue); cursor: pointer; }
.nnf select { width: 100%; min-width: 0; }
.nnf select, .nnf button { min-height: 36px; padding: 0.25rem 0.7rem; border: 1px solid;
  border-radius: 6px; font: inherit; color: inherit; background: var(--nnf-paper);
  border-color: color-mix(in srgb, currentColor 55%, transparent); cursor: pointer; }
.nnf button:hover { background: color-mix(in srgb, currentColor 10%, var(--nnf-paper)); }
.nnf button.nnf-main { background: #0072B2; color: #fff; border-color: #0072B2; }
.nnf button.nnf-main:hover { background: #005A8D; }
.nnf-buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0.5rem 0; }
.nnf fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.nnf legend { float: none; width: auto; padding: 0; margin: 0; font: inherit; font-weight: 600; }
.nnf fieldset label.nnf-radio { display: inline-flex; align-items: center; gap: 0.4rem;
  min-height: 34px; margin: 0 1rem 0 0; cursor: pointer; }
.nnf input[type="radio"] { width: 20px; height: 20px; margin: 0; accent-color: var(--nnf-blue); }
.nnf summary { min-height: 34px; padding: 0.3rem 0; cursor: pointer; }
.nnf-columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
  gap: 0.5rem 1.5rem; }
.nnf fieldset:disabled { opacity: 0.65; }
.nnf table { border-collapse: collapse; margin: 0.25rem 0; width: 100%; max-width: 30rem; }
.nnf caption { caption-side: top; padding: 0.25rem 0; color: inherit; text-align: left; }
.nnf th, .nnf td { padding: 0.25rem; text-align: center; white-space: nowrap; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.nnf :focus-visible { outline: 3px solid var(--nnf-blue); outline-offset: 2px; border-radius: 4px; }
.nnf-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
`;

// The style sheet goes into the page once, however many figures there are.
function addStyle() {
  if (document.head.querySelector("style[data-nnf]")) return;
  document.head.append(html("style", { "data-nnf": "" }, STYLE));
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children); // strings become text nodes: nothing is parsed as HTML
  return node;
}
export const html = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

// Makes the outer box of a figure: a group with a name, so that a screen reader can say where it is.
export function figureBox(el, name) {
  addStyle();
  const box = html("div", { class: "nnf", role: "group", "aria-label": name });
  el.append(box);
  return box;
}

// 1.5 -> "1.50"; a real minus sign, and never "−0.00".
export function fmt(number, digits = 2) {
  const text = Math.abs(number).toFixed(digits);
  return number < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}
// A negative number after an operator needs brackets: 2·(−3).
export const paren = (number, digits = 2) =>
  fmt(number, digits).startsWith("\u2212") ? `(${fmt(number, digits)})` : fmt(number, digits);

// Reads and writes the widget model, with a default for every name that the page leaves out.
export function bind(model, defaults) {
  const stops = [];
  return {
    get: (name) => model.get(name) ?? defaults[name],
    set(values) {
      for (const [name, value] of Object.entries(values)) model.set(name, value);
      model.save_changes();
    },
    // Several changes at once (a drag moves x1 and x2) lead to one call.
    onChange(names, callback) {
      let waiting = false;
      const later = () => {
        if (waiting) return;
        waiting = true;
        queueMicrotask(() => {
          waiting = false;
          callback();
        });
      };
      for (const name of names) model.on(`change:${name}`, later);
      stops.push(() => names.forEach((name) => model.off(`change:${name}`, later)));
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}

// JupyterLab takes arrow keys for itself unless the focused element carries this attribute.
export const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

export function slider(state, name, label, { min, max, step = 0.1, digits = 1 }) {
  const input = html("input", { type: "range", min, max, step, "data-name": name, ...OWN_KEYS });
  const value = html("span", { class: "nnf-value", "aria-hidden": "true" });
  const show = () => {
    input.value = state.get(name);
    value.textContent = fmt(state.get(name), digits);
  };
  input.addEventListener("input", () => state.set({ [name]: Number(input.value) }));
  state.onChange([name], show);
  show();
  return html("label", { class: "nnf-row" }, html("span", {}, label), input, value);
}

// options: { value: text shown }
export function select(state, name, label, options) {
  const input = html("select", { "data-name": name, ...OWN_KEYS });
  for (const [value, text] of Object.entries(options)) {
    input.append(html("option", { value }, text));
  }
  const show = () => {
    input.value = state.get(name);
  };
  input.addEventListener("change", () => state.set({ [name]: input.value }));
  state.onChange([name], show);
  show();
  return html("label", { class: "nnf-row nnf-pick" }, html("span", {}, label), input);
}

export function button(text, onClick, kind = "") {
  const node = html("button", { type: "button", class: kind, ...OWN_KEYS }, text);
  node.addEventListener("click", onClick);
  return node;
}

// A polite live region. It speaks when the reader pauses, not on every tick of a slider.
export function announcer(box, pause = 700) {
  const region = html("div", { class: "nnf-hidden", role: "status" });
  box.append(region);
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      region.textContent = text;
    }, pause);
  };
}
