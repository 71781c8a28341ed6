"""``python -m telephony``: the phone process, or a phone on the terminal."""

from __future__ import annotations

import sys

from telephony.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
