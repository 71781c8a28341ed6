"""A process that is not a child, ended through a pidfd, which cannot refer to another process."""

from __future__ import annotations

import os
import select
import signal
import socket
import struct
from pathlib import Path
from typing import Self

END_LIMIT_S = 10.0


class HeldProcess:
    """A process that is not a child, held to prevent reuse of its pid."""

    def __init__(self, pid: int) -> None:
        self._descriptor = os.pidfd_open(pid)

    @classmethod
    def behind(cls, socket_path: Path) -> Self:
        return cls(listener_pid(socket_path))

    @property
    def runs(self) -> bool:
        return not select.select([self._descriptor], [], [], 0)[0]

    def end(self) -> None:
        try:
            if self.runs:
                signal.pidfd_send_signal(self._descriptor, signal.SIGTERM)
            if not select.select([self._descriptor], [], [], END_LIMIT_S)[0]:
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)
        finally:
            os.close(self._descriptor)


def listener_pid(socket_path: Path) -> int:
    """Returns the pid of the listener; ConnectionRefusedError if the socket exists without a
    listener.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.connect(str(socket_path))
        credentials = probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int(struct.unpack("3i", credentials)[0])
