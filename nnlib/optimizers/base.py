"""What every optimizer can do, and what those of this library share."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from nnlib._checks import check_number, check_positive_number
from nnlib.clipping import clip_by_norm, clip_by_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnlib._types import Array, Schedule

# An update goes over the vector several times. A longer vector is worked off in blocks of this
# many numbers, so that all passes over a block find it in the processor's cache.
BLOCK = 1 << 15

# Every so many updates, numbers too small to matter are set to zero; `_flush` says why.
FLUSH_EVERY = 32


class Optimizer(ABC):
    """An update rule for one vector of parameters.

    `optimizer.update(vector, gradient)` changes `vector` in place and leaves `gradient` alone.
    Since all parameters of a `Sequential` lie in `model.vector`, this is one update for the
    whole network. `learning_rate` may be changed between updates.
    """

    learning_rate: float

    @abstractmethod
    def update(self, vector: Array, gradient: Array) -> None:
        """Change `vector` in place, one step against `gradient`."""

    def _check(self, vector: Array, gradient: Array) -> None:
        if vector.shape != gradient.shape or vector.dtype != gradient.dtype:
            raise ValueError(
                f"{type(self).__name__}.update: expected a gradient like the parameters, "
                f"{vector.shape} {vector.dtype}, got {gradient.shape} {gradient.dtype}"
            )


class VectorOptimizer(Optimizer):
    """Schedule, clipping and state, around a rule that a subclass writes in `_rule`.

    Parameters
    ----------
    learning_rate : float or schedule
        η, above 0; or a function of the number of updates done, as in `nnlib.schedules`. With
        a schedule, every update first sets `learning_rate` to `schedule(steps)`.
    clip_norm : float, optional
        Shorten the gradient to this norm if it is longer (all parameters together).
    clip_value : float, optional
        Cut every element of the gradient off at ± this value. Only one of the two.

    Attributes
    ----------
    state : dict of arrays
        What the rule remembers, by name; empty before the first update. Copy it and `steps` to
        save a run, and set both to go on with it.
    steps : int
        How many updates were done.

    Notes
    -----
    The state belongs to one model. It starts anew for a vector of another size or dtype; for
    another model of the same size call `reset()`, or make a new optimizer.
    """

    state_powers: ClassVar[dict[str, int]] = {}
    """Names of the state, each with the power of the gradient that it fades with; 0 if never."""

    def __init__(
        self,
        learning_rate: float | Schedule,
        *,
        clip_norm: float | None = None,
        clip_value: float | None = None,
    ) -> None:
        name = type(self).__name__
        self.schedule: Schedule | None = None
        if callable(learning_rate):
            self.schedule = learning_rate
            # The rate may well be 0 at times, at the end of a cosine for instance.
            self.learning_rate = check_number(learning_rate(0), f"{name} learning_rate", 0.0)
        else:
            self.learning_rate = check_positive_number(learning_rate, f"{name} learning_rate")
        if clip_norm is not None and clip_value is not None:
            raise ValueError(
                f"{name}: expected clip_norm or clip_value, got both, {clip_norm} and {clip_value}"
            )
        self.clip_norm, self.clip_value = clip_norm, clip_value
        if clip_norm is not None:
            self.clip_norm = check_positive_number(clip_norm, f"{name} clip_norm")
        if clip_value is not None:
            self.clip_value = check_positive_number(clip_value, f"{name} clip_value")
        self._scratch: Array | None = None
        self._clipped: Array | None = None
        self.reset()

    def reset(self) -> None:
        """Forget the state and the number of updates, as before the first update."""
        self.steps = 0
        self.state: dict[str, Array] = {}

    def copy(self) -> Self:
        """Return an optimizer with the same settings and a copy of the state."""
        return copy.deepcopy(self)

    def update(self, vector: Array, gradient: Array) -> None:
        """Change `vector` in place, one step against `gradient`."""
        self._check(vector, gradient)
        state = self._state_for(vector) if self.state_powers else []
        scratch = self._scratch_for(vector)
        if self.schedule is not None:
            self.learning_rate = float(self.schedule(self.steps))
        self.steps += 1
        if self.clip_norm is not None or self.clip_value is not None:
            gradient = self._clip(gradient)
        flush = self.steps % FLUSH_EVERY == 0
        if scratch.shape == vector.shape:
            self._work(vector, gradient, scratch, state, flush)
            return
        for start in range(0, vector.size, BLOCK):
            part = slice(start, min(start + BLOCK, vector.size))
            room = scratch[: part.stop - start]
            self._work(vector[part], gradient[part], room, [s[part] for s in state], flush)

    @abstractmethod
    def _rule(self, w: Array, g: Array, scratch: Array, state: Sequence[Array]) -> None:
        """Change w and the arrays of the state in place; `scratch` is room for numbers between.

        `self.steps` counts this update already. All arrays have the same shape and dtype.
        """

    def _new_state(self, name: str, vector: Array) -> Array:
        """Return the state that a run starts from: zeros."""
        return np.zeros_like(vector)

    def _work(
        self, w: Array, g: Array, scratch: Array, state: Sequence[Array], flush: bool
    ) -> None:
        self._rule(w, g, scratch, state)
        if flush:
            for array, power in zip(state, self.state_powers.values(), strict=True):
                _flush(array, power, scratch)

    def _state_for(self, vector: Array) -> list[Array]:
        arrays = [self.state.get(name) for name in self.state_powers]
        fitting = [
            a
            for a in arrays
            if a is not None and (a.shape, a.dtype) == (vector.shape, vector.dtype)
        ]
        if len(fitting) == len(arrays):
            return fitting
        self.reset()
        self.state = {name: self._new_state(name, vector) for name in self.state_powers}
        return list(self.state.values())

    def _scratch_for(self, vector: Array) -> Array:
        scratch, shape = self._scratch, vector.shape
        if len(shape) == 1 and shape[0] > BLOCK:
            shape = (BLOCK,)
        if scratch is None or scratch.shape != shape or scratch.dtype != vector.dtype:
            scratch = self._scratch = np.empty(shape, vector.dtype)
        return scratch

    def _clip(self, gradient: Array) -> Array:
        """Return the clipped gradient, in an array of its own."""
        room = self._clipped
        if room is None or room.shape != gradient.shape or room.dtype != gradient.dtype:
            room = self._clipped = np.empty_like(gradient)
        if self.clip_norm is not None:
            clip_by_norm(gradient, self.clip_norm, out=room)
        elif self.clip_value is not None:
            clip_by_value(gradient, self.clip_value, out=room)
        return room

    def __repr__(self) -> str:
        settings = {
            name: value
            for name, value in vars(self).items()
            if not name.startswith("_") and name not in ("schedule", "state", "steps")
        }
        if self.schedule is not None:
            settings["learning_rate"] = self.schedule
        shown = ", ".join(f"{k}={v!r}" for k, v in settings.items() if v is not None)
        return f"{type(self).__name__}({shown})"


def _flush(array: Array, power: int, scratch: Array) -> None:
    """Set numbers to zero that are about to become denormal, below 1e-38 in float32.

    Where the gradient stays zero (a unit that never fires), an average shrinks at every update
    until it is denormal, and rounding keeps it from ever reaching zero. Processors work many
    times slower on such numbers. The limit is the same for the size of a gradient (power 1, as
    in momentum) and for its square (power 2): a gradient of 3e-18 in float32.
    """
    if power == 0 or array.dtype.itemsize < 4:  # float16 has no such small numbers to spare
        return
    limit = (2.0**10 * float(np.finfo(array.dtype).tiny)) ** (power / 2)
    np.abs(array, out=scratch)
    np.greater_equal(scratch, limit, out=scratch)
    np.multiply(array, scratch, out=array)
