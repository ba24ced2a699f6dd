"""The ``{nnfig}`` directive: an interactive figure, drawn by one ES module, without a kernel.

```{nnfig} neuron
:name: fig-neuron
:alt: What the figure shows, in words; read by screen readers and without JavaScript.
:props: {"w1": 1.5}

The caption, in MyST. Further paragraphs become the legend.
```

The module is ``<nnfig_path>/neuron.js``; the element ``<nn-figure>`` of ``nn-figure.js`` loads it.
"""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata, OptionSpec

SITE_FOLDER = "_static/figures"
logger = logging.getLogger(__name__)


class Host(nodes.General, nodes.Element):
    """The place where the module draws: attributes ``module``, ``props`` (JSON text), ``alt``."""


class InteractiveFigure(SphinxDirective):
    """A numbered figure around a :class:`Host`."""

    required_arguments = 1
    has_content = True
    option_spec: OptionSpec = {  # noqa: RUF012 (docutils declares it so)
        "alt": directives.unchanged_required,
        "props": directives.unchanged_required,
        "name": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        alt = " ".join(self.options.get("alt", "").split())
        if not alt:
            raise self.error(
                f"nnfig {name}: the option :alt: is missing. It says in words what "
                "the figure shows, for readers who cannot see it."
            )
        props = read_props(self.options.get("props", "{}"))
        if props is None:
            raise self.error(
                f"nnfig {name}: :props: must be a JSON object, got {self.options['props']!r}"
            )
        module = Path(self.env.srcdir, self.config.nnfig_path, f"{name}.js")
        self.env.note_dependency(str(module))
        if not module.is_file():
            logger.warning(
                "nnfig: there is no figure module %s",
                f"{self.config.nnfig_path}/{name}.js",
                location=self.get_location(),
            )

        figure = nodes.figure(classes=["nn-interactive"])
        self.set_source_info(figure)
        figure += Host(module=f"{name}.js", props=props, alt=alt)
        figure += self.caption()
        self.add_name(figure)
        return [figure]

    def caption(self) -> list[nodes.Node]:
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        if not body.children:
            return []
        first, *rest = body.children
        if not isinstance(first, nodes.paragraph):
            raise self.error("nnfig: the caption must begin with a paragraph")
        caption = nodes.caption("", "", *first.children)
        caption.source, caption.line = first.source, first.line
        return [caption, nodes.legend("", *rest)] if rest else [caption]


def read_props(text: str) -> str | None:
    """Return the JSON text in one standard form, or None when it is not an object."""
    try:
        props = json.loads(text)
    except json.JSONDecodeError:
        return None
    return json.dumps(props, sort_keys=True) if isinstance(props, dict) else None


def visit_host_html(translator: Any, node: Host) -> None:
    here = translator.builder.get_target_uri(translator.builder.current_docname)
    module = relative_uri(here, f"{SITE_FOLDER}/{node['module']}")
    translator.body.append(
        f'<nn-figure module="{escape(module)}" props="{escape(node["props"])}" role="group" '
        f'aria-label="{escape(node["alt"])}"><p class="nn-fallback">'
        f"<strong>Interactive figure.</strong> {escape(node['alt'])}</p></nn-figure>"
    )
    raise nodes.SkipNode


class SayInWords(SphinxPostTransform):
    """In formats without scripts, such as PDF, the words take the place of the picture."""

    default_priority = 200

    def run(self, **options: Any) -> None:
        if self.app.builder.format != "html":
            for host in list(self.document.findall(Host)):
                host.replace_self(nodes.paragraph("", host["alt"]))


def add_script(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load the element's script in the pages that have such a figure, and only there."""
    if doctree is not None and next(doctree.findall(Host), None) is not None:
        app.add_js_file("figures/nn-figure.js", type="module")


def ship_modules(app: Sphinx) -> None:
    """Copy the modules into the site. A fresh copy: a module that was deleted must not linger."""
    if app.builder.format != "html":
        return
    source = Path(app.srcdir, app.config.nnfig_path)
    target = Path(app.outdir, SITE_FOLDER)
    shutil.rmtree(target, ignore_errors=True)
    if source.is_dir():
        keep = {".js", ".json", ".css", ".svg"}
        for file in sorted(p for p in source.rglob("*") if p.is_file() and p.suffix in keep):
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_config_value("nnfig_path", "figures", "env", str)
    app.add_node(Host, html=(visit_host_html, None))
    app.add_post_transform(SayInWords)
    app.add_directive("nnfig", InteractiveFigure)
    app.connect("builder-inited", ship_modules)
    app.connect("html-page-context", add_script)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
