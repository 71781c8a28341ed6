"""Entry point of the console: command line, first paint, background imports, sign-in page, exit.

The window is painted first; heavy modules are imported after it. With ``diagnostics`` as the first
argument the process only writes the support bundle.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal, Slot
from PySide6.QtWidgets import QApplication

from console.core.crash import catch_bugs, start_logging, watch_faults
from console.core.english import English
from console.core.idle_queue import Steps
from console.core.look import look_of
from console.core.process import (
    LANGUAGE_ARGUMENT,
    Instance,
    Place,
    command_again,
    start_anew,
    training_settings,
)
from console.core.runtime_tuning import (
    HolesGivenBack,
    calculate_alone,
    give_freed_memory_back,
    leave_sources_unread,
    look_seldom,
    not_looking,
    take_short_turns,
)
from console.core.settings.file import SettingsProblem, default_settings_file, read_settings
from console.core.settings.workplace import ConsoleSettings
from console.features.training.band_view import TrainingBand
from console.shell.main_window import MainWindow, StartPage
from console.ui.theme import Theme, ThemeChoice, Tokens, read_last_look

if TYPE_CHECKING:
    from console.app import Console
    from console.features.settings.page import FirstSettings
    from console.features.sign_in.page import SignInPage
    from console.startup import OpenedRegister, Opening, StartProblem

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the console or the ``diagnostics`` command and returns the exit code."""
    give_freed_memory_back()
    calculate_alone()
    look_seldom()
    take_short_turns()
    leave_sources_unread()
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["diagnostics"]:
        # Imported here to keep the first paint of the window fast.
        from console.features.diagnostics.bundle import run

        return run(words[1:])
    arguments = _arguments(words)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("edinyi-nomer")
    application.setDesktopFileName("edinyi-nomer")
    try:
        settings = read_settings(arguments.settings, os.environ, arguments.data)
        if arguments.training:
            settings, arguments.address = training_settings(settings), ""
    except SettingsProblem as problem:
        sys.stderr.write(f"{problem}\n")
        _translate(application, "ru")
        return _show_settings_problem(application, problem)
    if arguments.theme is not None:
        settings = replace(settings, theme=arguments.theme)
    look = look_of(read_last_look(settings.window_file), settings)
    _translate(application, arguments.language or settings.language)
    instance = Instance(settings.runtime_directory)
    match instance.take_or_hand_over(arguments.address):
        case Place.OURS:
            pass
        case Place.HANDED_OVER:
            return 0
        case Place.SILENT:
            return _show_no_answer(application)
    log_stream = watch_faults(settings.log_directory)
    start_logging(settings.log_directory)
    catch_bugs(lambda _kind: None)  # no main window exists yet that could show it
    tokens = Tokens.read(RESOURCES / "styles" / "tokens.json")
    theme = Theme(tokens, ThemeChoice(look.theme), look.text_scale)
    theme.install(application)
    starter = _Starter(application, theme, settings, instance, arguments.address)
    starter.show()
    end_when_told(application, starter.window)
    wake = QTimer()
    wake.timeout.connect(lambda: None)
    wake.start(250)  # Python runs its signal handlers only between Qt events
    holes = HolesGivenBack()
    holes.start()
    code = application.exec()
    holes.stop()
    instance.close_door()
    starter.stop()
    instance.close()
    log_stream.close()
    if starter.begins_anew:
        start_anew(command_again(sys.orig_argv, arguments.address, starter.language_anew))
    return code


def end_when_told(application: QApplication, window: MainWindow) -> None:
    """Closes the window on SIGINT and SIGTERM without a confirmation.

    If the window is not visible, another window runs the event loop, and the signal ends that loop.
    """

    def end(_number: int, _frame: FrameType | None) -> None:
        if window.isVisible():
            window.close_at_once()
        else:
            application.exit()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


def _show_settings_problem(application: QApplication, problem: SettingsProblem) -> int:
    """Shows the invalid setting in a window: a user who clicked an icon sees no stderr."""
    from console.features.sign_in import words as access

    return _show_failure(application, *access.settings_problem(problem.key))


def _show_no_answer(application: QApplication) -> int:
    """Shows that another console holds the lock and does not respond.

    Two processes must not write one register.
    """
    from console.features.sign_in import words as access

    return _show_failure(application, *access.runs_already())


def _show_failure(application: QApplication, head: str, body: str) -> int:
    theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.SYSTEM)
    theme.install(application)
    page = StartPage(theme)
    page.show_failure(head, body)
    page.resize(1024, 640)
    page.left.connect(application.quit)
    page.show()
    application.exec()
    return 2


