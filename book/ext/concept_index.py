"""The ``{concept-index}`` directive: the concept map as a page, with links to every face."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any, cast

from concepts import Concept, MapError, Section, load
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import ExtensionMetadata

HEADINGS = ("Concept", "Section", "Code", "Picture", "Exercise")
logger = logging.getLogger(__name__)


class FaceLink(nodes.Inline, nodes.TextElement):
    """A link to ``label``, made when all pages have been read; ``face`` says how it is worded."""


class CodeName(nodes.literal):
    """A long name that may be broken after a dot or an underscore."""


def visit_code_name(translator: Any, node: CodeName) -> None:
    words = re.sub(r"([._])", r"\1<wbr>", escape(node.astext()))
    translator.body.append(f"<code>{words}</code>")
    raise nodes.SkipNode


class ConceptIndex(SphinxDirective):
    """One table for each section of the map."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        file = Path(self.env.srcdir, self.config.concepts_file)
        self.env.note_dependency(str(file))
        try:
            sections = load(file)
        except (MapError, OSError) as fault:
            raise self.error(f"concept-index: {fault}") from fault
        concepts = [concept for section in sections for concept in section.concepts]
        complete = sum(all(concept.faces().values()) for concept in concepts)
        summary = f"{complete} of {len(concepts)} concepts have all four faces."
        tables = [self.section(number, section) for number, section in enumerate(sections, 1)]
        return [nodes.paragraph("", summary), *tables]

    def section(self, number: int, section: Section) -> nodes.section:
        node = nodes.section(ids=[f"concepts-{number}"])
        node += nodes.title("", section.title)
        complete = sum(all(concept.faces().values()) for concept in section.concepts)
        node += nodes.paragraph("", f"{complete} of {len(section.concepts)} complete.")
        begun = [c for c in section.concepts if any(c.faces().values())]
        if begun:
            node += self.table(section.title, begun)
        rest = [c.name for c in section.concepts if c not in begun]
        if rest:
            # A table of nothing but dashes would help no reader.
            words = "Not written yet" if not begun else "The others are not written yet"
            node += nodes.paragraph("", f"{words}: {'; '.join(rest)}.")
        return node

    def table(self, title: str, concepts: list[Concept]) -> nodes.table:
        table = nodes.table(classes=["nn-concepts"])
        group = nodes.tgroup(cols=len(HEADINGS))
        group += [nodes.colspec(colwidth=1) for _ in HEADINGS]
        head, body = nodes.thead(), nodes.tbody()
        head += row([nodes.paragraph("", heading) for heading in HEADINGS])
        for concept in concepts:
            cells = [nodes.paragraph("", concept.name)]
            for face, value in concept.faces().items():
                cells.append(self.cell(face, value))
            body += row(cells)
        group += [head, body]
        table += group
        return table

    def cell(self, face: str, value: str | None) -> nodes.paragraph:
        paragraph = nodes.paragraph()
        if value is None:
            paragraph += nodes.Text("not yet")
            return paragraph
        prefix, _, label = value.partition(":")
        if face in ("text", "picture"):
            link = FaceLink(label=value, face=face)
        elif prefix in ("cell", "quiz"):
            link = FaceLink(label=label, face=prefix)
        else:
            # An exercise is known by its function, the assignment is that of the chapter.
            name = value.partition("/")[2] or value
            paragraph += CodeName(name, name)
            return paragraph
        self.set_source_info(link)
        paragraph += link
        return paragraph


def row(cells: list[nodes.paragraph]) -> nodes.row:
    line = nodes.row()
    for cell in cells:
        line += nodes.entry("", cell)
    return line


def words_for(env: BuildEnvironment, face: str, docname: str, target: str, title: str) -> str:
    """Return the link's words: a section's title, a figure's number, or what the thing is."""
    if face == "text":
        return title or "section"
    if face == "picture":
        for kind in ("figure", "table"):
            number = env.toc_fignumbers.get(docname, {}).get(kind, {}).get(target)
            if number:
                return f"{kind.title()} {'.'.join(map(str, number))}"
        return "Picture"
    return title or "Question" if face == "quiz" else "Cell to run"


def resolve_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    env = app.env
    domain = cast(StandardDomain, env.get_domain("std"))
    for link in list(doctree.findall(FaceLink)):
        label, face = link["label"].lower(), link["face"]
        page, target = domain.anonlabels.get(label, ("", ""))
        title = domain.labels.get(label, ("", "", ""))[2]
        if not page:
            logger.warning("concept-index: no page has the label %r", label, location=link)
            link.replace_self(nodes.Text("missing"))
            continue
        words = words_for(env, face, page, target, title)
        link.replace_self(make_refnode(app.builder, docname, page, target, nodes.Text(words)))


def note_page(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the pages with an index: they depend on the titles of all other pages."""
    if next(doctree.findall(FaceLink), None) is not None:
        app.env.metadata[app.env.docname]["concept_index"] = "1"


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return [name for name, meta in env.metadata.items() if "concept_index" in meta]


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_config_value("concepts_file", "concepts.yml", "env", str)
    app.add_node(FaceLink)
    app.add_node(CodeName, html=(visit_code_name, None))
    app.add_directive("concept-index", ConceptIndex)
    app.connect("doctree-read", note_page)
    app.connect("env-updated", pages_to_write)
    app.connect("doctree-resolved", resolve_links)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
