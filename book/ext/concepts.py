"""The concept map ``book/concepts.yml``: read it, count what is done, find faces that lead nowhere.

``python book/ext/concepts.py`` prints the counts and exits with 1 when a face leads nowhere.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from nnlabels import Label, read_labels

FACES = ("text", "code", "picture", "exercise")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Concept:
    """One row of the map; a face that does not exist yet is None."""

    id: str
    name: str
    text: str | None
    code: str | None
    picture: str | None
    exercise: str | None

    def faces(self) -> dict[str, str | None]:
        return {face: getattr(self, face) for face in FACES}


@dataclass(frozen=True)
class Section:
    """The concepts of one chapter."""

    title: str
    concepts: tuple[Concept, ...]


class MapError(ValueError):
    """The file does not have the shape that its first lines describe."""


def load(file: Path) -> list[Section]:
    """Read the map.

    Raises
    ------
    MapError
        When a key is missing or unknown, a value is not text or null, or an id comes twice.
    """
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(data, list) or not data:
        raise MapError(f"{file.name}: expected a list of sections")
    sections = [read_section(entry, file.name) for entry in data]
    ids = [concept.id for section in sections for concept in section.concepts]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise MapError(f"{file.name}: these ids come twice: {', '.join(twice)}")
    return sections


def read_section(entry: Any, where: str) -> Section:
    if not isinstance(entry, dict) or set(entry) != {"section", "concepts"}:
        raise MapError(f"{where}: a section has the keys 'section' and 'concepts', got {entry!r}")
    keys = {"id", "name", *FACES}
    for row in entry["concepts"]:
        if not isinstance(row, dict) or set(row) != keys:
            raise MapError(
                f"{where}: a concept has the keys {', '.join(sorted(keys))}, got {row!r}"
            )
        for key, value in row.items():
            if not (isinstance(value, str) and value) and not (value is None and key in FACES):
                raise MapError(
                    f"{where}: {row['id']}: {key} must be text"
                    f"{' or null' if key in FACES else ''}, got {value!r}"
                )
    return Section(entry["section"], tuple(Concept(**row) for row in entry["concepts"]))


class Resolver:
    """Tells whether a face leads somewhere in this copy of the project."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.labels: dict[str, Label] = read_labels(root)

    def fault(self, face: str, value: str) -> str | None:
        """Return what is wrong with a filled face, or None."""
        prefix, _, name = value.partition(":")
        if face == "text":
            return self.label_fault(value, {"section"})
        if face == "picture":
            return self.label_fault(value, {"figure", "cell", "block"})
        if face == "code":
            return self.label_fault(name, {"cell"}) if prefix == "cell" else self.code_fault(value)
        if prefix == "quiz":
            return self.label_fault(name, {"quiz"})
        return self.exercise_fault(value)

    def label_fault(self, name: str, kinds: set[str]) -> str | None:
        label = self.labels.get(name)
        if label is None:
            return f"no page has the label {name!r}"
        if label.kind not in kinds:
            return (
                f"the label {name!r} ({label.page}:{label.line}) belongs to a {label.kind}, "
                f"expected: {' or '.join(sorted(kinds))}"
            )
        return None

    def code_fault(self, dotted: str) -> str | None:
        parts = dotted.split(".")
        if parts[0] != "nnlib" or len(parts) < 2:
            return f"expected an object of nnlib or cell:<label>, got {dotted!r}"
        for cut in range(len(parts), 0, -1):
            module_name = ".".join(parts[:cut])
            try:
                target: Any = importlib.import_module(module_name)
            except ModuleNotFoundError as error:
                if error.name and module_name.startswith(error.name):
                    continue
                raise
            for attribute in parts[cut:]:
                if not hasattr(target, attribute):
                    return f"{module_name} has no {'.'.join(parts[cut:])!r}"
                target = getattr(target, attribute)
            return None
        return f"there is no module {parts[0]!r}"

    def exercise_fault(self, value: str) -> str | None:
        assignment, _, name = value.partition("/")
        folder = self.root / "exercises" / "assignments" / assignment
        if not name or not re.fullmatch(r"[\w-]+", name) or not re.fullmatch(r"[\w-]+", assignment):
            return f"expected <assignment>/<exercise> or quiz:<label>, got {value!r}"
        # Only a cell that is graded counts: it has the role "test".
        cell = re.compile(rf'^# %%(?=.*\brole="test").*\bexercise="{name}"', re.MULTILINE)
        sources = sorted(folder.glob("*.py"))
        if any(cell.search(file.read_text(encoding="utf-8")) for file in sources):
            return None
        return f"exercises/assignments/{assignment} has no test cell of the exercise {name!r}"


@dataclass
class Report:
    """Counts and faults."""

    counts: list[tuple[str, int, int]]
    faults: list[str]

    @property
    def done(self) -> int:
        return sum(done for _, done, _ in self.counts)

    @property
    def total(self) -> int:
        return sum(total for _, _, total in self.counts)


def examine(sections: list[Section], resolver: Resolver) -> Report:
    """A concept is done when all four faces are filled and lead somewhere."""
    report = Report([], [])
    for section in sections:
        done = 0
        for concept in section.concepts:
            faces = concept.faces()
            faults = [
                f"{concept.id}: {face}: {fault}"
                for face, value in faces.items()
                if value is not None and (fault := resolver.fault(face, value))
            ]
            report.faults += faults
            done += all(value is not None for value in faces.values()) and not faults
        report.counts.append((section.title, done, len(section.concepts)))
    return report


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Count the concepts that are done.")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the project")
    root = parser.parse_args(arguments).root.resolve()
    try:
        sections = load(root / "book" / "concepts.yml")
    except MapError as fault:
        print(fault, file=sys.stderr)
        return 1
    report = examine(sections, Resolver(root))
    width = max(len(title) for title, _, _ in report.counts) + 4
    for number, (title, done, total) in enumerate(report.counts, 1):
        print(f"{f'{number:2d}  {title}':<{width}}  {done:3d} / {total}")
    print(f"{'    All':<{width}}  {report.done:3d} / {report.total}")
    for line in report.faults:
        print(f"leads nowhere: {line}", file=sys.stderr)
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
