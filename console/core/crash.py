"""Application log, log of native crashes, and a handler that logs uncaught exceptions.

The text of an exception is not logged, because it may quote personal data.
"""

import faulthandler
import logging
import sys
import threading
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

LOG = logging.getLogger("console")
FILE_BYTES = 1_000_000
FILES_KEPT = 5


def start_logging(folder: Path) -> None:
    """Writes the application log, in UTC, to a rotating file in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "console.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    # UTC as in the timing log: local time can change its zone and repeats an hour once a year.
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def watch_faults(folder: Path) -> TextIO:
    """Writes the stacks of all threads to ``fault.log`` on a native crash; returns the open file,
    which must stay referenced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / "fault.log").open("a", encoding="utf-8")
    faulthandler.enable(stream, all_threads=True)
    return stream


def catch_bugs(tell: Callable[[str], None]) -> None:
    """Installs handlers that log every uncaught exception and pass its type name to ``tell``.

    The log contains the exception type and code positions. The exception text may quote user input
    and is not logged.
    """

    def log(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        LOG.error("unhandled exception: %s at %s", kind.__name__, " < ".join(reversed(places)))
        tell(kind.__name__)

    def log_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = log
    threading.excepthook = log_thread
