"""Entry point of `python -m exercises`."""

import sys

from exercises.cli import app

try:
    app(prog_name="python -m exercises")
except (OSError, ValueError) as error:  # a wrong folder or name: the message says it all
    sys.exit(f"Error: {error}")
