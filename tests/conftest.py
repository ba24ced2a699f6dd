"""What all tests share: one Chromium for the whole run, or the reason why there is none."""

import os
import shutil
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# --no-sandbox: continuous integration runs as root. The rest keeps Chromium from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless browser. Playwright can be started only once in a process, so it is shared."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    missing = [] if found else ["chromium"]
    if sys.platform == "linux" and find_library("atomic") is None:
        missing.append("libatomic1")  # Playwright's driver ends without a word when it is missing
    if missing:
        reason = f"missing: {', '.join(missing)} (Debian: sudo apt install {' '.join(missing)})"
        # Continuous integration installs them, so there their absence is a fault.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
