"""baresip as a caller or callee: the real program of Debian's package."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import wave
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from telephony.settings import TlsSettings, TransportName
from telephony.sip.syntax.address import format_host_port
from tests.fakes.foreign_programs import (
    LOOPBACK,
    START_TIMEOUT_S,
    STOP_TIMEOUT_S,
    PeerFailed,
    end_program,
    free_port_pair,
    free_tcp_port,
    module_folder,
    program,
)

_HEARD_OF = {"CALL_PROGRESS", "CALL_RINGING", "CALL_ESTABLISHED", "CALL_CLOSED"}
_HEARD_OF_WITHIN_S = 5.0
_POLL_S = 0.02
_SILENCE_S = 300
_WAV_HEADER_BYTES = 44


@dataclass(frozen=True, slots=True)
class BaresipRegistration:
    """Server and account with which a baresip registers."""

    host: str
    port: int
    password: str
    expires_s: int = 60


BaresipCodec = Literal["pcma", "pcmu", "g722", "opus"]
_BARESIP_ENCODINGS: dict[BaresipCodec, str] = {
    "pcma": "pcma/8000/1",
    "pcmu": "pcmu/8000/1",
    "g722": "g722/16000/1",
    "opus": "opus/48000/2",
}
_BARESIP_RATES_HZ: dict[BaresipCodec, int] = {
    "pcma": 8000,
    "pcmu": 8000,
    "g722": 16000,
    "opus": 48000,
}


class BaresipCaller:
    """A baresip that calls or is called, plays a WAV file and records the received audio.

    ``play`` is a mono 16-bit WAV file at the codec's rate (8, 16, 48 kHz). baresip hangs up at its
    end, so it must be longer than the call; None plays five minutes of silence. The received audio
    is in ``heard`` (same format) after the call. With ``registration`` it is registered at the
    start of the ``with`` block (MD5 only: this baresip supports no other digest); without it, it
    calls directly and is reached at ``uri``. ``hang_up`` and ``answer`` apply from the event
    "CALL_RINGING" or "CALL_INCOMING" on. ``configuration`` contains baresip's own configuration
    lines. Each replaces all lines with the same first word, except modules, which are added.
    """

    def __init__(
        self,
        user: str,
        *,
        display_name: str = "",
        registration: BaresipRegistration | None = None,
        play: Path | None = None,
        auto_answer: bool = False,
        codec: BaresipCodec = "pcma",
        host: str = LOOPBACK,
        transport: TransportName = "udp",
        tls: TlsSettings | None = None,
        encryption: Literal["", "srtp", "srtp-mand"] = "",
        configuration: Sequence[str] = (),
    ) -> None:
        self.user = user
        self._host = host
        self._transport = transport
        self._tls = tls
        self.port = free_port_pair()
        self._program = program("baresip")
        self._folder = Path(tempfile.mkdtemp(prefix="baresip-"))
        self._control_port = free_tcp_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._reader: threading.Thread | None = None
        self._is_unheard_of = False  # a call was dialled, but there is no response yet
        self._events: deque[dict[str, Any]] = deque()
        self._changed = threading.Condition()
        self._registers = registration is not None
        self._write_config(play, codec, configuration)
        self._write_account(display_name, registration, auto_answer, codec, encryption)

    @property
    def uri(self) -> str:
        """SIP address of this baresip for direct calls."""
        if self._transport == "udp":
            return f"sip:{self.user}@{self._address}"
        return f"sip:{self.user}@{self._address};transport={self._transport}"

    @property
    def _address(self) -> str:
        port = self.port + 1 if self._transport == "tls" else self.port
        return format_host_port(self._host, port)

    @property
    def process_id(self) -> int:
        """Process id of the running baresip."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """Output of baresip, including its SIP trace."""
        path = self._folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def heard(self) -> Path:
        """The recording of the received audio after the call; PeerFailed if there is none.

        The recorder starts a new file whenever the media change: the longest file is returned.
        """
        deadline_s = time.monotonic() + STOP_TIMEOUT_S
        while time.monotonic() < deadline_s:
            found = max(self._folder.glob("dump-*-dec.wav"), key=_length_bytes, default=None)
            if found is not None and _length_bytes(found) > _WAV_HEADER_BYTES:
                return found
            time.sleep(_POLL_S)
        raise PeerFailed(f"baresip: recorded nothing\n{self.log}")

    def _write_config(
        self, play: Path | None, codec: BaresipCodec, configuration: Sequence[str]
    ) -> None:
        modules = module_folder("/usr/lib/baresip/modules")
        rate_hz = _BARESIP_RATES_HZ[codec]
        if play is None:
            play = self._folder / "silence.wav"
            _write_silence(play, rate_hz)
        lines = [
            f"module_path {modules}",
            f"sip_listen {format_host_port(self._host, self.port)}",
            f"net_interface {self._host}",
            "call_max_calls 4",
            "call_local_timeout 120",
            f"audio_source aufile,{play}",
            # Its aufile player deadlocks if it is restarted within a millisecond, for example by a
            # re-INVITE. Therefore a filter records the sound, and it is not played.
            "audio_player aubridge,heard",
            "audio_alert aubridge,alert",
            f"audio_srate {rate_hz}",
            "audio_channels 1",
            f"ausrc_srate {rate_hz}",
            f"auplay_srate {rate_hz}",
            "ausrc_channels 1",
            "auplay_channels 1",
            # As large as the buffer of a telephone: a busy machine must not cut pieces out of the
            # voice.
            "audio_buffer 120-400",
            f"audio_path {self._folder}",
            "rtp_ports 20000-29999",
            "module g711.so",
            "module g722.so",
            "module opus.so",
            "module srtp.so",
            "module aufile.so",
            "module aubridge.so",
            "module sndfile.so",
            f"snd_path {self._folder}",
            "module_tmp uuid.so",
            "module_tmp account.so",
            "module_app menu.so",
            "module_app ctrl_tcp.so",
            f"ctrl_tcp_listen {LOOPBACK}:{self._control_port}",
        ]
        if self._tls is not None:
            lines += self._tls_lines(self._tls)
        replaced = {line.split()[0] for line in configuration} - {"module"}
        lines = [line for line in lines if line.split()[0] not in replaced] + [*configuration]
        (self._folder / "config").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _write_account(
        self,
        display_name: str,
        registration: BaresipRegistration | None,
        auto_answer: bool,
        codec: BaresipCodec,
        encryption: str,
    ) -> None:
        parameters = [f"audio_codecs={_BARESIP_ENCODINGS[codec]}"]
        if encryption:
            parameters.append(f"mediaenc={encryption}")
        parameters.append(f"answermode={'auto' if auto_answer else 'manual'}")
        if registration is None:
            address = f"{self.user}@{self._address}"
            parameters.append("regint=0")
        else:
            address = f"{self.user}@{registration.host}:{registration.port}"
            parameters += [
                f"auth_user={self.user}",
                f"auth_pass={registration.password}",
                f"regint={registration.expires_s}",
            ]
        name = f'"{display_name}" ' if display_name else ""
        account = f"{name}<sip:{address};transport={self._transport}>;" + ";".join(parameters)
        (self._folder / "accounts").write_text(account + "\n", encoding="utf-8")
        (self._folder / "contacts").write_text("", encoding="utf-8")

    def _tls_lines(self, tls: TlsSettings) -> list[str]:
        """Returns the TLS configuration; certificate and key are written to one file."""
        assert tls.certificate_file is not None
        assert tls.key_file is not None
        both = self._folder / "certificate.pem"
        both.write_bytes(Path(tls.certificate_file).read_bytes() + Path(tls.key_file).read_bytes())
        return [f"sip_certificate {both}", f"sip_cafile {tls.ca_file}", "sip_verify_server yes"]

    def __enter__(self) -> Self:
        version = "-6" if ":" in self._host else "-4"
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, version, "-s", "-f", str(self._folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )
        self._control = self._connect()
        self._reader = threading.Thread(target=self._read, name="baresip-events", daemon=True)
        self._reader.start()
        if self._registers:
            # The event may occur before the event reader runs; the log keeps it.
            self.wait_for_log(r"200 OK .*\[\d+ binding")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            end_program(self._process)
        if self._reader is not None:
            self._reader.join(STOP_TIMEOUT_S)
        if self._control is not None:
            self._control.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _connect(self) -> socket.socket:
        deadline_s = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline_s:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                return socket.create_connection((LOOPBACK, self._control_port), 1.0)
            except OSError:
                time.sleep(_POLL_S)
        if self._process is not None:
            end_program(self._process)
        raise PeerFailed(f"baresip did not start:\n{self.log}")

    def _read(self) -> None:
        control = self._control
        assert control is not None
        control.settimeout(None)
        unread = b""
        while True:
            try:
                data = control.recv(65536)
            except OSError:
                return
            if not data:
                return
            unread += data
            # Netstrings: "<length>:<JSON>,".
            while b":" in unread:
                length, _, rest = unread.partition(b":")
                if len(rest) < int(length) + 1:
                    break
                document, unread = rest[: int(length)], rest[int(length) + 1 :]
                event = json.loads(document)
                if event.get("event"):
                    with self._changed:
                        if event["type"] in _HEARD_OF:
                            self._is_unheard_of = False
                        self._events.append(event)
                        self._changed.notify_all()

    def command(self, command: str, parameters: str = "") -> None:
        """Sends one command of baresip's menu, for example ``command("dial", uri)``."""
        assert self._control is not None
        document = json.dumps({"command": command, "params": parameters}).encode()
        self._control.sendall(b"%d:%s," % (len(document), document))

    def dial(self, uri: str) -> None:
        with self._changed:
            self._is_unheard_of = True
        self.command("dial", uri)

    def answer(self) -> None:
        self.command("accept")

    def hang_up(self) -> None:
        """Ends the call, or cancels it while it rings.

        baresip ignores the command before the first response of the remote party, which knows of
        the call slightly earlier. Therefore this method waits for that response.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._is_unheard_of, _HEARD_OF_WITHIN_S)
        self.command("hangup")

    def kill(self) -> None:
        """Kills baresip immediately, as a power cut does: no BYE is sent."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def hold(self) -> None:
        """Puts the call on hold by a re-INVITE."""
        self.command("hold")

    def resume(self) -> None:
        """Ends the hold of the call."""
        self.command("resume")

    def wait_for_log(self, pattern: str, *, timeout_s: float = 10.0) -> str:
        """Returns the first match of the pattern in the log, which includes the SIP trace."""
        deadline_s = time.monotonic() + timeout_s
        while time.monotonic() < deadline_s:
            found = re.search(pattern, self.log)
            if found is not None:
                return found.group()
            time.sleep(_POLL_S)
        raise PeerFailed(f"baresip: no {pattern!r} within {timeout_s} s\n{self.log}")

    def wait_for(
        self,
        kind: str,
        *,
        timeout_s: float = 10.0,
        where: Callable[[dict[str, Any]], bool] = lambda event: True,
    ) -> dict[str, Any]:
        """Returns the first unconsumed event of this type; earlier events of other types are
        dropped.

        Types are baresip's: "CALL_INCOMING", "CALL_RINGING", "CALL_ESTABLISHED" (for a callee: the
        ACK was received), "CALL_CLOSED" (with the reason in "param").
        """
        deadline_s = time.monotonic() + timeout_s
        with self._changed:
            while True:
                while self._events:
                    event = self._events.popleft()
                    if event["type"] == kind and where(event):
                        return event
                remaining_s = deadline_s - time.monotonic()
                if remaining_s <= 0:
                    raise PeerFailed(f"baresip: no {kind} within {timeout_s} s\n{self.log}")
                self._changed.wait(remaining_s)


def _length_bytes(path: Path) -> int:
    return path.stat().st_size


def _write_silence(path: Path, rate_hz: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(bytes(2 * rate_hz * _SILENCE_S))
