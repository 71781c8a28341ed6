"""``python -m console diagnostics``: the bundle without a window, also while one is open."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from console.diagnostics.bundle import write_bundle
from console.settings.file import SettingsProblem, default_settings_file, read_settings

EXIT_OK, EXIT_USAGE, EXIT_NOT_WRITTEN = 0, 2, 3


def run(words: Sequence[str]) -> int:
    """Write the bundle that the command line asks for; the exit code.

    0 written; 2 the settings cannot be used; 3 the file could not be written.
    """
    parser = argparse.ArgumentParser(
        prog="operator-console diagnostics",
        description=(
            "Packs versions, settings without secrets, logs, health and the state of the stores "
            "into one ZIP. Names, telephones, e-mail addresses and what people said are not in it."
        ),
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    parser.add_argument(
        "--settings", type=Path, default=default_settings_file(), help="settings file (TOML)"
    )
    parser.add_argument("--data", type=Path, help="folder of the stores and logs")
    options = parser.parse_args(words)
    try:
        settings = read_settings(options.settings, os.environ, options.data)
    except SettingsProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return EXIT_USAGE
    try:
        write_bundle(options.out, settings, datetime.now(UTC))
    except OSError as error:
        sys.stderr.write(f"{options.out}: {error.strerror}\n")
        return EXIT_NOT_WRITTEN
    sys.stdout.write(f"{options.out}\n")
    return EXIT_OK
