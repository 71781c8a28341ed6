"""kamailio as registrar and proxy of the tests: the real program of Debian's package."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from telephony.settings import TlsSettings
from tests.fakes.foreign_programs import (
    LOOPBACK,
    START_TIMEOUT_S,
    PeerFailed,
    end_program,
    free_port_pair,
    module_folder,
    program,
)
from tests.fakes.kamailio_presence import PresenceServer, forget_publications, presence_parts

_GROUP_STOP_TIMEOUT_S = 1.0
_POLL_S = 0.02
_CONFIG = Path(__file__).with_name("kamailio.cfg.in")
_MODULES = "/usr/lib/*/kamailio/modules"


class KamailioProxy:
    """A registrar and record-routing proxy with digest authentication.

    ``users`` maps user names to passwords. REGISTER is always challenged (401). INVITE is
    challenged (407) if its From user is one of ``users``, so external callers need no password.
    ``with KamailioProxy({"301": "secret"}) as proxy`` starts it; ``stop`` and ``start`` in between
    simulate an outage on the same port (its registrations are lost, as in a real restart). With
    ``presence`` it accepts PUBLISH, challenged (407), and SUBSCRIBE; without, it rejects the event
    (489). It listens on UDP and TCP on ``port`` and, with a certificate in ``tls``, on TLS on
    ``tls_port``.
    """

    def __init__(
        self,
        users: Mapping[str, str],
        *,
        port: int | None = None,
        algorithm: Literal["MD5", "SHA-256"] = "MD5",
        qop: bool = True,
        nonce_expire_s: int = 300,
        min_expires_s: int = 10,
        tls: TlsSettings | None = None,
        presence: PresenceServer | None = None,
    ) -> None:
        self.host = LOOPBACK
        self.port = port or free_port_pair()
        self.tls_port = self.port + 1
        self._program = program("kamailio")
        self._has_presence = presence is not None
        self._folder = Path(tempfile.mkdtemp(prefix="kamailio-"))
        self._process: subprocess.Popen[bytes] | None = None
        users_text = "\n".join(
            f'\tif ($var(user) == "{user}") {{ $var(known) = 1; $var(password) = "{password}"; }}'
            for user, password in users.items()
        )
        text = _CONFIG.read_text(encoding="utf-8")
        for name, value in {
            **presence_parts(presence, self._folder),
            "HOST": self.host,
            "PORT": str(self.port),
            "MODULES": str(module_folder(_MODULES)),
            "ALGORITHM": "" if algorithm == "MD5" else algorithm,
            "QOP": "auth" if qop else "",
            "CHALLENGE_FLAGS": "1" if qop else "0",
            "NONCE_EXPIRE": str(nonce_expire_s),
            "MIN_EXPIRES": str(min_expires_s),
            "USERS": users_text,
            "TLS": f"enable_tls=yes\nlisten=tls:{self.host}:{self.tls_port}" if tls else "",
            "TLS_MODULE": "" if tls is None else _tls_module(tls),
        }.items():
            text = text.replace(f"@{name}@", value)
        self._config = self._folder / "kamailio.cfg"
        self._config.write_text(text, encoding="utf-8")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def log(self) -> str:
        path = self._folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Starts kamailio and returns when it responds."""
        if self._has_presence:
            forget_publications(self._folder)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._program,
                    "-f", str(self._config),
                    "-DD", "-E",
                    "-m", "32", "-M", "8",
                    "-Y", str(self._folder),
                    "-w", str(self._folder),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Ends kamailio, including its children."""
        if self._process is not None:
            process, self._process = self._process, None
            _end_group(process)

    def wait_until_registered(self, user: str, *, timeout_s: float = 10.0) -> None:
        """Returns when a REGISTER of this user was accepted since the proxy was created."""
        deadline_s = time.monotonic() + timeout_s
        while f"registered: {user}\n" not in self.log:
            if time.monotonic() > deadline_s:
                raise PeerFailed(f"kamailio: no registration of {user}\n{self.log}")
            time.sleep(_POLL_S)

    def _wait_until_it_answers(self) -> None:
        deadline_s = time.monotonic() + START_TIMEOUT_S
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((LOOPBACK, 0))
            probe.settimeout(0.1)
            port = probe.getsockname()[1]
            request = (
                f"OPTIONS sip:{self.host}:{self.port} SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP {LOOPBACK}:{port};branch=z9hG4bKprobe;rport\r\n"
                f"From: <sip:probe@{LOOPBACK}>;tag=probe\r\nTo: <sip:{self.host}>\r\n"
                f"Call-ID: probe-{port}\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 5\r\n"
                "Content-Length: 0\r\n\r\n"
            ).encode()
            while time.monotonic() < deadline_s:
                if self._process is None or self._process.poll() is not None:
                    break
                try:
                    probe.sendto(request, (self.host, self.port))
                    probe.recv(4096)
                except OSError:
                    continue
                return
        self.stop()
        raise PeerFailed(f"kamailio did not start:\n{self.log}")


def _tls_module(tls: TlsSettings) -> str:
    values = {
        "certificate": tls.certificate_file,
        "private_key": tls.key_file,
        "ca_list": tls.ca_file,
        "tls_method": "TLSv1.2+",
    }
    lines = ['loadmodule "tls.so"']
    lines += [f'modparam("tls", "{name}", "{value}")' for name, value in values.items()]
    return "\n".join(lines)


def _end_group(leader: subprocess.Popen[bytes]) -> None:
    """Ends a session leader and all its children.

    kamailio sometimes hangs at its end; killing only the leader would leave its children running.
    """
    end_program(leader, _GROUP_STOP_TIMEOUT_S)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
