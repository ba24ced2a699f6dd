"""What must be built again, beyond what Sphinx and the notebook cache notice by themselves.

The notebook cache knows only the cells: without this, a chapter would go on showing results of an
older ``nnlib``. And a build that gave warnings must give them again when it is repeated.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

STAMP = "library.sha256"
logger = logging.getLogger(__name__)


def fingerprint(root: Path, folders: list[str]) -> str:
    """Return a hash of every Python file below the folders, names included."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted((root / folder).rglob("*.py")):
            digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
            digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def forget_stale_runs(app: Sphinx) -> None:
    """Empty the notebook cache when the library is not the one that filled it."""
    cache = Path(app.outdir).parent / ".jupyter_cache"  # where myst-nb puts it
    # Beside the cache, not in it: jupyter-cache owns what is inside.
    stamp = cache.with_name(f"{cache.name}.{STAMP}")
    now = fingerprint(Path(app.srcdir), app.config.fresh_paths)
    if stamp.is_file() and stamp.read_text(encoding="ascii").strip() == now:
        return
    if cache.is_dir():
        logger.info("nnfresh: the library has changed, the chapters are run again")
        shutil.rmtree(cache)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now + "\n", encoding="ascii")


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages with cells when they were read with another library."""
    now = fingerprint(Path(app.srcdir), app.config.fresh_paths)
    if getattr(env, "nnfresh_library", None) == now:
        return []
    env.nnfresh_library = now  # type: ignore[attr-defined]
    return [
        name
        for name in env.found_docs
        if "{code-cell}" in Path(env.doc2path(name)).read_text(encoding="utf-8")
    ]


def forget_faulty_build(app: Sphinx, error: Exception | None) -> None:
    """After a build with warnings, start anew.

    Sphinx reads only what has changed. A page with a fault that nobody mended would be silent in
    the second build, and the second build would pass.
    """
    if error is not None or app._warncount:
        Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_config_value("fresh_paths", [], "", list)
    # Before myst-nb opens its cache.
    app.connect("builder-inited", forget_stale_runs, priority=100)
    app.connect("env-get-outdated", outdated)
    app.connect("build-finished", forget_faulty_build)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
