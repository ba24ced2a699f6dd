"""Exercises that say what is wrong: `check` your function, or ask for a `hint`."""

from exercises.check import check, hint

__all__ = ["check", "hint"]
