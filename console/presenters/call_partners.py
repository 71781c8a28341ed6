"""Who is on the line beside the call in front: whom it is about, who hears, who comes next."""

from dataclasses import dataclass

from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LiveCall


@dataclass(frozen=True, slots=True)
class Pair:
    """A caller and the one who is asked about him, both live."""

    caller: LiveCall
    consulted: LiveCall


def pair_of(desk: DeskState) -> Pair | None:
    """The caller and the consultation about him, where one of the two is in front."""
    front = desk.call
    if front is None:
        return None
    live = (front, *desk.others)
    by_id = {call.call_id: call for call in live}
    for call in live:
        caller = by_id.get(call.consultation_of or "")
        if caller is not None and call.ended_at is None and front in (caller, call):
            return Pair(caller, call)
    return None


def others_of(desk: DeskState) -> tuple[LiveCall, ...]:
    """The calls that the operator can go over to, in the order in which one key comes to them.

    Who has been on hold the longest comes first, so that pressing it again reaches everybody. Who
    is in the conference is heard already, and the caller of a consultation stands beside it and
    comes last.
    """
    pair = pair_of(desk)
    beside = pair.caller if pair is not None and desk.call == pair.consulted else None
    outside = [call for call in desk.others if call.call_id not in desk.conference]
    return tuple(
        sorted(
            outside,
            key=lambda call: (call == beside, call.held_since or call.answered_at or call.rang_at),
        )
    )


def heard_by(desk: DeskState) -> tuple[LiveCall, ...]:
    """Who hears the operator now, or would with the microphone on: in a conference both."""
    front = desk.call
    if front is None:
        return ()
    if front.call_id not in desk.conference:
        return (front,)
    return tuple(call for call in (front, *desk.others) if call.call_id in desk.conference)


def is_unheard(desk: DeskState) -> bool:
    """Whether somebody whom the operator talks to is sent silence in place of the voice."""
    return any(call.muted for call in heard_by(desk))
