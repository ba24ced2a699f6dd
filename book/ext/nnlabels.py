"""Find the labels of the book's pages, and what each stands at, without building the book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TARGET = re.compile(r"^\(([^()\s]+)\)=\s*$")
FENCE = re.compile(r"^\s*(`{3,}|~{3,}|:{3,})\s*(\{([\w-]+)\})?(.*)$")
OPTION = re.compile(r"^\s*:(name|label):\s*(\S+)\s*$")
YAML_NAME = re.compile(r"^\s*(?:name|label):\s*[\"']?([\w.:-]+)[\"']?\s*$")
FIGURES = {"nnfig", "figure", "table", "list-table", "csv-table", "code-cell", "md-figure"}


@dataclass(frozen=True)
class Label:
    """Where a label is, and its kind: section, cell, figure, quiz or block."""

    name: str
    kind: str
    page: str
    line: int


def pages_of_toc(root: Path) -> list[str]:
    """Return the pages of ``_toc.yml`` in order, without suffix."""
    pages: list[str] = []

    def collect(node: Any) -> None:
        if isinstance(node, list):
            for child in node:
                collect(child)
        elif isinstance(node, dict):
            for key, value in node.items():
                if key in ("root", "file"):
                    pages.append(str(value).removesuffix(".md"))
                elif isinstance(value, list):
                    collect(value)

    collect(yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8")))
    return pages


def read_labels(root: Path) -> dict[str, Label]:
    """Return the labels of all pages of the table of contents that exist."""
    found: dict[str, Label] = {}
    for page in pages_of_toc(root):
        file = root / f"{page}.md"
        if file.is_file():
            for label in labels_of(file.read_text(encoding="utf-8"), page):
                found.setdefault(label.name, label)
    return found


def labels_of(text: str, page: str) -> list[Label]:
    """Return the labels of one page.

    Examples
    --------
    >>> [(label.name, label.kind) for label in labels_of("(bias)=\\n## The bias\\n", "p")]
    [('bias', 'section')]
    """
    lines = text.splitlines()
    found: list[Label] = []
    fences: list[tuple[str, str]] = []  # (fence characters, directive name or "")
    header = False  # inside the --- block at the top of a directive
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if fences and closes(line, fences[-1][0]):
            fences.pop()
            header = False
            continue
        if fences and not fences[-1][1]:
            continue  # a listing: nothing in it is a label
        if fence and not (fences and fences[-1][1] == "code-cell"):
            fences.append((fence[1], fence[3] or ""))
            header = number < len(lines) and lines[number].strip() == "---"
            continue
        if fences:
            name = label_option(line, header)
            if name:
                found.append(Label(name, kind_of_directive(fences[-1][1]), page, number))
            if (
                header
                and line.strip() == "---"
                and lines[number - 2].strip() != ""
                and not FENCE.match(lines[number - 2])
            ):
                header = False
            if fences[-1][1] == "code-cell":
                continue
        target = TARGET.match(line)
        if target:
            found.append(Label(target[1], kind_of_next(lines[number:]), page, number))
    return found


def closes(line: str, opening: str) -> bool:
    stripped = line.strip()
    return len(stripped) >= len(opening) and set(stripped) == {opening[0]}


def label_option(line: str, header: bool) -> str | None:
    option = OPTION.match(line)
    if option:
        return option[2] if option[1] == "name" else None
    name = YAML_NAME.match(line) if header else None
    return name[1] if name else None


def kind_of_directive(name: str) -> str:
    if name == "nnquiz":
        return "quiz"
    return "figure" if name in FIGURES else "block"


def kind_of_next(lines: list[str]) -> str:
    """Return the kind of thing that a ``(label)=`` line stands before."""
    for line in lines:
        if not line.strip() or TARGET.match(line):
            continue
        fence = FENCE.match(line)
        if re.match(r"#{1,6}\s", line):
            return "section"
        if fence and fence[3]:
            name = fence[3]
            return "cell" if name == "code-cell" else kind_of_directive(name)
        return "block"
    return "block"
