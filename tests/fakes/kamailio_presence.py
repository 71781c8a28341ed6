"""Configuration of kamailio as a presence server, and a watcher of a user's presence."""

from __future__ import annotations

import queue
import shutil
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree import ElementTree

from telephony.sip.syntax.message import Request, parse_message
from tests.fakes.sip_messages import reply, sip

_TABLES = Path("/usr/share/kamailio/dbtext/kamailio")
_PIDF = "{urn:ietf:params:xml:ns:pidf}"
_RPID = "{urn:ietf:params:xml:ns:pidf:rpid}"
# Publications are stored in files: memory only (publ_cache 2) loses publications that are
# refreshed.
_MODULES = """\
loadmodule "db_text.so"
loadmodule "presence.so"
loadmodule "presence_xml.so"
modparam("presence", "db_url", "text://@FOLDER@/db")
modparam("presence", "subs_db_mode", 0)
modparam("presence", "publ_cache", 0)
modparam("presence", "max_expires", @PRESENCE_MAX_EXPIRES@)
modparam("presence", "server_address", "sip:@HOST@:@PORT@")
modparam("presence", "send_fast_notify", 1)
modparam("presence_xml", "db_url", "text://@FOLDER@/db")
modparam("presence_xml", "force_active", 1)
"""
_ROUTE = """\
	if (is_method("PUBLISH")) {
		xlog("L_NOTICE", "PUBLISH by $proto, expires $hdr(Expires), tag '$hdr(SIP-If-Match)'\\n");
		$var(user) = $fU;
		route(PASSWORD);
		if (!pv_proxy_authenticate("$fd", "$var(password)", "0")) {
			proxy_challenge("$fd", "@CHALLENGE_FLAGS@");
			exit;
		}
		if ($(hdr(Expires){s.int}) > 0 && $(hdr(Expires){s.int}) < @PRESENCE_MIN_EXPIRES@) {
			append_to_reply("Min-Expires: @PRESENCE_MIN_EXPIRES@\r\n");
			sl_send_reply("423", "Interval Too Brief");
			exit;
		}
		handle_publish();
		exit;
	}
	if (is_method("SUBSCRIBE")) {
		handle_subscribe();
		exit;
	}
"""
_DIALOG_ROUTE = """\
		if (is_method("SUBSCRIBE")) {
			handle_subscribe();
			exit;
		}
"""
_NO_SUCH_EVENT = """\
	if (is_method("PUBLISH")) {
		xlog("L_NOTICE", "PUBLISH refused\\n");
		sl_send_reply("489", "Bad Event");
		exit;
	}
"""


@dataclass(frozen=True, slots=True)
class PresenceServer:
    """Shortest accepted expiry of a publication; a shorter one is rejected with 423."""

    min_expires_s: int = 10
    max_expires_s: int = 3600


def presence_parts(presence: PresenceServer | None, folder: Path) -> dict[str, str]:
    """Returns the values of the placeholders of the configuration, in order of substitution."""
    parts = {
        "PRESENCE_MODULES": _MODULES if presence else "",
        "PRESENCE_ROUTE": _ROUTE if presence else _NO_SUCH_EVENT,
        "PRESENCE_DIALOG": _DIALOG_ROUTE if presence else "",
        "FOLDER": str(folder),
    }
    if presence is not None:
        parts["PRESENCE_MIN_EXPIRES"] = str(presence.min_expires_s)
        parts["PRESENCE_MAX_EXPIRES"] = str(presence.max_expires_s)
    return parts


def forget_publications(folder: Path) -> None:
    """Deletes the publications, as the restart of a server that stores them in memory does."""
    shutil.rmtree(folder / "db", ignore_errors=True)
    shutil.copytree(_TABLES, folder / "db")


@dataclass(frozen=True, slots=True)
class Seen:
    """Presence in a NOTIFY: elements of PIDF and RPID; empty if nothing is published."""

    basic: tuple[str, ...] = ()
    activities: frozenset[str] = frozenset()


class Watcher:
    """Subscribes to a user's presence over UDP and answers each NOTIFY immediately."""

    def __init__(self, host: str, port: int, user: str) -> None:
        self._server = host, port
        self._user = user
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self._socket.settimeout(0.1)
        self._told: queue.Queue[Seen] = queue.Queue()
        self._ends = threading.Event()
        self._reader = threading.Thread(target=self._read, name="watcher", daemon=True)
        self.documents: list[str] = []

    def __enter__(self) -> Self:
        self._reader.start()
        self.subscribe()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        self._reader.join()
        self._socket.close()

    def subscribe(self) -> None:
        """Starts the subscription; repeat it after the server has lost its memory."""
        host, port = self._socket.getsockname()
        mark = time.monotonic_ns()
        server = f"{self._server[0]}:{self._server[1]}"
        request = sip(
            f"SUBSCRIBE sip:{self._user}@{server} SIP/2.0",
            f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{mark};rport",
            f"From: <sip:watcher@{server}>;tag=w{mark}",
            f"To: <sip:{self._user}@{server}>",
            f"Call-ID: watch-{mark}",
            "CSeq: 1 SUBSCRIBE",
            f"Contact: <sip:watcher@{host}:{port}>",
            "Event: presence",
            "Accept: application/pidf+xml",
            "Expires: 600",
            "Max-Forwards: 70",
        )
        self._socket.sendto(request, self._server)

    def wait_for(self, wanted: Seen, *, timeout_s: float = 10.0) -> None:
        """Returns when this presence is notified; AssertionError with the received ones
        otherwise.
        """
        until_s = time.monotonic() + timeout_s
        told: list[Seen] = []
        while wanted not in told:
            try:
                told.append(self._told.get(timeout=max(0.0, until_s - time.monotonic())))
            except queue.Empty:
                raise AssertionError(f"not notified of {wanted}; so far: {told}") from None

    def _read(self) -> None:
        while not self._ends.is_set():
            try:
                data, source = self._socket.recvfrom(65536)
            except TimeoutError:
                continue
            message = parse_message(data)
            if isinstance(message, Request) and message.method == "NOTIFY":
                self._socket.sendto(reply(message, "200 OK"), source)
                self.documents.append(message.body.decode())
                self._told.put(seen_in(message.body))


def seen_in(body: bytes) -> Seen:
    """Returns the elements of a PIDF document; a body without any means that nothing is
    published.
    """
    if not body.strip():
        return Seen()
    root = ElementTree.fromstring(body)  # noqa: S314  # of a server that the test has started
    basic = [element.text or "" for element in root.iter(f"{_PIDF}basic")]
    activities = root.iter(f"{_RPID}activities")
    words = {child.tag.removeprefix(_RPID) for element in activities for child in element}
    return Seen(tuple(sorted(basic)), frozenset(words))
