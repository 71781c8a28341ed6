"""What has to be there for somebody to sign in: the register, and the question who works here.

All else is built upon it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.sign_in import OperatorsPort, SignInMode, SignInPresenter
from console.reading_audit import SessionAudit
from console.settings.chosen import choose_over, make_worker
from console.settings.mail import smtp_settings
from console.settings.outer import central_dsn, platform_settings
from console.settings.phone import phone_settings
from console.settings.workplace import ConsoleSettings
from console.start.stopping import STOP_DEADLINE_S
from console.start.training_mode import TRAINEE_LOGIN, TRAINEE_PASSWORD, start_training_mode
from sync.errors import DsnInvalid, MailSettingsInvalid, PlatformSettingsInvalid, StoreError
from sync.register.operators import Operator
from sync.register.own_desk import KeptDesk, OwnDesk
from sync.store.keys import StoreKey, open_key
from sync.store.own_desks import OwnDesks
from sync.store.register import RegisterStore
from telephony.errors import SettingsError, SocketPathError
from telephony.link.spawn import SpawnedProcess
from telephony.process import start_ahead
from telephony.settings import check_settings

if TYPE_CHECKING:
    from console.views.settings.sections import SettingsPresenters
    from sync.exchange.operator_sign_in import OperatorSignIn

LOG = logging.getLogger(__name__)
READER_THREADS = 2


def read_in_for(settings: ConsoleSettings) -> None:
    """What only these settings ask for, before the window's thread asks for it; any thread."""
    if settings.central_dsn is not None:
        import sync.exchange.operator_sign_in
    if settings.platform_url is not None:
        import sync.exchange.platform
    if settings.mail.host:
        import sync.exchange.mail  # noqa: F401


class StartProblem(Exception):
    """The program cannot start; both texts are for the operator's eyes."""

    def __init__(self, head: str, body: str) -> None:
        super().__init__(head)
        self.head = head
        self.body = body


@dataclass(frozen=True, slots=True)
class OpenedRegister:
    """The register with its key, and the phone's process that reads itself in meanwhile."""

    register: RegisterStore
    key: StoreKey
    phone_ahead: SpawnedProcess | None

    def close(self) -> None:
        """Write what was handed over, and give the file back."""
        self.register.close_store(deadline_s=STOP_DEADLINE_S)


def open_register(settings: ConsoleSettings) -> OpenedRegister:
    """Open it, made or upgraded where needed; StartProblem says what stands in the way.

    For a thread beside the window: after an update a large register takes minutes.
    """
    _check_settings(settings)
    # It is read in while stores are opened and a password is typed; it is told nothing yet.
    phone_ahead = _start_phone_ahead(settings)
    try:
        key = open_key(settings.register_file)
        register = RegisterStore.open(
            settings.register_file,
            key,
            first_station=settings.workplace,
            home_area_code=settings.area_code,
        )
    except StoreError as error:
        LOG.error("register: %r, %s", error, type(error.__cause__).__name__)
        raise StartProblem(*words.access.store_problem(error)) from error
    return OpenedRegister(register, key, phone_ahead)


def _check_settings(settings: ConsoleSettings) -> None:
    """Find what cannot work before anything is opened, and name the place in the file."""
    try:
        check_settings(phone_settings(settings))
        central_dsn(settings)
        if settings.platform_url is not None:
            from sync.exchange.platform import PlatformClient

            PlatformClient(platform_settings(settings)).close()
        server = smtp_settings(settings)
        if server is not None:
            from sync.exchange.mail import SmtpMail

            SmtpMail(server, lambda: datetime.now(UTC))
    except MailSettingsInvalid as error:
        raise StartProblem(*words.access.settings_problem(f"[mail] {error.code}")) from error
    except SettingsError as error:
        raise StartProblem(*words.access.settings_problem(f"[phone] {error.field}")) from error
    except DsnInvalid as error:
        raise StartProblem(*words.access.settings_problem("[central] dsn")) from error
    except PlatformSettingsInvalid as error:
        raise StartProblem(*words.access.settings_problem("[platform]")) from error


def _start_phone_ahead(settings: ConsoleSettings) -> SpawnedProcess | None:
    try:
        return start_ahead(settings.runtime_directory)
    except (OSError, SocketPathError):
        return None  # the phone itself tells why, when it is wanted


