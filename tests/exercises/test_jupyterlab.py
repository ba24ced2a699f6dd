"""A student's first minutes: open the released notebook in JupyterLab, make a mistake, mend it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def lab(course, tmp_path):
    """A JupyterLab of its own on localhost, with the released assignment in its folder."""
    shutil.copytree(course / "release" / "01_neurons", tmp_path / "work" / "01_neurons")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {
        f"JUPYTER{name}_DIR": str(tmp_path / name.lower())
        for name in ("_CONFIG", "_DATA", "_RUNTIME", "LAB_SETTINGS", "LAB_WORKSPACES")
    }
    command = [
        Path(sys.executable).with_name("jupyter"),
        *("lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        *("--IdentityProvider.token=", f"--ServerApp.root_dir={tmp_path / 'work'}"),
    ]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(command, env=os.environ | places, stdout=log, stderr=log) as server,
    ):
        try:
            yield _wait_for(f"http://127.0.0.1:{port}/lab/tree/01_neurons/01_neurons.ipynb", server)
        finally:
            server.terminate()


def _wait_for(url, server):
    for _ in range(120):
        assert server.poll() is None, "JupyterLab ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return url
    raise TimeoutError("JupyterLab did not come up")


def test_a_student_makes_a_mistake_and_mends_it(lab, chromium):
    from playwright.sync_api import expect

    page = chromium.new_page(viewport={"width": 1300, "height": 1000})
    page.goto(lab)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)

    def run(number, text=None):
        cells.nth(number).locator(".cm-content").click()
        if text is not None:
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(text)
        page.keyboard.press("Shift+Enter")

    def said(number):
        return cells.nth(number).locator(".jp-OutputArea")

    run(0)
    run(1, "def weighted_sum(x, w, b):\n    return w @ x\n")
    run(2)
    expect(said(2)).to_contain_text("The bias is missing", timeout=60_000)
    expect(said(2)).to_contain_text("the result is -2.5, expected -3.5")
    run(1, "def weighted_sum(x, w, b):\n    return w @ x + b\n")
    run(2)
    expect(said(2)).to_contain_text("3 of 3 examples right", timeout=60_000)
    page.close()
