"""A remote party that plays a scenario file: sipp (Debian's package "sip-tester")."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from telephony.sip.syntax.address import Address
from tests.fakes.foreign_programs import LOOPBACK, PeerFailed, PeerMissing, free_port_pair

SCENARIOS = Path(__file__).parents[1] / "data" / "sipp"
_TIMEOUT_S = 20.0
_READY_TIMEOUT_S = 5.0
_POLL_S = 0.02


class SippPeer:
    """``async with SippPeer("name", phone)`` calls the phone; without a phone it waits for a call.

    ``finish`` waits for the end of the scenario and fails if any step differed.
    """

    def __init__(self, scenario: str, phone: Address | None = None) -> None:
        program = shutil.which("sipp")
        if program is None:
            raise PeerMissing("sipp: install Debian's package sip-tester")
        self.port = free_port_pair()
        self._scenario = scenario
        self._folder = Path(tempfile.mkdtemp(prefix="sipp-"))
        self._process: asyncio.subprocess.Process | None = None
        self._waits = phone is None
        self._arguments = [
            program,
            *("-sf", str(SCENARIOS / f"{scenario}.xml")),
            *("-i", LOOPBACK, "-p", str(self.port), "-m", "1", "-l", "1", "-nostdin"),
            *("-timeout", str(int(_TIMEOUT_S)), "-timeout_error"),
            *("-trace_msg", "-message_file", str(self._folder / "messages")),
            *("-trace_err", "-error_file", str(self._folder / "errors")),
        ]
        if phone is not None:
            self._arguments += ["-s", "301", f"{phone.host}:{phone.port}"]

    @property
    def uri(self) -> str:
        """SIP address of a scenario that waits for a call."""
        return f"sip:302@{LOOPBACK}:{self.port}"

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=self._folder,
        )
        if self._waits:
            await self._wait_until_bound()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _wait_until_bound(self) -> None:
        """Waits until the port is bound: earlier packets would be lost."""
        wanted = f":{self.port:04X} "
        async with asyncio.timeout(_READY_TIMEOUT_S):
            while wanted not in Path("/proc/net/udp").read_text(encoding="ascii"):
                await asyncio.sleep(_POLL_S)

    async def receives(self, pattern: str) -> None:
        """Waits until a sent or received message matches the pattern."""
        log = self._folder / "messages"
        async with asyncio.timeout(_READY_TIMEOUT_S):
            while not (log.exists() and re.search(pattern, log.read_text(errors="replace"))):
                await asyncio.sleep(_POLL_S)

    async def finish(self) -> None:
        """Waits for the end; PeerFailed with the messages if the scenario failed."""
        assert self._process is not None
        async with asyncio.timeout(_TIMEOUT_S + 5):
            code = await self._process.wait()
        if code != 0:
            texts = [
                path.read_text(encoding="utf-8", errors="replace")
                for path in sorted(self._folder.iterdir())
            ]
            raise PeerFailed(f"sipp {self._scenario}: {code}\n" + "\n".join(texts))
