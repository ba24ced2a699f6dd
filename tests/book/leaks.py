"""Look for the text of solutions in a folder of published files."""

import contextlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
SIGNIFICANT = 12  # shorter lines, such as "return z", stand in any program
TEXT_FILES = {".html", ".txt", ".md", ".js", ".mjs", ".json", ".ipynb", ".py", ".css", ".svg"}
TEXT_FILES |= {".rst", ".xml", ".yml", ".map"}


@dataclass(frozen=True)
class Leak:
    """A line of a solution, and the published file that holds it."""

    file: str
    line: str


def squeeze(text: str) -> str:
    """Return the text without any white space."""
    return re.sub(r"\s+", "", text)


def regions(source: str) -> list[list[str]]:
    """Return the lines of every solution region."""
    found: list[list[str]] = []
    inside = False
    for line in source.splitlines():
        if line.strip() == BEGIN:
            inside = True
            found.append([])
        elif line.strip() == END:
            inside = False
        elif inside:
            found[-1].append(line)
    return found


def secret_lines(source: str) -> set[str]:
    """Return the significant solution lines that the released notebook does not show anyway."""
    hidden = {squeeze(line) for region in regions(source) for line in region}
    inside = False
    shown = set()
    for line in source.splitlines():
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif not inside:
            shown.add(squeeze(line))
    return {line for line in hidden - shown if len(line) >= SIGNIFICANT}


def readings(file: Path) -> Iterator[str]:
    """Yield the text of a file in every form in which a reader or a program would see it."""
    text = file.read_text(encoding="utf-8", errors="replace")
    yield text
    if file.suffix in (".html", ".svg", ".xml"):
        # Highlighted code has a tag around every word; entities stand for <, > and quotes.
        yield html.unescape(re.sub(r"<[^>]*>", "", text))
    if file.suffix in (".ipynb", ".json", ".map"):
        with contextlib.suppress(json.JSONDecodeError):
            yield "\n".join(strings(json.loads(text)))
    if file.suffix in (".js", ".mjs"):
        yield html.unescape(text.replace('\\"', '"').replace("\\'", "'").replace("\\n", "\n"))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield html.unescape(re.sub(r"<[^>]*>", "", value)) if "<" in value else value
        yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield str(key)
            yield from strings(child)
    elif isinstance(value, list):
        if all(isinstance(child, str) for child in value):
            yield "".join(value)
        for child in value:
            yield from strings(child)


def find_leaks(folder: Path, secrets: Iterable[str]) -> list[Leak]:
    """Return every secret line that a file below the folder holds."""
    wanted = sorted(set(secrets))
    if not wanted:
        return []
    pattern = re.compile("|".join(re.escape(line) for line in wanted))
    found = set()
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.suffix not in TEXT_FILES:
            continue
        for text in readings(file):
            for line in pattern.findall(squeeze(text)):
                found.add(Leak(file.relative_to(folder).as_posix(), line))
    return sorted(found, key=lambda leak: (leak.file, leak.line))
