"""Starts the phone process in a separate session, because it must outlive the console."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

DEFAULT_LINGER_S = 60.0
"""How long the process stays when neither a console nor a call needs it."""

_PACKAGE_ROOT = Path(__file__).resolve().parent.parent


class SpawnedProcess:
    """A process that leads a session of its own: neither the terminal's nor the console's end
    reaches it. Its output goes to ``log_file``."""

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
            # No Popen: it would complain about a child that is meant to be left behind.
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
        """Ask it to end, if it runs; it hangs up and leaves the registrar first."""
        if self.exit_status() is None:
            os.kill(self.process_id, signal.SIGTERM)

    def exit_status(self) -> int | None:
        """The exit status, None while it runs; to be asked for, or the dead process stays."""
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
