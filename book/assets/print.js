// Paper is white: a page that is read in the dark theme is printed in the light one.
"use strict";
(() => {
  const root = document.documentElement;
  let before = null;
  matchMedia("print").addEventListener("change", (event) => {
    if (event.matches && root.dataset.theme !== "light") {
      before = root.dataset.theme;
      root.dataset.theme = "light";
    } else if (!event.matches && before) {
      root.dataset.theme = before;
      before = null;
    }
  });
})();
