"""Guards the keys of calls against a second press that was not meant."""

from enum import StrEnum

DOUBLE_PRESS_S = 1.0
MUTE_PRESS_S = 0.4
"""Shorter: who coughs wants to be heard again at once, and sees whether he is."""
CONFIRM_WITHIN_S = 6.0
"""How long a first press that only warns is remembered."""


class Press(StrEnum):
    """What a key is for; keys that undo each other count as one."""

    ANSWER = "answer"
    HANG_UP = "hang-up"
    HOLD = "hold"
    MUTE = "mute"
    SWITCH = "switch"
    CONNECT = "connect"
    CONFERENCE = "conference"
    RECORDING = "recording"
    DIAL = "dial"


class PressGuard:
    """Remembers the last press of each kind; times are seconds of one monotonic clock.

    ``of`` is the call that a press is for: what was pressed for another one does not count.
    """

    def __init__(self) -> None:
        self._pressed: dict[tuple[Press, str], float] = {}
        self._warned_at: float | None = None

    def allows(self, press: Press, now_s: float, of: str = "") -> bool:
        """Whether this press counts: the same one has not been taken a moment ago."""
        former = self._pressed.get((press, of))
        limit_s = MUTE_PRESS_S if press is Press.MUTE else DOUBLE_PRESS_S
        if former is not None and now_s - former < limit_s:
            return False
        self._pressed[(press, of)] = now_s
        return True

    def hold_back(self, press: Press, now_s: float, of: str = "") -> None:
        """What this key would act on has just become another thing: it waits a moment."""
        self._pressed[(press, of)] = now_s

    def forget(self, of: str) -> None:
        """The call is over."""
        for key in [key for key in self._pressed if key[1] == of]:
            del self._pressed[key]

    def confirms(self, now_s: float) -> bool:
        """Whether this press follows a warning; the first press of two only warns."""
        warned, self._warned_at = self._warned_at, now_s
        if warned is None or not DOUBLE_PRESS_S <= now_s - warned <= CONFIRM_WITHIN_S:
            return False
        self._warned_at = None
        return True
