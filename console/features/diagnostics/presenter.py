"""Presenter that writes a support bundle on a keystroke and shows its location."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import Notice
from console.features.diagnostics import words as diagnostics_words
from console.shared.workplace.status import StatusPresenter
from sync.exchange.supervision import health_facts

NOTICE_S = 20

Write = Callable[[Path, datetime, Mapping[str, object]], Path]


class DiagnosticsPresenter(QObject):
    """Writes a support bundle on request.

    ``write`` creates the file; it is called on a reader thread and raises OSError.
    """

    written = Signal()

    def __init__(
        self,
        write: Write,
        folder: Path,
        workplace: str,
        status: StatusPresenter,
        notify: Callable[[Notice], None],
        readers: Executor,
        deliveries: Deliveries,
        *,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._write = write
        self._folder = folder
        self._workplace = workplace
        self._status = status
        self._notify = notify
        self._readers = readers
        self._deliveries = deliveries
        self._zone = zone
        self._clock = clock
        self._is_writing = False
        self._more: dict[str, Callable[[], Mapping[str, object]]] = {}

    def add(self, name: str, ask: Callable[[], Mapping[str, object]]) -> None:
        """Registers facts for the bundle under this name; ``ask`` returns them on the GUI
        thread.
        """
        self._more[name] = ask

    def write(self) -> None:
        """Writes a support bundle; while one is being written, only shows a notice."""
        self._notify(Notice(diagnostics_words.writing()))
        if self._is_writing:
            return
        self._is_writing = True
        at = self._clock()
        local = at.astimezone(self._zone)
        file = self._folder / f"diagnostics_{self._workplace}_{local:%Y-%m-%d_%H%M%S}.zip"
        live = {**live_facts(self._status), **{name: ask() for name, ask in self._more.items()}}
        writing = self._readers.submit(self._write, file, at, live)

        def written(made: Path) -> None:
            self._is_writing = False
            head, body = diagnostics_words.written(made.name, str(made.parent))
            self._notify(Notice(head, body, NOTICE_S))
            self.written.emit()

        def not_written(_error: Exception) -> None:
            self._is_writing = False
            head, body = diagnostics_words.not_written(str(self._folder))
            self._notify(Notice(head, body, NOTICE_S, problem=True))

        self._deliveries.deliver(writing, written, not_written, expected=(OSError,))


def live_facts(status: StatusPresenter) -> Mapping[str, object]:
    """Returns the current phone and status codes, without data of calls or persons."""
    health, state = status.health, status.state
    registration = health.registration
    return {
        "phone_process": "up" if health.process_up else "away",
        "phone_lost_at": health.lost_at,
        "listens_at": health.local_address,
        "registrar": "set" if health.has_registrar else "none",
        "registration": None if registration is None else asdict(registration),
        "sound": None if health.sound is None else asdict(health.sound),
        "lights": [{"role": item.role, "text": item.text} for item in state.items()],
        "banner": None if state.banner is None else state.banner.head,
        "services": health_facts(status.services()),
        "out_of_hours": state.out_of_hours,
    }
