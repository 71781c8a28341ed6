"""Entry point of ``python -m sync``; ``--help`` lists the commands."""

import sys

from sync.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
