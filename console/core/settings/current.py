"""Current settings: the values at start, and changes saved by the settings pages.

Changes of central database, headset and global keys need a restart. GUI thread only; ``settings``
may be read on any thread.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.settings.file import (
    Choices,
    SettingsProblem,
    default_settings_file,
    read_settings,
    write_choices,
)
from console.core.settings.workplace import ConsoleSettings

THREADS = 2  # one that waits for a server holds up no saving


def make_worker() -> ThreadPoolExecutor:
    """Who writes, tries and looks for the pages of settings."""
    return ThreadPoolExecutor(THREADS, thread_name_prefix="settings")


def choose_over(
    settings: ConsoleSettings, writer: Executor, deliveries: Deliveries, parent: QObject
) -> ChosenSettings:
    """The settings of this start, which the window may change."""

    def read() -> ConsoleSettings:
        file = settings.file or default_settings_file()
        return read_settings(file, os.environ, settings.data_directory)

    return ChosenSettings(settings, read, writer, deliveries, parent)


class ChosenSettings(QObject):
    """Writes what is chosen into the window's own file and reads all anew; of the GUI thread.

    ``settings`` may be read on any thread. What the centre is stays as it was at the start: the
    register, signing in and the feed are built upon it. So do the threads that read headsets and
    keys of other programs.
    """

    changed = Signal(object)  # ConsoleSettings
    restart_asked = Signal()  # what holds from a start on is wanted now, and nothing is in the way

    def __init__(
        self,
        settings: ConsoleSettings,
        read: Callable[[], ConsoleSettings],
        writer: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        """``read`` gives the settings as the files say them by then, or a SettingsProblem."""
        super().__init__(parent)
        self._started = settings
        self._settings = settings
        self._read = read
        self._writer = writer
        self._deliveries = deliveries
        self._waiting: deque[Callable[[], None]] = deque()

    @property
    def settings(self) -> ConsoleSettings:
        """As the files say it; what needs a new start holds from that on."""
        return self._settings

    @property
    def in_force(self) -> ConsoleSettings:
        """What this run of the program works with."""
        started = self._started
        return replace(
            self._settings,
            headset=started.headset,
            keys=started.keys,
            central_dsn=started.central_dsn,
            central_ca_file=started.central_ca_file,
        )

    @property
    def needs_restart(self) -> bool:
        return self.in_force != self._settings

    def write(
        self,
        choices: Choices,
        check: Callable[[], str],
        written: Callable[[], None],
        refused: Callable[[str], None],
    ) -> None:
        """Keep these choices; ``refused`` is given what ``check`` says against them, or a code.

        ``check`` is called on a thread that may wait, and says nothing where all is well. The
        codes are "disk", and "laid_down" where they are kept and the administrator's file is
        wrong by now. Of two pages saved at once the second waits for the first: each reads the
        file before it writes it.
        """
        file = self._settings.own_file

        def work() -> ConsoleSettings | str:
            against = check()
            if against:
                return against
            write_choices(file, choices)
            return self._read()

        def done(outcome: ConsoleSettings | str) -> None:
            self._begin_next()
            if isinstance(outcome, str):
                refused(outcome)
                return
            self._settings = outcome
            self.changed.emit(self.in_force)
            written()

        def failed(error: Exception) -> None:
            self._begin_next()
            match error:
                case SettingsProblem():
                    refused("laid_down")
                # half of a surrogate pair, which a clipboard may hold, is no text for a file
                case OSError() | UnicodeEncodeError():
                    refused("disk")
                case _:
                    raise error  # a bug: the crash handler's, and in no other page's way

        def begin() -> None:
            self._deliveries.deliver(self._writer.submit(work), done, failed, expected=(Exception,))

        self._waiting.append(begin)
        if len(self._waiting) == 1:
            begin()

    def _begin_next(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._waiting[0]()
