"""Messages that are being typed and do not stand in front, by the calls that they are of."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from console import words
from sync.register.messages import MessageRecord


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is being typed, with day and hour as they stand in their fields."""

    message: MessageRecord
    date_text: str
    time_text: str


class WaitingDrafts:
    """What comes next in a call; at first what the last start left, in the order it was made."""

    def __init__(self, kept: Iterable[MessageRecord]) -> None:
        self._by_call: dict[UUID, list[Draft]] = {}
        for message in kept:
            self.put_behind(_as_kept(message))

    def has(self, call_id: UUID) -> bool:
        return bool(self._by_call.get(call_id))

    def take(self, call_id: UUID) -> Draft | None:
        """The next one of this call, which waits no more."""
        waiting = self._by_call.get(call_id)
        return waiting.pop(0) if waiting else None

    def put_in_front(self, draft: Draft) -> None:
        if draft.message.call_id is not None:
            self._by_call.setdefault(draft.message.call_id, []).insert(0, draft)

    def put_behind(self, draft: Draft) -> None:
        if draft.message.call_id is not None:
            self._by_call.setdefault(draft.message.call_id, []).append(draft)

    def drop(self, message: MessageRecord) -> None:
        """This one is no draft any more."""
        if message.call_id in self._by_call:
            self._by_call[message.call_id] = [
                one for one in self._by_call[message.call_id] if one.message.id != message.id
            ]


def _as_kept(message: MessageRecord) -> Draft:
    """A message of an earlier start, its day and hour written as a person would."""
    day, hour = message.event_on, message.event_time
    return Draft(
        message,
        "" if day is None else words.formats.date_text(day),
        "" if hour is None else f"{hour:%H:%M}",
    )
