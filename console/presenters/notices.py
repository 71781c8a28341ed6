"""Short messages to the operator, made in one place from what the desk tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from console import words
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import CardSaved, DeskState
from console.presenters.pending_commands import Asked
from kb.events import (
    DamagedFileRemoved,
    DirectoryEvent,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from sync.exchange.platform_events import (
    MessageAnswered,
    MessageLeft,
    MessagePosted,
    MessageRejected,
    MessageTakenIn,
    PlatformEvent,
    PlatformLost,
    PlatformReached,
)
from sync.register.calls import CallRecord
from sync.register.messages import MessageRecord
from sync.store.handling_feed import StepsOvertaken
from telephony.events import (
    AudioDeviceChanged,
    CommandRefused,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
)

# "forget" is the desk's own: the phone repeats what it told. The check says itself what became of
# its commands, and so does call control of those that an operator gives.
_TOLD_ELSEWHERE = (
    *(asked.value for asked in Asked),
    "forget",
    "refresh_registration",
    "expect_self_call",
    "end_self_call",
)
SHORT_S = 4
LONG_S = 8


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: what has happened, what it means, how long it stands."""

    head: str
    body: str = ""
    seconds: int = SHORT_S
    problem: bool = False


class NoticesPresenter(QObject):
    """Puts outcomes into words; no number of a person and no name is ever among them."""

    told = Signal(object)  # Notice
    overtaken = Signal(object)  # Notice: what it says is not so any more

    def __init__(self, desk: DeskPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing_told = False
        self._sound: AudioDeviceChanged | None = None
        self._phone_is_there: bool | None = None  # None until it has come for the first time
        desk.saved.connect(self._saved)
        desk.incomplete.connect(self._incomplete)
        desk.store_failed.connect(self._store_failed)
        desk.card_put_aside.connect(self._put_aside)
        desk.changed.connect(self._desk_changed)

    def tell(self, notice: Notice) -> None:
        self.told.emit(notice)

    def message_handed_in(self, message: MessageRecord) -> None:
        head = words.messages.message_handed_in(str(message.number))
        self.tell(Notice(head, words.messages.handed_in_more(), LONG_S))

    def steps_overtaken(self, overtaken: StepsOvertaken, moment: Callable[[datetime], str]) -> None:
        """Somebody at another workplace was first with this message."""
        head, body = words.history.overtaken(str(overtaken.number), overtaken.steps[0], moment)
        self.tell(Notice(head, body, LONG_S, problem=True))

    def receive_phone(self, event: PhoneEvent) -> None:
        match event:
            case CommandRefused(command=command, code=code) if command not in _TOLD_ELSEWHERE:
                self.tell(Notice(words.calls.command_refused(code), problem=True))
            case AudioDeviceChanged():
                self._sound_changed(event)
            case PhoneDisconnected() if self._phone_is_there:
                self._phone_is_there = False
                head, body = words.status.phone_lost()
                self.tell(Notice(head, body, LONG_S, problem=True))
            case PhoneConnected():
                # The sound that this process has trouble with is told again after this.
                self._sound = None
                if self._phone_is_there is False:
                    self.tell(Notice(words.status.phone_back()))
                self._phone_is_there = True
            case _:
                return

    def _sound_changed(self, sound: AudioDeviceChanged) -> None:
        """Say what is wrong with the devices now, or that it is over; nothing said twice."""
        before, self._sound = self._sound, sound
        trouble, former = words.sound.sound_trouble(sound), words.sound.sound_trouble(before)
        if trouble is not None and trouble != former:
            head, body, _icon, _role = trouble
            self.tell(Notice(head, body, LONG_S, problem=True))
        elif trouble is None and before is not None and former is not None:
            self.tell(Notice(words.sound.sound_well_again(before)))

    def receive_platform(self, event: PlatformEvent) -> None:
        match event:
            case MessageAnswered():
                self.tell(Notice(words.messages.message_answered(event.number), seconds=LONG_S))
            case MessageRejected():
                head = words.messages.message_rejected(event.number, event.code)
                self.tell(
                    Notice(head, words.messages.message_rejected_more(), LONG_S, problem=True)
                )
            case MessageLeft():
                head, body = words.messages.message_left(event.platform_id)
                self.tell(Notice(head, body, LONG_S))
            case MessagePosted() | MessageTakenIn() | PlatformReached() | PlatformLost():
                pass
            case _:
                assert_never(event)

    def receive_directory(self, event: DirectoryEvent) -> None:
        match event:
            case IndexRebuilt(damaged_file=Path(name=name)):
                head, body = words.directory.directory_mended(name)
                self.tell(Notice(head, body, LONG_S))
            case IndexRebuildFailed(reason=RebuildReason.DAMAGED):
                head = words.directory.directory_not_mended()
                self.tell(Notice(head, words.directory.directory_damaged(), LONG_S, problem=True))
            case IndexRebuildFailed():
                head, body = words.directory.index_not_made()
                self.tell(Notice(head, body, LONG_S, problem=True))
            case IndexRebuildStarted() | IndexRebuilt() | DamagedFileRemoved():
                pass  # The search goes on as it was.
            case _:
                assert_never(event)

    def _saved(self, saved: CardSaved) -> None:
        number = str(saved.card.number)
        if saved.by_itself and saved.card.direction == "outgoing":
            self.tell(Notice(words.cards.not_reached(number), seconds=LONG_S))
        elif saved.by_itself and (cause := saved.card.end_cause) in words.cards.TURNED_AWAY:
            told = words.cards.turned_away(number, cause)
            self.tell(Notice(*told, LONG_S, problem=True))
        elif saved.by_itself:
            self.tell(
                Notice(words.cards.missed_registered(number), words.cards.missed_where(), LONG_S)
            )
        # one that was asked for is told where it can be taken back

    def _incomplete(self) -> None:
        self.tell(
            Notice(words.cards.card_incomplete(), words.cards.see_marked_fields(), problem=True)
        )

    def _store_failed(self, _code: str) -> None:
        self.tell(
            Notice(
                words.status.store_failed_head(),
                words.status.store_failed_body(),
                LONG_S,
                problem=True,
            )
        )

    def _put_aside(self, card: CallRecord) -> None:
        self.tell(Notice(words.cards.put_aside(str(card.number)), words.cards.put_aside_where()))

    def _desk_changed(self, state: DeskState) -> None:
        if state.closes_at_end == self._closing_told:
            return
        self._closing_told = state.closes_at_end
        closing = Notice(words.calls.saves_at_end(), words.calls.saves_at_end_more())
        if state.closes_at_end:
            self.tell(closing)
        else:
            self.overtaken.emit(closing)
