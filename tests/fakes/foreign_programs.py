"""External programs started by tests: found on this machine, on free ports, ended by their ids."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
from pathlib import Path

LOOPBACK = "127.0.0.1"
START_TIMEOUT_S = 10.0
STOP_TIMEOUT_S = 5.0


class PeerMissing(RuntimeError):
    """A program that the test needs is not installed."""


class PeerFailed(AssertionError):
    """A peer did not start, or an expected event did not occur; the message contains its log."""


def free_tcp_port() -> int:
    """Returns a port on loopback that is currently unused."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def free_port_pair() -> int:
    """Returns a port for SIP over UDP and TCP with a free port above it for TLS.

    The port is below the ephemeral ports of the system and the product's RTP ports, so no other
    program takes it before the peer starts. It does not depend on the random seed of the tests,
    which their processes share.
    """
    choice = random.SystemRandom()
    while True:
        port = choice.randrange(10000, 16000, 2)
        try:
            with (
                socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
                socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp,
                socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tls,
            ):
                udp.bind((LOOPBACK, port))
                tcp.bind((LOOPBACK, port))
                tls.bind((LOOPBACK, port + 1))
        except OSError:
            continue
        return port


def program(name: str) -> str:
    """Returns the path of the program, including server programs outside the search path."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")
    if found is None:
        raise PeerMissing(f"{name}: install Debian's package of this name")
    return found


def module_folder(pattern: str) -> Path:
    """Returns the folder of a program's modules, which depends on the machine's architecture."""
    found = sorted(Path("/").glob(pattern.lstrip("/")))
    if not found:
        raise PeerMissing(pattern)
    return found[0]


def end_program(process: subprocess.Popen[bytes], timeout_s: float = STOP_TIMEOUT_S) -> None:
    """Ends only this process."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