class _Starter(QObject):
    """Shows the window, imports the other modules in the background, then builds the console."""

    _may_open = Signal()
    _may_build = Signal()
    _is_broken = Signal()

    def __init__(
        self,
        application: QApplication,
        theme: Theme,
        settings: ConsoleSettings,
        instance: Instance,
        address: str,
    ) -> None:
        """``address`` is the address to offer for calling; empty if none was given."""
        super().__init__()
        self._application = application
        self._instance = instance
        self._address = address
        instance.asked.connect(self._asked)
        self._theme = theme
        self._settings = settings
        self.window = MainWindow(
            theme,
            self.tr("Training – Single Number")
            if settings.is_training
            else self.tr("Single Number"),
            settings.lock_after_min * 60 * 1000,
            settings.window_file,
        )
        if settings.is_training:
            self.window.setMenuWidget(TrainingBand(theme))
        self._start_page = StartPage(theme)
        self._start_page.left.connect(self.window.close)
        # These types are imported only after the window is shown.
        self._opened: OpenedRegister | None = None
        self._problem: StartProblem | None = None
        self._opening: Opening | None = None
        self._sign_in_page: SignInPage | None = None
        self._first_settings: FirstSettings | None = None
        self._console: Console | None = None
        self.begins_anew = False
        """Whether the process restarts after the event loop ends."""
        self.language_anew = ""
        """Language of the operator who requested the restart."""
        self._asking: Steps | None = None
        self._reading: Steps | None = None
        self._behind_engines: list[Callable[[], object]] = []
        self._may_open.connect(self._open)
        self._may_build.connect(self._read_in_rest)
        self._is_broken.connect(self._tell_broken)
        self._thread = Thread(target=self._told(self._read_in), name="imports")
        self._engines = Thread(target=self._told(self._read_in_engines), name="imports-behind")

    def show(self) -> None:
        self.window.show_page(self._start_page)
        self.window.show()
        QTimer.singleShot(0, self._thread.start)

    def _told(self, work: Callable[[], None]) -> Callable[[], None]:
        """Returns a thread target that reports any exception to the window before raising it."""

        def try_it() -> None:
            try:
                work()
            except BaseException:
                self._is_broken.emit()
                raise

        return try_it

    def _read_in(self) -> None:
        """Imports the modules for signing in and opens the register; changes nothing in the window.

        Qt classes must not be created on this thread while the GUI thread is busy: one start in a
        hundred ended in a segmentation fault when keys were pressed during the import.
        """
        with not_looking():
            # Imported for the side effect: the GUI thread then finds the modules loaded.
            import PySide6.QtNetwork  # noqa: F401

            import console.features.sign_in.page  # noqa: F401
            from console.startup import StartProblem, open_register, read_in_for

            read_in_for(self._settings)
        try:
            self._opened = open_register(self._settings)
        except StartProblem as problem:
            self._problem = problem
        self._may_open.emit()

    def _read_in_engines(self) -> None:
        """Imports the modules without Qt while the operator signs in."""
        from console.startup import read_in_engines

        with not_looking():
            read_in_engines()
        self._may_build.emit()

    def _when_read_in(self, act: Callable[[], object]) -> None:
        """Runs the action when the import thread has ended.

        An action of the first half second would otherwise block the window, and two threads must
        not import one package at the same time.
        """
        if self._engines.is_alive():
            self._behind_engines.append(act)
        else:
            act()

    @Slot()
    def _read_in_rest(self) -> None:
        """Imports the modules of the main page one by one while the operator signs in."""
        self._reading = Steps(self._read_rest(), self)
        self._reading.done.connect(self._build)
        self._reading.broken.connect(self._tell_broken)
        self._reading.start()

    def _read_rest(self) -> Iterator[None]:
        """Runs the postponed actions first."""
        from console.startup import read_in_window

        asked, self._behind_engines = self._behind_engines, []
        for act in asked:
            act()
        yield
        yield from read_in_window()

    @Slot()
    def _open(self) -> None:
        problem, opened = self._problem, self._opened
        if problem is not None:
            self._fail(problem.head, problem.body)
            self._instance.open_door()
        elif opened is not None:
            self._asking = Steps(self._ask_who_works_here(opened), self)
            self._asking.broken.connect(self._tell_broken)
            self._asking.start()

    def _ask_who_works_here(self, opened: OpenedRegister) -> Iterator[None]:
        """Shows the sign-in page; this takes 30 ms of the GUI thread."""
        from console.features.sign_in.page import SignInPage
        from console.startup import Opening

        opening = self._opening = Opening(self._settings, opened, self)
        opening.chosen.restart_asked.connect(self._begin_anew)
        page = self._sign_in_page = SignInPage(self._theme, opening.sign_in)
        page.training_asked.connect(partial(self._when_read_in, opening.start_training))
        page.settings_asked.connect(partial(self._when_read_in, self._show_settings))
        self.window.show_page(page)
        yield
        opening.sign_in.changed.connect(lambda _state: self._focus_sign_in())
        opening.entered.connect(lambda _operator: self._wait_for_desk())
        opening.ask()
        # Started only now: if two threads import parts of one package, Python may refuse one of
        # them.
        self._engines.start()

    @Slot()
    def _build(self) -> None:
        from console.app import Console

        if self._opening is None or self._sign_in_page is None:
            return  # the error is shown already
        self._console = console = Console(
            self._application,
            self.window,
            self._theme,
            self._opening,
            self._sign_in_page,
            RESOURCES,
        )
        console.failed.connect(self._fail)
        console.start()
        console.offer_call(self._address)
        self._instance.open_door()

    def _fail(self, head: str, body: str) -> None:
        self._start_page.show_failure(head, body)
        self.window.show_page(self._start_page)

    @Slot()
    def _tell_broken(self) -> None:
        from console.shared.workplace.status_words import desk_not_made

        self._fail(*desk_not_made())

    def _focus_sign_in(self) -> None:
        page = self._sign_in_page
        if page is not None and self.window.shown_page() is page:
            page.focus_first()

    def _show_settings(self) -> None:
        """Shows account, devices and database settings of a workplace without operators."""
        from console.features.settings.page import FirstSettings

        if self._opening is None:
            return
        if self._first_settings is None:
            self._first_settings = FirstSettings(self._theme, self._opening.first_settings())
            self._first_settings.closed.connect(self._leave_settings)
        self.window.show_page(self._first_settings)
        self._first_settings.open_page()

    def _leave_settings(self) -> None:
        if self._sign_in_page is not None:
            self.window.show_page(self._sign_in_page)
            self._sign_in_page.focus_first()

    def _wait_for_desk(self) -> None:
        """Shows the start page if the operator signs in before the main page is built."""
        if self._console is None or not self._console.is_desk_built:
            self.window.show_page(self._start_page)

    @Slot(str)
    def _asked(self, address: str) -> None:
        """Raises the window and offers the address of the second start."""
        self.window.come_to_front()
        if self._console is not None:
            self._console.offer_call(address)

    def _begin_anew(self) -> None:
        """Restarts without a confirmation: unsent records are sent after the restart."""
        self.begins_anew = True
        if self._console is not None:
            self.language_anew = self._console.language
        self.window.close_at_once()

    def stop(self) -> None:
        self._thread.join()  # an upgrade of the register must finish
        if self._engines.is_alive():  # not started if an error is shown
            self._engines.join(10)
        for steps in (self._asking, self._reading):
            if steps is not None:
                steps.stop()
        if self._console is not None:
            self._console.stop()
        elif self._opening is not None:
            self._opening.close()
        elif self._opened is not None:
            self._opened.close()