class Opening(QObject):
    """The opened register and who signs in at it; belongs to the GUI thread.

    ``stops`` are run in reverse order at the end, each with a name for the log.
    """

    entered = Signal(Operator)

    def __init__(
        self, settings: ConsoleSettings, opened: OpenedRegister, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.deliveries = Deliveries(self)
        self.readers = ThreadPoolExecutor(READER_THREADS, thread_name_prefix="reader")
        self.settings_worker = make_worker()
        self.chosen = choose_over(settings, self.settings_worker, self.deliveries, self)
        self.milestones = Milestones(
            settings.log_directory / "milestones.jsonl", lambda: datetime.now(UTC)
        )
        self.stops: list[tuple[str, Callable[[], object]]] = []
        self.people: OperatorSignIn | None = None
        self.operator: Operator | None = None
        self.is_founded = False
        """Whether the first operator was made at this start."""
        self.phone_ahead = opened.phone_ahead
        self.own_desk: OwnDesk | None = OwnDesk()
        """How who has signed in has set up the desk for herself; None where that was not read."""
        self.key = opened.key
        self.register = opened.register
        self.stops.append(("register", opened.close))
        self.own_desks = OwnDesks(self.register)
        self.sign_in = SignInPresenter(
            self._operators(), self.readers, self.deliveries, parent=self
        )
        self.sign_in.founded.connect(self._founded)
        self.sign_in.signed_in.connect(self._entered)
        # kept: a signal holds what it calls only weakly
        self._session = SessionAudit(self.register)
        self.sign_in.locked.connect(self._session.locked)
        self.sign_in.signed_out.connect(self._session.signed_out)

    def first_settings(self) -> SettingsPresenters:
        """The pages of settings for the time before the first operator; later they are the desk's.

        Only a workplace where nobody works yet is set up by whoever sits here.
        """
        # Here, and not above: hardly any start shows them.
        from console.assembly.settings_part import make_settings

        return make_settings(
            self.chosen,
            self.settings_worker,
            self.deliveries,
            self.stops,
            self.milestones,
            self,
            may_configure=lambda: self.sign_in.state.mode is SignInMode.FIRST_OPERATOR,
        )

    def start_training(self) -> None:
        """From the page of signing in: who has no login yet may learn."""
        is_started = start_training_mode(self.settings)
        self.sign_in.show_notice(
            words.training.opens_beside()[0] if is_started else words.training.not_started()
        )

    def ask(self) -> None:
        """Ask who works here; the page that shows it has to be connected by now."""
        # Only when the page knows whom it asks, and its caret waits, can anybody type into it.
        self.sign_in.changed.connect(
            lambda _state: self.milestones.note(Milestone.STARTED),
            Qt.ConnectionType.SingleShotConnection,
        )
        if self.settings.is_training:
            self.sign_in.let_in(words.training.trainee(), TRAINEE_LOGIN, TRAINEE_PASSWORD)
        else:
            self.sign_in.start()

    def close(self) -> None:
        """Stop what was opened, where nothing was built upon it."""
        for _name, stop in reversed(self.stops):
            stop()
        self.readers.shutdown(wait=True, cancel_futures=True)
        self.settings_worker.shutdown(wait=False, cancel_futures=True)
        self.milestones.close()

    def _operators(self) -> OperatorsPort:
        """Who decides about signing in: the centre where there is one, else the store."""
        dsn = central_dsn(self.settings)
        if dsn is None:
            return self.register
        # Here, and not above: without a centre nobody waits for it.
        from sync.exchange.operator_sign_in import OperatorSignIn

        good_for = timedelta(days=self.settings.central_offline_days)
        self.people = OperatorSignIn(self.register, dsn, good_for=good_for)
        self.stops.append(("sign-in", self.people.close))
        return self.people

    def _founded(self) -> None:
        self.is_founded = True

    def _entered(self, operator: Operator) -> None:
        """Nothing is shown to her before it is known how she wants to see it."""

        def come_in(own: OwnDesk | None) -> None:
            self.own_desk = own
            self.operator = operator
            self.entered.emit(operator)

        def read(kept: KeptDesk | None) -> None:
            come_in(OwnDesk() if kept is None else kept.desk)

        self.deliveries.deliver(
            self.readers.submit(self.own_desks.read, operator.id),
            read,
            lambda _error: come_in(None),
            expected=(StoreError,),
        )
