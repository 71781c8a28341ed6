"""Routes events of phone, stores, central database and city platform to the presenters.

It also connects presenters with each other. GUI thread only; the bridges' ``post`` is thread-safe.
Phone events are buffered until the main page is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from console.background import Told
from console.context import Shared
from console.core.deliveries import Bridge, KeptNews
from console.core.milestones import Milestone
from console.core.view_data import Notice
from console.features.call_card.by_hand import Promise
from console.features.call_card.saved_call import RecordingNotes
from console.features.operator_state.phone_gate import PhoneGate
from console.features.own_desk.feature import RoamingDesk
from console.features.training.presenter import TrainingPresenter
from console.shared.messages import words as messages_words
from console.shell.page_presenters import DeskPresenters
from sync.errors import PlacesUnreadable, StoreError
from sync.exchange.events import CentralLost, CentralReached, SenderEvent
from sync.exchange.feed_reader import FeedEvent
from sync.exchange.platform.events import PlatformEvent
from sync.jobs.store_care import BackupEvent, BackupMissed
from sync.register.calls.calls import CallRecord
from sync.register.calls.planned import PlannedOvertaken
from sync.register.messages import MessageRecord
from sync.store.local.feed import PLACES, shared_setting_of
from sync.store.local.messages.handling import StepsOvertaken
from sync.store.local.sidecar_files import places_of, read_places, write_places
from sync.store.local.writer import Trouble
from telephony.events import (
    AudioDeviceChanged,
    ConsoleAsked,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    PresenceChanged,
    RegistrationChanged,
    RegistrationState,
    ToConsole,
)

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Hearers:
    """Receivers of the events, once they are built."""

    presenters: DeskPresenters
    gate: PhoneGate
    recordings: RecordingNotes
    promise: Promise
    tell_here: Callable[[int], None]


class DeskNews(QObject):
    """Routes events to the presenters. GUI thread only; the ``post`` of its bridges is thread-safe.

    Phone events are buffered until ``begin``.
    """

    def __init__(self, shared: Shared, roaming: RoamingDesk | None) -> None:
        super().__init__(shared.parent)
        self._shared = shared
        self._roaming = roaming
        self._people = shared.people
        self._hearers: _Hearers | None = None
        self._phone_news: KeptNews[ToConsole] = KeptNews(self._phone_told)
        self.phone: Bridge[ToConsole] = Bridge(self._phone_news.tell, self)
        self.trouble: Bridge[Trouble | None] = Bridge(self._store_told, self)
        sender: Bridge[SenderEvent] = Bridge(self._sender_told, self)
        platform: Bridge[PlatformEvent] = Bridge(self._platform_told, self)
        feed: Bridge[FeedEvent | StepsOvertaken | PlannedOvertaken] = Bridge(
            shared.arrivals.receive, self
        )
        backup: Bridge[BackupEvent] = Bridge(self._backup_told, self)
        self.told = Told(sender.post, platform.post, feed.post, backup.post)

    def begin(self) -> None:
        """Releases the buffered phone events; called after sign-in."""
        self._phone_news.begin()

    def close(self) -> None:
        """Stops querying the central database about operators."""
        self._people = None

    def connect_desk(
        self,
        presenters: DeskPresenters,
        gate: PhoneGate,
        recordings: RecordingNotes,
        promise: Promise,
        tell_here: Callable[[int], None],
    ) -> None:
        """Connects the event sources with the presenters, and the presenters with each other.

        ``tell_here`` confirms to the phone process that all previous events are shown.
        """
        self._hearers = _Hearers(presenters, gate, recordings, promise, tell_here)
        desk, shared = presenters.desk, self._shared
        desk.saved.connect(lambda saved: presenters.journal.take_saved(saved.card))
        desk.register_changed.connect(presenters.journal.reload)
        desk.talk_kept.connect(presenters.journal.take_talk)
        presenters.journal.day_read.connect(
            lambda answers: shared.milestones.note(Milestone.DAY_READ, answers=answers)
        )
        desk.register_changed.connect(presenters.status.refresh)
        planned, call_backs = presenters.planned, presenters.call_backs
        planned.changed.connect(lambda state: call_backs.set_planned_due(state.due))
        desk.register_changed.connect(presenters.answers.answers.reload)
        desk.changed.connect(lambda state: presenters.status.set_store_failed(state.store_failed))
        desk.changed.connect(lambda state: presenters.answers.undo.hold(state.store_failed))
        desk.changed.connect(presenters.journal.follow)
        if isinstance(presenters.training, TrainingPresenter):
            presenters.journal.changed.connect(presenters.training.look_at_missed)
        presenters.editor.stored.connect(presenters.directory.refresh)
        presenters.proposals.stored.connect(presenters.directory.refresh)
        presenters.message.registered.connect(self._message_registered)
        presenters.message.registered.connect(presenters.saved_call.message_registered)
        presenters.saved_call.messages_taken_back.connect(self._messages_taken_back)
        presenters.answers.undo.undone.connect(
            lambda done: presenters.card.forget_promise(done.handled.record.call_id)
        )
        presenters.message.joined.connect(self._call_joined)
        shared.calendar.changed.connect(self._calendar_changed)
        shared.arrivals.city.connect(self._read_city)
        shared.arrivals.settings.connect(self._take_places)
        # Another workplace may have resolved a missed call.
        shared.arrivals.history.connect(presenters.journal.reload)
        presenters.claims.changed.connect(presenters.journal.claims_changed)
        presenters.journal.day_read.connect(
            lambda _answers: presenters.claims.follow_drafts(presenters.journal.drafts)
        )
        presenters.journal.day_read.connect(lambda _answers: presenters.claims.look_for_missed())
        presenters.claims.changed.connect(lambda: planned.show_claims(presenters.claims.holders()))
        shared.arrivals.messages.connect(self.messages_changed)
        shared.arrivals.planned.connect(planned.reload)
        shared.arrivals.planned_overtaken.connect(planned.overtaken)
        presenters.message.handed_in.connect(self._message_handed_in)
        presenters.reviews.stored.connect(presenters.journal.reload)
        presenters.reviews.stored.connect(presenters.status.refresh)

    def _phone_told(self, told: ToConsole) -> None:
        hearers = self._hearers
        if hearers is None:
            return
        if isinstance(told, ConsoleAsked):
            hearers.tell_here(told.number)
        else:
            self._hear_phone(hearers, told)

    def _hear_phone(self, hearers: _Hearers, event: PhoneEvent) -> None:
        self._note_phone(event)
        told = hearers.gate.take(event)
        if told is None:
            return  # a feature code for the PBX, not an operator's call
        event, presenters = told, hearers.presenters
        presenters.status.receive_phone(event)
        presenters.operator_state.receive_phone(event)
        presenters.desk.receive(event)
        hearers.recordings.receive(event)
        presenters.calls.receive(event)
        presenters.call_bar.receive_phone(event)
        presenters.notices.receive_phone(event)
        presenters.phone_check.receive(event)

    def _note_phone(self, event: PhoneEvent) -> None:
        match event:
            case PhoneConnected():
                self._shared.milestones.note(Milestone.PHONE_CONNECTED, address=event.local_address)
            case PhoneDisconnected():
                self._shared.milestones.note(Milestone.PHONE_LOST, code=event.detail_code)
            case RegistrationChanged(state=RegistrationState.REGISTERED):
                self._shared.milestones.note(Milestone.REGISTERED)
            case PresenceChanged():
                self._shared.milestones.note(
                    Milestone.PRESENCE_TOLD, state=event.state.value, code=event.status_code or 0
                )
            case AudioDeviceChanged():
                self._shared.milestones.note(
                    Milestone.SOUND_CHANGED,
                    input=int(event.input_works),
                    output=int(event.output_works),
                    fallback=int(event.is_fallback),
                )
            case RegistrationChanged(state=RegistrationState.FAILED):
                self._note_lost_registration(event)
            case _:
                return

    def _note_lost_registration(self, told: RegistrationChanged) -> None:
        """Logs each loss of the registration once, regardless of the number of failed attempts."""
        if self._hearers is None:
            return
        known = self._hearers.presenters.status.health.registration
        if known is None or known.state is not RegistrationState.FAILED:
            why = told.fault or str(told.status_code or "")
            self._shared.milestones.note(Milestone.REGISTRATION_LOST, code=why)

    def _sender_told(self, event: SenderEvent) -> None:
        if isinstance(event, CentralLost):
            LOG.warning("central database: %s", event.kind.value)
        if isinstance(event, CentralReached) and self._people is not None:
            self._people.refresh(event.at)
            if self._roaming is not None:
                self._roaming.settle()
        if self._hearers is not None:
            self._hearers.presenters.status.receive_sender(event)

    def _store_told(self, trouble: Trouble | None) -> None:
        LOG.warning("register: %s", "writable" if trouble is None else trouble.code)
        if self._hearers is not None:
            presenters = self._hearers.presenters
            presenters.status.receive_trouble(trouble)
            presenters.desk.set_store_trouble(trouble is not None)
            if trouble is None:
                presenters.desk.disk_is_back()
                self._hearers.recordings.disk_is_back()
                presenters.operator_state.disk_is_back()

    def _backup_told(self, event: BackupEvent) -> None:
        if isinstance(event, BackupMissed):
            LOG.warning("backup: failed: %s", event.code)
        if self._hearers is not None:
            self._hearers.presenters.status.receive_backup(event)

    def _platform_told(self, event: PlatformEvent) -> None:
        if self._hearers is not None:
            presenters = self._hearers.presenters
            presenters.status.receive_platform(event)
            presenters.notices.receive_platform(event)
            presenters.journal.reload()
            presenters.answers.answers.reload()

    def _read_city(self) -> None:
        """Reloads the calendar and the rules after another workplace changed them."""
        self._shared.deliveries.deliver(
            self._shared.readers.submit(self._shared.city_store.city),
            self._shared.calendar.use,
            # The next load of the calendar reports an unreadable store.
            lambda _error: None,
            expected=(StoreError,),
        )

    def _take_places(self) -> None:
        """Replaces the local list of streets with that of the central database, if there is one."""
        file = self._shared.settings.places_file

        def take() -> None:
            given = shared_setting_of(self._shared.register, PLACES)
            if given is not None and (places := places_of(given)) != read_places(file):
                write_places(file, places)

        self._shared.deliveries.deliver(
            self._shared.readers.submit(take),
            lambda _none: None,
            lambda error: LOG.warning("places: not synchronised: %s", error),
            expected=(StoreError, PlacesUnreadable),
        )

    def messages_changed(self) -> None:
        """Reloads the message lists: a promised date is due, or another workplace changed a
        message.
        """
        if self._hearers is not None:
            self._hearers.presenters.journal.reload()
            self._hearers.presenters.answers.answers.reload()
            self._hearers.presenters.reviews.queue.reload()

    def _messages_taken_back(self, card: CallRecord) -> None:
        """Hides the registration number of a reopened call: its messages are under review again."""
        if self._hearers is not None:
            self._hearers.presenters.card.forget_promise(card.id)
        self.messages_changed()

    def _message_registered(self, message: MessageRecord) -> None:
        if self._hearers is not None:
            presenters = self._hearers.presenters
            presenters.card.show_promise(self._hearers.promise.of(message))
            presenters.notices.message_registered(message)

    def _call_joined(self, known: MessageRecord) -> None:
        """Shows the existing message that the call was linked to."""
        if self._hearers is not None:
            presenters = self._hearers.presenters
            presenters.notices.tell(Notice(messages_words.joined(str(known.number))))
            presenters.card.show_promise(self._hearers.promise.of_known(known))

    def _calendar_changed(self) -> None:
        """Refreshes calendar-dependent views and applies the city's rules to message actions."""
        self._shared.register.steps.set_city(self._shared.calendar.settings.rules)
        if self._hearers is not None:
            self._hearers.presenters.directory.refresh()
            self._hearers.presenters.status.refresh()

    def _message_handed_in(self, message: MessageRecord) -> None:
        if self._hearers is not None:
            presenters = self._hearers.presenters
            presenters.reviews.queue.reload()
            presenters.notices.message_handed_in(message)
            presenters.card.show_promise(self._hearers.promise.of(message))
