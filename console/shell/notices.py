"""Presenter of short messages to the operator about calls, records, devices and platform.

The messages contain no names and no phone numbers.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from console.core import words as core_words
from console.core.view_data import LONG_S, Notice
from console.features.history import words as history_words
from console.shared.directory import words as directory_words
from console.shared.messages import words as messages_words
from console.shared.session import call_words, card_words
from console.shared.session.call_control import Asked
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import CardSaved, DeskState
from console.shared.workplace import sound_words, status_words
from kb.errors import (
    DamagedFileRemoved,
    DirectoryEvent,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from sync.exchange.platform.events import (
    MessageAnswered,
    MessageLeft,
    MessagePosted,
    MessageRejected,
    MessageTakenIn,
    PlatformEvent,
    PlatformLost,
    PlatformReached,
)
from sync.register.calls.calls import CallRecord
from sync.register.messages import MessageRecord, State
from sync.store.local.messages.handling import StepsOvertaken
from telephony.events import (
    AudioDeviceChanged,
    CommandRefused,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
)

# "forget" is internal: the phone repeats the event. The phone check reports results of its
# commands, and call control reports results of the operator's commands.
_TOLD_ELSEWHERE = (
    *(asked.value for asked in Asked),
    "forget",
    "refresh_registration",
    "expect_self_call",
    "end_self_call",
)


class NoticesPresenter(QObject):
    """Converts results into notices without names and phone numbers of persons."""

    told = Signal(object)  # Notice
    overtaken = Signal(object)  # Notice that is no longer true

    def __init__(self, desk: DeskPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing_told = False
        self._not_saved: Notice | None = None
        self._sound: AudioDeviceChanged | None = None
        self._phone_is_there: bool | None = None  # None before the first connection
        desk.saved.connect(self._saved)
        desk.incomplete.connect(self._incomplete)
        desk.store_failed.connect(self._store_failed)
        desk.card_put_aside.connect(self._put_aside)
        desk.changed.connect(self._desk_changed)

    def tell(self, notice: Notice) -> None:
        self.told.emit(notice)

    def message_registered(self, message: MessageRecord) -> None:
        """Reports a message that was sent to no body; others are shown with the card (7.9)."""
        if message.state is not State.AT_ORGAN:
            told = messages_words.message_unsent(str(message.number))
            self.tell(Notice(*told, LONG_S, problem=True))

    def message_handed_in(self, message: MessageRecord) -> None:
        head = messages_words.message_handed_in(str(message.number))
        self.tell(Notice(head, messages_words.handed_in_more(), LONG_S))

    def steps_overtaken(self, overtaken: StepsOvertaken, moment: Callable[[datetime], str]) -> None:
        """Reports that another workplace has processed this message first."""
        head, body = history_words.overtaken(str(overtaken.number), overtaken.steps[0], moment)
        self.tell(Notice(head, body, LONG_S, problem=True))

    def receive_phone(self, event: PhoneEvent) -> None:
        match event:
            case CommandRefused(command="set_closed_line", code=code):
                self.tell(Notice(*call_words.closed_line_refused(code), LONG_S, problem=True))
            case CommandRefused(command=command, code=code) if command not in _TOLD_ELSEWHERE:
                self.tell(Notice(call_words.command_refused(code), problem=True))
            case AudioDeviceChanged():
                self._sound_changed(event)
            case PhoneDisconnected() if self._phone_is_there:
                self._phone_is_there = False
                head, body = status_words.phone_lost()
                self.tell(Notice(head, body, LONG_S, problem=True))
            case PhoneConnected():
                # The audio process reports current device problems again after this event.
                self._sound = None
                if self._phone_is_there is False:
                    self.tell(Notice(status_words.phone_back()))
                self._phone_is_there = True
            case _:
                return

    def _sound_changed(self, sound: AudioDeviceChanged) -> None:
        """Reports a device problem or its end; the same problem is reported once."""
        before, self._sound = self._sound, sound
        trouble, former = sound_words.sound_trouble(sound), sound_words.sound_trouble(before)
        if trouble is not None and trouble != former:
            head, body, _icon, _role = trouble
            self.tell(Notice(head, body, LONG_S, problem=True))
        elif trouble is None and before is not None and former is not None:
            self.tell(Notice(sound_words.sound_well_again(before)))

    def receive_platform(self, event: PlatformEvent) -> None:
        match event:
            case MessageAnswered():
                self.tell(Notice(messages_words.message_answered(event.number), seconds=LONG_S))
            case MessageRejected():
                head = messages_words.message_rejected(event.number, event.code)
                self.tell(
                    Notice(head, messages_words.message_rejected_more(), LONG_S, problem=True)
                )
            case MessageLeft():
                head, body = messages_words.message_left(event.platform_id)
                self.tell(Notice(head, body, LONG_S))
            case MessagePosted() | MessageTakenIn() | PlatformReached() | PlatformLost():
                pass
            case _:
                assert_never(event)

    def receive_directory(self, event: DirectoryEvent) -> None:
        match event:
            case IndexRebuilt(damaged_file=Path(name=name)):
                head, body = directory_words.directory_mended(name)
                self.tell(Notice(head, body, LONG_S))
            case IndexRebuildFailed(reason=RebuildReason.DAMAGED):
                head = directory_words.directory_not_mended()
                self.tell(Notice(head, directory_words.directory_damaged(), LONG_S, problem=True))
            case IndexRebuildFailed():
                head, body = directory_words.index_not_made()
                self.tell(Notice(head, body, LONG_S, problem=True))
            case IndexRebuildStarted() | IndexRebuilt() | DamagedFileRemoved():
                pass  # Search is not affected.
            case _:
                assert_never(event)

    def _saved(self, saved: CardSaved) -> None:
        number = str(saved.card.number)
        if saved.by_itself and saved.card.direction == "outgoing":
            self.tell(Notice(card_words.not_reached(number), seconds=LONG_S))
        elif saved.by_itself and (cause := saved.card.end_cause) in card_words.TURNED_AWAY:
            told = card_words.turned_away(number, cause)
            self.tell(Notice(*told, LONG_S, problem=True))
        elif saved.by_itself:
            self.tell(
                Notice(card_words.missed_registered(number), card_words.missed_where(), LONG_S)
            )
        # for a save by the operator the undo bar is shown

    def _incomplete(self) -> None:
        self.tell(
            Notice(card_words.card_incomplete(), card_words.see_marked_fields(), problem=True)
        )

    def _store_failed(self, _code: str) -> None:
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self._not_saved = Notice(head, body, LONG_S, problem=True)
        self.tell(self._not_saved)

    def _put_aside(self, card: CallRecord) -> None:
        self.tell(Notice(card_words.put_aside(str(card.number)), card_words.put_aside_where()))

    def _desk_changed(self, state: DeskState) -> None:
        if self._not_saved is not None and not state.store_failed:
            self.overtaken.emit(self._not_saved)
            self._not_saved = None
        if state.closes_at_end == self._closing_told:
            return
        self._closing_told = state.closes_at_end
        closing = Notice(call_words.saves_at_end(), call_words.saves_at_end_more())
        if state.closes_at_end:
            self.tell(closing)
        else:
            self.overtaken.emit(closing)
