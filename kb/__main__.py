"""Runs ``python -m kb``; see ``kb.cli`` for the commands."""

import sys

from kb.cli import main

if __name__ == "__main__":
    sys.exit(main())
