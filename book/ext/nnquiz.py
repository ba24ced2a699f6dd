"""The ``{nnquiz}`` directive: a self-check question with a reason for every answer.

```{nnquiz}
:name: quiz-zero-weight

What does a neuron do with an input whose weight is $0$?

- [ ] It counts it double.

  No: a weight of 2 would do that.
- [x] It ignores it.

  Yes: $0 \\cdot x_i = 0$, whatever $x_i$ is.
```

The last list of the body holds the answers, everything before it is the question.
``:kind:`` is ``single`` (default: exactly one ``[x]``), ``multiple`` (any number of ``[x]``, all of
them must be ticked and no other) or ``numeric`` (an answer is a number, with ``:tolerance:``; the
other numbers are known mistakes, and ``*`` catches the rest).
"""

from __future__ import annotations

import hashlib
import math
import string
from dataclasses import dataclass
from typing import cast

import nnquiz_html
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

KINDS = ("single", "multiple", "numeric")
HOW = "Write each answer as '- [x] text' (right) or '- [ ] text' (wrong)"


@dataclass
class Option:
    """One answer: what the reader sees, why it is right or wrong."""

    answer: list[nodes.Node]
    reason: list[nodes.Node]
    correct: bool
    line: int | None

    @property
    def text(self) -> str:
        return "".join(node.astext() for node in self.answer).strip()


