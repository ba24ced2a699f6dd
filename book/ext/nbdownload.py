"""Offer every chapter with code as a notebook, ready to be run, in the download menu."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def notebook_of(app: Sphinx, pagename: str) -> Path:
    """Return where myst-nb has put the notebook that it made of a page."""
    return Path(app.outdir).parent / "jupyter_execute" / f"{pagename}.ipynb"


def has_cells(app: Sphinx, pagename: str) -> bool:
    if pagename not in app.env.found_docs or not notebook_of(app, pagename).is_file():
        return False
    return "{code-cell}" in Path(app.env.doc2path(pagename)).read_text(encoding="utf-8")


def offer(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Tell the theme, whose download button looks for this key."""
    if has_cells(app, pagename):
        context["ipynb_source"] = f"{pagename}.ipynb"


def ship(app: Sphinx, error: Exception | None) -> None:
    """Put the notebooks beside the text sources, where the theme links to."""
    if error is not None or app.builder.format != "html":
        return
    for pagename in app.env.found_docs:
        if has_cells(app, pagename):
            target = Path(app.outdir, "_sources", f"{pagename}.ipynb")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook_of(app, pagename), target)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("html-page-context", offer, priority=400)  # before the theme makes its buttons
    app.connect("build-finished", ship)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
