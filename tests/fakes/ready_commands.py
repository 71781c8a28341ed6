"""``python -m PACKAGE`` as an administrator runs it, in a separate process for each command.

Starting Python and importing the register takes many times as long as most commands. So one process
imports it and forks each command: its reads, writes, locks and output are those of a newly started
program.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.fakes.shifted_clock import clock_of_the_tests

ROOT = Path(__file__).parents[2]
WAIT_S = 30
MOST_BYTES = 65536  # of one command line here
STREAMS = 3


def run(
    *arguments: str, typed: str = "", package: str = "sync"
) -> subprocess.CompletedProcess[str]:
    """Returns exit status and output of the command; ``typed`` is its standard input."""
    with TemporaryFile() as given, TemporaryFile() as printed, TemporaryFile() as complained:
        given.write(typed.encode())
        given.seek(0)
        code = _starter(package).run(arguments, (given, printed, complained))
        told, complaint = (_text_of(file) for file in (printed, complained))
    return subprocess.CompletedProcess(arguments, code, told, complaint)


class _Starter:
    """The process that forks the commands; it ends with its parent."""

    def __init__(self, package: str) -> None:
        self._socket, its_own = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.settimeout(WAIT_S)
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, package, str(its_own.fileno())],
            cwd=ROOT,
            # A fork copies only the calling thread, so there must be no second one.
            env={
                "PYTHONUTF8": "1",
                "PATH": "/usr/bin:/bin",
                "OPENBLAS_NUM_THREADS": "1",
                **clock_of_the_tests(),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[its_own.fileno()],
        )
        its_own.close()

    def run(self, arguments: Sequence[str], streams: Sequence[IO[bytes]]) -> int:
        words = json.dumps(arguments).encode()
        socket.send_fds(self._socket, [words], [stream.fileno() for stream in streams])
        return int(self._socket.recv(MOST_BYTES))

    def close(self) -> None:
        self._socket.close()
        self._process.wait(WAIT_S)


@cache
def _starter(package: str) -> _Starter:
    starter = _Starter(package)
    atexit.register(starter.close)
    return starter


def _text_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _start_what_is_asked(main: Callable[[Sequence[str]], int], asked: socket.socket) -> None:
    while True:
        words, streams, _flags, _from = socket.recv_fds(asked, MOST_BYTES, STREAMS)
        if not words:
            return
        command = os.fork()
        if command == 0:
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
            asked.close()
            sys.exit(main(json.loads(words)))
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(command, 0)
        asked.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    package, number = sys.argv[1:]
    program = import_module(f"{package}.cli").main
    gc.freeze()  # imported modules remain shared with every command
    with socket.socket(fileno=int(number)) as asker:
        _start_what_is_asked(program, asker)
