"""What an operator does with two calls: asks a colleague about a caller, and goes back."""

from __future__ import annotations

from telephony.call_control import CallControl
from telephony.events import CommandRefused
from telephony.identity import dialled_uri


class CallDesk(CallControl):
    """The commands that concern a caller and a consulted colleague."""

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

    def transfer(self, call_id: str, number: str) -> None:
        """Hand the far side over to a number; TransferProgressed tells how it goes."""
        agent = self._agent
        target = dialled_uri(number, self._settings.account)
        if agent is None or not self._book.is_up(call_id):
            self._refuse(call_id, "transfer")
        elif target is None or not target.host:
            self._on_event(CommandRefused(call_id, "transfer", "bad_number"))
        else:
            self._signalling.run(agent.transfer(call_id, target, self._signalling.time_s()))

    def complete(self, call_id: str) -> None:
        """Bring the caller and the consulted colleague together; either call may be named."""
        agent = self._agent
        pair = self._book.consultation(call_id)
        if agent is None or pair is None:
            self._on_event(CommandRefused(call_id, "complete", "no_consultation"))
        else:
            self._signalling.run(agent.transfer_attended(*pair, self._signalling.time_s()))
