"""How long a phone waits between tries to register, after each failure in a row."""

from __future__ import annotations

from collections.abc import Callable

_FIRST_T1 = 2
# During silence each try repeats its own request every 4 s, so that a longer pause between
# tries would only make the phone miss the registrar's return.
_SILENT_T1 = 8
# Over a connection nothing is repeated: there the tries themselves have to be close.
_RELIABLE_T1 = 4
# A registrar that answers "no" must not be pestered.
_REFUSED_S = 60.0
# Five wrong passwords in ten minutes are what usually locks an account or an address out.
# The second try is early: a server that has just started may not know its users yet.
_PASSWORD_FIRST_S = 15.0
_PASSWORD_S = 600.0


class BackOff:
    """Longer with every failure; each delay is a random share of it, in seconds.

    Phones that lost one registrar together must not come back together. ``fraction`` is a random
    number from 0 up to, but without, 1.
    """

    def __init__(self, t1_s: float, fraction: Callable[[], float]) -> None:
        self._t1_s = t1_s
        self._fraction = fraction
        self._failures = 0

    def reset(self) -> None:
        """The next failure is the first one."""
        self._failures = 0

    def after_silence_s(self, *, reliable: bool) -> float:
        """No server answers; ``reliable`` is the transport to the next one."""
        limit_t1 = _RELIABLE_T1 if reliable else _SILENT_T1
        limit_s = limit_t1 * self._t1_s
        return self._longer_s(_FIRST_T1 * self._t1_s, 2, limit_s) * self._share(0.5)

    def after_refusal_s(self) -> float:
        """The server answers "no"."""
        return self._longer_s(_FIRST_T1 * self._t1_s, 2, _REFUSED_S) * self._share(0.5)

    def after_wrong_password_s(self) -> float:
        """The server does not take the password."""
        return self._longer_s(_PASSWORD_FIRST_S, 4, _PASSWORD_S) * self._share(0.75)

    def _longer_s(self, first_s: float, base: float, limit_s: float) -> float:
        self._failures += 1
        return min(first_s * float(base ** min(self._failures - 1, 16)), limit_s)

    def _share(self, least: float) -> float:
        return least + (1 - least) * self._fraction()
