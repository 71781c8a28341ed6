"""The console itself with another resource folder than the program's own.

Run as ``python -m tests.fakes.console_with_resources FOLDER OPTIONS_OF_THE_CONSOLE``.
"""

import sys
from pathlib import Path

from console import __main__ as program

if __name__ == "__main__":
    program.RESOURCES = Path(sys.argv[1])
    sys.exit(program.main(sys.argv[2:]))
