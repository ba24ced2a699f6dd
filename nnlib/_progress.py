"""A one-line progress report that rewrites itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# A notebook redraws its output for every print; ten times a second is enough to read.
_SECONDS_BETWEEN_PRINTS = 0.1


class ProgressLine:
    """Print "epoch 3/30  loss 0.12" over and over on the same line; or nothing at all."""

    def __init__(self, epochs: int, *, enabled: bool) -> None:
        self.epochs = epochs
        self.enabled = enabled
        self._printed_at = float("-inf")
        self._width = 0
        self._text = ""

    def show(self, epoch: int, row: Mapping[str, float]) -> None:
        """Replace the line, unless it was replaced a moment ago."""
        if not self.enabled:
            return
        numbers = "  ".join(f"{name} {value:.4g}" for name, value in row.items())
        self._text = f"epoch {epoch}/{self.epochs}  {numbers}"
        if time.monotonic() - self._printed_at >= _SECONDS_BETWEEN_PRINTS:
            self._print(self._text)
            self._printed_at = time.monotonic()

    def close(self, note: str = "") -> None:
        """Show the last state, and end the line."""
        if self.enabled:
            self._print(f"{self._text}  {note}".strip(), end="\n")

    def _print(self, text: str, end: str = "") -> None:
        # Spaces wipe out what a longer line before this one left behind.
        print(f"\r{text.ljust(self._width)}", end=end, flush=True)
        self._width = len(text)
