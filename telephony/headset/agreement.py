"""Synchronises headset buttons and LEDs with the call state, and ignores echoed reports.

Most headsets report a hook change after their off-hook LED is set. An operator may also press a
window key and a headset button for the same action. Neither may answer, end or mute a second time.
No I/O; times are seconds of one monotonic clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telephony.headset.descriptor import Button, ButtonMoved, Lamp

ECHO_S = 3.0
"""Maximum delay of the report that echoes an LED change."""
BUTTON_S = 0.7
"""Maximum time between press and release of the hook for a momentary button."""
SETTLE_S = 1.0
"""Time after a call change in which a press is attributed to the previous call state."""
IN_FLIGHT_S = 0.2
"""Maximum transit time of an LED report: LEDs set this shortly before a press may have taken effect
after it.
"""
MUTE_ECHO_S = 0.6
AGAIN_S = 2.0
"""Delay before the LEDs are set again on a headset whose hook does not match the call."""


class HeadsetCommand(StrEnum):
    """Requested action; the call state determines whether it can be executed."""

    ANSWER = "answer"
    HANG_UP = "hang-up"
    """End the call, or reject the ringing one."""
    MUTE = "mute"
    HOLD = "hold"
    SWITCH = "switch"
    REDIAL = "redial"
    """Offer the last dialled number; a key then calls it."""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Call state of the console; ``has_other``: a second call is waiting or held.

    ``rings`` is True only if no call is established.
    """

    rings: bool = False
    is_up: bool = False
    is_muted: bool = False
    is_held: bool = False
    has_other: bool = False

    @property
    def lamps(self) -> frozenset[Lamp]:
        """LEDs that must be on."""
        lit = {
            Lamp.RING: self.rings,
            Lamp.OFF_HOOK: self.is_up,
            Lamp.MUTE: self.is_up and self.is_muted,
            Lamp.HOLD: self.is_up and self.is_held,
        }
        return frozenset(lamp for lamp, is_lit in lit.items() if is_lit)


