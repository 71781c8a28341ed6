"""From the operator's state to what the telephone system is told of it by SIP presence."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from sync.register.operator_states import NO_RIGHT, UNANSWERED, Doing, OperatorStatus
from telephony.presence import Activity, Presence

_KINDS = {
    "lunch": (Activity.AWAY, Activity.MEAL),
    UNANSWERED: (Activity.AWAY,),
    NO_RIGHT: (Activity.BUSY,),
}
"""Reasons that say more than the state does; the city's own words go nowhere."""


def presence_of(status: OperatorStatus) -> Presence | None:
    """What is published; None while nobody has signed in.

    A phone that is away changes nothing of it: it is published as soon as it is back.
    """
    if not status.is_signed_in:
        return None
    beside = replace(status, has_phone=True)
    return Presence(beside.wants_calls, _activities(beside.doing, beside.reason))


def _activities(doing: Doing, reason: str) -> tuple[Activity, ...]:
    match doing:
        case Doing.OFFLINE | Doing.READY:
            return ()
        case Doing.TALKING:
            return (Activity.ON_THE_PHONE,)
        case Doing.WRAP_UP:
            return (Activity.BUSY,)
        case Doing.NOT_READY:
            return _KINDS.get(reason, (Activity.BUSY, Activity.WORKING))
        case Doing.BREAK:
            return _KINDS.get(reason, (Activity.AWAY,))
        case Doing.AWAY:
            return (Activity.AWAY,)
        case _:
            assert_never(doing)
