"""PySide reads no source of imported modules after the console has started; tested in a separate
process.
"""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import linecache
from console.__main__ import main
try:
    main(["--help"])
except SystemExit:
    pass
linecache.clearcache()
import console.features.own_desk.keys_words, console.features.settings.words, fractions, statistics
from PySide6.QtWidgets import QLabel
class Label(QLabel):
    pass
print(sorted(name for name in linecache.cache if "words" in name or "fractions" in name))
"""


def test_no_source_is_read_of_what_is_imported_later() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
