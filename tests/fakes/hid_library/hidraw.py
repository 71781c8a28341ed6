"""Replaces the module of hidapi: the listed devices are sockets of a ``HeadsetBench``.

A console under test finds it before hidapi through PYTHONPATH. Its interface is that of hidapi.
"""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

FOLDER = "HEADSET_BENCH"  # variable with the folder of the simulated headsets


def enumerate() -> list[dict[str, Any]]:
    """Returns the plugged headsets in the format of hidapi."""
    listed: list[dict[str, Any]] = json.loads(
        (Path(os.environ[FOLDER]) / "devices.json").read_text(encoding="utf-8")
    )
    return [{**each, "path": os.fsencode(each["path"])} for each in listed]


class device:
    """An open device; its reports arrive unchanged."""

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
