"""Starts the phone process in a separate session, because it must outlive the console."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

DEFAULT_LINGER_S = 60.0
"""Time in s that the process continues without a console and without a call."""

_PACKAGE_ROOT = Path(__file__).resolve().parent.parent


class SpawnedProcess:
    """Process in a separate session, which survives the terminal and the console. Its output is
    written to ``log_file``.
    """

    def __init__(self, arguments: list[str], log_file: Path) -> None:
        command = [sys.executable, "-m", "telephony", *arguments]
        environment = dict(os.environ)
        paths = [str(_PACKAGE_ROOT), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        self._status: int | None = None
        if sys.platform == "win32":
            flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
            with log_file.open("ab") as log:
                self._popen = subprocess.Popen(  # noqa: S603
                    command,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    creationflags=flags,
                )
            self.process_id = self._popen.pid
        else:
            # No Popen: it would warn about a child process that is left running.
            opened = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            actions = [
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.fspath(log_file), opened, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ]
            self.process_id = os.posix_spawn(
                sys.executable, command, environment, file_actions=actions, setsid=True
            )

    def terminate(self) -> None:
        """Requests a running process to end; it hangs up and unregisters first."""
        if self.exit_status() is None:
            os.kill(self.process_id, signal.SIGTERM)

    def exit_status(self) -> int | None:
        """Returns the exit status, None while it runs. Must be called to reap the ended process."""
        if sys.platform == "win32":
            return self._popen.poll()
        if self._status is None:
            try:
                process_id, status = os.waitpid(self.process_id, os.WNOHANG)
            except ChildProcessError:
                self._status = 0
            else:
                if process_id:
                    self._status = os.waitstatus_to_exitcode(status)
        return self._status
