// Self-check questions: the button, the reason of the chosen answer, marks kept on this machine.
// Without this script a page still shows every question, with the answers in a <details> element.
"use strict";
(() => {
  // ---- marks: one entry in localStorage for each page --------------------------------------
  const keyOf = (page) => `nnquiz:${page}`;
  const unsaved = new Map(); // used where the browser forbids storage (some file:// pages)

  function load(page) {
    try {
      const marks = JSON.parse(localStorage.getItem(keyOf(page)) ?? "{}");
      return marks && typeof marks === "object" && !Array.isArray(marks) ? marks : {};
    } catch {
      return unsaved.get(page) ?? {};
    }
  }
  function save(page, marks) {
    unsaved.set(page, marks);
    try {
      if (Object.keys(marks).length) localStorage.setItem(keyOf(page), JSON.stringify(marks));
      else localStorage.removeItem(keyOf(page));
    } catch { /* the marks last as long as the page */ }
  }

  // ---- one question ------------------------------------------------------------------------
  const readNumber = (text) => {
    const plain = text.trim().replace(/\u2212/g, "-").replace(/^(-?\d+),(\d+)$/, "$1.$2");
    return plain === "" ? NaN : Number(plain);
  };

  class Quiz {
    constructor(box) {
      Object.assign(this, { box, page: box.dataset.page, id: box.dataset.quiz, kind: box.dataset.kind });
      this.inputs = [...box.querySelectorAll(".nnq-option input")];
      this.reasons = [...box.querySelectorAll(".nnq-reason")];
      this.answers = box.querySelector(".nnq-answers");
      this.answers.hidden = true; // until the reader has tried

      this.button = document.createElement("button");
      this.button.type = "button";
      this.button.className = "nnq-check";
      this.button.textContent = "Check";
      this.button.addEventListener("click", () => this.check());
      this.status = document.createElement("div");
      this.status.className = "nnq-status";
      this.status.setAttribute("role", "status");
      box.querySelector("fieldset").append(this.button, this.status);
      for (const input of this.inputs) {
        input.addEventListener("keydown", (event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          this.check();
        });
      }
    }

    // What the reader has put in: letters, or the text of a number.
    given() {
      if (this.kind === "numeric") return [this.inputs[0].value.trim()].filter(Boolean);
      return this.inputs.filter((input) => input.checked).map((input) => input.value);
    }
    put(given) {
      if (this.kind === "numeric") this.inputs[0].value = given[0] ?? "";
      else for (const input of this.inputs) input.checked = given.includes(input.value);
    }

    // Which reasons belong to what was given, and whether it is right.
    judge(given) {
      const right = (reason) => reason.dataset.verdict === "right";
      if (this.kind === "numeric") {
        const number = readNumber(given[0]);
        if (!Number.isFinite(number)) return null;
        // A little more than the tolerance, or 2.85 would miss 2.8 ± 0.05 by rounding.
        const slack = Number(this.box.dataset.tolerance) + 1e-9 * Math.max(1, Math.abs(number));
        const near = (reason) => Math.abs(number - Number(reason.dataset.answer)) <= slack;
        const typed = this.reasons.filter((reason) => reason.dataset.answer !== "*");
        const found = typed.find((r) => right(r) && near(r)) ?? typed.find(near)
          ?? this.reasons.find((reason) => reason.dataset.answer === "*");
        return { correct: right(found), shown: [found] };
      }
      const shown = this.reasons.filter((reason) => given.includes(reason.dataset.answer));
      const missed = this.reasons.filter((reason) => right(reason) && !shown.includes(reason)).length;
      return { correct: missed === 0 && shown.every(right), shown, missed };
    }

    check() {
      const given = this.given();
      const numeric = this.kind === "numeric";
      if (!given.length) return this.say(numeric ? "Type a number first." : "Choose an answer first.");
      const result = this.judge(given);
      if (!result) return this.say(`“${given[0]}” is not a number. Write it like 0.25 or -3.`);
      this.show(result);
      const marks = load(this.page);
      marks[this.id] = { given, correct: result.correct, signature: this.box.dataset.signature };
      save(this.page, marks);
      this.onMark();
    }

    say(text) {
      this.clear();
      const line = document.createElement("p");
      line.textContent = text;
      this.status.append(line);
    }
    clear() {
      this.status.replaceChildren();
      delete this.box.dataset.result;
    }
    show({ correct, shown, missed = 0 }) {
      const several = this.kind === "multiple";
      this.say(correct ? "Correct." : "Not quite.");
      this.box.dataset.result = correct ? "right" : "wrong";
      this.status.firstChild.className = "nnq-result";
      for (const reason of shown) {
        const copy = reason.cloneNode(true);
        for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
        if (!several) copy.querySelector(".nnq-verdict").remove();
        this.status.append(copy);
      }
      if (several && missed) {
        const line = document.createElement("p");
        line.textContent = missed === 1 ? "One right answer is not ticked."
          : `${missed} right answers are not ticked.`;
        this.status.append(line);
      }
      this.answers.hidden = false;
    }
    reset() {
      this.put([]);
      this.clear();
      this.answers.hidden = true;
      this.answers.open = false;
    }
  }

  // ---- all questions of a page -------------------------------------------------------------
  function start() {
    const quizzes = [...document.querySelectorAll(".nnq")].map((box) => new Quiz(box));
    if (!quizzes.length) return;
    const page = quizzes[0].page;

    const score = document.createElement("div");
    score.className = "nnq-score";
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    const note = document.createElement("p");
    note.textContent = "Your answers are kept in this browser and sent nowhere.";
    const erase = document.createElement("button");
    erase.type = "button";
    erase.textContent = "Erase my answers on this page";
    erase.addEventListener("click", () => {
      save(page, {});
      for (const quiz of quizzes) quiz.reset();
      count();
    });
    score.append(line, note, erase);
    quizzes.at(-1).box.after(score);

    function count() {
      const marks = load(page);
      const right = quizzes.filter((quiz) => marks[quiz.id]?.correct).length;
      line.textContent = `${right} of ${quizzes.length} answered correctly.`;
    }
    const marks = load(page);
    for (const quiz of quizzes) {
      quiz.onMark = count;
      const mark = marks[quiz.id];
      if (!mark) continue;
      const result = mark.signature === quiz.box.dataset.signature && quiz.judge(mark.given);
      if (!result) {
        delete marks[quiz.id]; // the question has changed since
        continue;
      }
      quiz.put(mark.given);
      quiz.show(result);
    }
    if (Object.keys(marks).length !== Object.keys(load(page)).length) save(page, marks);
    count();
  }
  // After MathJax, so that the reasons copied on restoring hold set formulas, not their source.
  const ready = () => (window.MathJax?.startup?.promise ?? Promise.resolve()).then(start, start);
  if (document.readyState === "complete") ready();
  else addEventListener("load", ready);
})();