class HeadsetAgreement:
    """State of one headset, initially on hook. ``shows`` are the headset's LEDs, already set
    according to ``line``.
    """

    def __init__(self, shows: frozenset[Lamp], line: LineFacts, now_s: float) -> None:
        self._is_told = Lamp.OFF_HOOK in shows
        self._line = line
        self._hook_off = False
        self._hook_rose_s: float | None = None
        self._is_button = False  # momentary hook: each press is an action
        self._echoes: list[tuple[bool, float]] = []  # expected hook reports, with expiry times
        self._was_up = False
        self._began_s: float | None = None  # start of the ring or of the active call
        self._muted_s: float | None = None
        self._again_s: float | None = None
        self._put_out_s: float | None = None  # when the LEDs were last set to on hook
        self._note_lamps_set(now_s)
        self._expect_echo(now_s)

    @property
    def lamps(self) -> frozenset[Lamp]:
        return self._line.lamps

    def line_is(self, line: LineFacts, now_s: float) -> bool:
        """Updates the call state; returns True if the LEDs must be set."""
        before, self._line = self._line, line
        if line.is_muted != before.is_muted:
            self._muted_s = now_s
        if (line.rings, line.is_up) != (before.rings, before.is_up):
            self._was_up, self._began_s = before.is_up, now_s
        if line.is_up != before.is_up:
            self._expect_echo(now_s)
        is_to_be_lit = line.lamps != before.lamps
        if is_to_be_lit:
            self._note_lamps_set(now_s)
        return is_to_be_lit

    def _note_lamps_set(self, now_s: float) -> None:
        if Lamp.OFF_HOOK not in self._line.lamps:
            self._put_out_s = now_s

    def _expect_echo(self, now_s: float) -> None:
        """Expects a hook report caused by the off-hook LED, unless the hook already has that state
        or is expected to reach it.
        """
        wanted = self._line.is_up
        self._echoes = [echo for echo in self._echoes if now_s <= echo[1]]
        is_going_to = self._echoes[-1][0] if self._echoes else self._hook_off
        if self._is_told and is_going_to != wanted:
            lasts_s = SETTLE_S if self._is_button else ECHO_S
            self._echoes.append((wanted, now_s + lasts_s))

    def _is_echo(self, is_off: bool, now_s: float) -> bool:
        """Whether the report is an expected echo. If so, removes this echo and all earlier ones,
        which the headset skipped.
        """
        for number, (expected, until_s) in enumerate(self._echoes):
            if expected == is_off and now_s <= until_s:
                del self._echoes[: number + 1]
                return True
        return False

    def take(self, moved: ButtonMoved, now_s: float) -> HeadsetCommand | None:
        """Returns the action of a button report; None for an echo, a release or an inapplicable
        button.
        """
        line = self._line
        match moved.button:
            case Button.HOOK:
                return self._hook(moved, now_s)
            case Button.MUTE if moved.is_down and line.is_up:
                echoes = self._muted_s is not None and now_s - self._muted_s < MUTE_ECHO_S
                return None if echoes else HeadsetCommand.MUTE
            case Button.FLASH if moved.is_down and line.is_up:
                return HeadsetCommand.SWITCH if line.has_other else HeadsetCommand.HOLD
            case Button.HOLD if moved.is_down and line.is_up:
                return HeadsetCommand.HOLD
            case Button.REJECT if moved.is_down and line.rings:
                return HeadsetCommand.HANG_UP
            case Button.DROP if moved.is_down and (line.rings or line.is_up):
                return HeadsetCommand.HANG_UP
            case Button.REDIAL if moved.is_down and not (line.rings or line.is_up):
                return HeadsetCommand.REDIAL
            case _:
                # volume is handled by the operating system
                return None

    def _hook(self, moved: ButtonMoved, now_s: float) -> HeadsetCommand | None:
        if moved.is_pulse:
            return self._pressed(now_s, is_pulse=True)
        rose_s, self._hook_off = self._hook_rose_s, moved.is_down
        self._hook_rose_s = now_s if moved.is_down else None
        is_echo = self._is_echo(moved.is_down, now_s)
        command = None
        if is_echo:
            self._is_button = False
        elif not moved.is_down and rose_s is not None and now_s - rose_s < BUTTON_S:
            self._is_button = self._is_button or not self._was_put_back(rose_s, now_s)
        elif moved.is_down:
            command = self._pressed(now_s, is_pulse=False)
        else:
            command = self._let_go()
        disagrees = not self._is_button and self._hook_off != self._line.is_up
        self._again_s = now_s + AGAIN_S if disagrees else None
        return command

    def _was_put_back(self, rose_s: float, now_s: float) -> bool:
        """Whether the hook release may be the headset's reaction to LEDs set during the press, and
        not the release of a button.

        Headsets go on hook after any LED report without the off-hook LED. This includes the report
        for a ring and the report for a call that ended before the next one was answered.
        """
        if not self._is_told or self._put_out_s is None:
            return False
        is_free = not (self._line.rings or self._line.is_up)
        if is_free and now_s - self._put_out_s < SETTLE_S:
            return True
        return self._put_out_s > rose_s - IN_FLIGHT_S

    def _pressed(self, now_s: float, *, is_pulse: bool) -> HeadsetCommand | None:
        line = self._line
        is_fresh = self._began_s is not None and now_s - self._began_s < SETTLE_S
        if line.rings:
            # A press shortly after a call ended and the next one started ringing was meant to end
            # the former.
            return None if is_fresh and self._was_up else HeadsetCommand.ANSWER
        if not line.is_up:
            return None
        # A stateful hook now matches the call; only another press ends it.
        is_state = self._is_told and not self._is_button and not is_pulse
        return None if is_state or is_fresh else HeadsetCommand.HANG_UP

    def _let_go(self) -> HeadsetCommand | None:
        """A release ends the call for a stateful hook, but not for a momentary button."""
        ends = self._line.is_up and not self._is_button
        return HeadsetCommand.HANG_UP if ends else None

    @property
    def again_at_s(self) -> float | None:
        """Time at which to call ``is_again_due``; None while the hook state matches the call."""
        return self._again_s

    def is_again_due(self, now_s: float) -> bool:
        """Whether the LEDs must be set again because the hook state still does not match
        the call.
        """
        if self._again_s is None or now_s < self._again_s:
            return False
        self._again_s = None
        disagrees = self._hook_off != self._line.is_up
        if disagrees:
            self._note_lamps_set(now_s)
            self._expect_echo(now_s)
        return disagrees
