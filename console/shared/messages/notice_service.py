"""Notification service: its jobs, recipients from the directory, and reports to the operator."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Signal
from uuid_utils.compat import uuid7

from console.core.settings.adapters import bounce_box, office, smtp_settings
from console.core.settings.workplace import CITY_ZONE, ConsoleSettings
from console.core.view_data import LONG_S, Notice
from console.shared.messages import notice_words
from console.shared.messages.terms import CityCalendar
from kb.entries.entries import Entry, Phone, UnitDetails
from kb.errors import DirectoryError
from kb.store import Directory
from sync.exchange.mail.composer import NoticeComposer, Organ, Terms
from sync.exchange.mail.delivery import (
    BouncesUnread,
    MailLost,
    MailReached,
    NoticeEvent,
    NoticeNotMailed,
    NoticeSent,
    PlannedDateCame,
    ReviewTermsNear,
)
from sync.exchange.mail.smtp import MailFailure, SmtpMail
from sync.exchange.mail.texts import NoticeTexts
from sync.jobs.notices import CityDays, NoticeJobs
from sync.register.handling.answers import AnswerTermRule
from sync.register.people.names import Declension
from sync.register.people.phones import canonical_phone
from sync.store.local.feed import shared_templates_of
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.notices import NoticeOutbox
from sync.store.local.messages.photos import AnswerFiles
from sync.store.local.register import RegisterStore

_FAX = "факс"


class NoticeDirectory:
    """Recipients from the directory; unreadable entries count as missing. Thread-safe.

    An unreadable directory must not make an action on a message fail.
    """

    def __init__(self, directory: Directory, area_code: str) -> None:
        self._directory = directory
        self._area_code = area_code

    def organ(self, key: str) -> Organ | None:
        """Returns the unit with its e-mail address and its first phone number that is not a fax."""
        entry = self._entry(key)
        match entry:
            case Entry(details=UnitDetails(email=email, phones=phones)):
                spoken = [phone for phone in phones if _FAX not in phone.purpose.lower()]
                number = self._number(spoken[0]) if spoken else None
                return Organ(entry.title, email or None, number)
            case _:
                return None

    def title(self, key: str) -> str:
        entry = self._entry(key)
        return "" if entry is None else entry.title

    def _entry(self, key: str) -> Entry | None:
        try:
            return self._directory.entry(key) if key else None
        except DirectoryError:
            return None

    def _number(self, phone: Phone) -> str:
        written = f"{phone.number} доб. {phone.extension}" if phone.extension else phone.number
        return canonical_phone(written, self._area_code) or written


class NoticeService:
    """Sends notifications for the actions on messages, from its creation on.

    `on_event` is called on the thread of the jobs.
    """

    def __init__(
        self,
        settings: ConsoleSettings,
        resources: Path,
        register: RegisterStore,
        directory: Directory,
        rules: Callable[[], Sequence[AnswerTermRule]],
        calendar: CityCalendar,
        on_event: Callable[[NoticeEvent], None],
    ) -> None:
        handling = MessageHandling(register)
        self.outbox = NoticeOutbox(register, uuid7, _now)
        self._register = register
        self._texts = NoticeTexts(resources / "templates" / "notices")
        self.composer = NoticeComposer(
            self._texts,
            NoticeDirectory(directory, settings.area_code),
            Terms(rules, lambda: calendar.calendar, CITY_ZONE),
            lambda: office(settings),
            Declension(),
            lambda: calendar.settings.rules,
            stored=AnswerFiles(register).stored,
            files_limit_bytes=settings.mail.files_mb * 2**20,
        )
        self.outbox.follow_steps(self.composer.composed)
        server = smtp_settings(settings)
        self.jobs = NoticeJobs(
            handling,
            self.outbox,
            self.composer,
            None if server is None else SmtpMail(server, _now),
            CityDays(
                lambda: calendar.calendar,
                lambda: calendar.sending,
                CITY_ZONE,
                settings.mail.remind_days,
            ),
            on_event,
            bounces=bounce_box(settings),
        )

    def start(self) -> None:
        self.jobs.start()

    def take_templates(self) -> None:
        """Loads the templates of the central database if it has any. Blocks; call on a worker
        thread.

        Raises `StoreError` if they cannot be read; the previous templates remain in use.
        """
        self._texts.use(shared_templates_of(self._register))

    def stop(self, deadline_s: float) -> bool:
        """Stops after the current e-mail; returns True if the jobs ended within the deadline."""
        return self.jobs.stop(deadline_s)


def _now() -> datetime:
    return datetime.now(UTC)


class NoticeEventsPresenter(QObject):
    """Shows notification events to the operator and requests reloads. GUI thread only."""

    told = Signal(object)  # Notice
    mail_lost = Signal(object)  # MailFailure, or None after recovery
    tasks_changed = Signal()  # an e-mail was replaced by a phone call
    messages_changed = Signal()  # a message was reopened

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lost: MailFailure | None = None

    def receive(self, event: NoticeEvent) -> None:
        match event:
            case MailLost(kind=kind):
                self._lost = kind
                head, body = notice_words.mail_lost(kind)
                self.told.emit(Notice(head, body, LONG_S, problem=True))
                self.mail_lost.emit(kind)
            case MailReached():
                if self._lost is not None:
                    self.told.emit(Notice(notice_words.mail_back()))
                self._lost = None
                self.mail_lost.emit(None)
            case NoticeSent():
                pass  # It is shown in the history of the message.
            case NoticeNotMailed():
                head, body = notice_words.not_mailed(event)
                self.told.emit(Notice(head, body, LONG_S, problem=not event.is_call))
                self.tasks_changed.emit()
            case BouncesUnread(code=code):
                head, body = notice_words.bounces_unread(code)
                self.told.emit(Notice(head, body, LONG_S, problem=True))
            case PlannedDateCame(number=number):
                self.told.emit(Notice(*notice_words.planned_date_came(number), LONG_S))
                self.messages_changed.emit()
            case ReviewTermsNear(near=near, over=over):
                head, body = notice_words.terms_near(near, over)
                self.told.emit(Notice(head, body, LONG_S, problem=over > 0))
            case _ as unreachable:
                assert_never(unreachable)
