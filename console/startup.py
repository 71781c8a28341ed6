"""Start-up before the main page: register, sign-in, module preloading, PySide import hook.

Modules without Qt are imported on a worker thread, modules of the window step by step on the GUI
thread. The hook's scan of every module's source is disabled.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.process import TRAINEE_LOGIN, TRAINEE_PASSWORD, start_training_mode
from console.core.runtime_tuning import not_looking
from console.core.services import STOP_DEADLINE_S
from console.core.settings.adapters import (
    bounce_box,
    central_dsn,
    phone_settings,
    platform_settings,
    smtp_settings,
)
from console.core.settings.current import choose_over, make_worker
from console.core.settings.workplace import ConsoleSettings
from console.features.sign_in import words as sign_in_words
from console.features.sign_in.presenter import OperatorsPort, SignInMode, SignInPresenter
from console.shared.session.reading_audit import SessionAudit
from sync.errors import DsnInvalid, MailSettingsInvalid, PlatformSettingsInvalid, StoreError
from sync.register.people.operators import Operator
from sync.register.people.own_desk import KeptDesk, OwnDesk
from sync.store.local.keys import StoreKey, open_key
from sync.store.local.people.operators import OwnDesks
from sync.store.local.register import RegisterStore
from telephony.errors import SettingsError, SocketPathError
from telephony.link.spawn import SpawnedProcess
from telephony.process import start_ahead
from telephony.settings import check_settings

if TYPE_CHECKING:
    from console.features.settings.sections_view import SettingsPresenters
    from sync.exchange.claims import OperatorSignIn

LOG = logging.getLogger(__name__)
READER_THREADS = 2


def read_in_for(settings: ConsoleSettings) -> None:
    """Imports the modules that only these settings require. Thread-safe."""
    if settings.central_dsn is not None:
        import sync.exchange.claims
    if settings.platform_url is not None:
        import sync.exchange.platform.open311
    if settings.mail.host:
        import sync.exchange.mail.smtp  # noqa: F401


class StartProblem(Exception):
    """The application cannot start; both texts are shown to the operator."""

    def __init__(self, head: str, body: str) -> None:
        super().__init__(head)
        self.head = head
        self.body = body


@dataclass(frozen=True, slots=True)
class OpenedRegister:
    """Opened register with its key, and the phone process that is preloading its modules."""

    register: RegisterStore
    key: StoreKey
    phone_ahead: SpawnedProcess | None

    def close(self) -> None:
        """Writes pending records and closes the file."""
        self.register.close_store(deadline_s=STOP_DEADLINE_S)


def open_register(settings: ConsoleSettings) -> OpenedRegister:
    """Opens the register, creating or upgrading it if needed.

    Raises StartProblem. Blocks; call on a worker thread: upgrading a large register takes minutes.
    """
    _check_settings(settings)
    # Preloads during store opening and sign-in; it receives no commands yet.
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
        LOG.error("register: cannot open: %r: %s", error, type(error.__cause__).__name__)
        raise StartProblem(*core_words.store_problem(error)) from error
    return OpenedRegister(register, key, phone_ahead)


def _check_settings(settings: ConsoleSettings) -> None:
    """Validates the settings before anything is opened; the error names the key in the file."""
    try:
        bounce_box(settings)
    except MailSettingsInvalid as error:
        raise StartProblem(*sign_in_words.settings_problem(f"[bounces] {error.code}")) from error
    try:
        check_settings(phone_settings(settings))
        central_dsn(settings)
        if settings.platform_url is not None:
            from sync.exchange.platform.open311 import PlatformClient

            PlatformClient(platform_settings(settings)).close()
        server = smtp_settings(settings)
        if server is not None:
            from sync.exchange.mail.smtp import SmtpMail

            SmtpMail(server, lambda: datetime.now(UTC))
    except MailSettingsInvalid as error:
        raise StartProblem(*sign_in_words.settings_problem(f"[mail] {error.code}")) from error
    except SettingsError as error:
        raise StartProblem(*sign_in_words.settings_problem(f"[phone] {error.field}")) from error
    except DsnInvalid as error:
        raise StartProblem(*sign_in_words.settings_problem("[central] dsn")) from error
    except PlatformSettingsInvalid as error:
        raise StartProblem(*sign_in_words.settings_problem("[platform]")) from error


def _start_phone_ahead(settings: ConsoleSettings) -> SpawnedProcess | None:
    try:
        return start_ahead(settings.runtime_directory)
    except (OSError, SocketPathError):
        return None  # the phone reports the reason when it is started


class Opening(QObject):
    """Opened register and sign-in before the main page exists. GUI thread only.

    ``stops`` run in reverse order at exit, each with a name for the log.
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
        """Whether the first operator was created in this session."""
        self.phone_ahead = opened.phone_ahead
        self.own_desk: OwnDesk | None = OwnDesk()
        """Preferences of the signed-in operator; None if they could not be read."""
        self.key = opened.key
        self.register = opened.register
        self.stops.append(("register", opened.close))
        self.own_desks = OwnDesks(self.register)
        self.sign_in = SignInPresenter(
            self._operators(), self.readers, self.deliveries, parent=self
        )
        self.sign_in.founded.connect(self._founded)
        self.sign_in.signed_in.connect(self._entered)
        # Stored, because a signal references its receiver only weakly.
        self._session = SessionAudit(self.register)
        self.sign_in.locked.connect(self._session.locked)
        self.sign_in.signed_out.connect(self._session.signed_out)

    def first_settings(self) -> SettingsPresenters:
        """Returns the settings presenters for the time before the first operator exists.

        Only a workplace without operators may be configured without signing in.
        """
        # Imported here because few starts show these pages.
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
        """Starts the training mode from the sign-in page; it needs no account."""
        # Imported here because training loads many modules that a sign-in does not need.
        from console.features.training import words as training_words

        is_started = start_training_mode(self.settings)
        self.sign_in.show_notice(
            training_words.opens_beside()[0] if is_started else training_words.not_started()
        )

    def ask(self) -> None:
        """Starts the sign-in; the page must be connected before."""
        # Input is possible only after the page has its state and the keyboard focus.
        self.sign_in.changed.connect(
            lambda _state: self.milestones.note(Milestone.STARTED),
            Qt.ConnectionType.SingleShotConnection,
        )
        if self.settings.is_training:
            from console.features.training import words as training_words

            self.sign_in.let_in(training_words.trainee(), TRAINEE_LOGIN, TRAINEE_PASSWORD)
        else:
            self.sign_in.start()

    def close(self) -> None:
        """Stops everything that was opened, if no console was built."""
        for _name, stop in reversed(self.stops):
            stop()
        self.readers.shutdown(wait=True, cancel_futures=True)
        self.settings_worker.shutdown(wait=False, cancel_futures=True)
        self.milestones.close()

    def _operators(self) -> OperatorsPort:
        """Returns the central sign-in if a central database is configured, else the register."""
        dsn = central_dsn(self.settings)
        if dsn is None:
            return self.register
        # Imported here: without a central database it is not needed.
        from sync.exchange.claims import OperatorSignIn

        good_for = timedelta(days=self.settings.central_offline_days)
        self.people = OperatorSignIn(self.register, dsn, good_for=good_for)
        self.stops.append(("sign-in", self.people.close))
        return self.people

    def _founded(self) -> None:
        self.is_founded = True

    def _entered(self, operator: Operator) -> None:
        """Reads the operator's preferences before anything is shown to the operator."""

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


