"""Entry point of `python -m exercises`."""

from exercises.cli import app

app(prog_name="python -m exercises")
