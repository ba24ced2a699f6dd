"""Mends of the theme: no script from a CDN, no script twice, names for its unlabelled controls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

# Jupyter Book always loads sphinx-thebe, which calls unpkg.com and throws where it cannot.
UNWANTED = ("sphinx-thebe", "THEBE_JS_URL", "fonts.googleapis", "unpkg.com", "jsdelivr")

# Faults of the theme that an accessibility checker finds in every page, each with its mend.
MENDS: tuple[tuple[re.Pattern[str], str], ...] = (
    # A button's name must contain its visible text, "Search Ctrl+K": drop the other name.
    (re.compile(r'(<button class="btn search-button-field[^>]*?) aria-label="Search"'), r"\1"),
    # The logo with the title stands outside every landmark.
    (
        re.compile(r'<div class="sidebar-primary-item">(?=\s*<a class="navbar-brand logo")'),
        '<div class="sidebar-primary-item" role="navigation" aria-label="Home">',
    ),
    # Citations: a role that ARIA has withdrawn, and a list whose children are no list items.
    (re.compile(r'(<div class="citation"[^>]*?) role="doc-biblioentry"'), r"\1"),
    (re.compile(r'<div role="list" class="citation-list">'), '<div class="citation-list">'),
    # The empty corner of a table is no heading of anything.
    (re.compile(r'<th class="[^"]*head[^"]*">(?:<p></p>)?</th>'), "<td></td>"),
    # The theme knows "light" and "dark" only. Without JavaScript "auto" leaves a page without
    # colours; with it, the page flashes before the theme's script has run.
    (re.compile(r'(<html[^>]*) data-theme="auto"'), r'\1 data-theme="light"'),
    (
        re.compile(r'dataset\.theme = localStorage\.getItem\("theme"\) \|\| "auto"'),
        'dataset.theme = localStorage.getItem("theme") || '
        '(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")',
    ),
)

# Of MathJax's complete bundles the pages load one. The others would double the size of the site.
SPARE_BUNDLES = (
    "mml-chtml",
    "mml-svg",
    "node-main",
    "tex-chtml-full",
    "tex-chtml-full-speech",
    "tex-mml-chtml",
    "tex-mml-svg",
    "tex-svg",
    "tex-svg-full",
)


def asset_text(asset: Any) -> str:
    """Everything that identifies a script or style sheet: its file name and its inline body."""
    body = (getattr(asset, "attributes", None) or {}).get("body") or ""
    return f"{getattr(asset, 'filename', asset) or ''}\n{body}"


def clean(assets: list[Any]) -> list[Any]:
    """Return the assets without unwanted ones and without repetitions, in the same order."""
    kept: dict[str, Any] = {}
    for asset in assets:
        text = asset_text(asset)
        if not any(word in text for word in UNWANTED):
            kept.setdefault(text, asset)
    return list(kept.values())


def clean_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    for key in ("script_files", "css_files"):
        if key in context:
            context[key][:] = clean(context[key])


def mend(page: str) -> str:
    for pattern, replacement in MENDS:
        page = pattern.sub(replacement, page)
    return page


def mend_pages(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    for file in Path(app.outdir).rglob("*.html"):
        old = file.read_text(encoding="utf-8")
        new = mend(old)
        if new != old:
            file.write_text(new, encoding="utf-8")


def drop_spare_files(app: Sphinx, error: Exception | None) -> None:
    static = Path(app.outdir, "_static")
    for name in SPARE_BUNDLES:
        (static / "mathjax" / f"{name}.js").unlink(missing_ok=True)
    for file in (*static.glob("sphinx-thebe.*"), *static.rglob("*.map")):
        file.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("html-page-context", clean_page, priority=900)
    app.connect("build-finished", mend_pages)
    app.connect("build-finished", drop_spare_files, priority=900)  # after they were copied
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
