"""Whom a phone answers and what it takes on: the part of the settings that signalling needs."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.settings import SrtpPolicy
from telephony.sip.description.voice_formats import DEFAULT_FORMATS, VoiceFormat


@dataclass(frozen=True, slots=True)
class AgentLimits:
    """Whom the agent answers, and how much it takes on.

    ``accept_from`` are IP addresses that may start something here; "*" is everybody, for INVITE
    only. ``busy_status`` is 486 or 480: what a caller gets in ``do_not_disturb`` or above
    ``calls``. ``auto_answer_on_request`` lets the telephone system ask for an answer without
    ringing. ``session_expires_s`` 0 asks for no session timer. ``formats`` and ``srtp`` decide
    whether an offer can be answered, before the media is there. Calls refused so are told of with
    ``tells_refused``. ``expected`` are names and
    numbers of callers who are let in in ``do_not_disturb`` too: the phone's own check.
    ``deserted`` is a phone at which nobody can answer: 480 for whoever calls.
    """

    accept_from: frozenset[str] = frozenset()
    ring_limit_s: float = 120.0
    calls: int = 10
    do_not_disturb: bool = False
    tells_refused: bool = True
    expected: frozenset[str] = frozenset()
    deserted: bool = False
    busy_status: int = 486
    accept_refer: bool = False
    auto_answer_on_request: bool = False
    session_expires_s: int = 1800
    formats: tuple[VoiceFormat, ...] = DEFAULT_FORMATS
    srtp: SrtpPolicy = "off"