class _Translations(QTranslator):
    """Translations of one language, read into memory.

    Given a path, Qt would map the file, and an update that overwrites it would crash the process.
    """

    def __init__(self, file: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._words = file.read_bytes()  # Qt reads this buffer as long as the translator exists
        self.load(self._words)


def _translate(application: QApplication, language: str) -> None:
    """Installs the translators of the language; the source texts are English."""
    QLocale.setDefault(QLocale("ru_RU" if language == "ru" else "en_GB"))
    if language == "en":
        russian = RESOURCES / "translations" / "console_ru.qm"
        application.installTranslator(English(_Translations(russian, application), application))
        return
    for name, folder in (
        (f"console_{language}", RESOURCES / "translations"),
        (
            f"qtbase_{language}",
            Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ),
    ):
        file = folder / f"{name}.qm"
        if file.exists():
            application.installTranslator(_Translations(file, application))


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="operator-console",
        description="Open the workplace of an operator of the city's single phone number.",
        epilog="To write a support bundle: operator-console diagnostics --out FILE.zip",
    )
    parser.add_argument(
        "--settings", type=Path, default=default_settings_file(), help="settings file (TOML)"
    )
    parser.add_argument("--data", type=Path, help="folder of databases and logs")
    parser.add_argument(
        "--theme",
        choices=[choice.value for choice in ThemeChoice],
        help="theme of users who have not selected one",
    )
    parser.add_argument(
        LANGUAGE_ARGUMENT,
        choices=["ru", "en"],
        help="language of the window for this session; the settings are not changed",
    )
    parser.add_argument(
        "--training",
        action="store_true",
        help="start the training mode: separate data folder, nothing sent to other computers",
    )
    parser.add_argument(
        "address", nargs="?", default="", help="tel: or sip: address to offer for calling"
    )
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
