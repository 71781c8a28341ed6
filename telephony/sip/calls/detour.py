"""Another way for the INVITE of a call whose server turns out to be dead (RFC 3263 section 4.3)."""

from __future__ import annotations

from collections.abc import Callable

from telephony.sip.core import Core
from telephony.sip.syntax.address import Address

_SILENCE = "silence"
_CHECK = "check"
# In T1, half a second: what a server may take for its 100, how often we look whether the
# registration has found another one, and how many times.
_SILENCE_T1 = 5
_CHECK_T1 = 1
_CHECKS = 16


class Detour:
    """Of one call. ``on_way`` sends its INVITE again; ``on_none`` says that there is no other way.

    Nothing happens where the account has one server alone. No server gets the call twice.
    """

    def __init__(self, core: Core, on_way: Callable[[], None], on_none: Callable[[], None]) -> None:
        self._core = core
        self._on_way = on_way
        self._on_none = on_none
        self._checks = 0
        self._server = core.server
        self._tried: set[Address | None] = set()

    def sent(self) -> None:
        """The INVITE is on its way."""
        self._server = self._core.server
        self._tried.add(self._server)
        if self._core.way_keeper is not None:
            self._core.arm(self, _SILENCE, _SILENCE_T1 * self._core.values.t1_s)

    def stop(self) -> None:
        """Somebody has answered, or the call is over."""
        self._core.cancel(self, _SILENCE, _CHECK)

    def seek(self) -> bool:
        """Whether there may be another way; then ``on_way`` or ``on_none`` is called later."""
        keeper = self._core.way_keeper
        if keeper is None:
            return False
        # Another call may have found another way meanwhile.
        if self._core.server == self._server and not keeper.suspect():
            return False
        self.stop()
        self._checks = 0
        self._core.arm(self, _CHECK, _CHECK_T1 * self._core.values.t1_s)
        return True

    def on_timer(self, name: str) -> None:
        keeper = self._core.way_keeper
        if name == _SILENCE:
            self.seek()
        elif self._core.server != self._server:
            (self._on_none if self._core.server in self._tried else self._on_way)()
        elif keeper is None or not keeper.busy or self._checks == _CHECKS:
            self._on_none()
        else:
            self._checks += 1
            self._core.arm(self, _CHECK, _CHECK_T1 * self._core.values.t1_s)
