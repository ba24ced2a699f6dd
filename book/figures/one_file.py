"""One figure as one ES module, for hosts that load a module from its text.

anywidget passes the text of a module to the browser, where a relative import such as
``from "./lib.js"`` leads nowhere. Here each relative import becomes a ``data:`` address that
holds the imported module itself. The page of the book does not need this: it imports the files.
"""

import base64
import re
from pathlib import Path

_RELATIVE_IMPORT = re.compile(r'from "\./([\w-]+\.js)"')


def one_file(module: Path) -> str:
    """Return the source of `module` with its relative imports folded in.

    Parameters
    ----------
    module : Path
        A figure, such as ``book/figures/neuron.js``.

    Returns
    -------
    str
        The text of a module that imports no other file. Give it to anywidget as ``_esm``.

    Raises
    ------
    FileNotFoundError
        When `module`, or a file that it imports, does not exist.

    Examples
    --------
    >>> source = one_file(Path(__file__).with_name("neuron.js"))
    >>> 'from "./' in source
    False
    """

    def folded(match: re.Match[str]) -> str:
        source = one_file(module.with_name(match.group(1)))
        encoded = base64.b64encode(source.encode()).decode("ascii")
        return f'from "data:text/javascript;charset=utf-8;base64,{encoded}"'

    return _RELATIVE_IMPORT.sub(folded, module.read_text(encoding="utf-8"))
