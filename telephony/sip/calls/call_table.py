"""The calls of one phone, found by what a message says."""

from __future__ import annotations

from collections.abc import Iterator

from telephony.sip.calls.call import Call
from telephony.sip.calls.incoming_call import IncomingCall
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.syntax.message import Request
from telephony.sip.transactions.transaction import TransactionKey


class CallTable:
    """Calls by their id, by this side's tag and by the transaction of their INVITE."""

    def __init__(self) -> None:
        self._calls: dict[str, Call] = {}
        self._by_tag: dict[str, Call] = {}
        self._by_key: dict[TransactionKey, IncomingCall] = {}

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls.values()))

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._calls)

    @property
    def live(self) -> int:
        """How many are not over."""
        return sum(not call.ended for call in self._calls.values())

    def add(self, call: Call) -> None:
        """Take in a call whose id is new."""
        self._calls[call.call_id] = call
        self._by_tag[call.local_tag] = call
        if isinstance(call, IncomingCall):
            self._by_key[call.key] = call

    def get(self, call_id: str) -> Call | None:
        """The call of this id."""
        return self._calls.get(call_id)

    def find(self, request: Request) -> tuple[Call, Dialog] | None:
        """The call and the dialog that a request with a To tag belongs to."""
        call = self._by_tag.get(request.recipient.tag or "")
        dialog = None if call is None else call.dialog_of(request)
        return None if call is None or dialog is None else (call, dialog)

    def find_invite(self, key: TransactionKey) -> IncomingCall | None:
        """The call that the INVITE of this transaction began."""
        return self._by_key.get(key)

    def rebind(self) -> None:
        """Tell every far side where this phone is now."""
        for call in self:
            call.rebind()

    def forget_finished(self) -> None:
        """Drop the calls that no message can concern any more."""
        for call in self:
            if call.finished:
                del self._calls[call.call_id]
                del self._by_tag[call.local_tag]
                if isinstance(call, IncomingCall):
                    del self._by_key[call.key]
