"""Everything of notices that one console has: their words, their outbox and their jobs."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from uuid_utils.compat import uuid7

from console.notices.directory import NoticeDirectory
from console.presenters.city_calendar import CityCalendar
from console.settings.mail import office, smtp_settings
from console.settings.workplace import CITY_ZONE, ConsoleSettings
from kb.store import Directory
from sync.exchange.mail import SmtpMail
from sync.exchange.notice_composer import NoticeComposer, Terms
from sync.exchange.notice_events import NoticeEvent
from sync.exchange.notice_texts import NoticeTexts
from sync.notice_jobs import CityDays, NoticeJobs
from sync.register.handling.answer_terms import AnswerTermRule
from sync.register.names import Declension
from sync.store.handling import MessageHandling
from sync.store.notices import NoticeOutbox
from sync.store.register import RegisterStore
from sync.store.shared_settings import shared_templates_of


class NoticeService:
    """Notices follow the steps of the register's messages from the moment this is made.

    ``on_event`` is called on the jobs' thread.
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
        )
        self.outbox.follow_steps(self.composer.composed)
        server = smtp_settings(settings)
        self._jobs = NoticeJobs(
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
        )

    def start(self) -> None:
        self._jobs.start()

    def take_templates(self) -> None:
        """Write by the templates that the centre gives, where it gives any; on a reader thread.

        Raises StoreError where they cannot be read; those that were taken hold on.
        """
        self._texts.use(shared_templates_of(self._register))

    def stop(self, deadline_s: float) -> bool:
        """End after the letter under way; True when the jobs are over by the deadline."""
        return self._jobs.stop(deadline_s)


def _now() -> datetime:
    return datetime.now(UTC)
