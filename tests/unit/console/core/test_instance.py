"""One console per folder: a second start forwards its arguments to the first console."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from console.core.process import Instance
from tests.fakes.console_fakes import Told

HOLD_AND_DIE = (
    "import os, sys; from pathlib import Path; from console.core.process import Instance;"
    "assert Instance(Path(sys.argv[1])).take(); os._exit(1)"
)
KNOCK = (
    "import sys; from pathlib import Path; from console.core.process import Instance;"
    "instance = Instance(Path(sys.argv[1]));"
    "print(instance.take_or_hand_over('tel:112').value)"
)
LIMIT_MS = 10_000


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short path, because the length of a socket path is limited."""
    return tmp_path_factory.mktemp("run")


def second_start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", KNOCK, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_second_start_hands_its_address_to_the_first(
    folder: Path, owner: QObject, qtbot: QtBot
) -> None:
    first = Instance(folder, owner)
    assert first.take()
    asked = Told(first.asked)
    with second_start(folder) as second:
        first.open_door()
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=LIMIT_MS)
        assert second.communicate()[0].split() == ["handed-over"]
    assert asked.values == ["tel:112"]

    # A console that is shutting down answers no request and gives its lock to the next waiting
    # start.
    first.close_door()
    with second_start(folder) as third:
        first.close()
        assert third.communicate(timeout=LIMIT_MS / 1000)[0].split() == ["ours"]


def test_a_console_that_died_leaves_its_place(folder: Path, owner: QObject) -> None:
    done = subprocess.run([sys.executable, "-c", HOLD_AND_DIE, str(folder)], check=False)
    assert done.returncode == 1
    instance = Instance(folder, owner)

    assert instance.take()
    instance.close()


def test_what_no_console_sends_is_left(folder: Path, owner: QObject, qtbot: QtBot) -> None:
    instance = Instance(folder, owner)
    assert instance.take()
    instance.open_door()
    asked = Told(instance.asked)
    for line in (b"nonsense\n", b'{"address": 5}\n', b"x" * 5000):
        socket = QLocalSocket(owner)
        socket.connectToServer(str(folder / "desk.sock"))
        assert socket.waitForConnected(LIMIT_MS)
        with qtbot.waitSignal(socket.disconnected, timeout=LIMIT_MS):
            socket.write(line)

    assert asked.values == []
    instance.close()
