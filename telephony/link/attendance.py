"""Tracks whether a connected console responds, and rejects calls while none does.

A rejected call gets status 480. Calls in progress continue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from telephony.events import CallSnapshot, Direction
from telephony.presence import GONE, Presence
from telephony.settings import PhoneSettings

LOOK_INTERVAL_S = 1.0
LEAST_LOOKS = 5
"""Minimum number of unanswered checks, regardless of the setting: a briefly busy console is still
responsive.
"""


class Timer(Protocol):
    """Cancellable timer."""

    def cancel(self) -> None: ...


class AttendedPhone(Protocol):
    """Methods of the phone that the monitor needs."""

    @property
    def settings(self) -> PhoneSettings: ...

    def calls(self) -> tuple[CallSnapshot, ...]: ...

    def set_attended(self, attended: bool) -> None: ...

    def set_deserted(self, deserted: bool) -> None: ...

    def set_presence(self, presence: Presence | None) -> None: ...


class Attendance:
    """Rejects calls while no console can show them: it is disconnected or does not respond.

    After a disconnection, calls ring for another ``console_wait_s``. A connected console is pinged
    at each ring, and every second while a call rings. Without a pong for ``console_wait_s`` it
    counts as unresponsive until its next pong. The time is counted in checks one second apart, so
    the time in which the machine was suspended is not counted. Calls in progress are never
    affected.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], Timer],
        ask: Callable[[int], None],
        on_hang: Callable[[], None],
        on_back: Callable[[], None],
    ) -> None:
        """``ask`` sends the ping with this number to the connected console. ``on_hang`` is called
        when it does not respond, before callers are rejected. ``on_back`` is called when it
        responds again; the owner must then send the current state and call ``met``.
        """
        self._later = later
        self._ask = ask
        self._on_hang = on_hang
        self._on_back = on_back
        self._phone: AttendedPhone | None = None
        self._is_connected = False
        self._is_deserted = False
        self._hangs = False
        self._presence: Presence | None = None
        self._asked = 0
        self._owed: int | None = None
        self._silent_looks = 0
        self._look_timer: Timer | None = None
        self._wait: Timer | None = None

    @property
    def is_deserted(self) -> bool:
        """Whether new calls are rejected."""
        return self._is_deserted

    @property
    def hangs(self) -> bool:
        """Whether a console is connected but does not respond."""
        return self._hangs

    def use(self, phone: AttendedPhone | None) -> None:
        """Sets the phone; None if there is none."""
        self._phone = phone
        if phone is not None:
            phone.set_attended(False)

    # Console.

    def came(self) -> None:
        """Handles a new connection of a console, which replaces any other; ringing calls continue
        to ring for it.
        """
        self._is_connected = True
        self._hangs = False
        self._forget_question()
        if self._wait is not None:
            self._wait.cancel()
            self._wait = None
        self._set_deserted(False)

    def met(self) -> None:
        """Handles that the console was sent the current state. Automatic answers are enabled after
        it has processed that state.
        """
        self._forget_question()  # an earlier ping could not be sent
        if self._phone is None or not self._is_connected:
            return
        if _rings(self._phone):
            self._put_question()
        else:
            self._phone.set_attended(True)

    def left(self) -> None:
        """Handles the disconnection of the console. The absence is published immediately, because
        live calls may keep the process running.
        """
        self._is_connected = self._hangs = False
        self._forget_question()
        if self._phone is None:
            return
        self._publish_gone()
        if self._wait is None and not self._is_deserted:
            self._wait = self._later(self._phone.settings.console_wait_s, self._waited)

    def answered(self, number: int) -> None:
        """Handles a pong: the console has processed all events before the ping with this number."""
        if not self._is_connected:
            return
        self._silent_looks = 0
        if self._hangs:
            self._hangs = False
            self._owed = None
            self._set_deserted(False)
            # by identity: an equal presence set by the console in the meantime must remain
            if self._phone is not None and self._phone.settings.presence is GONE:
                self._phone.set_presence(self._presence)
            self._on_back()
        elif number == self._owed:
            self._owed = None
            if self._phone is not None:
                self._phone.set_attended(True)

    # Calls.

    def rang(self) -> None:
        """Handles a new ringing call, which is not answered automatically before the console has
        processed the event.
        """
        if self._phone is not None and self._is_connected and not self._hangs:
            self._phone.set_attended(False)
            self._put_question()

    # Timers.

    def _put_question(self) -> None:
        self._asked += 1
        self._owed = self._asked
        self._ask(self._asked)
        if self._look_timer is None:
            self._look_later()

    def _look_later(self) -> None:
        self._look_timer = self._later(LOOK_INTERVAL_S, self._look)

    def _look(self) -> None:
        self._look_timer = None
        phone = self._phone
        if phone is None:
            return
        if self._owed is not None:
            self._silent_looks += 1
            phone.set_attended(False)
            if self._silent_looks >= max(phone.settings.console_wait_s, LEAST_LOOKS):
                self._hang(phone)
                return
            self._look_later()
        elif _rings(phone):
            self._put_question()

    def _forget_question(self) -> None:
        self._owed = None
        self._silent_looks = 0
        if self._look_timer is not None:
            self._look_timer.cancel()
            self._look_timer = None

    def _hang(self, phone: AttendedPhone) -> None:
        self._hangs = True
        self._presence = phone.settings.presence
        self._on_hang()
        self._publish_gone()
        self._set_deserted(True)

    def _waited(self) -> None:
        self._wait = None
        self._set_deserted(True)

    # Effects on the phone.

    def _publish_gone(self) -> None:
        if self._phone is not None:
            self._phone.set_attended(False)
            if self._phone.settings.presence is not None:
                self._phone.set_presence(GONE)

    def _set_deserted(self, deserted: bool) -> None:
        if deserted is not self._is_deserted:
            self._is_deserted = deserted
            if self._phone is not None:
                self._phone.set_deserted(deserted)


def _rings(phone: AttendedPhone) -> bool:
    """Whether an incoming call is ringing."""
    return any(
        each.direction is Direction.INCOMING and each.answered_at is None and each.ended is None
        for each in phone.calls()
    )
