"""Stands where hidapi's module stands: the devices that it lists are sockets of a ``HeadsetBench``.

A console under test finds it before hidapi by PYTHONPATH. Its faces are those of hidapi.
"""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

FOLDER = "HEADSET_BENCH"  # the variable that names the bench's folder


def enumerate() -> list[dict[str, Any]]:
    """What is plugged in, as hidapi tells it."""
    listed: list[dict[str, Any]] = json.loads(
        (Path(os.environ[FOLDER]) / "devices.json").read_text(encoding="utf-8")
    )
    return [{**each, "path": os.fsencode(each["path"])} for each in listed]


class device:
    """One open device; what it sends comes as it was sent."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._descriptor = b""

    def open_path(self, path: bytes) -> None:
        self._socket.connect(path)
        self._descriptor = self._socket.recv(8192)

    def get_report_descriptor(self) -> list[int]:
        return list(self._descriptor)

    def read(self, max_length: int, timeout_ms: int) -> list[int]:
        self._socket.settimeout(timeout_ms / 1000)
        try:
            report = self._socket.recv(max_length)
        except TimeoutError:
            return []
        if not report:
            raise OSError("read error")
        return list(report)

    def write(self, report: bytes) -> int:
        return self._socket.send(report)

    def error(self) -> str:
        return ""

    def close(self) -> None:
        self._socket.close()
