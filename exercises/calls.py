"""Call a student's function and survive whatever it does.

It may raise, print, warn, change its arguments, try to end Python, or never return.
"""

from __future__ import annotations

import contextlib
import copy
import io
import linecache
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any, TextIO

import numpy as np

from exercises.spec import Arguments, Function


class TooLong(BaseException):
    """Raised inside a call that takes too long.

    Not an `Exception`, so that a student's ``except Exception`` does not swallow it.
    """


@dataclass(frozen=True)
class Outcome:
    """What one call did: it returned `value`, or it raised `error`."""

    value: Any = None
    error: BaseException | None = None
    changed: str = ""  # name of an argument that the function changed in place
    warned: str = ""  # the first warning it gave

    @property
    def error_in_words(self) -> str:
        """The error as a clause that a student can act on."""
        error = self.error
        if isinstance(error, NotImplementedError):
            return "not written yet: replace `raise NotImplementedError()` with your own lines"
        if isinstance(error, TooLong):
            return "still running after several seconds: is there a loop that never ends?"
        if isinstance(error, RecursionError):
            return "the function called itself again and again (RecursionError)"
        if isinstance(error, SystemExit):
            return "the function tried to end Python; give the answer with `return` instead"
        if error is None:
            return ""
        try:
            text = " ".join(str(error).split())[:200]
        except Exception:  # an exception class of the student's own, with a faulty __str__
            text = ""
        said = f": {text}" if text else ""
        return f"stopped with {type(error).__name__}{said}{_where(error)}"


def _where(error: BaseException) -> str:
    """The line of the student's notebook that the error came from, where it can be found."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        line = (frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()
        if line and ("ipykernel" in frame.filename or frame.filename.startswith("<")):
            return f", in the line `{line}`"
    return ""


@contextlib.contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Interrupt the block after so many seconds, where the platform can (POSIX, main thread)."""
    can = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if seconds is None or not can:
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    # It repeats, so that a function which catches everything and goes on is stopped as well.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _equal(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        return before.shape == after.shape and bool(np.array_equal(before, after, equal_nan=True))
    try:
        return bool(before == after)
    except ValueError:  # an array was put into a list
        return False


@contextlib.contextmanager
def calm() -> Iterator[list[warnings.WarningMessage]]:
    """NumPy's usual settings, whatever the student has set, and warnings collected, not shown.

    nbgrader gives no marks to a test cell with anything on stderr.
    """
    with (
        warnings.catch_warnings(record=True) as caught,
        np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"),
    ):
        warnings.simplefilter("always")
        yield caught


class _Capped(io.TextIOBase):
    """Passes on what is printed, but not without end."""

    def __init__(self, target: TextIO, room: int = 2_000) -> None:
        self.target, self.room = target, room

    def write(self, text: str) -> int:
        if self.room > 0:
            self.target.write(text[: self.room])
            if len(text) >= self.room:
                self.target.write("\n... the rest of what the function printed is left out ...\n")
        self.room -= len(text)
        return len(text)


def _plain(value: Any) -> Any:
    """A copy of a returned value, so that the function cannot change it later."""
    try:
        return copy.deepcopy(value)
    except TypeError as error:
        kind = type(value).__name__
        raise TypeError(f"the result is of type {kind}; turn it into a list or an array") from error


def call(
    function: Function,
    arguments: Arguments,
    names: Sequence[str],
    seconds: float | None = None,
    *,
    prints: bool = False,
) -> Outcome:
    """Call a function on copies of the arguments and report what it did.

    Its warnings are kept away from the notebook: a right answer with a warning is still right.

    Parameters
    ----------
    function : callable
    arguments : tuple
    names : sequence of str
        Names of the arguments, to say which one was changed.
    seconds : float, optional
        Time limit.
    prints : bool
        Whether what the function prints is shown (up to a limit) or dropped.
    """
    given = copy.deepcopy(arguments)
    out: TextIO = _Capped(sys.stdout) if prints else io.StringIO()  # type: ignore[assignment]
    dropped = io.StringIO()
    with calm() as caught, contextlib.redirect_stdout(out), contextlib.redirect_stderr(dropped):
        try:
            with time_limit(seconds):
                value = _plain(function(*given))
        except KeyboardInterrupt:  # somebody wants to stop
            raise
        except BaseException as error:  # whatever else it is, it is the function's own
            return Outcome(error=error)
    pairs = zip(names, arguments, given, strict=True)
    changed = next((name for name, before, after in pairs if not _equal(before, after)), "")
    return Outcome(value, None, changed, str(caught[0].message) if caught else "")
