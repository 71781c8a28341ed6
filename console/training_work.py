"""Reads what was made of a training call, for its score; on a reader thread."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta

from sync.register.calls import CallRecord
from sync.register.checks.finding import Finding
from sync.register.training.scoring import MessageWork, Work
from sync.store.handling import MessageHandling
from sync.store.missed_calls import MissedCalls
from sync.store.register import RegisterStore

SINCE = timedelta(days=90)
CHECK_LIMIT_S = 20.0

CheckMessage = Callable[[str, str], "Future[tuple[Finding, ...]]"]


class TrainingWork:
    """The register of the training mode, asked for one call."""

    def __init__(self, register: RegisterStore, check_message: CheckMessage) -> None:
        self._handling = MessageHandling(register)
        self._missed = MissedCalls(register)
        self._check_message = check_message

    def read(self, call: CallRecord) -> Work:
        """Its messages with their findings, and what else the score looks at.

        Raises StoreError, and what the checks of a text fail with.
        """
        known = self._handling.between(
            call.arrived_at - SINCE, (call.saved_at or call.arrived_at) + timedelta(seconds=1)
        )
        made = [one for one in known if one.record.call_id == call.id]
        tied = [one for one in known if one not in made and call.id in one.standing.call_ids]
        return Work(
            call=call,
            messages=tuple(
                MessageWork(
                    one.record,
                    self._check_message(one.record.text, one.record.place).result(CHECK_LIMIT_S),
                )
                for one in sorted(made, key=lambda one: one.record.created_at)
            ),
            is_tied=bool(tied),
            is_dealt_with=self._is_dealt_with(call),
        )

    def _is_dealt_with(self, call: CallRecord) -> bool:
        return all(missed.id != call.id for missed in self._missed.still_open())
