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
"""A window that is busy for a moment is there, whatever the setting says of one that is gone."""


class Timer(Protocol):
    """What is to be done later, unless it is cancelled."""

    def cancel(self) -> None: ...


class AttendedPhone(Protocol):
    """What is asked of the phone."""

    @property
    def settings(self) -> PhoneSettings: ...

    def calls(self) -> tuple[CallSnapshot, ...]: ...

    def set_attended(self, attended: bool) -> None: ...

    def set_deserted(self, deserted: bool) -> None: ...

    def set_presence(self, presence: Presence | None) -> None: ...


class Attendance:
    """Turns callers away where no window could show them: it is gone, or hangs.

    One that is gone is waited for ``console_wait_s``. One that is connected is asked at each ring,
    and every second while a call waits for an answer; where it has said nothing in that time it
    counts as gone until it answers. Time is counted in looks, each a second after the one before:
    a machine that stood still has not looked meanwhile. Talks are never touched.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], Timer],
        ask: Callable[[int], None],
        on_hang: Callable[[], None],
        on_back: Callable[[], None],
    ) -> None:
        """``ask`` puts the question of this number to the window that is connected.

        ``on_hang`` tells that it does not answer, before any caller is turned away for that;
        ``on_back`` that it does again: it is to be told what is so, and ``met`` called.
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
        """Whether whoever calls is turned away."""
        return self._is_deserted

    @property
    def hangs(self) -> bool:
        """Whether a window is connected that does not answer."""
        return self._hangs

    def use(self, phone: AttendedPhone | None) -> None:
        """This is the phone from now on; None: there is none."""
        self._phone = phone
        if phone is not None:
            phone.set_attended(False)

    # The window.

    def came(self) -> None:
        """A window is connected, in place of any other: who rings waits on for it."""
        self._is_connected = True
        self._hangs = False
        self._forget_question()
        if self._wait is not None:
            self._wait.cancel()
            self._wait = None
        self._set_deserted(False)

    def met(self) -> None:
        """The window has been told what is so; who rings is answered by itself once it has read
        that."""
        self._forget_question()  # one that was put before could not be told
        if self._phone is None or not self._is_connected:
            return
        if _rings(self._phone):
            self._put_question()
        else:
            self._phone.set_attended(True)

    def left(self) -> None:
        """No window is connected any more, which is told at once: calls keep the process."""
        self._is_connected = self._hangs = False
        self._forget_question()
        if self._phone is None:
            return
        self._publish_gone()
        if self._wait is None and not self._is_deserted:
            self._wait = self._later(self._phone.settings.console_wait_s, self._waited)

    def answered(self, number: int) -> None:
        """The window has taken in all that it was told before the question of this number."""
        if not self._is_connected:
            return
        self._silent_looks = 0
        if self._hangs:
            self._hangs = False
            self._owed = None
            self._set_deserted(False)
            # by identity: what the window has asked for meanwhile stands, though it says the same
            if self._phone is not None and self._phone.settings.presence is GONE:
                self._phone.set_presence(self._presence)
            self._on_back()
        elif number == self._owed:
            self._owed = None
            if self._phone is not None:
                self._phone.set_attended(True)

    # Calls.

    def rang(self) -> None:
        """A call has come: nobody is to answer it by itself before the window has seen it."""
        if self._phone is not None and self._is_connected and not self._hangs:
            self._phone.set_attended(False)
            self._put_question()

    # Time.

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

    # What the phone is told.

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
    """Whether a call waits for an answer."""
    return any(
        each.direction is Direction.INCOMING and each.answered_at is None and each.ended is None
        for each in phone.calls()
    )