ENGINES = (
    "kb.entries.changes",
    "kb.files.importing",
    "kb.search.rewording",
    "kb.store",
    "sync.exchange.central_choice",
    "sync.exchange.claims",
    "sync.exchange.feed_reader",
    "sync.exchange.mail.texts",
    "sync.exchange.sender",
    "sync.jobs.daily",
    "sync.jobs.notices",
    "sync.jobs.platform",
    "sync.jobs.store_care",
    "sync.register.calendar.calendar",
    "sync.register.calendar.terms",
    "sync.register.figures.operator_days",
    "sync.register.calls.phrases",
    "sync.register.calls.scripts",
    "sync.register.checks.morphology",
    "sync.register.checks.personal.known",
    "sync.register.checks.photos",
    "sync.register.figures.report",
    "sync.register.handling.handled",
    "sync.register.handling.offered",
    "sync.register.likeness.search",
    "sync.register.people.email_reading",
    "sync.register.places",
    "sync.register.thematic_file",
    "sync.register.training",
    "sync.store.central.call_report",
    "sync.store.central.feed",
    "sync.store.central.hosts",
    "sync.store.central.told_erasures",
    "sync.store.local.administration",
    "sync.store.local.callers",
    "sync.store.local.calls.missed",
    "sync.exchange.record_search",
    "sync.store.local.calls.planned",
    "sync.store.local.calls.recordings",
    "sync.store.local.calls.script_steps",
    "sync.store.local.calls.search",
    "sync.store.local.city",
    "sync.store.local.feed",
    "sync.store.local.incidents",
    "sync.store.local.messages.attachments",
    "sync.store.local.messages.handling",
    "sync.store.local.messages.photos",
    "sync.store.local.people.operators",
    "sync.store.local.people.shifts",
    "sync.store.local.reopening",
    "sync.store.local.sidecar_files",
    "telephony.alarm",
    "telephony.findings",
    "telephony.headset.agreement",
    "telephony.headset.watch",
    "telephony.phone_devices",
)
"""Modules without Qt that the window needs; their imports cover the remaining ones."""

WINDOW_PACKAGES = (
    "console.core",
    "console.ui",
    "console.shared",
    "console.shell",
    "console.features",
    "console.assembly",
)
IMPORTED_WHEN_USED = {
    "console.features.diagnostics.bundle",
    "console.features.global_keys.windows",
    "console.features.global_keys.x11",
}


def read_in_engines() -> None:
    """Imports the modules without Qt, to have them loaded for the GUI thread. Thread-safe."""
    for module in ENGINES:
        importlib.import_module(module)


def read_in_window() -> Iterator[None]:
    """Import every module of the window, one module a step. GUI thread only."""
    with not_looking():
        for name in WINDOW_PACKAGES:
            package = importlib.import_module(name)
            for module in pkgutil.walk_packages(package.__path__, f"{name}."):
                if module.name not in IMPORTED_WHEN_USED:
                    importlib.import_module(module.name)
                    yield
        importlib.import_module("console.app")
        yield
