"""Current settings: the values at start, and changes saved by the settings pages.

Changes of central database, headset and global hotkeys need a restart. GUI thread only;
``settings`` may be read on any thread.
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

THREADS = 2  # a connection test that waits for a server must not block saving


def make_worker() -> ThreadPoolExecutor:
    """Returns the executor with which the settings pages save, test connections and search
    devices.
    """
    return ThreadPoolExecutor(THREADS, thread_name_prefix="settings")


def choose_over(
    settings: ConsoleSettings, writer: Executor, deliveries: Deliveries, parent: QObject
) -> ChosenSettings:
    """Returns the settings of this session, which the settings pages can change."""

    def read() -> ConsoleSettings:
        file = settings.file or default_settings_file()
        return read_settings(file, os.environ, settings.data_directory)

    return ChosenSettings(settings, read, writer, deliveries, parent)


class ChosenSettings(QObject):
    """Saves changed settings to the file of the settings pages and reloads all settings. GUI thread
    only.

    ``settings`` is thread-safe. The central database remains the one of the start, because the
    register, sign-in and feed depend on it. The settings of headset and global hotkeys also remain,
    because their threads are running.
    """

    changed = Signal(object)  # ConsoleSettings
    restart_asked = Signal()  # a restart to apply changes was requested and is possible

    def __init__(
        self,
        settings: ConsoleSettings,
        read: Callable[[], ConsoleSettings],
        writer: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        """``read`` reads the settings from the files and raises SettingsProblem if they are
        invalid.
        """
        super().__init__(parent)
        self._started = settings
        self._settings = settings
        self._read = read
        self._writer = writer
        self._deliveries = deliveries
        self._waiting: deque[Callable[[], None]] = deque()

    @property
    def settings(self) -> ConsoleSettings:
        """Settings as saved in the files; some apply only after a restart."""
        return self._settings

    @property
    def in_force(self) -> ConsoleSettings:
        """Settings that this session uses."""
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
        """Saves the choices, then calls ``saved``; on error calls ``refused`` with the text of
        ``check`` or a code.

        ``check`` runs on a worker thread and returns an empty text if the values are valid. Codes:
        "disk" for a write error; "laid_down" if the choices are saved but the administrator's file
        is invalid. Saves run one after another, because each reads the file before writing it.
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
                # A lone surrogate, possible in clipboard text, cannot be encoded.
                case OSError() | UnicodeEncodeError():
                    refused("disk")
                case _:
                    raise error  # a bug for the crash handler; other saves continue

        def begin() -> None:
            self._deliveries.deliver(self._writer.submit(work), done, failed, expected=(Exception,))

        self._waiting.append(begin)
        if len(self._waiting) == 1:
            begin()

    def _begin_next(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._waiting[0]()
