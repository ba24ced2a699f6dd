"""The table that `Sequential.summary` returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnlib.layers.base import Layer


def layer_table(layers: Sequence[Layer], shapes: Sequence[tuple[int, ...] | None]) -> str:
    """Return one line per layer: name, output shape ("?" if not known), parameters."""
    rows = [("layer", "output shape", "parameters")]
    for position, (layer, shape) in enumerate(zip(layers, shapes, strict=True)):
        size = "?" if shape is None else f"({', '.join(['N', *map(str, shape)])})"
        rows.append((f"{position} {type(layer).__name__}", size, f"{layer.parameter_count:,}"))
    rows.append(("total", "", f"{sum(layer.parameter_count for layer in layers):,}"))
    names, sizes, counts = (max(map(len, column)) for column in zip(*rows, strict=True))
    lines = [
        f"{name:<{names}}    {size:<{sizes}}    {count:>{counts}}" for name, size, count in rows
    ]
    rule = "-" * len(lines[0])
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])
