"""What the tests of the book share: paths, the server, an open page, the result of a tiny build."""

import functools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
JUPYTER_BOOK = str(Path(sys.executable).with_name("jupyter-book"))
PREFIX = "/some/course/"  # a course is rarely at the root of its server


def toc_pages() -> list[str]:
    """The pages of the table of contents, without suffix."""
    from nnlabels import pages_of_toc

    return pages_of_toc(ROOT)


def chapters() -> list[str]:
    """The pages of the numbered part."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [
        chapter["file"]
        for part in toc["parts"]
        if part.get("numbered")
        for chapter in part["chapters"]
    ]


def sources() -> Iterator[Path]:
    """Everything that the site is made from."""
    yield from (ROOT / "_config.yml", ROOT / "_toc.yml", ROOT / "docs" / "notation.md")
    for folder in ("book", "nnlib"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file


def is_fresh(stamp: Path) -> bool:
    if not stamp.is_file() or not (ROOT / "_build/html/index.html").is_file():
        return False
    made = stamp.stat().st_mtime
    return all(file.stat().st_mtime <= made for file in sources() if file.exists())


class _Handler(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        inside = path.startswith(PREFIX)
        return super().translate_path("/" + path[len(PREFIX) :] if inside else "/no-such-file")

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on localhost and give its address."""
    handler = functools.partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()
        thread.join()


@dataclass
class Visit:
    """An open page and everything that it asked for or complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)


def settle(page: Any, figures: bool = True) -> None:
    """Wait until formulas, figures and questions are in their final state."""
    page.evaluate("window.MathJax?.startup?.promise")
    page.wait_for_function(
        """figures => document.readyState === "complete"
        && (!figures || [...document.querySelectorAll("nn-figure")]
            .every(figure => figure.dataset.ready || figure.dataset.failed))
        && (!document.querySelector(".nnq") || document.querySelector(".nnq-score"))""",
        arg=figures,
    )
    page.wait_for_timeout(250)  # scrollboxes.js measures 100 ms after the formulas


@dataclass
class Built:
    """Result of a tiny build."""

    folder: Path
    warnings: str

    def read(self, name: str = "index.html") -> str:
        return (self.folder / name).read_text(encoding="utf-8")
