"""The parts of a quiz as document nodes, and how they are written as HTML.

The reasons stand in a ``<details>`` element, so that the page works without JavaScript and in
print. ``nnquiz.js`` adds the button and shows the reason of the chosen answer.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class Quiz(nodes.General, nodes.Element):
    """``kind``, ``number``, ``page``, ``label``, ``signature``, ``tolerance``."""


class Prompt(nodes.General, nodes.TextElement):
    """First paragraph of the question: the legend of the field set."""


class Details(nodes.General, nodes.Element):
    """The rest of the question: formulas, code, pictures."""


class Answer(nodes.General, nodes.TextElement):
    """``letter``, ``kind``; children: the words of the answer."""


class NumberField(nodes.General, nodes.Element):
    """Where the reader types a number."""


class Reasons(nodes.General, nodes.Element):
    """All reasons together."""


class Reason(nodes.General, nodes.Element):
    """``letter``, ``correct``, ``value``; children: the reason."""


def quiz_of(node: nodes.Node) -> Quiz:
    while not isinstance(node, Quiz):
        node = node.parent
    return node


def visit_quiz(translator: Any, node: Quiz) -> None:
    translator.body.append(
        translator.starttag(
            node,
            "div",
            CLASS="nnq",
            **{
                "data-kind": node["kind"],
                "data-page": node["page"],
                "data-quiz": node["label"],
                "data-signature": node["signature"],
                "data-tolerance": repr(node["tolerance"]),
            },
        )
    )
    described = (
        f' aria-describedby="nnq-{node["label"]}-details"'
        if any(isinstance(child, Details) for child in node.children)
        else ""
    )
    translator.body.append(f"<fieldset{described}>")


def depart_quiz(translator: Any, node: Quiz) -> None:
    translator.body.append("</div>\n")


def visit_prompt(translator: Any, node: Prompt) -> None:
    number = quiz_of(node)["number"]
    translator.body.append(f'<legend><span class="nnq-number">Question {number}</span> ')


def depart_prompt(translator: Any, node: Prompt) -> None:
    translator.body.append("</legend>\n")


def visit_details(translator: Any, node: Details) -> None:
    translator.body.append(f'<div class="nnq-details" id="nnq-{quiz_of(node)["label"]}-details">')


def depart_div(translator: Any, node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def visit_answer(translator: Any, node: Answer) -> None:
    label = quiz_of(node)["label"]
    kind = "checkbox" if node["kind"] == "multiple" else "radio"
    letter = node["letter"]
    translator.body.append(
        f'<div class="nnq-option"><input type="{kind}" id="nnq-{label}-{letter}" '
        f'name="nnq-{label}" value="{letter}"><label for="nnq-{label}-{letter}">'
        f'<span class="nnq-letter">{letter}.</span> <span class="nnq-words">'
    )


def depart_answer(translator: Any, node: Answer) -> None:
    translator.body.append("</span></label></div>\n")


def visit_number_field(translator: Any, node: NumberField) -> None:
    label = quiz_of(node)["label"]
    translator.body.append(
        f'<div class="nnq-option nnq-typed"><label for="nnq-{label}-number">Your number</label>'
        f'<input type="text" inputmode="decimal" autocomplete="off" id="nnq-{label}-number"></div>'
    )
    raise nodes.SkipNode


def visit_reasons(translator: Any, node: Reasons) -> None:
    translator.body.append(
        '</fieldset>\n<details class="nnq-answers"><summary>Answers and reasons</summary>\n'
    )


def depart_reasons(translator: Any, node: Reasons) -> None:
    translator.body.append("</details>\n")


def visit_reason(translator: Any, node: Reason) -> None:
    verdict = "right" if node["correct"] else "wrong"
    if not node["value"]:
        name = node["letter"]
    elif node["value"] == "*":
        name = "Any other number"
    else:
        name = f"{float(node['value']):g}".replace("-", "\u2212")
    translator.body.append(
        f'<div class="nnq-reason" data-answer="{escape(node["value"] or node["letter"])}" '
        f'data-verdict="{verdict}"><p class="nnq-verdict"><strong>{name}</strong> is {verdict}.</p>'
        '<div class="nnq-why">'
    )


def depart_reason(translator: Any, node: Reason) -> None:
    translator.body.append("</div></div>\n")


class WriteInWords(SphinxPostTransform):
    """Other formats get the question, the answers and the reasons as running text."""

    default_priority = 200

    def run(self, **options: Any) -> None:
        if self.app.builder.format == "html":
            return
        for quiz in list(self.document.findall(Quiz)):
            for part in list(quiz.findall(lambda node: isinstance(node, PARTS))):
                part.replace_self(in_words(part))
            quiz.replace_self(nodes.container("", *quiz.children, ids=quiz["ids"]))


def in_words(part: nodes.Element) -> list[nodes.Node]:
    if isinstance(part, Prompt):
        return [nodes.paragraph("", "", *part.children)]
    if isinstance(part, Answer):
        return [nodes.paragraph("", f"{part['letter']}. ", *part.children)]
    if isinstance(part, Reason):
        verdict = "right" if part["correct"] else "wrong"
        name = part["value"] or part["letter"]
        return [nodes.paragraph("", f"{name} is {verdict}:"), *part.children]
    return list(part.children)  # Details, Reasons; a NumberField has none


PARTS = (Prompt, Details, Answer, NumberField, Reasons, Reason)


def add_nodes(app: Sphinx) -> None:
    for kind, html in {
        Quiz: (visit_quiz, depart_quiz),
        Prompt: (visit_prompt, depart_prompt),
        Details: (visit_details, depart_div),
        Answer: (visit_answer, depart_answer),
        NumberField: (visit_number_field, None),
        Reasons: (visit_reasons, depart_reasons),
        Reason: (visit_reason, depart_reason),
    }.items():
        app.add_node(kind, html=html)
    app.add_post_transform(WriteInWords)
