"""What an operator does with a caller and others: hands over, asks, joins, goes back."""

from __future__ import annotations

from telephony.calls.control import CallControl
from telephony.events import CommandRefused, ConferenceChanged
from telephony.identity import dialled_uri


class CallDesk(CallControl):
    """The commands that concern more than one far side."""

    def transfer(self, call_id: str, number: str) -> None:
        """Hand the far side over to a number without asking there first.

        It is put on hold meanwhile, and stays so when the hand-over fails.
        """
        agent, target = self._agent, dialled_uri(number, self._settings.account)
        if agent is None or not self._book.is_up(call_id):
            self._refuse(call_id, "transfer")
        elif target is None or not target.host:
            self._on_event(CommandRefused(call_id, "transfer", "bad_number"))
        else:
            self._media.set_held(call_id, True)
            self._signalling.run(agent.transfer(call_id, target, self._signalling.time_s()))

    def consult(self, call_id: str, number: str, consultation_id: str | None = None) -> str | None:
        """Hold the call, then call a number about it; gives the new call's id.

        None when that was refused at once; a hold that the far side refuses is told later.
        """
        new_id = consultation_id or self._identifiers.call_id()
        if not self._book.is_up(call_id) or self._book.consultation(call_id) is not None:
            self._refuse(call_id, "consult")
            return None
        if self._holds.wants(call_id):
            self._on_event(CommandRefused(call_id, "consult", "busy"))
            return None
        if self._book.is_held(call_id):
            return self._call(number, new_id, "consult", call_id, call_id)

        def go_on(held: bool) -> None:
            if held:
                self._call(number, new_id, "consult", call_id, call_id)
            else:
                self._on_event(CommandRefused(call_id, "consult", "refused"))

        self._holds.hold(call_id, go_on)
        return new_id

    def complete(self, call_id: str) -> None:
        """Connect the held far side with the consulted one; either call may be named."""
        agent, pair = self._agent, self._book.consultation(call_id)
        if agent is None or pair is None:
            self._on_event(CommandRefused(call_id, "complete", "no_consultation"))
        elif not all(self._book.is_up(each) for each in pair):
            self._on_event(CommandRefused(call_id, "complete", "wrong_state"))
        else:
            held, consultation = pair
            time_s = self._signalling.time_s()
            self._signalling.run(agent.transfer_attended(held, consultation, time_s))

    def back(self, call_id: str) -> None:
        """End the consultation and take the held call up again; either call may be named.

        When the consultation is over already, the held call is taken up all the same.
        """
        pair = self._book.consultation(call_id)
        if pair is None:
            if self._book.is_held(call_id):
                self.resume(call_id)
            else:
                self._on_event(CommandRefused(call_id, "back", "no_consultation"))
            return
        held, consultation = pair
        self.hang_up(consultation)
        if self._book.is_held(held) or self._holds.wants(held):
            self.resume(held)

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        """Let these calls hear each other and the operator; fewer than two end the conference.

        Held ones are taken up again. When a conference ends, the operator stays with the first
        of its calls and the others are put on hold.
        """
        members = tuple(dict.fromkeys(call_ids))
        for call_id in members:
            if not self._book.is_up(call_id):
                self._refuse(call_id, "set_conference")
                return
        former = self._conference
        self._join(members)
        together = self._conference or former[:1]
        for call_id in together[:1]:
            self._hold(self._silence_others(call_id))
        for call_id in self._conference:
            if self._book.is_held(call_id) or self._holds.wants(call_id):
                self._holds.resume(call_id)

    def _join(self, members: tuple[str, ...]) -> None:
        members = members if len(members) > 1 else ()
        if members != self._conference:
            self._conference = members
            self._media.set_conference(members)
            self._on_event(ConferenceChanged(self._now(), members))

    def _leave_conference(self, call_id: str) -> None:
        """A call is over; with the last but one the conference is too."""
        if call_id in self._conference:
            self._join(tuple(each for each in self._conference if each != call_id))
