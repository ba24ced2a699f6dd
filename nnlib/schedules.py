"""Learning-rate schedules: functions of t, the number of updates done so far (0, 1, 2, …).

Give one to an optimizer in place of a number: `Adam(CosineDecay(0.001, steps=2000))`. It is
asked before every update, in `fit` as well as in a loop of your own, so t counts steps and not
epochs: one epoch has ⌈N / batch_size⌉ steps. `PerEpoch` makes a schedule count epochs. Any
function of t will do; these are small objects, so that they print and copy well. t goes on
counting over several calls of `fit`, until `optimizer.reset()`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnlib._checks import check_number, check_positive_integer, check_positive_number

if TYPE_CHECKING:
    from nnlib._types import Schedule


@dataclass(frozen=True)
class StepDecay:
    """Stairs: η(t) = η₀ · factor^⌊t / every⌋. As PyTorch's `StepLR`.

    Parameters
    ----------
    initial : float
        η₀, above 0.
    every : int
        Length of a stair.
    factor : float
        From 0 up to, but not including, 1 (a rate that falls).

    >>> schedule = StepDecay(0.1, every=2, factor=0.5)
    >>> [schedule(t) for t in range(5)]
    [0.1, 0.1, 0.05, 0.05, 0.025]
    """

    initial: float
    every: int
    factor: float = 0.5

    def __post_init__(self) -> None:
        check_positive_number(self.initial, "StepDecay initial")
        check_positive_integer(self.every, "StepDecay every")
        check_number(self.factor, "StepDecay factor", 0.0, 1.0)

    def __call__(self, t: int) -> float:
        """Return the rate after t updates."""
        return float(self.initial * self.factor ** (t // self.every))


@dataclass(frozen=True)
class ExponentialDecay:
    """A constant ratio from one t to the next: η(t) = η₀ · factorᵗ. As `ExponentialLR`.

    Per step a factor of 0.999 is already strong: 1,000 steps shrink the rate to 37 %.

    >>> schedule = ExponentialDecay(0.1, factor=0.5)
    >>> [schedule(t) for t in range(3)]
    [0.1, 0.05, 0.025]
    """

    initial: float
    factor: float

    def __post_init__(self) -> None:
        check_positive_number(self.initial, "ExponentialDecay initial")
        check_number(self.factor, "ExponentialDecay factor", 0.0, 1.0)

    def __call__(self, t: int) -> float:
        """Return the rate after t updates."""
        return float(self.initial * self.factor**t)


@dataclass(frozen=True)
class CosineDecay:
    """Half a cosine wave: η(t) = η₁ + (η₀ - η₁)(1 + cos(πt / T))/2 up to T, then η₁.

    Source: Loshchilov and Hutter (2017), equation 5, without restarts. PyTorch's
    `CosineAnnealingLR` is the same up to T and then rises again.

    Parameters
    ----------
    initial, final : float
        η₀, above 0, and η₁, at least 0.
    steps : int
        T.

    >>> schedule = CosineDecay(0.1, steps=4)
    >>> [round(schedule(t), 4) for t in range(6)]
    [0.1, 0.0854, 0.05, 0.0146, 0.0, 0.0]
    """

    initial: float
    steps: int
    final: float = 0.0

    def __post_init__(self) -> None:
        check_positive_number(self.initial, "CosineDecay initial")
        check_positive_integer(self.steps, "CosineDecay steps")
        check_number(self.final, "CosineDecay final", 0.0)

    def __call__(self, t: int) -> float:
        """Return the rate after t updates."""
        return _half_wave(self.initial, self.final, t / self.steps)


@dataclass(frozen=True)
class WarmUp:
    """Rise in a straight line for T updates, then follow another schedule or stay.

    η(t) = η₀ (t + 1)/T for t < T, where η₀ is what comes after at its beginning; then
    η(t) = after(t - T).

    The first averages of Adam rest on few gradients, and fresh weights give large ones; small
    first steps keep them from doing harm. Convention: the first update is not lost, its rate is
    η₀/T and not 0. Source: Goyal et al. (2017), section 2.2.

    Parameters
    ----------
    after : float or schedule
        The rate to rise to, or the schedule that follows and starts at its own t = 0.
    steps : int
        T.

    >>> schedule = WarmUp(StepDecay(0.4, every=1), steps=4)
    >>> [round(schedule(t), 3) for t in range(7)]
    [0.1, 0.2, 0.3, 0.4, 0.4, 0.2, 0.1]
    """

    after: float | Schedule
    steps: int

    def __post_init__(self) -> None:
        if not callable(self.after):
            check_positive_number(self.after, "WarmUp after")
        check_positive_integer(self.steps, "WarmUp steps")

    def __call__(self, t: int) -> float:
        """Return the rate after t updates."""
        late = max(t - self.steps, 0)
        rate = float(self.after(late) if callable(self.after) else self.after)
        return rate * min((t + 1) / self.steps, 1.0)


@dataclass(frozen=True)
class OneCycle:
    """Up to a high rate and down to almost nothing, each along half a cosine wave.

    From peak/25 at t = 0 to the peak at t = rise·T - 1, then to peak/250,000 at t = T - 1, and
    constant after that. As PyTorch's `OneCycleLR`, with its default shape, but without its
    cycle of the momentum. Source: Smith and Topin (2018).

    Parameters
    ----------
    peak : float
        The highest rate, above 0.
    steps : int
        T, all updates of the run; rise·T and (1 - rise)·T must be more than 1.
    rise : float
        The fraction of T that goes up.

    >>> schedule = OneCycle(1.0, steps=10)
    >>> [round(schedule(t), 3) for t in range(10)]
    [0.04, 0.52, 1.0, 0.95, 0.812, 0.611, 0.389, 0.188, 0.05, 0.0]
    """

    peak: float
    steps: int
    rise: float = 0.3

    def __post_init__(self) -> None:
        check_positive_number(self.peak, "OneCycle peak")
        check_positive_integer(self.steps, "OneCycle steps")
        check_number(self.rise, "OneCycle rise", 0.0, 1.0)
        if min(self.rise, 1 - self.rise) * self.steps <= 1:
            raise ValueError(
                "OneCycle: expected more than one step up and more than one down, got "
                f"steps={self.steps} and rise={self.rise}"
            )

    def __call__(self, t: int) -> float:
        """Return the rate after t updates."""
        top, end = self.rise * self.steps - 1, self.steps - 1
        start = self.peak / 25
        if t <= top:
            return _half_wave(start, self.peak, t / top)
        return _half_wave(self.peak, start / 1e4, (t - top) / (end - top))


@dataclass(frozen=True)
class PerEpoch:
    """Let a schedule count epochs: η(t) = schedule(⌊t / steps_per_epoch⌋).

    Parameters
    ----------
    schedule : schedule
        A function of the number of finished epochs.
    steps_per_epoch : int
        ⌈N / batch_size⌉ for `fit`.

    >>> schedule = PerEpoch(StepDecay(0.1, every=1), steps_per_epoch=3)
    >>> [schedule(t) for t in range(7)]
    [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025]
    """

    schedule: Schedule
    steps_per_epoch: int

    def __post_init__(self) -> None:
        if not callable(self.schedule):
            raise TypeError(f"PerEpoch: expected a schedule, got {self.schedule!r}")
        check_positive_integer(self.steps_per_epoch, "PerEpoch steps_per_epoch")

    def __call__(self, t: int) -> float:
        """Return the rate after t updates."""
        return float(self.schedule(t // self.steps_per_epoch))


def _half_wave(start: float, stop: float, progress: float) -> float:
    """Go from start (progress 0) to stop (progress 1 and later) along half a cosine wave."""
    return stop + (start - stop) * (1 + math.cos(math.pi * min(progress, 1.0))) / 2
