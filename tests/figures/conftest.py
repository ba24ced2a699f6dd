"""A page with figures on localhost, a browser to look at it, and Node to run their arithmetic."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

FIGURES = Path(__file__).parents[2] / "book" / "figures"
FALLBACK = "What the figure would show, in words."

# Colours as in the theme of the book. Nothing else is styled: figures bring their own style sheet.
PAGE = """<!doctype html>
<html lang="en" data-theme="{theme}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Figures under test</title><link rel="icon" href="data:,">
<style>
  html {{ font: 16px/1.6 sans-serif; background: #fff; color: #222832; }}
  html[data-theme="dark"] {{ background: #121212; color: #ced6dd; }}
  body {{ margin: 0; padding: 12px; }}
</style>
<script type="module" src="/figures/nn-figure.js"></script>
</head>
<body><main><h1>Figures</h1>{figures}</main></body>
</html>"""

BROKEN = {
    "/broken/throws.js": "export default { render() { throw new Error('no light today'); } };",
    "/broken/syntax.js": "export default {{{",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = parse_qs(address.query, keep_blank_values=True)
        if address.path == "/page":
            figures = "".join(
                f'<nn-figure module="{escape(module)}" props="{escape(props)}">'
                f"<p>{FALLBACK}</p></nn-figure>"
                for module, props in zip(query["module"], query["props"], strict=True)
            )
            self._send(PAGE.format(theme=query["theme"][0], figures=figures), "text/html")
        elif address.path in BROKEN:
            self._send(BROKEN[address.path], "text/javascript")
        elif (file := FIGURES / Path(address.path).name).is_file():
            self._send(file.read_text(encoding="utf-8"), "text/javascript")
        else:
            self.send_error(404)

    def _send(self, text: str, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(chromium, site) -> Iterator[Callable]:
    """Open a page with figures; at the end of the test, no page may have complained.

    `figures` is a list of (module, props). Requests to other hosts count as complaints.
    """
    complaints: list[str] = []
    contexts = []

    def watch(request) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            complaints.append(f"request to {request.url}")

    def open_page(figures, *, theme="light", width=900, may_complain=False, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", watch)
        if not may_complain:
            page.on(
                "console", lambda m: m.type in ("error", "warning") and complaints.append(m.text)
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
        query = [("theme", theme)]
        for module, props in figures:
            query.append(("module", module))
            query.append(("props", props if isinstance(props, str) else json.dumps(props)))
        page.goto(f"{site}/page?{urlencode(query)}")
        page.wait_for_function(
            "() => [...document.querySelectorAll('nn-figure')]"
            ".every(f => f.dataset.ready || f.dataset.failed)"
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_figure(open_page) -> Callable:
    def open_figure(name, props=None, **options):
        page = open_page([(f"figures/{name}.js", props or {})], **options)
        assert page.locator("nn-figure[data-ready='1']").count() == 1, page.inner_text("main")
        return page

    return open_figure


@pytest.fixture(scope="session")
def run_js(tmp_path_factory) -> Callable[[str, object], object]:
    """Run JavaScript in Node beside the figure modules; `data` goes in and the result comes out.

    The code is a module that may import "./neuron.js" and so on, and calls `answer(value)` once.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on the path")
    folder = tmp_path_factory.mktemp("figures")
    for file in FIGURES.glob("*.js"):
        shutil.copy(file, folder)
    (folder / "package.json").write_text('{"type": "module"}')

    def run_js(code: str, data: object = None) -> object:
        main = folder / "main.js"
        main.write_text(
            f"const data = {json.dumps(data)};\n"
            "const answer = (value) => process.stdout.write(JSON.stringify(value));\n" + code,
            encoding="utf-8",
        )
        done = subprocess.run([node, main], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run_js