class Malformed(ValueError):
    """A quiz that the author has to mend; ``line`` says where."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def read_option(item: nodes.list_item) -> Option:
    """Split a task-list item into answer and reason."""
    first = item.children[0] if item.children else None
    box = first.children[0] if isinstance(first, nodes.paragraph) and first.children else None
    if not (isinstance(box, nodes.raw) and "task-list-item-checkbox" in box.astext()):
        raise Malformed(f"this answer has no tick box. {HOW}", item.line)
    assert isinstance(first, nodes.paragraph)
    answer, reason = list(first.children[1:]), list(item.children[1:])
    option = Option(answer, reason, 'checked="checked"' in box.astext(), item.line)
    if not option.text and not any(n for a in answer for n in a.findall(nodes.image)):
        raise Malformed("this answer is empty", item.line)
    if not reason:
        raise Malformed(
            f"the answer {option.text!r} has no reason. Leave an empty line after the answer, then "
            "write why it is right or wrong, indented by two spaces",
            item.line,
        )
    return option


def read_body(body: nodes.Element) -> tuple[list[nodes.Node], list[Option]]:
    """Split the parsed body into the question and its options."""
    children = list(body.children)
    at = [i for i, child in enumerate(children) if isinstance(child, nodes.bullet_list)]
    if not at:
        raise Malformed(f"there is no list of answers. {HOW}")
    question, answers, rest = children[: at[-1]], children[at[-1]], children[at[-1] + 1 :]
    if rest:
        raise Malformed(
            "the list of answers must come last. Is a reason not indented?", rest[0].line
        )
    if not question or not isinstance(question[0], nodes.paragraph):
        raise Malformed("the question must come first, and begin with a paragraph")
    assert isinstance(answers, nodes.bullet_list)
    return question, [
        read_option(item) for item in answers.findall(nodes.list_item) if item.parent is answers
    ]


def check(kind: str, options: list[Option]) -> None:
    """Raise :class:`Malformed` when no reader could answer this quiz fairly."""
    right = sum(option.correct for option in options)
    if len(options) > len(string.ascii_uppercase):
        raise Malformed(f"at most 26 answers, got {len(options)}")
    if kind == "single" and (len(options) < 2 or right != 1):
        raise Malformed(
            "a single-choice quiz needs at least two answers and exactly one [x], "
            f"got {len(options)} answers and {right} marked [x]"
        )
    if kind == "multiple" and (len(options) < 2 or not right):
        raise Malformed(
            "a multiple-choice quiz needs at least two answers and one [x], "
            f"got {len(options)} answers and {right} marked [x]"
        )
    if kind == "numeric":
        if not right:
            raise Malformed("a numeric quiz needs at least one number marked [x]")
        if [o.text for o in options].count("*") != 1 or options[-1].text != "*":
            raise Malformed(
                "a numeric quiz ends with one answer '- [ ] \\*', whose reason is "
                "shown for every other number"
            )
        if options[-1].correct:
            raise Malformed("the answer '*' cannot be right", options[-1].line)
        for option in options[:-1]:
            read_number(option)


def read_number(option: Option) -> float:
    try:
        value = float(option.text.replace("\u2212", "-"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Malformed(f"a numeric answer must be a number, got {option.text!r}", option.line)
    return value


class QuizDirective(SphinxDirective):
    """Build the quiz nodes from the body, or report what is wrong with it and where."""

    has_content = True
    option_spec: OptionSpec = {  # noqa: RUF012 (docutils declares it so)
        "name": directives.unchanged_required,
        "kind": directives.unchanged_required,
        "tolerance": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        try:
            return [self.build()]
        except Malformed as fault:
            label = self.options.get("name", "without a name")
            line = fault.line or self.lineno
            message = self.state_machine.reporter.error(f"nnquiz {label}: {fault}", line=line)
            return [message]

    def build(self) -> nodes.Node:
        kind = self.options.get("kind", "single")
        if kind not in KINDS:
            raise Malformed(f":kind: is one of {', '.join(KINDS)}, got {kind!r}")
        if "name" not in self.options:
            raise Malformed(
                "the option :name: is missing. The reader's marks are kept under it, "
                "so it must stay the same when questions are added or moved"
            )
        tolerance = self.tolerance(kind)
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        question, options = read_body(body)
        check(kind, options)

        quiz = nnquiz_html.Quiz(
            kind=kind,
            number=self.env.new_serialno("nnquiz") + 1,
            page=self.env.docname,
            # A mark is forgotten when the question has changed.
            signature=hashlib.sha256("\n".join(self.content).encode()).hexdigest()[:12],
            label=nodes.make_id(self.options["name"]),
            tolerance=tolerance,
        )
        self.set_source_info(quiz)
        first, *rest = question
        quiz += nnquiz_html.Prompt("", *first.children)
        if rest:
            quiz += nnquiz_html.Details("", *rest)
        for letter, option in zip(string.ascii_uppercase, options, strict=False):
            if kind != "numeric":
                quiz += nnquiz_html.Answer("", *option.answer, letter=letter, kind=kind)
        if kind == "numeric":
            quiz += nnquiz_html.NumberField()
        reasons = nnquiz_html.Reasons()
        for letter, option in zip(string.ascii_uppercase, options, strict=False):
            value = ""
            if kind == "numeric":
                value = "*" if option.text == "*" else repr(read_number(option))
            reasons += nnquiz_html.Reason(
                "", *option.reason, letter=letter, correct=option.correct, value=value
            )
        quiz += reasons
        self.add_name(quiz)
        return quiz

    def tolerance(self, kind: str) -> float:
        text = self.options.get("tolerance")
        if kind != "numeric":
            if text is not None:
                raise Malformed(f":tolerance: is for numeric quizzes, this one is {kind}")
            return 0.0
        try:
            value = float(text or "")
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and value >= 0):
            raise Malformed(
                f"a numeric quiz needs :tolerance: with a number that is not negative, got {text!r}"
            )
        return value


def name_references(app: Sphinx, doctree: nodes.document) -> None:
    """Give {ref}`quiz-name` words of its own: "Question 3"."""
    domain = cast(StandardDomain, app.env.get_domain("std"))
    for quiz in doctree.findall(nnquiz_html.Quiz):
        for name in quiz["names"]:
            page, target = domain.anonlabels[name]
            domain.labels[name] = page, target, f"Question {quiz['number']}"


def setup(app: Sphinx) -> ExtensionMetadata:
    nnquiz_html.add_nodes(app)
    app.connect("doctree-read", name_references)
    app.add_directive("nnquiz", QuizDirective)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
