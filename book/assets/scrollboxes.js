// A box that scrolls sideways must be reachable by keyboard: it becomes a stop of the Tab key
// while its content is wider than the box, and only then.
"use strict";
(() => {
  const BOXES = ".bd-article pre, .bd-article .pst-scrollable-table-container,"
    + " .bd-article mjx-container, .bd-article .cell_output > .output";

  // A formula inside a line gets a scroll box of its own only where it is wider than the line.
  function boxWideFormulas() {
    for (const formula of document.querySelectorAll('.bd-article mjx-container:not([display="true"])')) {
      formula.classList.remove("nn-wide");
      const line = formula.closest("p, li, td, th, dd, dt, label, legend, figcaption, h1, h2, h3, div");
      if (line && formula.offsetWidth > line.clientWidth && line.clientWidth > 0) {
        formula.classList.add("nn-wide");
      }
    }
  }

  function update() {
    boxWideFormulas();
    for (const box of document.querySelectorAll(BOXES)) {
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      const scrollable = ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
      if (scrolls && scrollable) {
        if (!box.hasAttribute("tabindex")) {
          box.tabIndex = 0;
          box.dataset.nnScroll = "";
        }
      } else if ("nnScroll" in box.dataset) {
        box.removeAttribute("tabindex");
        delete box.dataset.nnScroll;
      }
    }
  }
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(update, 100);
  };
  addEventListener("resize", later);
  addEventListener("load", () => {
    update();
    window.MathJax?.startup?.promise?.then(later); // formulas get their width late
  });
})();
