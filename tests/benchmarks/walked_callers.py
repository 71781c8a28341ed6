"""Citizens who call the desks of the monkey test: their phones' view of each call."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from typing import Any, Final

from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.kamailio import KamailioProxy

NUMBERS: Final = ("+79005550161", "+79005550162", "+79005550163")
TELEPHONE_PASSWORD: Final = "caller-secret"
_USER = re.compile(r"sip:(?P<user>[^@]*)@")


class Telephone(BaresipCaller):
    """The telephone of one citizen, with calls to several lines. The last number answers
    automatically.
    """

    def __init__(self, number: str, proxy: KamailioProxy) -> None:
        at = BaresipRegistration(proxy.host, proxy.port, TELEPHONE_PASSWORD)
        super().__init__(number, registration=at, auto_answer=number == NUMBERS[-1])
        self.proxy = proxy
        self._of_line: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)

    def events_with(self, line: str) -> list[dict[str, Any]]:
        """Returns the events since the last call. Thread-safe."""
        with self._changed:
            for event in self._events:
                found = _USER.search(event.get("peeruri", ""))
                self._of_line[found["user"] if found else ""].append(event)
            self._events.clear()
            return self._of_line.pop(line, [])


class Caller:
    """A citizen's calls with one line, as seen by the citizen: ringing, up, closed.

    Calls to another party after a transfer are not included.
    """

    def __init__(self, telephone: Telephone, line: str) -> None:
        self._telephone = telephone
        self._line = line
        self.seen: dict[str, tuple[str, float]] = {}
        self.rung: set[str] = set()

    def dial(self) -> None:
        proxy = self._telephone.proxy
        self._telephone.dial(f"sip:{self._line}@{proxy.host}:{proxy.port}")

    def hang_up(self) -> None:
        self._telephone.hang_up()

    def hang_up_all(self) -> None:
        """Ends calls with other lines too. With several calls, "hangup" may find no current one."""
        self._telephone.command("hangupall", "dir=all")

    def hold(self) -> None:
        self._telephone.hold()

    def resume(self) -> None:
        self._telephone.resume()

    def take_in(self) -> None:
        for event in self._telephone.events_with(self._line):
            call = str(event.get("id", ""))
            match event["type"]:
                case "CALL_RINGING":  # sent for its own outgoing calls
                    self.rung.add(call)
                    self.seen[call] = ("ringing", time.monotonic())
                case "CALL_ESTABLISHED":
                    self.seen[call] = ("up", time.monotonic())
                case "CALL_CLOSED":
                    self.seen[call] = ("closed", time.monotonic())

    def up(self, for_s: float = 0.0) -> list[str]:
        """Calls that have been established for at least this duration."""
        now_s = time.monotonic()
        return [call for call, (state, since_s) in self.seen.items()
                if state == "up" and now_s - since_s >= for_s]  # fmt: skip
