"""The built site on localhost below a sub-path, a browser, and tiny Sphinx builds."""

import io
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

HERE = Path(__file__).parent
# The modules of the book's Sphinx extensions, and the helpers beside this file.
sys.path[:0] = [str(HERE.parents[1] / "book" / "ext"), str(HERE)]

from booktools import (  # noqa: E402
    JUPYTER_BOOK,
    ROOT,
    Built,
    Visit,
    is_fresh,
    served,
    settle,
)


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site. It is built here only if it is out of date."""
    stamp = ROOT / "_build" / ".book.ok"
    stamp.parent.mkdir(exist_ok=True)
    with FileLock(stamp.parent / ".book.lock"):  # one build, however many workers
        if not is_fresh(stamp):
            command = [JUPYTER_BOOK, "build", ".", "-W", "-n", "--keep-going"]
            run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
            if run.returncode:
                pytest.fail(f"the book does not build:\n{run.stdout[-3000:]}\n{run.stderr[-3000:]}")
            stamp.touch()
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Open an address in a fresh context; options are those of Playwright's ``new_context``."""
    contexts = []

    def open_page(
        url: str, keep_bodies: bool = False, figures: bool = True, **options: Any
    ) -> Visit:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(**options)
        contexts.append(context)
        result = Visit(context.new_page())
        page = result.page
        page.on("request", lambda request: result.requests.append(request.url))
        page.on("pageerror", lambda error: result.complaints.append(f"exception: {error}"))
        page.on(
            "console",
            lambda message: (
                result.complaints.append(f"console: {message.text}")
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.on(
            "response",
            lambda response: (
                result.complaints.append(f"{response.status}: {response.url}")
                if response.status >= 400
                else None
            ),
        )
        responses: list[Any] = []
        if keep_bodies:
            page.on("response", lambda response: responses.append(response))
        page.goto(url, wait_until="networkidle")
        if options.get("java_script_enabled", True):
            settle(page, figures)
        for response in responses:
            if response.status == 200:
                result.bodies[response.url] = response.body()
        return result

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[..., Built]:
    """Build a few pages with some of the book's extensions."""

    def build(pages: dict[str, str] | str, extensions: list[str], **config: Any) -> Built:
        from sphinx.application import Sphinx
        from sphinx.util.docutils import docutils_namespace, patch_docutils

        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        for name, text in ({"index.md": pages} if isinstance(pages, str) else pages).items():
            file = source / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        settings = {
            "extensions": ["myst_parser", *extensions],
            "myst_enable_extensions": ["tasklist", "dollarmath", "colon_fence"],
            "html_theme": "basic",
            "numfig": True,
            "nitpicky": True,
            **config,
        }
        complaints = io.StringIO()
        builder = settings.pop("builder", "html")
        with warnings.catch_warnings(), patch_docutils(), docutils_namespace():
            warnings.simplefilter("ignore")  # of Sphinx's own code
            app = Sphinx(
                source,
                None,
                tmp_path / "built",
                tmp_path / "doctrees",
                builder,
                confoverrides=settings,
                status=None,
                warning=complaints,
            )
            app.build()
        return Built(tmp_path / "built", complaints.getvalue())

    return build
