"""The files of the built site: pages, links, pictures, downloads, nothing that does not belong."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from booktools import ROOT, chapters, toc_pages


class Page(HTMLParser):
    """Ids, links, pictures and visible words of a page."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.words = ""
        self._article = 0
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.add(str(attributes["id"]))
        if tag == "a" and attributes.get("href"):
            self.links.append(str(attributes["href"]))
        if tag in ("script", "img", "iframe", "source") and attributes.get("src"):
            self.loaded.append(str(attributes["src"]))
        if tag == "link" and attributes.get("href"):
            self.loaded.append(str(attributes["href"]))
        if tag == "nn-figure":
            self.loaded.append(str(attributes["module"]))
        if tag == "img":
            self.images.append(attributes)
        if tag == "article":
            self._article += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._article -= 1

    def handle_data(self, data: str) -> None:
        if self._article:
            self.words += data


@cache
def read(file: Path) -> Page:
    return Page(file)


def pages(site: Path) -> Iterator[tuple[str, Page]]:
    for file in sorted(site.rglob("*.html")):
        if "_static" not in file.relative_to(site).parts:
            yield file.relative_to(site).as_posix(), read(file)


@pytest.mark.parametrize("name", toc_pages())
def test_every_page_of_the_contents_exists_and_says_something(site: Path, name: str) -> None:
    file = site / f"{name}.html"
    assert file.is_file()
    assert len(read(file).words.split()) > 60


def test_every_chapter_has_a_quiz_of_eight_questions(site: Path) -> None:
    assert chapters()
    for name in chapters():
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert text.count('class="nnq"') >= 8, name


def test_only_pages_of_the_contents_are_published(site: Path) -> None:
    extra = {"index.html", "search.html"}
    assert {name for name, _ in pages(site)} == {f"{name}.html" for name in toc_pages()} | extra
    indexed = re.search(
        r'"?docnames"?:\s*(\[[^\]]*\])', (site / "searchindex.js").read_text("utf-8")
    )
    assert indexed is not None
    assert sorted(json.loads(indexed[1])) == sorted(toc_pages())


def test_sources_and_notebooks_of_the_pages_only_are_published(site: Path) -> None:
    folder = site / "_sources"
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    wanted = {f"{name}.md" for name in toc_pages()}
    with_code = {
        name for name in toc_pages() if "{code-cell}" in (ROOT / f"{name}.md").read_text("utf-8")
    }
    assert with_code >= set(chapters())
    assert found == wanted | {f"{name}.ipynb" for name in with_code}
    for name in with_code:
        notebook = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))
        assert notebook["metadata"]["kernelspec"]["name"] == "python3"
        assert any(cell["cell_type"] == "code" and cell["source"] for cell in notebook["cells"])
        assert f"{name}.ipynb" in (site / f"{name}.html").read_text(encoding="utf-8")


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    broken = []
    checked = 0
    for name, page in pages(site):
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            target = target.resolve()
            checked += 1
            if not target.is_file() or not target.is_relative_to(site.resolve()):
                broken.append(f"{name}: {link}")
            elif (
                parts.fragment
                and target.suffix == ".html"
                and unquote(parts.fragment) not in read(target).ids
            ):
                broken.append(f"{name}: {link} (no such place in the page)")
    assert checked > 50
    assert broken == []


def test_everything_that_a_page_loads_is_a_file_of_the_site(site: Path) -> None:
    wrong = []
    for name, page in pages(site):
        for address in page.loaded:
            parts = urlsplit(address)
            if parts.scheme == "data" or not parts.path:
                continue
            inside = not parts.scheme and not parts.netloc and not address.startswith("/")
            if not inside or not ((site / name).parent / unquote(parts.path)).is_file():
                wrong.append(f"{name}: {address}")
    assert wrong == []


def test_every_picture_has_words(site: Path) -> None:
    pictures = 0
    for name, page in pages(site):
        for image in page.images:
            pictures += 1
            assert image.get("alt") is not None, f"{name}: {image}"
            decoration = "logo__image" in (image.get("class") or "")  # its words stand beside it
            text = image["alt"] or ""
            if decoration:
                continue
            assert text.strip(), f"{name}: {image}"
            # Sphinx falls back to the file name.
            assert not re.search(r"\.(png|svg|jpe?g)$|^_images|jupyter_execute", text), name
    assert pictures


def test_interactive_figures_have_words(site: Path) -> None:
    for name in chapters():
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        for figure in re.findall(r"<nn-figure (.*?)</nn-figure>", text, re.DOTALL):
            assert re.search(r'aria-label="[^"]{20,}"', figure), name


def test_no_place_of_this_machine_is_published(site: Path) -> None:
    wrong = [
        file.relative_to(site).as_posix()
        for file in site.rglob("*")
        if file.suffix in (".html", ".js", ".ipynb", ".md")
        and "_static" not in file.relative_to(site).parts
        and str(ROOT) in file.read_text(encoding="utf-8")
    ]
    assert wrong == []
