"""Running console: opens the stores, builds the main page in steps, starts and stops services.

GUI thread only. Services stop in reverse order of their start, each with a timeout.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console.assembly.audit_part import watch_reading
from console.assembly.desk_lock import LOCKED_KEYS, DeskLock
from console.assembly.first_reading import FirstReading, OpenedStores, open_stores, read_first
from console.assembly.global_keys_part import take_global_keys
from console.assembly.headset_part import start_headsets
from console.assembly.text_reading import make_text_reader, read_ahead
from console.background import (
    begin_at_leisure,
    begin_beside,
    make_page_reading,
    queue_platform_news,
)
from console.context import Arrivals, Shared, line_of_file, out_of_hours
from console.core import words as core_words
from console.core.crash import catch_bugs
from console.core.default_keys import Key
from console.core.deliveries import Bridge, KeptNews
from console.core.drafts import KeptForms
from console.core.formats import HOME_AREA
from console.core.idle_queue import STILL_MS, AfterPainting, Quiet, Steps, WindowFirst
from console.core.milestones import Milestone
from console.core.own_desk import OwnDeskState
from console.core.runtime_tuning import look_every_minute, pass_over_what_is_there
from console.core.services import STOP_DEADLINE_S, Beginnings
from console.core.settings.workplace import CITY_ZONE
from console.core.view_data import Notice
from console.feature_list import make_desk_part, make_kept_forms, make_own_desk, make_roaming
from console.features.call_bar.locked_view import LockedCallCard
from console.features.own_desk.keys import KeyChoicePresenter
from console.features.sign_in.page import SignInPage
from console.routing import DeskNews
from console.shared.directory import words as directory_words
from console.shared.messages.terms import CityCalendar
from console.shared.session.live_calls import LineState
from console.shared.texts.reader import TextReader
from console.shared.workplace import status_words
from console.shell.attention import Attention
from console.shell.column_layout import DeskColumns
from console.shell.main_page import DeskPage
from console.shell.main_window import MainWindow
from console.shell.page_presenters import DeskPresenters
from console.startup import Opening
from console.ui.theme import Theme, ThemeChoice
from kb.errors import DamagedFileRemoved, DirectoryError, DirectoryEvent
from kb.store import Directory
from sync.errors import StoreError
from sync.exchange.supervision import ServiceBoard
from sync.register.calendar.calendar import REGION, read_calendar
from sync.register.people.operators import Operator
from sync.store.local.city import CityStore

LOG = logging.getLogger(__name__)
BETWEEN_BEGINNINGS_MS = 200
STORE_ERRORS = (DirectoryError, StoreError)
_QT_STOPS = ("training call", "self-test")  # Qt processes need the GUI thread


class Console(QObject):
    """Running console of one workplace.

    ``start`` opens the stores that the main page needs. The phone, the sender and the main page are
    created after the first sign-in and remain while the screen is locked.
    """

    failed = Signal(str, str)  # title and text: the application cannot continue

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        theme: Theme,
        opening: Opening,
        sign_in_page: SignInPage,
        resources: Path,
    ) -> None:
        super().__init__()
        self._application = application
        self._window = window
        self._theme = theme
        self._settings = opening.settings
        HOME_AREA.code = opening.settings.area_code
        self._resources = resources
        self._opening = opening
        self._register = opening.register
        self._sign_in = opening.sign_in
        self._sign_in_page = sign_in_page
        self._people = opening.people
        self._deliveries = opening.deliveries
        self._arrivals = Arrivals(self)
        self._readers = opening.readers
        self._thinker = ThreadPoolExecutor(1, thread_name_prefix="meaning")
        self._directory_writer = ThreadPoolExecutor(1, thread_name_prefix="directory-writer")
        self._milestones = opening.milestones
        self._stops = opening.stops
        self._beginnings = Beginnings(opening.stops, opening.deliveries)
        self._services = ServiceBoard(opening.settings.register_file)
        self._directory: Directory
        self._window_first = WindowFirst(self)
        self._reader: TextReader
        self._directory_bridge: Bridge[DirectoryEvent] = Bridge(self._directory_told, self)
        self._bugs: Bridge[str] = Bridge(self._bug_told, self)
        self._presenters: DeskPresenters | None = None
        self._news: DeskNews | None = None
        self._kept_forms: KeptForms | None = None
        self._own_desk = make_own_desk(opening)
        self._own_desk.changed.connect(self._wear)
        self._roaming = make_roaming(opening, self._own_desk)
        self._key_choice = KeyChoicePresenter(self._own_desk, parent=self)
        self._directory_news: KeptNews[DirectoryEvent] = KeptNews(self._show_directory_news)
        self._address = ""  # address given on the command line, not offered yet
        self._building: Steps | None = None
        self._beginning: Steps | None = None
        self._further: Steps | None = None
        self._leisure: Steps | None = None
        self._desk_page: DeskPage | None = None
        self._training_waits = False  # offered when the main page is shown
        self._operator: Operator | None = None
        self._attention: Attention | None = None
        self._lock: DeskLock | None = None

    # --- start ---

    def start(self) -> None:
        """Opens the stores in the background; ``failed`` reports an error."""
        catch_bugs(self._bugs.post)
        settings = self._settings
        built_in = read_calendar(self._resources / "calendars", REGION)
        self._city_store = CityStore(self._register, built_in)
        self._calendar = CityCalendar(built_in, line_of_file=line_of_file(settings), parent=self)
        self._is_out_of_hours = out_of_hours(self._calendar)
        pages = make_page_reading(self._register, settings.register_file, self._opening.key)
        self._services.add(pages)
        self._beginnings.begin("page reading", pages.start, partial(pages.stop, STOP_DEADLINE_S))
        # Opened in the background while the operator may be entering the password.
        self._stores_come = self._directory_writer.submit(
            open_stores, settings, self._resources, self._city_store, self._directory_bridge.post
        )
        self._stops.append(("directory", self._close_directory))
        self._deliveries.deliver(
            self._stores_come, self._stores_opened, self._store_refused, expected=STORE_ERRORS
        )

    def _stores_opened(self, opened: OpenedStores) -> None:
        self._directory = opened.directory
        self._arrivals.is_directory_shared = opened.is_shared
        self._calendar.use(opened.city)
        self._register.steps.set_city(self._calendar.settings.rules)
        self._reader = make_text_reader(
            opened.directory, self._calendar, self._settings.places_file, self._window_first
        )
        self._stops.append(("text reader", self._reader.close))
        read_ahead(self._reader, opened.directory, self._deliveries)
        opening = self._opening
        opening.entered.connect(self._signed_in)
        opening.sign_in.founded.connect(self._offer_training)
        if opening.operator is not None:
            self._signed_in(opening.operator)
            if opening.is_founded:
                self._offer_training()

    def _store_refused(self, error: Exception) -> None:
        match error:
            case DirectoryError():
                LOG.error("directory: cannot open: %s", type(error).__name__)
                self.failed.emit(*directory_words.directory_problem(error))
            case StoreError():
                LOG.error("register: cannot open: %s", type(error).__name__)
                self.failed.emit(*core_words.store_problem(error))

    def _close_directory(self) -> None:
        """Closes the directory after all pending edits are written."""
        self._directory_writer.shutdown(wait=True)
        if self._stores_come.exception() is None:
            self._stores_come.result().directory.close()

    def _signed_in(self, operator: Operator) -> None:
        is_another = self._operator is not None and self._operator.id != operator.id
        self._operator = operator
        self._own_desk.sign_in(operator, self._opening.own_desk)
        self._key_choice.use_kept()  # before any text of the main page names a key
        if self._roaming is not None:
            self._roaming.sign_in(operator)
        if self._desk_page is None:
            self._window_first.hold()  # until the main page is shown
            self._deliveries.deliver(
                self._readers.submit(read_first, self._directory, self._register),
                lambda first: self._build(operator, first),
                self._store_refused,
                expected=STORE_ERRORS,
            )
        else:
            self._come_in(operator, is_another=is_another)

    def _build(self, operator: Operator, first: FirstReading) -> None:
        building = self._building = Steps(self._build_desk(operator, first), self)
        building.done.connect(lambda: self._come_in(operator, is_another=False))
        # The start page offers no way to continue.
        building.broken.connect(lambda: self.failed.emit(*status_words.desk_not_made()))
        building.start()

    def _come_in(self, operator: Operator, *, is_another: bool) -> None:
        """Shows the main page to the signed-in operator."""
        if self._presenters is not None and self._desk_page is not None:
            self._presenters.desk.set_operator(operator)
            self._presenters.operator_state.sign_in(operator)
            if is_another:
                self._presenters.settings.forget_typed()
            self._presenters.journal.reload()  # the day's figures depend on the operator
            self._window.show_page(self._desk_page)
            self._desk_page.setFocus()
            self._window_first.let_go()
            self._directory_news.begin()
            self._presenters.shift_check.signed_in()
            if self._kept_forms is not None:
                self._kept_forms.signed_in()
            if self._news is not None:
                self._news.begin()
            self._make_further()
            self.offer_call("")
            if self._settings.is_training or self._training_waits:
                self._training_waits = False
                self._offer_training()

    def _make_further(self) -> None:
        """Starts the background services and builds the remaining pages one by one in idle time.

        The low-priority jobs start afterwards, also after a failure, because they enforce the
        retention periods of personal data.
        """
        if self._further is None and self._beginning is not None and self._desk_page is not None:
            self._beginning.start()
            quiet = Quiet(self._is_quiet)
            self._further = Steps(self._desk_page.further_parts(), self, quiet=quiet)
            if self._leisure is not None:
                self._further.done.connect(self._leisure.start)
                self._further.broken.connect(self._leisure.start)
            self._further.start()

    def _is_quiet(self) -> bool:
        """Whether a page can be built without a noticeable delay for the operator."""
        rings = (
            self._presenters is not None and self._presenters.desk.state.line is LineState.RINGING
        )
        return self._window.still_ms() >= STILL_MS and not rings

    def offer_call(self, address: str) -> None:
        """Offers to call a tel: or sip: address; nothing is dialled without confirmation.

        Before sign-in the address is stored and offered later.
        """
        self._address = address or self._address
        if self._address and self._desk_page is not None and self._is_desk_shown():
            address, self._address = self._address, ""
            self._desk_page.offer_call(address)

    def _is_desk_shown(self) -> bool:
        return self._window.shown_page() is self._desk_page

    def _offer_training(self) -> None:
        """Offers the first training call to a new operator."""
        if self._presenters is None or self._desk_page is None:
            self._training_waits = True
        else:
            self._presenters.training.offer()

    # --- main page ---

    @property
    def is_desk_built(self) -> bool:
        """Whether the main page can be shown to the operator immediately."""
        return self._desk_page is not None

    def _build_desk(self, operator: Operator, first: FirstReading) -> Iterator[None]:
        """Builds everything in steps; the phone registers while the pages are built."""
        # Settings changed before the first sign-in apply to the main page.
        settings = self._settings = self._opening.chosen.in_force
        shared = Shared(
            settings=settings,
            chosen=self._opening.chosen,
            settings_worker=self._opening.settings_worker,
            resources=self._resources,
            register=self._register,
            directory=self._directory,
            city_store=self._city_store,
            calendar=self._calendar,
            reader=self._reader,
            readers=self._readers,
            unhurried=AfterPainting(self._readers, self),
            thinker=self._thinker,
            directory_writer=self._directory_writer,
            deliveries=self._deliveries,
            arrivals=self._arrivals,
            milestones=self._milestones,
            parent=self,
            beginnings=self._beginnings,
            people=self._people,
            services=self._services,
            stops=self._stops,
        )
        news = self._news = DeskNews(shared, self._roaming)
        self._register.on_trouble(news.trouble.post)
        made = make_desk_part(
            shared,
            news,
            operator,
            first,
            own_desk=self._own_desk,
            key_choice=self._key_choice,
            is_out_of_hours=self._is_out_of_hours,
            phone_ahead=self._opening.phone_ahead,
        )
        presenters = self._presenters = made.presenters
        news.connect_desk(
            presenters, made.states.gate, made.recordings, made.intake.promise, made.phone.tell_here
        )
        lock = DeskLock(
            self._window,
            self._sign_in,
            self._sign_in_page,
            presenters,
            LockedCallCard(self._theme, presenters.call_bar),
            is_training=settings.is_training,
            parent=self,
        )
        self._lock = lock
        watch_reading(shared, presenters.desk, presenters)
        self._kept_forms = make_kept_forms(shared, presenters.desk, presenters)
        yield
        made.phone.start()
        self._stops.append(("phone", lambda: made.phone.close(end_process=False)))
        self._stops.append(("self-test", made.self_test.close))
        yield
        columns = DeskColumns(self._theme, presenters)
        yield
        desk_page = DeskPage(self._theme, presenters, columns, CITY_ZONE)
        for _part in desk_page.first_parts():
            yield
        self._attention = Attention(
            self._theme, made.states.attention, self._answer, self._window, self
        )
        self._show_desk(desk_page, presenters, lock)
        yield
        queue_platform_news(shared)
        key, watch = self._opening.key, presenters.incidents
        beside = begin_beside(shared, news.told, key, presenters.status, made.handling, watch)
        self._beginning = Steps(beside, self, quiet=Quiet(lambda: True, BETWEEN_BEGINNINGS_MS))
        self._start_headsets(shared, presenters)
        self._leisure = Steps(
            begin_at_leisure(shared, made.intake, presenters.status),
            self,
            quiet=Quiet(self._is_quiet),
        )
        self._leisure.done.connect(pass_over_what_is_there)
        pass_over_what_is_there()
        look_every_minute(self, is_quiet=self._is_quiet)

    def _start_headsets(self, shared: Shared, presenters: DeskPresenters) -> None:
        """Starts the headset buttons and the global hotkeys."""
        notices, diagnostics = presenters.notices, presenters.diagnostics
        desk, calls, numbers = presenters.desk, presenters.calls, presenters.numbers
        headsets = start_headsets(shared, desk, calls, numbers, self._is_desk_shown)
        if headsets is not None:
            headsets.told.connect(notices.tell)
            diagnostics.add("headset_buttons", lambda: headsets.facts)
            presenters.shift_check.watch_buttons(headsets)
        keys = take_global_keys(shared, notices, self._may_press, self._press)
        if keys is not None:
            keys.held_elsewhere.connect(self._key_choice.hold_elsewhere)
            diagnostics.add("global_keys", lambda: keys.facts)

    def _may_press(self, key: Key) -> bool:
        return self._is_desk_shown() or key in LOCKED_KEYS

    def _press(self, key: str) -> None:
        if self._desk_page is not None and self._is_desk_shown():
            self._desk_page.press(key)
        elif self._lock is not None:
            self._lock.press(Key(key))

    def _answer(self) -> None:
        """Answers a call from outside the window; does nothing while the screen is locked."""
        if self._presenters is not None and self._is_desk_shown():
            self._presenters.calls.answer()

    def _show_desk(self, page: DeskPage, presenters: DeskPresenters, lock: DeskLock) -> None:
        self._desk_page = page
        page.lock_asked.connect(lock.lock)
        page.key_refused.connect(lambda key: self._milestones.note(Milestone.KEY_REFUSED, key=key))
        page.foot_covered.connect(
            lambda strips: self._milestones.note(Milestone.FOOT_COVERED, strips=strips)
        )
        self._window.warn_before_closing(presenters.status.told_before_closing)
        self._window.watch_idleness(self._application)
        presenters.journal.reload()
        presenters.directory.start()
        presenters.status.refresh()

    def _directory_told(self, event: DirectoryEvent) -> None:
        if isinstance(event, DamagedFileRemoved):
            LOG.info("directory: damaged copy deleted: %s", event.file.name)
        else:
            LOG.info("directory: %s: %s", type(event).__name__, event.reason.value)
        self._directory_news.tell(event)

    def _show_directory_news(self, event: DirectoryEvent) -> None:
        if self._presenters is not None:
            self._presenters.notices.receive_directory(event)

    def _bug_told(self, _kind: str) -> None:
        if self._presenters is not None:
            head, body = status_words.program_error()
            self._presenters.notices.tell(Notice(head, body, problem=True))

    @property
    def language(self) -> str:
        """Window language of the signed-in operator."""
        return self._own_desk.state.look.language

    def _wear(self, state: OwnDeskState) -> None:
        """Applies the operator's appearance and stores it for the next start."""
        look = state.look
        self._theme.choose(ThemeChoice(look.theme), look.text_scale)
        self._window.keep_look(state.own)
        self._milestones.note(
            Milestone.LOOK_CHANGED,
            theme=look.theme,
            text=look.text_percent,
            language=look.language,
            right=look.right_px or 0,
        )

    # --- stop ---

    def stop(self) -> None:
        """Saves unsaved input and stops the services in reverse order, each with a timeout.

        The phone process keeps its calls for another console and exits after a minute.
        """
        for steps in (self._building, self._beginning, self._further, self._leisure):
            if steps is not None:
                steps.stop()
        if self._attention is not None:
            self._attention.close()
        if self._presenters is not None:
            self._presenters.operator_state.sign_out()
            self._own_desk.keep_now()
            self._presenters.message.keep()
            self._presenters.reviews.new.keep()
            if self._kept_forms is not None:
                self._kept_forms.keep()
            self._presenters.editor.keep_now()
            self._presenters.directory_import.stop()
            future = self._presenters.desk.flush()
            if future is not None:
                # A blocked write must not prevent the orderly stop of the other services.
                wait([future], STOP_DEADLINE_S)
        self._sign_in.leave()
        self._window_first.close()
        if self._news is not None:
            self._news.close()
        # Closed only now: a service that is starting may wait for I/O, and unsaved input must not.
        self._beginnings.close()
        for name, stop in reversed(self._stops):
            worker = Thread(target=stop, name=f"stop-{name}", daemon=True)
            if name in _QT_STOPS:
                stop()
                continue
            worker.start()
            worker.join(STOP_DEADLINE_S + 5)
            LOG.info("%s: %s", name, "still running" if worker.is_alive() else "stopped")
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._thinker.shutdown(wait=True, cancel_futures=True)
        # A task may be waiting for a server that does not respond; the exit does not wait for it.
        self._opening.settings_worker.shutdown(wait=False, cancel_futures=True)
        self._milestones.close()
