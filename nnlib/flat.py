"""Many named arrays in one contiguous vector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nnlib._types import Array


class FlatArrays(dict[str, Any]):
    """A dictionary of arrays that are views on one vector, `.vector`, in order.

    An optimizer updates `.vector` in one go; a reader looks at `arrays["0.W"]`. Names of a
    model's arrays are `"<position of the layer>.<name in the layer>"`.

    Parameters
    ----------
    parts : sequence of mappings
        One mapping of name to array for every layer, all of them views on `vector`.
    vector : array of shape (total,)

    >>> import numpy as np
    >>> vector = np.arange(3.0)
    >>> flat = FlatArrays([{"w": vector[:2]}, {}, {"b": vector[2:]}], vector)
    >>> sorted(flat)
    ['0.w', '2.b']
    """

    vector: Array
    parts: tuple[Mapping[str, Array], ...]

    def __init__(self, parts: Sequence[Mapping[str, Array]], vector: Array) -> None:
        super().__init__(
            (f"{position}.{name}", array)
            for position, part in enumerate(parts)
            for name, array in part.items()
        )
        self.parts = tuple(parts)
        self.vector = vector


def empty_like(parts: Sequence[Mapping[str, Array]], vector: Array) -> FlatArrays:
    """Return arrays of the same names and shapes as views on `vector`, which has their size.

    A part that is itself a `FlatArrays` (of a network inside a network) gives one again.
    """
    views: list[Mapping[str, Array]] = []
    start = 0
    for part in parts:
        size = sum(array.size for array in part.values())
        room = vector[start : start + size]
        start += size
        if isinstance(part, FlatArrays):
            views.append(empty_like(part.parts, room))
            continue
        view: dict[str, Array] = {}
        offset = 0
        for name, array in part.items():
            view[name] = room[offset : offset + array.size].reshape(array.shape)
            offset += array.size
        views.append(view)
    return FlatArrays(views, vector)


def split_by_layer(arrays: Mapping[str, Array], count: int) -> tuple[Mapping[str, Array], ...]:
    """Sort arrays named `"0.W"`, `"0.b"`, `"2.W"`, … into one mapping per layer."""
    if isinstance(arrays, FlatArrays):
        return arrays.parts
    parts: tuple[dict[str, Array], ...] = tuple({} for _ in range(count))
    for name, array in arrays.items():
        position, _, rest = name.partition(".")
        parts[int(position)][rest] = array
    return parts
