"""Runs ``python -m telephony``; see ``telephony.cli`` for the commands."""

from __future__ import annotations

import sys

from telephony.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
