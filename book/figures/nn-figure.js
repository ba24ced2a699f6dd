// <nn-figure module="figures/neuron.js" props='{"w1": 1}'>text for readers without JavaScript</nn-figure>
//
// Runs a Jupyter widget module (an ES module whose default export has `render({ model, el })`)
// in a plain page. No kernel is needed: the small model below keeps the state that a kernel
// would otherwise hold. The same module runs under anywidget in JupyterLab.

export class PageModel {
  #state;
  #listeners = new Map(); // event name -> set of callbacks

  constructor(state) {
    this.#state = { ...state };
  }
  get(name) {
    return this.#state[name];
  }
  set(name, value) {
    if (Object.is(this.#state[name], value)) return; // as in Jupyter: no change, no event
    this.#state[name] = value;
    this.#emit(`change:${name}`, value);
    this.#emit("change", value);
  }
  save_changes() {} // a kernel would be told here
  on(events, callback) {
    for (const event of events.split(" ")) {
      if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
      this.#listeners.get(event).add(callback);
    }
  }
  // As in Jupyter, leaving out (or passing null for) the events or the callback means "all".
  off(events, callback) {
    for (const event of events ? events.split(" ") : [...this.#listeners.keys()]) {
      if (callback) this.#listeners.get(event)?.delete(callback);
      else this.#listeners.delete(event);
    }
  }
  #emit(event, value) {
    for (const callback of [...(this.#listeners.get(event) ?? [])]) callback(this, value);
  }
}

function readProps(text) {
  const props = JSON.parse(text || "{}");
  if (props === null || typeof props !== "object" || Array.isArray(props)) {
    throw new TypeError(`props: expected a JSON object, got ${text}`);
  }
  return props;
}

// Node has no HTMLElement; the tests import this file there for PageModel alone.
class NNFigure extends (globalThis.HTMLElement ?? class {}) {
  #started = false;

  async connectedCallback() {
    if (this.#started) return; // an element that is moved in the page is connected again
    this.#started = true;
    try {
      const url = this.getAttribute("module");
      if (!url) throw new TypeError("the attribute 'module' is missing");
      const model = new PageModel(readProps(this.getAttribute("props")));
      const module = await import(new URL(url, document.baseURI).href);
      const widget = typeof module.default === "function" ? await module.default() : module.default;
      const el = document.createElement("div");
      await widget.render({ model, el });
      this.replaceChildren(el);
      this.dataset.ready = "1";
    } catch (error) {
      this.#fail(error);
    }
  }

  // The text inside the element stays, so the reader loses the interaction but not the content.
  #fail(error) {
    const message = document.createElement("p");
    message.setAttribute("role", "status");
    message.style.cssText = "border-left: 4px solid #D55E00; padding: 0.25rem 0.75rem;"
      + " margin: 0.5rem 0; overflow-wrap: anywhere";
    message.textContent = "This interactive figure could not start. "
      + `The text below says what it shows. (${error.message})`;
    this.prepend(message);
    this.dataset.failed = "1";
  }
}

if (globalThis.customElements && !customElements.get("nn-figure")) {
  customElements.define("nn-figure", NNFigure);
}
